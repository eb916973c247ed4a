import type { CatalogPage, CatalogQuery, PriceBook } from "@kontor/catalog";
import { indexPriceBook, MemorySearch, netPerBaseUnit, resolvePrice, roundRatio } from "@kontor/catalog";
import type { CatalogChange, Database, PriceBuyerFacts } from "@kontor/db";
import {
  productsOfList,
  productsOfVendor,
  readFeedClasses,
  readFeedPage,
  readFeedProducts,
  readMarketShelf,
} from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import type { BuyerView } from "./buyer-view.ts";
import { buyerViewOf } from "./buyer-view.ts";
import { IndexWriter } from "./index-writer.ts";
import { columnNumber } from "./offer-prices.ts";
import type { Shelf } from "./shelf.ts";
import { parentsOf, shelfOf } from "./shelf.ts";

/** What a caller looks for; who he is decides what he may see and what it costs. */
export type Search = Omit<CatalogQuery, "visibility" | "company" | "prices">;

const pageProducts = 500;
/** Products that are read again at once. */
const againMax = 500;

/** One marketplace's catalogue in memory, as of the changes that it was told of. */
export class MarketplaceIndex {
  readonly marketplaceId: string;
  readonly #db: Database;
  readonly #search: MemorySearch;
  readonly #writer: IndexWriter;
  #shelf: Shelf;
  #book: PriceBook;

  private constructor(parts: {
    readonly db: Database;
    readonly marketplaceId: string;
    readonly search: MemorySearch;
    readonly shelf: Shelf;
  }) {
    this.marketplaceId = parts.marketplaceId;
    this.#db = parts.db;
    this.#search = parts.search;
    this.#shelf = parts.shelf;
    this.#writer = new IndexWriter(parts.search, parts.shelf);
    this.#book = bookOf(parts.shelf);
  }

  /** Reads all of it. Undefined where there is no such marketplace. */
  static async build(db: Database, marketplaceId: string, at: Micros): Promise<MarketplaceIndex | undefined> {
    const [market, classes] = await Promise.all([
      readMarketShelf(db, { marketplaceId, at }),
      readFeedClasses(db, marketplaceId),
    ]);
    if (market === undefined) return undefined;
    const search = new MemorySearch({ classes: classes.map(classNode), synonyms: market.synonyms });
    const index = new MarketplaceIndex({ db, marketplaceId, search, shelf: shelfOf(market, parentsOf(classes)) });
    let after: string | null = null;
    do {
      const page = await readFeedPage(db, { marketplaceId, after, limit: pageProducts });
      for (const product of page) index.#writer.put(product, at);
      after = page.length < pageProducts ? null : (page.at(-1)?.id ?? null);
    } while (after !== null);
    return index;
  }

  /** False when it has to be built anew: classes and synonyms have their place for the life of an index. */
  async follow(changes: readonly CatalogChange[], at: Micros): Promise<boolean> {
    const own = changes.filter(({ marketplaceId }) => marketplaceId === this.marketplaceId);
    if (own.some(isOfAll)) return false;
    const products = new Set<string>();
    if (own.some(({ subject }) => subject === "price_list" || subject === "assortment" || subject === "promotion")) {
      await this.#renewShelf(products, at);
    }
    for (const { subject, subjectId } of own) {
      if (subject === "product") products.add(subjectId);
      else for (const id of await this.#productsBehind(subject, subjectId)) products.add(id);
    }
    await this.#readAgain([...products], at);
    return true;
  }

  /** Looks again at what begins or ends to apply. */
  async keepTime(at: Micros): Promise<void> {
    for (let due = this.#writer.due.due(at, againMax); due.length > 0; due = this.#writer.due.due(at, againMax)) {
      await this.#readAgain(due, at);
    }
  }

  find(
    search: Search,
    buyer: PriceBuyerFacts,
    { companyId, at }: { readonly companyId: string | null; readonly at: Micros },
  ): CatalogPage {
    const view = buyerViewOf(buyer, this.#shelf, at);
    const prices = this.#search.prices.view(view.chain, (offerId) => this.#ask(offerId, view));
    return this.#search.search({ ...search, visibility: view.visibility, company: companyId, prices });
  }

  /** The price that no column holds: net, per base unit, at the least quantity. */
  #ask(offerId: string, { contextFor }: BuyerView): number | null {
    const asked = this.#writer.asked.get(offerId);
    if (asked?.least === null || asked === undefined) return null;
    const { offer, rows, least, taxCategory } = asked;
    const context = contextFor(offer.vendorId);
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

  async #renewShelf(products: Set<string>, at: Micros): Promise<void> {
    const market = await readMarketShelf(this.#db, { marketplaceId: this.marketplaceId, at });
    if (market === undefined) return;
    // Classes stay as they are for the life of the index.
    this.#shelf = shelfOf(market, this.#shelf.parents);
    this.#book = bookOf(this.#shelf);
    for (const listId of this.#writer.takeShelf(this.#shelf)) {
      for (const id of await productsOfList(this.#db, listId)) products.add(id);
    }
  }

  #productsBehind(subject: CatalogChange["subject"], id: string): Promise<readonly string[]> {
    if (subject === "price_list") return productsOfList(this.#db, id);
    if (subject === "company" || subject === "promotion") return productsOfVendor(this.#db, this.marketplaceId, id);
    return Promise.resolve([]);
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

/** Classes, synonyms and tax rates touch everything, and so does a promotion of the marketplace. */
function isOfAll({ subject, subjectId }: CatalogChange): boolean {
  return subject === "market" || (subject === "promotion" && subjectId === "");
}

function classNode({ labels, ...node }: Awaited<ReturnType<typeof readFeedClasses>>[number]) {
  return { ...node, names: Object.entries(labels).map(([language, name]) => ({ language, name })) };
}

function bookOf({ lists, assignments, promotions }: Shelf): PriceBook {
  return indexPriceBook({ offers: [], lists: [...lists.values()], assignments, rows: [], promotions });
}
