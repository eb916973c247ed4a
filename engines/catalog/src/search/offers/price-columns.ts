import type { Rounding } from "../../quantities/rounding.ts";
import { widened } from "../memory/columns.ts";
import type { Offers } from "./offers.ts";
import type { PriceView } from "./price-view.ts";
import { ASK_RESOLVER, NO_PRICE } from "./price-view.ts";
import { SparsePrices } from "./sparse-prices.ts";

/** A list that prices most offers is kept dense (8 bytes per offer), any other sparse (some 20 bytes per row). */
export type PriceListShape = {
  readonly id: string;
  readonly dense: boolean;
  /** Whose offers it can price, and whose lower lists it shuts out when it is exclusive; null for all vendors. */
  readonly vendor: string | null;
};

/** One list as it stands in a buyer's order of precedence. */
export type ChainedList = {
  readonly list: string;
  /** It prices this vendor's offers only, also where the list itself is for all: who has it has it of him. */
  readonly forVendor?: string;
  /** No list below it is asked, even where it has no row. */
  readonly exclusive: boolean;
  /** What it derives where it has no row itself: a dense list's price by a percentage at scale 4 (-50000 is -5 %). */
  readonly derived: { readonly base: string; readonly percent: number } | null;
};

/** Steps from the first to be asked to the last; the lists of one step have equal level and priority. */
export type PriceChain = readonly (readonly ChainedList[])[];

/** Offers, and all offers of vendors, by id. */
export type AskedFor = { readonly offers: readonly string[]; readonly vendors: readonly string[] };
const nobody: AskedFor = { offers: [], vendors: [] };

type List = { readonly dense: Float64Array | null; readonly sparse: SparsePrices; readonly vendor: string | null };

const WHOLE = 1_000_000;

/**
 * Prices of plain cases by list and offer: an explicit row in force now, in the marketplace's currency, at the lowest
 * rung that the least quantity reaches, per base unit. The feed sets and unsets rows as their periods begin and end;
 * what is not plain is set to ask the resolver.
 */
export class PriceColumns {
  private readonly offers: Offers;
  private readonly rounding: Rounding;
  private readonly lists = new Map<string, List>();
  private steps = new Uint8Array(0);

  constructor(offers: Offers, rounding: Rounding) {
    this.offers = offers;
    this.rounding = rounding;
  }

  get bytes(): number {
    let sum = this.steps.byteLength;
    for (const { dense, sparse } of this.lists.values()) sum += (dense?.byteLength ?? 0) + sparse.bytes;
    return sum;
  }

  defineList({ id, dense, vendor }: PriceListShape): void {
    this.lists.set(id, { dense: dense ? new Float64Array(0) : null, sparse: new SparsePrices(), vendor });
  }

  deleteList(id: string): void {
    this.lists.delete(id);
  }

  /**
   * Sets one row: a whole number at scale 6 from 0 below 2^53, null for no row, or `"ask_resolver"`. The offer may come
   * later than its price. The list must have been defined.
   *
   * @throws RangeError for a list that is not defined, or a price that is no such number.
   */
  set(listId: string, offerId: string, price: number | null | "ask_resolver"): void {
    const list = this.lists.get(listId);
    if (list === undefined) throw new RangeError(`price list ${listId} is not defined`);
    if (typeof price === "number" && !(Number.isSafeInteger(price) && price >= 0)) {
      throw new RangeError(`a price is a whole number at scale 6, not ${price}`);
    }
    const offer = this.offers.numberOf(offerId);
    const kept = price === "ask_resolver" ? ASK_RESOLVER : price;
    if (list.dense === null) {
      if (kept === null) list.sparse.delete(offer);
      else list.sparse.set(offer, kept);
      return;
    }
    let { dense } = list;
    if (offer >= dense.length) {
      const { length } = dense;
      dense = widened(dense, offer + 1).fill(NO_PRICE, length);
      this.lists.set(listId, { ...list, dense });
    }
    dense[offer] = kept ?? NO_PRICE;
  }

  /**
   * The prices of whoever asks the lists in this order; `resolve` answers for rows that ask the resolver, and for what
   * is `asked`: offers that no column prices for him.
   */
  view(chain: PriceChain, resolve: PriceView["resolve"], asked: AskedFor = nobody): PriceView {
    const fill = (prices: Float64Array, count: number): void => {
      this.fill(chain, prices, count);
      this.markAsked(asked, prices, count);
    };
    return { fill, resolve };
  }

  private markAsked({ offers, vendors }: AskedFor, prices: Float64Array, count: number): void {
    for (const id of offers) {
      const offer = this.offers.ids.find(id);
      if (offer !== -1 && offer < count) prices[offer] = ASK_RESOLVER;
    }
    const values = new Set(vendors.map((vendor) => this.offers.vendorValue(vendor)));
    if (values.size === 0) return;
    for (let offer = 0; offer < count; offer++) {
      if (values.has(this.offers.vendors[offer] as number)) prices[offer] = ASK_RESOLVER;
    }
  }

