import type { Products } from "../products.ts";
import type { FacetAsk, FacetCounts } from "../query.ts";
import type { Candidates, Scope } from "./candidates.ts";
import { isVisible, priceOf } from "./candidates.ts";
import { isOfferFacet } from "./filters.ts";
import { RangeTally } from "./range-tally.ts";
import { countedValues } from "./value-counts.ts";

/** A facet that stands at offers: what is to be counted, and the filters that do not count against it. */
type OfferValues = { readonly own: number; readonly column: Uint32Array };
type OfferNumbers = { readonly own: number; readonly tally: RangeTally };

/**
 * Exact counts of products per value: each facet as if its own selection were not made, all others being so. A product
 * counts once at a value, however many of its offers have it.
 */
export class FacetCounting {
  private readonly scope: Scope;
  private readonly products: Products;
  private readonly asks: readonly FacetAsk[];
  private readonly counts: Uint32Array;
  /** The last product that was counted at a value of offers, + 1. */
  private readonly seen: Uint32Array;
  private readonly tallies = new Map<FacetAsk, RangeTally>();
  /** By the number of a facet, and all of them. */
  private readonly byNumber: RangeTally[][] = [];
  private readonly numberTallies: RangeTally[] = [];
  private readonly offerValues: OfferValues[] = [];
  private readonly offerLeadTimes: OfferNumbers[] = [];
  private readonly offerPrices: OfferNumbers[] = [];
  private readonly columns: readonly Uint32Array[];
  private readonly countsNumbers: boolean;
  private readonly countsOffers: boolean;
  private readonly chains: Scope["offers"]["chains"];
  private readonly leadTimes: Uint16Array;
  private readonly countsValues: boolean;

  constructor(scope: Scope, products: Products, asks: readonly FacetAsk[]) {
    this.scope = scope;
    this.products = products;
    this.asks = asks;
    this.chains = scope.offers.chains;
    this.leadTimes = scope.offers.leadTimes;
    this.counts = new Uint32Array(products.values.count);
    this.seen = new Uint32Array(products.values.count);
    for (const ask of asks) {
      if (ask.kind === "numbers") this.prepareNumbers(ask);
    }
    for (const facet of new Set(asks.filter(({ kind }) => kind === "values").map((ask) => ask.facet))) {
      const column = isOfferFacet(facet) ? scope.offers.valueColumn(facet) : undefined;
      if (column !== undefined) this.offerValues.push({ own: scope.filters.own.get(facet) ?? 0, column });
    }
    this.columns = this.offerValues.map(({ column }) => column);
    this.countsNumbers = this.offerLeadTimes.length + this.offerPrices.length > 0;
    this.countsOffers = this.offerValues.length + this.offerLeadTimes.length + this.offerPrices.length > 0;
    this.countsValues = asks.some(({ kind, facet }) => kind === "values" && !isOfferFacet(facet));
  }

  private prepareNumbers(ask: Extract<FacetAsk, { kind: "numbers" }>): void {
    const { facet, ranges } = ask;
    const tally = new RangeTally(facet, ranges);
    this.tallies.set(ask, tally);
    const own = this.scope.filters.own.get(facet) ?? 0;
    if (facet === "lead_time") this.offerLeadTimes.push({ own, tally });
    else if (facet === "price") this.offerPrices.push({ own, tally });
    else if (this.products.numbers.isKnown(facet)) {
      const number = this.products.numbers.facetOf(facet);
      this.byNumber[number] = [...(this.byNumber[number] ?? []), tally];
      this.numberTallies.push(tally);
    }
  }

  take(candidates: Candidates, place: number): void {
    const product = candidates.products[place] as number;
    const missed = candidates.missed[place] as number;
    if ((candidates.offerCounts[place] as number) > 0) {
      const facet = missed === 0 ? null : this.scope.filters.facetMissed(missed);
      if (missed === 0 || facet !== null) this.takeProduct(product, facet);
    }
    if (missed === 0 && this.countsOffers) this.takeOffers(product);
  }

