import type { Offers } from "../offers/offers.ts";
import type { Products } from "../products.ts";
import type { CatalogQuery, NumberFilter } from "../query.ts";

/** Facets whose values stand at the offer; all others stand at the product. */
const offerFacets: ReadonlySet<string> = new Set(["vendor", "condition", "region", "lead_time", "price"]);

export const isOfferFacet = (facet: string): boolean => offerFacets.has(facet);

const BITS_MAX = 31;

type NumberCheck = { readonly bit: number; readonly facet: number; readonly from: number; readonly to: number };

/**
 * The filters of a query, one bit each: what a product or an offer misses is a mask. A facet counts what misses nothing
 * but that facet's own filters, so one mask answers all facets at once.
 */
export class Filters {
  /** All bits at products, and at offers. */
  productBits = 0;
  offerBits = 0;
  /** The bits of a facet's own filters. */
  readonly own = new Map<string, number>();
  private readonly ownFacets: readonly string[];
  private readonly ownMasks: readonly number[];
  /** Bits that a value satisfies. */
  private readonly marks: Uint32Array;
  private readonly productNumbers: NumberCheck[] = [];
  private readonly leadTimes: NumberCheck[] = [];
  private readonly prices: NumberCheck[] = [];
  private readonly products: Products;
  private readonly offers: Offers;
  private readonly vendors: Uint32Array;
  private readonly conditions: Uint32Array;
  private readonly regions: Uint32Array;
  private readonly selected = new Map<string, Set<string>>();

  /** @throws RangeError for more than 31 filters. */
  constructor({ values, numbers }: CatalogQuery, products: Products, offers: Offers) {
    if (values.length + numbers.length > BITS_MAX) throw new RangeError(`more than ${BITS_MAX} filters`);
    this.products = products;
    this.offers = offers;
    this.vendors = offers.vendors;
    this.conditions = offers.conditions;
    this.regions = offers.regions;
    this.marks = new Uint32Array(values.length === 0 ? 0 : products.values.count);
    let bit = 1;
    const claim = (facet: string): void => {
      this.own.set(facet, (this.own.get(facet) ?? 0) | bit);
      if (isOfferFacet(facet)) this.offerBits |= bit;
      else this.productBits |= bit;
      bit <<= 1;
    };
    for (const { facet, anyOf } of values) {
      const selected = this.selected.get(facet) ?? new Set();
      this.selected.set(facet, selected);
      for (const text of anyOf) {
        selected.add(text);
        const value = products.values.find(facet, text);
        if (value === -1) continue;
        this.marks[value] = (this.marks[value] as number) | bit;
      }
      claim(facet);
    }
    for (const filter of numbers) {
      this.checksOf(filter.facet).push(this.checkOf(filter, bit));
      claim(filter.facet);
    }
    this.ownFacets = [...this.own.keys()];
    this.ownMasks = [...this.own.values()];
  }

  selectedOf(facet: string): ReadonlySet<string> {
    return this.selected.get(facet) ?? new Set();
  }

  /** The facet alone whose filters a product with this mask misses, or null when there is none. */
  facetMissed(mask: number): string | null {
    for (let at = 0; at < this.ownMasks.length; at++) {
      if ((mask & ~(this.ownMasks[at] as number)) === 0) return this.ownFacets[at] as string;
    }
    return null;
  }

  missedByProduct(product: number): number {
    if (this.productBits === 0) return 0;
    let passed = 0;
    if (this.marks.length > 0) {
      const { starts, lengths, items } = this.products.valueLists;
      const start = starts.values[product] ?? 0;
      const end = start + (lengths.values[product] ?? 0);
      for (let at = start; at < end; at++) passed |= this.marks[items.values[at] as number] as number;
    }
    if (this.productNumbers.length > 0) passed |= this.passedNumbers(product);
    return this.productBits & ~passed;
  }

  missedByOffer(offer: number, price: number): number {
    if (this.offerBits === 0) return 0;
    let passed = 0;
    if (this.marks.length > 0) {
      passed = this.marks[this.vendors[offer] as number] as number;
      passed |= this.marks[this.conditions[offer] as number] as number;
      passed |= this.marks[this.regions[offer] as number] as number;
    }
    if (this.leadTimes.length > 0) passed |= passedBy(this.leadTimes, this.offers.leadTimes[offer] as number);
    if (this.prices.length > 0 && price >= 0) passed |= passedBy(this.prices, price);
    return this.offerBits & ~passed;
  }

  private passedNumbers(product: number): number {
    const { facets, amounts } = this.products.numbers;
    const start = facets.starts.values[product] ?? 0;
    const end = start + facets.lengthOf(product);
    let passed = 0;
    for (let at = start; at < end; at++) {
      const amount = amounts.values[at] as number;
      for (const { bit, facet, from, to } of this.productNumbers) {
        if (facets.items.values[at] === facet && amount >= from && amount <= to) passed |= bit;
      }
    }
    return passed;
  }

  private checksOf(facet: string): NumberCheck[] {
    if (facet === "lead_time") return this.leadTimes;
    return facet === "price" ? this.prices : this.productNumbers;
  }

  private checkOf({ facet, from, to }: NumberFilter, bit: number): NumberCheck {
    const number = isOfferFacet(facet) ? -1 : this.products.numbers.facetOf(facet);
    return { bit, facet: number, from: from ?? Number.NEGATIVE_INFINITY, to: to ?? Number.POSITIVE_INFINITY };
  }
}

function passedBy(checks: readonly NumberCheck[], amount: number): number {
  let passed = 0;
  for (const { bit, from, to } of checks) if (amount >= from && amount <= to) passed |= bit;
  return passed;
}
