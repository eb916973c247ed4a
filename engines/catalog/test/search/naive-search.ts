import type { AssortmentRule, ClassRef, OfferDocument, ProductDocument } from "../../src/search/documents.ts";
import type { FacetAsk, FacetCounts, NumberRange } from "../../src/search/query.ts";
import type { Question } from "./questions.ts";
import type { World } from "./world.ts";
import { lists, setup } from "./world.ts";

/** Written from the specification: every rule for every offer, each facet by its own search. Shares types alone. */
export type NaivePage = {
  readonly hits: readonly {
    readonly productId: string;
    readonly fromPrice: number | null;
    readonly offerId: string;
    readonly offerCount: number;
  }[];
  readonly facets: readonly FacetCounts[];
};

const above = (ref: ClassRef): string[] => {
  const node = setup.classes.find(({ scheme, code }) => scheme === ref.scheme && code === ref.code);
  const parent = node?.parent ?? null;
  return parent === null ? [ref.code] : [ref.code, ...above({ scheme: ref.scheme, code: parent })];
};

const codesOf = ({ classes }: ProductDocument): string[] => [...new Set(classes.flatMap(above))];

const within = (number: number, { from, to }: NumberRange): boolean =>
  (from === null || number >= from) && (to === null || number <= to);

export class NaiveSearch {
  private readonly world: World;
  private readonly question: Question;
  private readonly matching: ReadonlySet<string>;

  /** `matching`: ids of the products that the text finds. */
  constructor(world: World, question: Question, matching: (visible: ReadonlySet<string>) => ReadonlySet<string>) {
    this.world = world;
    this.question = question;
    const seen = [...world.products.keys()].filter((id) => this.visibleOffers(id).length > 0);
    this.matching = matching(new Set(seen));
  }

  page(): NaivePage {
    const hits = [...this.matching]
      .map((productId) => ({ productId, offers: this.offersThatFit(productId, null) }))
      .filter(({ offers }) => offers.length > 0)
      .map(({ productId, offers }) => {
        const best = [...offers].sort((left, right) => this.compareOffers(left, right))[0] as OfferDocument;
        return { productId, fromPrice: this.priceOf(best), offerId: best.id, offerCount: offers.length };
      });
    return { hits, facets: this.question.facets.map((ask) => this.counted(ask)) };
  }

  private compareOffers(left: OfferDocument, right: OfferDocument): number {
    const own = this.priceOf(left) ?? Number.POSITIVE_INFINITY;
    const other = this.priceOf(right) ?? Number.POSITIVE_INFINITY;
    if (own !== other) return own - other;
    return left.id < right.id ? -1 : 1;
  }

  private visibleOffers(productId: string): OfferDocument[] {
    return [...this.world.offers.values()].filter(
      (offer) =>
        offer.productId === productId &&
        offer.active &&
        this.world.products.has(productId) &&
        this.question.visibility.every(
          ({ vendors, anyOf }) =>
            ("only" in vendors ? vendors.only !== offer.vendor : vendors.butNot.includes(offer.vendor)) ||
            anyOf.some((id) => this.holds(id, offer)),
        ),
    );
  }

  private holds(id: string, offer: OfferDocument): boolean {
    const assortment = this.world.assortments.get(id);
    if (assortment === undefined) return false;
    const obeys = (rule: AssortmentRule): boolean => {
      const product = this.world.products.get(offer.productId);
      if (rule.offerId !== undefined && rule.offerId !== offer.id) return false;
      if (rule.vendor !== undefined && rule.vendor !== offer.vendor) return false;
      if (rule.brand !== undefined && rule.brand !== product?.brand) return false;
      return rule.class === undefined || (product !== undefined && codesOf(product).includes(rule.class.code));
    };
    return (assortment.include.length === 0 || assortment.include.some(obeys)) && !assortment.exclude.some(obeys);
  }

