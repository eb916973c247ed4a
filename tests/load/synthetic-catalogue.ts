import type { OfferDocument, PriceChain, ProductDocument, SearchSetup } from "@kontor/catalog";

/**
 * A catalogue without a source: the same for the same seed, on every machine. Words are made of syllables and used as
 * often as words are (the n-th 1/n as often), so that some are in nearly every product and most in a handful.
 */
export type CatalogueSize = {
  readonly offers: number;
  readonly vendors: number;
  readonly contracts: number;
  readonly groups: number;
  readonly seed: number;
};

export type SyntheticCatalogue = {
  readonly setup: SearchSetup;
  readonly products: () => Generator<{ readonly product: ProductDocument; readonly offers: readonly OfferDocument[] }>;
  /** Price rows at scale 6 by list; "base" has one for nearly every offer. */
  readonly prices: () => Generator<{ readonly list: string; readonly offerId: string; readonly price: number }>;
  readonly lists: readonly { readonly id: string; readonly dense: boolean; readonly vendor: string | null }[];
  /** How the buyer with this number asks the lists: his contract, his two groups, the base list. */
  readonly chainOf: (buyer: number) => PriceChain;
  readonly wordOf: (rank: number) => string;
};

const OFFERS_PER_PRODUCT = 4;
const BRANDS = 400;
const ATTRIBUTES = 12;
const VALUES = 8;
const WORDS = 30_000;
const SEGMENTS = 20;
const CLASSES_PER_SEGMENT = 50;
const ROWS_PER_CONTRACT = 2_000;
const ROWS_PER_GROUP = 20_000;

const syllables = "ka lo mi ter ron bel sta vi dor pan gu lim fe rax ton ze qui mar sol nek".split(" ");

/** Numbers from 0 below 1 (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function syntheticCatalogue(size: CatalogueSize): SyntheticCatalogue {
  const productCount = Math.ceil(size.offers / OFFERS_PER_PRODUCT);
  return {
    setup: { classes: [...classNodes()], synonyms: [] },
    products: () => products(size, productCount),
    prices: () => prices(size),
    lists: listsOf(size),
    chainOf: (buyer) => chainOf(buyer, size),
    wordOf,
  };
}

/** Ids as long as real ones. */
function idOf(kind: "a" | "b", at: number): string {
  return `0198c0de-${kind}000-7000-8000-${at.toString(16).padStart(12, "0")}`;
}

export const offerIdOf = (at: number): string => idOf("b", at);

function wordOf(rank: number): string {
  let word = "";
  let rest = rank + syllables.length;
  while (rest > 0) {
    word += syllables[rest % syllables.length];
    rest = Math.floor(rest / syllables.length);
  }
  return word;
}

function* classNodes() {
  for (let segment = 0; segment < SEGMENTS; segment++) {
    const top = `${10 + segment}`;
    yield { scheme: "tree", code: top, parent: null, names: [{ language: "en", name: wordOf(segment) }] };
    for (let node = 0; node < CLASSES_PER_SEGMENT; node++) {
      const names = [{ language: "en", name: `${wordOf(100 + segment)} ${wordOf(200 + node)}` }];
      yield { scheme: "tree", code: `${top}.${node}`, parent: top, names };
    }
  }
}

function* products(size: CatalogueSize, count: number): ReturnType<SyntheticCatalogue["products"]> {
  const random = seededNumbers(size.seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const word = (): string => wordOf(Math.floor(WORDS ** random()) - 1);
  const words = (length: number): string => Array.from({ length }, word).join(" ");
  for (let at = 0; at < count; at++) {
    const segment = whole(SEGMENTS);
    const brand = `Brand ${whole(BRANDS)}`;
    const partNumber = `P${whole(1000)}-${at}`;
    const attributes = Array.from({ length: ATTRIBUTES }, (_, attribute) => ({
      attribute: `a${attribute}`,
      value: wordOf(1000 + attribute * VALUES + whole(VALUES)),
      language: "en",
    }));
    const product: ProductDocument = {
      id: idOf("a", at),
      texts: [{ language: "en", title: words(6), description: words(20) }],
      brand,
      partNumbers: [partNumber],
      attributes: [...attributes, { attribute: "length", number: 1 + whole(500), unit: "mm" }],
      classes: [{ scheme: "tree", code: `${10 + segment}.${whole(CLASSES_PER_SEGMENT)}` }],
      createdAt: at * 1_000_000,
    };
    const offers: OfferDocument[] = [];
    const first = at * OFFERS_PER_PRODUCT;
    const vendor = whole(size.vendors);
    for (let id = first; id < Math.min(first + OFFERS_PER_PRODUCT, size.offers); id++) {
      offers.push({
        id: idOf("b", id),
        productId: product.id,
        vendor: `v${(vendor + (id - first) * 7) % size.vendors}`,
        vendorPartNumber: `${partNumber}/${id % 97}`,
        gtins: [`4${String(at).padStart(11, "0")}0`],
        condition: whole(10) === 0 ? "used" : "new",
        region: `r${whole(16)}`,
        leadTimeDays: whole(30),
        active: true,
      });
    }
    yield { product, offers };
  }
}

function listsOf({ groups, contracts }: CatalogueSize): SyntheticCatalogue["lists"] {
  const sparse = (id: string) => ({ id, dense: false, vendor: null });
  return [
    { id: "base", dense: true, vendor: null },
    ...Array.from({ length: groups }, (_, group) => sparse(`group ${group}`)),
    ...Array.from({ length: contracts }, (_, contract) => sparse(`contract ${contract}`)),
  ];
}

function* prices(size: CatalogueSize): ReturnType<SyntheticCatalogue["prices"]> {
  const random = seededNumbers(size.seed + 1);
  const price = (): number => Math.floor(1 + random() * 100_000) * 10_000;
  const offerId = (): string => idOf("b", Math.floor(random() * size.offers));
  for (let id = 0; id < size.offers; id++) {
    if (random() < 0.98) yield { list: "base", offerId: offerIdOf(id), price: price() };
  }
  const share = Math.min(1, size.offers / 1_000_000);
  for (const { id, dense } of listsOf(size)) {
    if (dense) continue;
    const rows = (id.startsWith("group") ? ROWS_PER_GROUP : ROWS_PER_CONTRACT) * share;
    for (let row = 0; row < rows; row++) yield { list: id, offerId: offerId(), price: price() };
  }
}

function chainOf(buyer: number, { contracts, groups }: CatalogueSize): PriceChain {
  const step = (list: string) => ({ list, exclusive: false, derived: null });
  const chain = [[step(`group ${buyer % groups}`), step(`group ${(buyer * 7 + 1) % groups}`)], [step("base")]];
  return [[step(`contract ${buyer % contracts}`)], ...chain];
}
