import type { Assortment, AssortmentRule } from "../documents.ts";
import type { FacetValues } from "../facets/facet-values.ts";
import { Bits } from "../memory/bits.ts";
import type { NumberLists } from "../memory/lists.ts";
import type { Visibility, VisibilityRule } from "../query.ts";
import type { Offers } from "./offers.ts";

type Rule = { readonly offer: number; readonly vendor: number; readonly brand: number; readonly class: number };
/** Rules by what is looked up first: offers one by one as bits, the others by a value that they all name. */
type Rules = {
  readonly offers: Bits;
  readonly byValue: ReadonlyMap<number, readonly Rule[]> /** 1 for values with rules. */;
  readonly named: Uint8Array;
  readonly all: boolean;
};
type Compiled = { readonly include: Rules; readonly exclude: Rules; members: Bits | null };

const ANY = -1;

/**
 * Which offers each assortment holds, one bit per offer. The bits are made when an assortment is first asked for, and
 * kept right from then on as offers and products change.
 */
export class Assortments {
  private readonly offers: Offers;
  private readonly values: FacetValues;
  private readonly productValues: NumberLists;
  private readonly compiled = new Map<string, Compiled>();
  private visible = new Uint32Array(0);

  constructor(offers: Offers, values: FacetValues, productValues: NumberLists) {
    this.offers = offers;
    this.values = values;
    this.productValues = productValues;
  }

  get bytes(): number {
    let sum = this.visible.byteLength;
    for (const { members, include, exclude } of this.compiled.values()) {
      sum += (members?.bytes ?? 0) + include.offers.bytes + exclude.offers.bytes;
    }
    return sum;
  }

  define({ id, include, exclude }: Assortment): void {
    // Nothing included by name is everything; nothing excluded by name is nothing.
    const includes = include.length === 0 ? [{}] : include;
    this.compiled.set(id, { include: this.compile(includes), exclude: this.compile(exclude), members: null });
  }

  delete(id: string): void {
    this.compiled.delete(id);
  }

  /** After an offer or its product changed. */
  renew(offer: number): void {
    for (const compiled of this.compiled.values()) {
      if (compiled.members !== null) compiled.members.set(offer, this.holds(compiled, offer));
    }
  }

  /** Active offers that a buyer may see, one bit each; good until the next call. An unknown assortment holds none. */
  visibleTo(visibility: Visibility): Uint32Array {
    const length = (this.offers.count + 31) >>> 5;
    if (this.visible.length < length) this.visible = new Uint32Array(length + (length >>> 3));
    const { visible } = this;
    const { words } = this.offers.active;
    for (let at = 0; at < visible.length; at++) visible[at] = words[at] ?? 0;
    for (const rule of visibility) {
      const allowed = rule.anyOf.map((id) => this.members(id).words);
      if ("butNot" in rule.vendors && rule.vendors.butNot.length === 0) this.keepAllowed(allowed);
      else this.keepAllowedOf(this.vendorsUnder(rule.vendors), allowed);
    }
    return visible;
  }

  private keepAllowed(allowed: readonly Uint32Array[]): void {
    const { visible } = this;
    for (let at = 0; at < visible.length; at++) visible[at] = (visible[at] as number) & unionAt(allowed, at);
  }

  /** Takes away what is not allowed of the vendors that are marked; a rule about some leaves the others' offers alone. */
  private keepAllowedOf(marked: Uint8Array, allowed: readonly Uint32Array[]): void {
    const { visible } = this;
    const { vendors } = this.offers;
    for (let at = 0; at < visible.length; at++) {
      const doubtful = (visible[at] as number) & ~unionAt(allowed, at);
      if (doubtful === 0) continue;
      for (let bit = 0; bit < 32; bit++) {
        const isOf = ((doubtful >>> bit) & 1) === 1 && marked[vendors[(at << 5) + bit] as number] === 1;
        if (isOf) visible[at] = (visible[at] as number) & ~(1 << bit);
      }
    }
  }

