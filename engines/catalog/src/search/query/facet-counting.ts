import type { Products } from "../products.ts";
import type { FacetAsk, FacetCounts } from "../query.ts";
import type { Candidates, Scope } from "./candidates.ts";
import { isVisible, priceOf } from "./candidates.ts";
import { isOfferFacet } from "./filters.ts";
import { RangeTally } from "./range-tally.ts";
import { countedValues } from "./value-counts.ts";

type OfferAsk = {
  readonly own: number;
  /** The values of the facet by offer, or the numbers to count. */
  readonly column: Uint32Array | Uint16Array | Float64Array | undefined;
  readonly tally: RangeTally | null;
};

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
  private readonly chains: Scope["offers"]["chains"];
  private readonly countsValues: boolean;

  constructor(scope: Scope, products: Products, asks: readonly FacetAsk[]) {
    this.scope = scope;
    this.products = products;
    this.asks = asks;
    this.chains = scope.offers.chains;
    this.counts = new Uint32Array(products.values.count);
    this.seen = new Uint32Array(products.values.count);
    const offerAsks: OfferAsk[] = [];
    const named = new Set<string>();
    for (const ask of asks) {
      const own = scope.filters.own.get(ask.facet) ?? 0;
      const tally = ask.kind === "numbers" ? new RangeTally(ask.facet, ask.ranges) : null;
      if (tally !== null) this.tallies.set(ask, tally);
      if (isOfferFacet(ask.facet)) {
        if (tally !== null || !named.has(ask.facet)) {
          named.add(ask.facet);
          offerAsks.push({ own, tally, column: this.columnOf(ask.facet) });
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
    const { visible, filters, view } = this.scope;
    const { firsts, nexts } = this.chains;
    const checks = filters.offerBits !== 0;
    for (let next = firsts[product] as number; next !== 0; next = nexts[next - 1] as number) {
      const offer = next - 1;
      if (!isVisible(visible, offer)) continue;
      const missed = checks ? filters.missedByOffer(offer, view === null ? -1 : priceOf(this.scope, offer)) : 0;
      for (const ask of this.offerAsks) {
        if ((missed & ~ask.own) === 0) this.takeOffer(ask, product, offer);
      }
    }
    for (const { tally } of this.offerAsks) tally?.close();
  }

  private takeOffer({ column, tally }: OfferAsk, product: number, offer: number): void {
    const value = column?.[offer] ?? -1;
    if (value < 0) return;
    if (tally !== null) tally.add(value);
    else if (this.seen[value] !== product + 1) {
      this.seen[value] = product + 1;
      this.counts[value] = (this.counts[value] as number) + 1;
    }
  }

  private columnOf(facet: string): OfferAsk["column"] {
    const { offers, prices } = this.scope;
    if (facet === "price") return prices;
    return facet === "lead_time" ? offers.leadTimes : offers.valueColumn(facet);
  }
}
