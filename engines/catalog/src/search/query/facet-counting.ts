import type { Products } from "../products.ts";
import type { FacetAsk, FacetCounts } from "../query.ts";
import type { Candidates, Scope } from "./candidates.ts";
import { isVisible, priceOf } from "./candidates.ts";
import { isOfferFacet } from "./filters.ts";
import { RangeTally } from "./range-tally.ts";
import { countedValues } from "./value-counts.ts";

type OfferAsk = { readonly facet: string; readonly own: number; readonly tally: RangeTally | null };

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
  private readonly byNumber = new Map<number, RangeTally[]>();
  private readonly offerAsks: readonly OfferAsk[];
  private readonly countsValues: boolean;

  constructor(scope: Scope, products: Products, asks: readonly FacetAsk[]) {
    this.scope = scope;
    this.products = products;
    this.asks = asks;
    this.counts = new Uint32Array(products.values.count);
    this.seen = new Uint32Array(products.values.count);
    const offerAsks: OfferAsk[] = [];
    for (const ask of asks) {
      const own = scope.filters.own.get(ask.facet) ?? 0;
      const tally = ask.kind === "numbers" ? new RangeTally(ask.facet, ask.ranges) : null;
      if (tally !== null) this.tallies.set(ask, tally);
      if (isOfferFacet(ask.facet)) {
        if (tally !== null || !offerAsks.some(({ facet }) => facet === ask.facet)) {
          offerAsks.push({ facet: ask.facet, own, tally });
        }
      } else if (tally !== null && products.numbers.isKnown(ask.facet)) {
        const number = products.numbers.facetOf(ask.facet);
        this.byNumber.set(number, [...(this.byNumber.get(number) ?? []), tally]);
      }
    }
    this.offerAsks = offerAsks;
    this.countsValues = asks.some(({ kind, facet }) => kind === "values" && !isOfferFacet(facet));
  }

  take(candidates: Candidates, place: number): void {
    const product = candidates.products[place] as number;
    const missed = candidates.missed[place] as number;
    if ((candidates.offerCounts[place] as number) > 0) {
      const facet = missed === 0 ? null : this.scope.filters.facetMissed(missed);
      if (missed === 0 || facet !== null) this.takeProduct(product, facet);
    }
    if (missed === 0 && this.offerAsks.length > 0) this.takeOffers(product);
  }

  results(): FacetCounts[] {
    const { products, counts } = this;
    const { selected } = this.scope.filters;
    return this.asks.map((ask) => {
      if (ask.kind === "values") return countedValues({ ask, values: products.values, counts, selected });
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
    if (this.byNumber.size > 0) this.takeNumbers(product, facet);
  }

  private takeNumbers(product: number, facet: string | null): void {
    const { facets, amounts } = this.products.numbers;
    const only = facet === null ? -1 : this.products.numbers.facetOf(facet);
    const start = facets.starts.values[product] ?? 0;
    const end = start + facets.lengthOf(product);
    for (let at = start; at < end; at++) {
      const number = facets.items.values[at] as number;
      if (only !== -1 && number !== only) continue;
      for (const tally of this.byNumber.get(number) ?? []) tally.add(amounts.values[at] as number);
    }
    for (const tallies of this.byNumber.values()) for (const tally of tallies) tally.close();
  }

  private takeOffers(product: number): void {
    const { offers, visible, filters } = this.scope;
    const { firsts, nexts } = offers.chains;
    for (let next = firsts[product] as number; next !== 0; next = nexts[next - 1] as number) {
      const offer = next - 1;
      if (!isVisible(visible, offer)) continue;
      const price = priceOf(this.scope, offer);
      const missed = filters.missedByOffer(offer, price);
      for (const ask of this.offerAsks) {
        if ((missed & ~ask.own) === 0) this.takeOffer(ask, { product, offer, price });
      }
    }
    for (const { tally } of this.offerAsks) tally?.close();
  }

  private takeOffer({ facet, tally }: OfferAsk, { product, offer, price }: Seen): void {
    const { offers } = this.scope;
    if (tally !== null) {
      if (facet === "price" && price >= 0) tally.add(price);
      if (facet === "lead_time") tally.add(offers.leadTimes[offer] as number);
      return;
    }
    const value = offers.valueColumn(facet)?.[offer];
    if (value === undefined) return;
    if (this.seen[value] === product + 1) return;
    this.seen[value] = product + 1;
    this.counts[value] = (this.counts[value] as number) + 1;
  }
}

type Seen = { readonly product: number; readonly offer: number; readonly price: number };