  results(): FacetCounts[] {
    const { products, counts } = this;
    return this.asks.map((ask) => {
      if (ask.kind === "values") {
        const selected = this.scope.filters.selectedOf(ask.facet);
        return countedValues({ ask, values: products.values, counts, selected });
      }
      return (this.tallies.get(ask) as RangeTally).counted();
    });
  }

  /** For all facets, or for the one whose filters the product misses. */
  private takeProduct(product: number, facet: string | null): void {
    if (this.countsValues) {
      const { values, valueLists } = this.products;
      const { facetTable } = values;
      const only = facet === null ? -1 : values.facetOf(facet);
      const { starts, lengths, items } = valueLists;
      const start = starts.values[product] ?? 0;
      const end = start + (lengths.values[product] ?? 0);
      const { counts } = this;
      for (let at = start; at < end; at++) {
        const value = items.values[at] as number;
        if (only === -1 || facetTable[value] === only) counts[value] = (counts[value] as number) + 1;
      }
    }
    if (this.numberTallies.length > 0) this.takeNumbers(product, facet);
  }

  private takeNumbers(product: number, facet: string | null): void {
    const { facets, amounts } = this.products.numbers;
    const only = facet === null ? -1 : this.products.numbers.facetOf(facet);
    const start = facets.starts.values[product] ?? 0;
    const end = start + facets.lengthOf(product);
    for (let at = start; at < end; at++) {
      const number = facets.items.values[at] as number;
      if (only !== -1 && number !== only) continue;
      const tallies = this.byNumber[number];
      if (tallies !== undefined) for (const tally of tallies) tally.add(amounts.values[at] as number);
    }
    for (const tally of this.numberTallies) tally.close();
  }

  private takeOffers(product: number): void {
    if (this.scope.filters.offerBits === 0 && !this.countsNumbers) this.takeValues(product);
    else this.takeChecked(product);
  }

  /** Where nothing is asked of offers: every visible one counts at every value. */
  private takeValues(product: number): void {
    const { columns, seen, counts } = this;
    const { visible } = this.scope;
    const { firsts, nexts } = this.chains;
    for (let next = firsts[product] as number; next !== 0; next = nexts[next - 1] as number) {
      const offer = next - 1;
      if (!isVisible(visible, offer)) continue;
      for (let at = 0; at < columns.length; at++) {
        const value = (columns[at] as Uint32Array)[offer] as number;
        if (seen[value] === product + 1) continue;
        seen[value] = product + 1;
        counts[value] = (counts[value] as number) + 1;
      }
    }
  }

  private takeChecked(product: number): void {
    const { visible, filters, view, prices } = this.scope;
    const { firsts, nexts } = this.chains;
    const { leadTimes } = this;
    const checks = filters.offerBits !== 0;
    for (let next = firsts[product] as number; next !== 0; next = nexts[next - 1] as number) {
      const offer = next - 1;
      if (!isVisible(visible, offer)) continue;
      const missed = checks ? filters.missedByOffer(offer, view === null ? -1 : priceOf(this.scope, offer)) : 0;
      for (const { own, column } of this.offerValues) {
        if ((missed & ~own) === 0) this.takeValue(column[offer] as number, product);
      }
      for (const { own, tally } of this.offerLeadTimes) {
        if ((missed & ~own) === 0) tally.add(leadTimes[offer] as number);
      }
      for (const { own, tally } of this.offerPrices) {
        const price = prices[offer] ?? -1;
        if (price >= 0 && (missed & ~own) === 0) tally.add(price);
      }
    }
    for (const { tally } of this.offerLeadTimes) tally.close();
    for (const { tally } of this.offerPrices) tally.close();
  }

  private takeValue(value: number, product: number): void {
    if (this.seen[value] === product + 1) return;
    this.seen[value] = product + 1;
    this.counts[value] = (this.counts[value] as number) + 1;
  }
}