  /** By the number of a vendor: 1 when the rule is about him. */
  private vendorsUnder(about: VisibilityRule["vendors"]): Uint8Array {
    const named = "only" in about ? [about.only] : about.butNot;
    const marked = new Uint8Array(this.values.count).fill("only" in about ? 0 : 1);
    for (const vendor of named) {
      const value = this.values.find("vendor", vendor);
      if (value !== -1) marked[value] = "only" in about ? 1 : 0;
    }
    return marked;
  }

  private members(id: string): Bits {
    const compiled = this.compiled.get(id);
    if (compiled === undefined) return new Bits();
    if (compiled.members === null) {
      compiled.members = new Bits();
      for (let offer = 0; offer < this.offers.count; offer++) {
        if (this.holds(compiled, offer)) compiled.members.set(offer, true);
      }
    }
    return compiled.members;
  }

  private holds({ include, exclude }: Compiled, offer: number): boolean {
    if (this.offers.chains.products[offer] === 0) return false;
    return this.matches(include, offer) && !this.matches(exclude, offer);
  }

  private matches({ offers, byValue, named, all }: Rules, offer: number): boolean {
    if (all || offers.has(offer)) return true;
    if (byValue.size === 0) return false;
    const vendor = this.offers.vendors[offer] as number;
    if (named[vendor] === 1 && this.fits(byValue.get(vendor), offer)) return true;
    const product = (this.offers.chains.products[offer] as number) - 1;
    const { starts, items } = this.productValues;
    const start = starts.values[product] ?? 0;
    const end = start + this.productValues.lengthOf(product);
    for (let at = start; at < end; at++) {
      const value = items.values[at] as number;
      if (named[value] === 1 && this.fits(byValue.get(value), offer)) return true;
    }
    return false;
  }

  private fits(rules: readonly Rule[] | undefined, offer: number): boolean {
    return rules?.some((rule) => this.obeys(rule, offer)) ?? false;
  }

  private obeys(rule: Rule, offer: number): boolean {
    if (rule.offer !== ANY && rule.offer !== offer) return false;
    if (rule.vendor !== ANY && rule.vendor !== this.offers.vendors[offer]) return false;
    return this.hasValue(offer, rule.brand) && this.hasValue(offer, rule.class);
  }

  private hasValue(offer: number, value: number): boolean {
    if (value === ANY) return true;
    const product = (this.offers.chains.products[offer] as number) - 1;
    const { starts, items } = this.productValues;
    const start = starts.values[product] ?? 0;
    const end = start + this.productValues.lengthOf(product);
    for (let at = start; at < end; at++) if (items.values[at] === value) return true;
    return false;
  }

  private compile(rules: readonly AssortmentRule[]): Rules {
    const offers = new Bits();
    const byValue = new Map<number, Rule[]>();
    let all = false;
    for (const written of rules) {
      const rule = this.compiledRule(written);
      const value = [rule.class, rule.brand, rule.vendor].find((part) => part !== ANY);
      if (value !== undefined) byValue.set(value, [...(byValue.get(value) ?? []), rule]);
      else if (rule.offer === ANY) all = true;
      else offers.set(rule.offer, true);
    }
    const named = new Uint8Array([...byValue.keys()].reduce((most, value) => Math.max(most, value + 1), 0));
    for (const value of byValue.keys()) named[value] = 1;
    return { offers, byValue, named, all };
  }

  private compiledRule({ offerId, vendor, brand, class: node }: AssortmentRule): Rule {
    return {
      offer: offerId === undefined ? ANY : this.offers.numberOf(offerId),
      vendor: vendor === undefined ? ANY : this.values.intern("vendor", vendor),
      brand: brand === undefined ? ANY : this.values.intern("brand", brand),
      class: node === undefined ? ANY : this.values.intern(`class:${node.scheme}`, node.code),
    };
  }
}

function unionAt(sets: readonly Uint32Array[], at: number): number {
  let union = 0;
  for (const words of sets) union |= words[at] ?? 0;
  return union;
}