  /** Visible offers under all filters but those of one facet; of a product that the others leave. */
  private offersThatFit(productId: string, without: string | null): OfferDocument[] {
    const product = this.world.products.get(productId) as ProductDocument;
    const values = this.question.values.filter(({ facet }) => facet !== without);
    const numbers = this.question.numbers.filter(({ facet }) => facet !== without);
    return this.visibleOffers(productId).filter(
      (offer) =>
        values.every(({ facet, anyOf }) =>
          this.valuesOf(facet, product, offer).some((value) => anyOf.includes(value)),
        ) &&
        numbers.every(({ facet, ...range }) =>
          this.numbersOf(facet, product, offer).some((number) => within(number, range)),
        ),
    );
  }

  private valuesOf(facet: string, product: ProductDocument, offer: OfferDocument): string[] {
    if (facet === "brand") return product.brand === null ? [] : [product.brand];
    if (facet === "class:tree") return codesOf(product);
    if (facet === "vendor") return [offer.vendor];
    if (facet === "condition") return [offer.condition];
    if (facet === "region") return [offer.region];
    return product.attributes.flatMap((own) =>
      "value" in own && `attribute:${own.attribute}` === facet ? [own.value] : [],
    );
  }

  private numbersOf(facet: string, product: ProductDocument, offer: OfferDocument): number[] {
    if (facet === "lead_time") return [offer.leadTimeDays];
    if (facet === "price") return [this.priceOf(offer)].filter((price) => price !== null);
    return product.attributes.flatMap((own) =>
      "number" in own && `attribute:${own.attribute}` === facet ? [own.number] : [],
    );
  }

  private counted(ask: FacetAsk): FacetCounts {
    const left = [...this.matching].map((id) => ({
      product: this.world.products.get(id) as ProductDocument,
      offers: this.offersThatFit(id, ask.facet),
    }));
    if (ask.kind === "numbers") {
      const perProduct = left.map(({ product, offers }) =>
        offers.flatMap((offer) => this.numbersOf(ask.facet, product, offer)),
      );
      const all = perProduct.flat();
      return {
        kind: "numbers",
        facet: ask.facet,
        counts: ask.ranges.map(
          (range) => perProduct.filter((own) => own.some((number) => within(number, range))).length,
        ),
        least: all.length === 0 ? null : Math.min(...all),
        greatest: all.length === 0 ? null : Math.max(...all),
      };
    }
    const selected = new Set(
      this.question.values.filter(({ facet }) => facet === ask.facet).flatMap(({ anyOf }) => anyOf),
    );
    const counts = new Map([...selected].map((value) => [value, 0]));
    for (const { product, offers } of left) {
      const own = new Set(offers.flatMap((offer) => this.valuesOf(ask.facet, product, offer)));
      for (const value of own) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const found = [...counts]
      .map(([value, count]) => ({ value, count, selected: selected.has(value) }))
      .filter(({ value }) => this.stands(ask, value))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    const shown = found.filter((own, at) => at < ask.top || own.selected);
    return { kind: "values", facet: ask.facet, values: shown, more: found.length - shown.length };
  }

  private stands(ask: Extract<FacetAsk, { kind: "values" }>, value: string): boolean {
    if (ask.under === undefined) return true;
    return (setup.classes.find(({ code }) => code === value)?.parent ?? null) === ask.under;
  }

  /** Precedence as written: step by step, explicit before derived, then the cheaper; exclusive ends it. */
  private priceOf({ id, vendor }: OfferDocument): number | null {
    for (const step of this.question.chain ?? []) {
      const own = step.filter(({ list }) => {
        const scope = lists.find((shape) => shape.id === list)?.vendor ?? null;
        return scope === null || scope === vendor;
      });
      const row = (list: string): number[] => {
        const price = this.world.prices.get(list)?.get(id);
        return price === undefined ? [] : [price];
      };
      const explicit = own.flatMap(({ list }) => row(list));
      const derived = own.flatMap(({ derived }) =>
        derived === null ? [] : row(derived.base).map((price) => derivedPrice(price, derived.percent)),
      );
      const prices = explicit.length > 0 ? explicit : derived;
      if (prices.length > 0) return Math.min(...prices);
      if (own.some(({ exclusive }) => exclusive)) return null;
    }
    return null;
  }
}

function derivedPrice(price: number, percent: number): number {
  const numerator = BigInt(price) * BigInt(1_000_000 + percent);
  return Number((2n * numerator + 1_000_000n) / 2_000_000n);
}
