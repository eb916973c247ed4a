import type { CatalogPage, CatalogQuery, PriceBook, SearchCounts, SupplierPage, SupplierQuery } from "@kontor/catalog";
import { indexPriceBook, MemorySearch, netPerBaseUnit, resolvePrice, roundRatio } from "@kontor/catalog";
import type { CatalogChange, Database, PriceBuyerFacts, QuantityRuleFacts } from "@kontor/db";
import {
  productsOfList,
  productsOfOffers,
  productsOfVendor,
  readFeedClasses,
  readFeedPage,
  readFeedProducts,
  readFeedSuppliers,
  readMarketShelf,
} from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { BuyerView } from "./buyer-view.ts";
import { buyerViewOf } from "./buyer-view.ts";
import { IndexWriter } from "./index-writer.ts";
import { columnNumber } from "./offer-prices.ts";
import { buyersLeast } from "./ruled-offers.ts";
import type { Shelf } from "./shelf.ts";
import { parentsOf, shelfOf } from "./shelf.ts";
import { SupplierIndex } from "./supplier-index.ts";

/** What a caller looks for; who he is decides what he may see and what it costs. No language is the marketplace's first. */
export type Search = Omit<CatalogQuery, "visibility" | "company" | "prices" | "language"> & {
  readonly language: string | null;
};
export type SupplierAsk = Omit<SupplierQuery, "language"> & Pick<Search, "language">;

/** A buyer with what his agreements say of quantities. */
export type Searching = { readonly facts: PriceBuyerFacts; readonly rules: readonly QuantityRuleFacts[] };

export type FoundPage = {
  readonly page: CatalogPage;
  /** In which a product is named, the best first. */
  readonly languages: readonly string[];
  /** Of offers on the page: the least that the buyer's agreements let him order, where they say something. */
  readonly least: ReadonlyMap<string, { readonly quantity: bigint; readonly unit: string } | null>;
};
export type FoundSuppliers = { readonly page: SupplierPage; readonly languages: readonly string[] };

const pageProducts = 500;
/** Products that are read again at once. */
const againMax = 500;

type Parts = {
  readonly db: Database;
  readonly marketplaceId: string;
  readonly search: MemorySearch;
  readonly suppliers: SupplierIndex;
  readonly shelf: Shelf;
};

/** One marketplace's catalogue in memory, as of the changes that it was told of. */
export class MarketplaceIndex {
  readonly marketplaceId: string;
  readonly #db: Database;
  readonly #search: MemorySearch;
  readonly #suppliers: SupplierIndex;
  readonly #writer: IndexWriter;
  #shelf: Shelf;
  #book: PriceBook;

  private constructor({ db, marketplaceId, search, suppliers, shelf }: Parts) {
    this.marketplaceId = marketplaceId;
    this.#db = db;
    this.#search = search;
    this.#suppliers = suppliers;
    this.#shelf = shelf;
    this.#writer = new IndexWriter(search, shelf);
    this.#book = bookOf(shelf);
  }

  /** Reads all of it. Undefined where there is no such marketplace. */
  static async build(db: Database, marketplaceId: string, at: Micros): Promise<MarketplaceIndex | undefined> {
    const [market, nodes] = await Promise.all([
      readMarketShelf(db, { marketplaceId, at }),
      readFeedClasses(db, marketplaceId),
    ]);
    if (market === undefined) return undefined;
    const setup = { classes: nodes.map(classNode), synonyms: market.synonyms };
    const [search, suppliers] = [new MemorySearch(setup), new SupplierIndex(setup)];
    const shelf = shelfOf(market, parentsOf(nodes));
    const index = new MarketplaceIndex({ db, marketplaceId, search, suppliers, shelf });
    for (const supplier of await readFeedSuppliers(db, { marketplaceId, companyIds: null })) {
      suppliers.put(supplier, at);
    }
    let after: string | null = null;
    do {
      const page = await readFeedPage(db, { marketplaceId, after, limit: pageProducts });
      for (const product of page) index.#writer.put(product, at);
      after = page.length < pageProducts ? null : (page.at(-1)?.id ?? null);
    } while (after !== null);
    return index;
  }

