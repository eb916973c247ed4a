import fc from "fast-check";
import type {
  Assortment,
  AssortmentRule,
  BuyerPartNumbers,
  ClassNode,
  OfferDocument,
  ProductDocument,
} from "../../src/search/documents.ts";
import type { SearchSetup } from "../../src/search/memory-search.ts";
import { MemorySearch } from "../../src/search/memory-search.ts";
import type { PriceListShape } from "../../src/search/offers/price-columns.ts";

/** A small catalogue as plain records, and the changes that make it. */
export type World = {
  readonly products: Map<string, ProductDocument>;
  readonly offers: Map<string, OfferDocument>;
  /** By list and offer. */
  readonly prices: Map<string, Map<string, number>>;
  readonly assortments: Map<string, Assortment>;
  readonly aliases: Map<string, BuyerPartNumbers>;
};

export type Change =
  | { readonly kind: "product"; readonly product: ProductDocument }
  | { readonly kind: "no_product"; readonly id: string }
  | { readonly kind: "offer"; readonly offer: OfferDocument }
  | { readonly kind: "no_offer"; readonly id: string }
  | { readonly kind: "price"; readonly list: string; readonly offerId: string; readonly price: number | null }
  | { readonly kind: "assortment"; readonly assortment: Assortment }
  | { readonly kind: "aliases"; readonly aliases: BuyerPartNumbers };

export const lists: readonly PriceListShape[] = [
  { id: "base", dense: true, vendor: null },
  { id: "gold", dense: false, vendor: null },
  { id: "silver", dense: false, vendor: null },
  { id: "contract", dense: false, vendor: "vera" },
  { id: "frame", dense: true, vendor: "vito" },
];

const node = (code: string, parent: string | null): ClassNode => ({
  scheme: "tree",
  code,
  parent,
  names: [{ language: "en", name: `node${code}` }],
});

export const setup: SearchSetup = {
  classes: [node("1", null), node("11", "1"), node("12", "1"), node("2", null), node("21", "2")],
  synonyms: [],
};

export const words = ["drill", "hammer", "blue", "steel", "cordless", "grip"];
export const colours = ["red", "green", "grey"];
export const brands = ["acme", "bolt"];
export const vendors = ["vera", "vito", "vlad"];
export const conditions = ["new", "used"];
export const codes = ["1", "11", "12", "2", "21"];
const productIds = Array.from({ length: 9 }, (_, at) => `p${at}`);
const offerIds = Array.from({ length: 20 }, (_, at) => `o${at}`);

const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((list) => list.join(" "));

const product: fc.Arbitrary<ProductDocument> = fc.record({
  id: fc.constantFrom(...productIds),
  texts: fc.tuple(text, text).map(([title, description]) => [{ language: "en", title, description }]),
  brand: fc.option(fc.constantFrom(...brands)),
  partNumbers: fc.array(
    fc.integer({ min: 100, max: 105 }).map((number) => `MX-${number}`),
    { maxLength: 1 },
  ),
  attributes: fc
    .tuple(fc.subarray(colours), fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }))
    .map(([own, sizes]) => [
      ...own.map((value) => ({ attribute: "colour", value, language: "en" })),
      ...sizes.map((number) => ({ attribute: "size", number, unit: "" })),
    ]),
  classes: fc.subarray(codes, { maxLength: 2 }).map((list) => list.map((code) => ({ scheme: "tree", code }))),
  createdAt: fc.integer({ min: 1, max: 4 }),
});

const offer: fc.Arbitrary<OfferDocument> = fc.record({
  id: fc.constantFrom(...offerIds),
  productId: fc.constantFrom(...productIds),
  vendor: fc.constantFrom(...vendors),
  vendorPartNumber: fc.integer({ min: 1, max: 6 }).map((number) => `vp ${number}`),
  gtins: fc.subarray(["4006381333931", "96385074"]),
  condition: fc.constantFrom(...conditions),
  region: fc.constantFrom("north", "south"),
  leadTimeDays: fc.integer({ min: 0, max: 5 }),
  active: fc.constant(true),
});

const ruleParts = {
  offerId: fc.constantFrom(...offerIds),
  vendor: fc.constantFrom(...vendors),
  brand: fc.constantFrom(...brands),
  class: fc.constantFrom(...codes).map((code) => ({ scheme: "tree", code })),
};

