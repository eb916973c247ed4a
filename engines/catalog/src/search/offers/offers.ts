import type { OfferDocument } from "../documents.ts";
import type { FacetValues } from "../facets/facet-values.ts";
import { Bits } from "../memory/bits.ts";
import { bytesOf, Column } from "../memory/columns.ts";
import { StringPool } from "../memory/string-pool.ts";
import { gtinKey, Identifiers, plainIdentifier } from "../text/identifiers.ts";
import { countBits } from "../text/term-shapes.ts";

const UNKNOWN_VENDOR = -2;
const LEAD_TIME_MAX = 0xffff;

/** Offers by the number of their id, written in place; those of a product are a chain. */
export class Offers {
  readonly ids = new StringPool();
  readonly active = new Bits();
  readonly identifiers = new Identifiers();
  private readonly values: FacetValues;
  /** Product + 1, and the next offer of the same product + 1; 0 is none. */
  private readonly products = new Column(new Uint32Array(64));
  private readonly nexts = new Column(new Uint32Array(64));
  private readonly firsts = new Column(new Uint32Array(64));
  private readonly vendorColumn = new Column(new Uint32Array(64));
  private readonly conditionColumn = new Column(new Uint32Array(64));
  private readonly regionColumn = new Column(new Uint32Array(64));
  private readonly leadTimeColumn = new Column(new Uint16Array(64));

  constructor(values: FacetValues) {
    this.values = values;
  }

  /** Numbers given so far. */
  get count(): number {
    return this.ids.size;
  }

  get activeCount(): number {
    let count = 0;
    for (const word of this.active.words) count += countBits(word);
    return count;
  }

  get bytes(): number {
    const { ids, active, identifiers } = this;
    return ids.byteLength + active.bytes + identifiers.bytes + bytesOf([...this.columns(), this.firsts]);
  }

  get vendors(): Uint32Array {
    return this.vendorColumn.values;
  }

  get conditions(): Uint32Array {
    return this.conditionColumn.values;
  }

  get regions(): Uint32Array {
    return this.regionColumn.values;
  }

  get leadTimes(): Uint16Array {
    return this.leadTimeColumn.values;
  }

  /** The values of one of the facets that stand at offers. */
  valueColumn(facet: string): Uint32Array | undefined {
    return { vendor: this.vendors, condition: this.conditions, region: this.regions }[facet];
  }

  /** The chain: first offer + 1 by product, next offer + 1 by offer, product + 1 by offer. */
  get chains(): { readonly firsts: Uint32Array; readonly nexts: Uint32Array; readonly products: Uint32Array } {
    return { firsts: this.firsts.values, nexts: this.nexts.values, products: this.products.values };
  }

  /** The facet value of a vendor; of one that has no offers a number that no offer has, and not -1, which may mean all. */
  vendorValue(vendor: string): number {
    const value = this.values.find("vendor", vendor);
    return value === -1 ? UNKNOWN_VENDOR : value;
  }

  numberOf(id: string): number {
    const offer = this.ids.intern(id);
    if (offer >= this.products.length) for (const column of this.columns()) column.reach(offer + 1);
    return offer;
  }

  write(offer: OfferDocument, product: number): number {
    const number = this.numberOf(offer.id);
    this.firsts.reach(product + 1);
    if (this.products.values[number] !== product + 1) {
      this.unchain(number);
      this.products.values[number] = product + 1;
      this.nexts.values[number] = this.firsts.values[product] as number;
      this.firsts.values[product] = number + 1;
    }
    this.vendorColumn.values[number] = this.values.intern("vendor", offer.vendor);
    this.conditionColumn.values[number] = this.values.intern("condition", offer.condition);
    this.regionColumn.values[number] = this.values.intern("region", offer.region);
    this.leadTimeColumn.values[number] = Math.min(LEAD_TIME_MAX, offer.leadTimeDays);
    const gtins = offer.gtins.map(gtinKey).filter((key) => key !== null);
    this.identifiers.write(number, [plainIdentifier(offer.vendorPartNumber), ...gtins]);
    this.active.set(number, offer.active);
    return number;
  }

  /** -1 when there was no such offer. */
  remove(id: string): number {
    const number = this.ids.find(id);
    if (number === -1) return -1;
    this.unchain(number);
    this.active.set(number, false);
    this.identifiers.remove(number);
    return number;
  }

  ofProduct(product: number): number[] {
    const found: number[] = [];
    const first = product < this.firsts.length ? (this.firsts.values[product] as number) : 0;
    for (let offer = first; offer !== 0; offer = this.nexts.values[offer - 1] as number) found.push(offer - 1);
    return found;
  }

  private unchain(offer: number): void {
    const product = (this.products.values[offer] as number) - 1;
    if (product === -1) return;
    const next = this.nexts.values[offer] as number;
    if (this.firsts.values[product] === offer + 1) this.firsts.values[product] = next;
    else {
      const before = this.ofProduct(product).find((other) => this.nexts.values[other] === offer + 1);
      if (before !== undefined) this.nexts.values[before] = next;
    }
    this.products.values[offer] = 0;
    this.nexts.values[offer] = 0;
  }

  private columns() {
    const { products, nexts, vendorColumn, conditionColumn, regionColumn, leadTimeColumn } = this;
    return [products, nexts, vendorColumn, conditionColumn, regionColumn, leadTimeColumn];
  }
}