  get counts(): SearchCounts {
    return this.#search.counts;
  }

  get bytes(): number {
    return this.#search.bytes;
  }

  /**
   * False when it has to be built anew: classes and the order of languages have their place for the life of an index. All
   * other changes are taken in.
   */
  async follow(changes: readonly CatalogChange[], at: Micros): Promise<boolean> {
    const products = new Set<string>();
    const inOrder = !changes.some(isOfShelf) || (await this.#renewShelf(products, at));
    const suppliers = new Set<string>();
    for (const { subject, subjectId } of changes) {
      if (subject === "product") products.add(subjectId);
      else for (const id of await this.#productsBehind(subject, subjectId)) products.add(id);
      if (subject === "supplier" || subject === "company") suppliers.add(subjectId);
    }
    await this.#readSuppliers([...suppliers], at);
    await this.#readAgain([...products], at);
    return inOrder && !changes.some(isOfAll);
  }

  /** Looks again at what begins or ends to apply. */
  async keepTime(at: Micros): Promise<void> {
    const { due } = this.#writer;
    for (let some = due.due(at, againMax); some.length > 0; some = due.due(at, againMax)) {
      await this.#readAgain(some, at);
    }
    const expired = this.#suppliers.due;
    for (let some = expired.due(at, againMax); some.length > 0; some = expired.due(at, againMax)) {
      await this.#readSuppliers(some, at);
    }
  }

  find(
    search: Search,
    { facts, rules }: Searching,
    { companyId, at }: { readonly companyId: string | null; readonly at: Micros },
  ): FoundPage {
    const view = buyerViewOf(facts, this.#shelf, at);
    const ruled = ruledFor(view, rules);
    const resolve = (offerId: string): number | null => this.#ask(offerId, view, ruled.rules);
    const prices = this.#search.prices.view(view.chain, resolve, ruled);
    const languages = this.#languagesFor(search.language);
    const { visibility } = view;
    const language = languages[0] ?? "";
    const page = this.#search.search({ ...search, language, visibility, company: companyId, prices });
    const least = page.hits.flatMap(({ offerId }) => {
      const asked = this.#writer.asked.get(offerId);
      if (asked === undefined) return [];
      return [[offerId, buyersLeast(asked, view.contextFor(asked.offer.vendorId).agreements, ruled.rules)] as const];
    });
    return { page, languages, least: new Map(least) };
  }

  findSuppliers(query: SupplierAsk): FoundSuppliers {
    const languages = this.#languagesFor(query.language);
    return { page: this.#suppliers.find({ ...query, language: languages[0] ?? "" }), languages };
  }

  #languagesFor(asked: string | null): readonly string[] {
    return [...new Set([...(asked === null ? [] : [asked]), ...this.#shelf.languages])];
  }

  /** The price that no column holds: net, per base unit, at the least quantity that the buyer may order. */
  #ask(offerId: string, { contextFor }: BuyerView, rules: readonly QuantityRuleFacts[]): number | null {
    const asked = this.#writer.asked.get(offerId);
    if (asked === undefined) return null;
    const { offer, rows, taxCategory } = asked;
    const context = contextFor(offer.vendorId);
    const least = buyersLeast(asked, context.agreements, rules);
    if (least === null) return null;
    const book: PriceBook = {
      ...this.#book,
      offers: new Map([[offerId, offer]]),
      rows: new Map([[offerId, Map.groupBy(rows, ({ listId }) => listId)]]),
    };
    const rate = this.#shelf.taxRates.find(
      ({ country, category }) => country === context.country && category === taxCategory,
    );
    const taxPercent = rate?.percent ?? 0n;
    const found = resolvePrice({ offerId, ...least, buyer: context, taxPercent, others: [], locked: null }, book);
    const cost = found.outcome === "priced" ? netPerBaseUnit(found, offer, taxPercent) : null;
    const number = cost === null ? null : columnNumber(roundRatio(cost.num, cost.den, "half_up"));
    return typeof number === "number" ? number : null;
  }

  /** False where the languages have another order than the products were written in. */
  async #renewShelf(products: Set<string>, at: Micros): Promise<boolean> {
    const market = await readMarketShelf(this.#db, { marketplaceId: this.marketplaceId, at });
    if (market === undefined) return true;
    const before = this.#shelf;
    // What products were written by stays as it is for the life of the index.
    const { parents, languages, attributeUnits } = before;
    this.#shelf = { ...shelfOf(market, parents), languages, attributeUnits };
    this.#book = bookOf(this.#shelf);
    this.#search.setSynonyms(market.synonyms);
    this.#suppliers.setSynonyms(market.synonyms);
    for (const listId of this.#writer.takeShelf(this.#shelf)) {
      for (const id of await productsOfList(this.#db, listId)) products.add(id);
    }
    const { offers, vendors } = this.#shelf.ruled;
    for (const vendor of [...vendors].filter((known) => !before.ruled.vendors.has(known))) {
      for (const id of await productsOfVendor(this.#db, this.marketplaceId, vendor)) products.add(id);
    }
    const added = [...offers].filter((known) => !before.ruled.offers.has(known));
    for (const id of await productsOfOffers(this.#db, added)) products.add(id);
    return market.languages.join() === languages.join();
  }

  #productsBehind(subject: CatalogChange["subject"], id: string): Promise<readonly string[]> {
    if (subject === "price_list") return productsOfList(this.#db, id);
    if (subject === "company" || subject === "promotion") return productsOfVendor(this.#db, this.marketplaceId, id);
    return Promise.resolve([]);
  }

  async #readSuppliers(companyIds: readonly string[], at: Micros): Promise<void> {
    const found = await readFeedSuppliers(this.#db, { marketplaceId: this.marketplaceId, companyIds });
    for (const supplier of found) this.#suppliers.put(supplier, at);
    const there = new Set(found.map(({ companyId }) => companyId));
    for (const id of companyIds) if (!there.has(id)) this.#suppliers.delete(id);
  }

  async #readAgain(ids: readonly string[], at: Micros): Promise<void> {
    for (let from = 0; from < ids.length; from += againMax) {
      const some = ids.slice(from, from + againMax);
      const found = await readFeedProducts(this.#db, some);
      for (const product of found) this.#writer.put(product, at);
      const there = new Set(found.map(({ id }) => id));
      for (const id of some) if (!there.has(id)) this.#writer.delete(id);
    }
  }
}

/** Classes touch everything, and so does a promotion of the marketplace. */
function isOfAll({ subject, subjectId }: CatalogChange): boolean {
  return subject === "market" || (subject === "promotion" && subjectId === "");
}

/** Lists, assortments, agreements and what the operator settles. */
function isOfShelf({ subject }: CatalogChange): boolean {
  return subject !== "product" && subject !== "supplier";
}

/** Rules of the buyer's agreements that are in force, and the offers that they are about. */
function ruledFor({ agreementVendors }: BuyerView, rules: readonly QuantityRuleFacts[]) {
  const inForce = rules.filter(({ agreementId }) => agreementVendors.has(agreementId));
  return {
    rules: inForce,
    offers: inForce.flatMap(({ offerId }) => offerId ?? []),
    vendors: inForce.flatMap(({ offerId, agreementId }) =>
      offerId === null ? (agreementVendors.get(agreementId) ?? []) : [],
    ),
  };
}

function classNode({ labels, ...node }: Awaited<ReturnType<typeof readFeedClasses>>[number]) {
  return { ...node, names: Object.entries(labels).map(([language, name]) => ({ language, name })) };
}

function bookOf({ lists, assignments, promotions }: Shelf): PriceBook {
  return indexPriceBook({ offers: [], lists: [...lists.values()], assignments, rows: [], promotions });
}