/** Mostly of one part: what has to be so at once is hardly ever so. */
const rule: fc.Arbitrary<AssortmentRule> = fc.oneof(
  fc.record({ vendor: ruleParts.vendor }),
  fc.record({ brand: ruleParts.brand }),
  fc.record({ class: ruleParts.class }),
  fc.record(ruleParts, { requiredKeys: [] }),
);

export const assortmentIds = ["public", "extra"];

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("product" as const), product }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("no_product" as const), id: fc.constantFrom(...productIds) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("offer" as const),
      offer: fc.tuple(offer, fc.nat(7)).map(([own, dice]) => ({ ...own, active: dice > 0 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("no_offer" as const), id: fc.constantFrom(...offerIds) }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("price" as const),
      list: fc.constantFrom(...lists.map(({ id }) => id)),
      offerId: fc.constantFrom(...offerIds),
      price: fc.option(
        fc.integer({ min: 0, max: 6 }).map((tens) => tens * 10_000_005),
        { freq: 6 },
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("assortment" as const),
      assortment: fc.record({
        id: fc.constantFrom(...assortmentIds),
        include: fc.array(rule, { maxLength: 3 }),
        exclude: fc.array(rule, { maxLength: 2 }),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("aliases" as const),
      aliases: fc.record({
        company: fc.constantFrom("ben", "bea"),
        of: fc.oneof(
          fc.record({ offerId: fc.constantFrom(...offerIds) }),
          fc.record({ productId: fc.constantFrom(...productIds) }),
        ),
        numbers: fc.subarray(["own 1", "own-2"]),
      }),
    }),
  },
);

export const changes = fc.array(change, { minLength: 40, maxLength: 160 });

export function emptyWorld(): World {
  return {
    products: new Map(),
    offers: new Map(),
    prices: new Map(lists.map(({ id }) => [id, new Map()])),
    assortments: new Map(assortmentIds.map((id) => [id, { id, include: [], exclude: [] }])),
    aliases: new Map(),
  };
}

export function changeWorld(world: World, change: Change): void {
  switch (change.kind) {
    case "product":
      world.products.set(change.product.id, change.product);
      break;
    case "no_product":
      world.products.delete(change.id);
      break;
    case "offer":
      world.offers.set(change.offer.id, change.offer);
      break;
    case "no_offer":
      world.offers.delete(change.id);
      break;
    case "price":
      if (change.price === null) world.prices.get(change.list)?.delete(change.offerId);
      else world.prices.get(change.list)?.set(change.offerId, change.price);
      break;
    case "assortment":
      world.assortments.set(change.assortment.id, change.assortment);
      break;
    default:
      world.aliases.set(JSON.stringify([change.aliases.company, change.aliases.of]), change.aliases);
  }
}

export function changeSearch(search: MemorySearch, change: Change): void {
  switch (change.kind) {
    case "product":
      return search.upsertProduct(change.product);
    case "no_product":
      return search.deleteProduct(change.id);
    case "offer":
      return search.upsertOffer(change.offer);
    case "no_offer":
      return search.deleteOffer(change.id);
    case "price":
      return search.prices.set(change.list, change.offerId, change.price);
    case "assortment":
      return search.defineAssortment(change.assortment);
    default:
      return search.setBuyerPartNumbers(change.aliases);
  }
}

export function emptySearch(): MemorySearch {
  const search = new MemorySearch(setup);
  for (const list of lists) search.prices.defineList(list);
  for (const assortment of emptyWorld().assortments.values()) search.defineAssortment(assortment);
  return search;
}

/** All of a world at once, in the order of ids from the last to the first: any order has to do. */
export function searchOf(world: World): MemorySearch {
  const search = emptySearch();
  const backwards = <Value>(map: ReadonlyMap<string, Value>): Value[] =>
    [...map].sort(([left], [right]) => (left < right ? 1 : -1)).map(([, value]) => value);
  for (const offer of backwards(world.offers)) search.upsertOffer(offer);
  for (const product of backwards(world.products)) search.upsertProduct(product);
  for (const [list, rows] of world.prices) {
    for (const [offerId, price] of rows) search.prices.set(list, offerId, price);
  }
  for (const assortment of world.assortments.values()) search.defineAssortment(assortment);
  for (const aliases of world.aliases.values()) search.setBuyerPartNumbers(aliases);
  return search;
}