  /** From the last step to the first, each writing over those below it: no offer is looked up in a list. */
  private fill(chain: PriceChain, prices: Float64Array, count: number): void {
    prices.fill(NO_PRICE, 0, count);
    this.steps = widened(this.steps, count);
    this.steps.fill(0, 0, count);
    let untouched = true;
    for (let at = chain.length - 1, step = 1; at >= 0; at--, step += 2) {
      const lists = (chain[at] ?? []).filter(({ list }) => this.lists.has(list));
      for (const chained of lists) if (chained.exclusive) this.shutOut(this.listOf(chained), prices, count);
      const only = untouched && lists.length === 1 ? lists[0] : undefined;
      untouched = false;
      if (only !== undefined && this.copyWhole(only, prices, count)) continue;
      for (const chained of lists) this.writeDerived(chained, { prices, count, step });
      for (const chained of lists) this.writeRows(this.listOf(chained), { prices, count, step: step + 1 });
    }
  }

  /** What a dense list for all vendors writes when nothing was written before: itself. */
  private copyWhole(chained: ChainedList, prices: Float64Array, count: number): boolean {
    const { dense, vendor } = this.listOf(chained);
    if (dense === null || vendor !== null || chained.derived !== null) return false;
    prices.set(dense.subarray(0, Math.min(count, dense.length)));
    return true;
  }

  private listOf({ list, forVendor }: ChainedList): List {
    const known = this.lists.get(list) as List;
    return forVendor === undefined ? known : { ...known, vendor: forVendor };
  }

  private shutOut({ vendor }: List, prices: Float64Array, count: number): void {
    if (vendor === null) {
      prices.fill(NO_PRICE, 0, count);
      return;
    }
    const { vendors } = this.offers;
    const value = this.offers.vendorValue(vendor);
    for (let offer = 0; offer < count; offer++) if (vendors[offer] === value) prices[offer] = NO_PRICE;
  }

  private writeRows({ dense, sparse, vendor }: List, into: Filling): void {
    const { count } = into;
    const value = vendor === null ? -1 : this.offers.vendorValue(vendor);
    const { vendors } = this.offers;
    if (dense !== null) {
      const end = Math.min(count, dense.length);
      for (let offer = 0; offer < end; offer++) {
        if (value === -1 || vendors[offer] === value) this.put(offer, dense[offer] as number, into);
      }
      return;
    }
    const { keys, prices } = sparse;
    for (let at = 0; at < keys.length; at++) {
      const offer = (keys[at] as number) - 1;
      if (offer < 0 || offer >= count) continue;
      if (value === -1 || vendors[offer] === value) this.put(offer, prices[at] as number, into);
    }
  }

  private writeDerived(chained: ChainedList, into: Filling): void {
    const { derived } = chained;
    const base = derived === null ? null : (this.lists.get(derived.base)?.dense ?? null);
    if (derived === null || base === null) return;
    const { vendor } = this.listOf(chained);
    const value = vendor === null ? -1 : this.offers.vendorValue(vendor);
    const factor = WHOLE + derived.percent;
    const end = Math.min(into.count, base.length);
    for (let offer = 0; offer < end; offer++) {
      if (value !== -1 && this.offers.vendors[offer] !== value) continue;
      const price = base[offer] as number;
      this.put(offer, price < 0 ? price : derivedPrice(price, factor, this.rounding), into);
    }
  }

  /** In one step the cheaper price is taken; a later step writes over it. */
  private put(offer: number, price: number, { prices, step }: Filling): void {
    if (price === NO_PRICE) return;
    const known = prices[offer] as number;
    if (this.steps[offer] === step && known <= price) return;
    prices[offer] = price;
    this.steps[offer] = step;
  }
}

type Filling = { readonly prices: Float64Array; readonly count: number; readonly step: number };

/** price x factor / 10^6 at scale 6, never below zero; in two parts, so that no product passes 2^53. */
function derivedPrice(price: number, factor: number, rounding: Rounding): number {
  if (factor <= 0) return 0;
  const whole = Math.trunc(price / WHOLE);
  const product = (price - whole * WHOLE) * factor;
  const part = Math.trunc(product / WHOLE);
  const derived = whole * factor + part;
  if (!Number.isSafeInteger(derived + 1) || !Number.isSafeInteger(product * 2)) return ASK_RESOLVER;
  const twice = 2 * (product - part * WHOLE);
  if (twice === WHOLE) return rounding === "half_even" && derived % 2 === 0 ? derived : derived + 1;
  return twice > WHOLE ? derived + 1 : derived;
}
