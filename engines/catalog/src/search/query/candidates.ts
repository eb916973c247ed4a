import type { Offers } from "../offers/offers.ts";
import type { PriceView } from "../offers/price-view.ts";
import { ASK_RESOLVER } from "../offers/price-view.ts";
import type { Ranking } from "../text/ranking.ts";
import type { Filters } from "./filters.ts";

/** Products that the text and the buyer's visibility leave, before filters. Arrays are by place, good until the next query. */
export type Candidates = {
  readonly count: number;
  readonly products: Uint32Array;
  /** Filter bits that the product itself misses. */
  readonly missed: Uint32Array;
  /** Offers that are hits, and the least of their prices (-1 for none). */
  readonly offerCounts: Uint32Array;
  readonly prices: Float64Array;
  /** The offer of that price; of several, and without a price, the first by id. */
  readonly offers: Uint32Array;
};

export type Scope = {
  readonly offers: Offers;
  readonly visible: Uint32Array;
  readonly filters: Filters;
  /** Prices by offer; empty when none are shown. */
  readonly prices: Float64Array;
  readonly view: PriceView | null;
};

const none = new Float64Array(0);

/** The prices of all offers for one buyer, in an array that is used again. */
export class PriceScratch {
  private prices = none;

  fill(view: PriceView | null, count: number): Float64Array {
    if (view === null) return none;
    if (this.prices.length < count) this.prices = new Float64Array(count + (count >>> 3));
    view.fill(this.prices, count);
    return this.prices;
  }
}

/** The price of an offer, -1 for none; what only the resolver knows is asked once per query. */
export function priceOf({ prices, view, offers }: Scope, offer: number): number {
  if (view === null) return -1;
  const price = prices[offer] as number;
  if (price !== ASK_RESOLVER) return price;
  const resolved = view.resolve(offers.ids.text(offer)) ?? -1;
  prices[offer] = resolved;
  return resolved;
}

export const isVisible = (visible: Uint32Array, offer: number): boolean =>
  (((visible[offer >>> 5] as number) >>> (offer & 31)) & 1) === 1;

/** Looks at every offer of the products that could be hits. */
export class CandidateScan {
  private products = new Uint32Array(0);
  private missed = new Uint32Array(0);
  private offerCounts = new Uint32Array(0);
  private leastPrices = new Float64Array(0);
  private firsts = new Uint32Array(0);
  private count = 0;
  /** Of the scope at hand, where the loop over its offers finds them at once. */
  private visible: Uint32Array = new Uint32Array(0);
  private prices: Float64Array = none;
  private checks = false;
  private showsPrices = false;
  private chains: Offers["chains"] = {
    firsts: new Uint32Array(0),
    nexts: new Uint32Array(0),
    products: new Uint32Array(0),
  };
  /** Whether products that no filter leaves are wanted too. */
  private countsAll = false;

  /** All live products, or the documents of a ranking. */
  scan(scope: Scope, live: Uint8Array, found: Pick<Ranking, "documents" | "count"> | null): Candidates {
    this.chains = scope.offers.chains;
    this.visible = scope.visible;
    this.prices = scope.prices;
    this.checks = scope.filters.offerBits !== 0;
    this.showsPrices = scope.view !== null;
    this.countsAll = found !== null;
    const { firsts } = this.chains;
    const end = found?.count ?? live.length;
    this.reach(end);
    this.count = 0;
    for (let at = 0; at < end; at++) {
      const product = found === null ? at : (found.documents[at] as number);
      if (live[product] !== 1 || product >= firsts.length || firsts[product] === 0) continue;
      this.take(scope, product);
    }
    const { products, missed, offerCounts, leastPrices, count } = this;
    return { products, missed, offerCounts, prices: leastPrices, offers: this.firsts, count };
  }

  private take(scope: Scope, product: number): void {
    const { filters } = scope;
    const missed = filters.missedByProduct(product);
    // Neither a hit nor in a count: only whether the buyer may see it matters, and without a text not even that.
    const lost = missed !== 0 && filters.facetMissed(missed) === null;
    if (lost && !this.countsAll) return;
    const at = this.count;
    this.offerCounts[at] = 0;
    this.leastPrices[at] = -1;
    const seen = lost ? this.hasVisible(scope, product) : this.lookAtOffers(scope, product);
    if (!seen) return;
    this.products[at] = product;
    this.missed[at] = missed;
    this.count = at + 1;
  }

  private hasVisible({ offers, visible }: Scope, product: number): boolean {
    const { firsts, nexts } = offers.chains;
    for (let next = firsts[product] as number; next !== 0; next = nexts[next - 1] as number) {
      if (isVisible(visible, next - 1)) return true;
    }
    return false;
  }

  private lookAtOffers(scope: Scope, product: number): boolean {
    const { visible, prices, checks, showsPrices } = this;
    const { firsts, nexts } = this.chains;
    let seen = false;
    let hits = 0;
    let best = -1;
    let bestOffer = -1;
    for (let next = firsts[product] as number; next !== 0; next = nexts[next - 1] as number) {
      const offer = next - 1;
      if (!isVisible(visible, offer)) continue;
      seen = true;
      let price = showsPrices ? (prices[offer] as number) : -1;
      if (price === ASK_RESOLVER) price = priceOf(scope, offer);
      if (checks && scope.filters.missedByOffer(offer, price) !== 0) continue;
      hits++;
      const isBetter =
        price === best
          ? bestOffer === -1 || scope.offers.ids.compare(offer, bestOffer) < 0
          : price >= 0 && (best < 0 || price < best);
      if (!isBetter) continue;
      best = price;
      bestOffer = offer;
    }
    this.offerCounts[this.count] = hits;
    this.leastPrices[this.count] = best;
    this.firsts[this.count] = Math.max(0, bestOffer);
    return seen;
  }

  private reach(count: number): void {
    if (this.products.length >= count) return;
    const room = count + (count >>> 3);
    this.products = new Uint32Array(room);
    this.missed = new Uint32Array(room);
    this.offerCounts = new Uint32Array(room);
    this.leastPrices = new Float64Array(room);
    this.firsts = new Uint32Array(room);
  }
}
