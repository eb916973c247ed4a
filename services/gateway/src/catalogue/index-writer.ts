import type { MemorySearch } from "@kontor/catalog";
import type { FeedProduct } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { baseColumn } from "./buyer-view.ts";
import { DueProducts } from "./due-products.ts";
import { buyerNumbersOf, offerDocumentOf, productDocumentOf } from "./index-documents.ts";
import type { ShelvedOffer } from "./offer-prices.ts";
import { offerPricesOf } from "./offer-prices.ts";
import { isRuled } from "./ruled-offers.ts";
import type { Shelf } from "./shelf.ts";
import { shelvedOffer } from "./shelf.ts";

/** An offer some of whose prices only the resolver can tell, to all buyers or to some. */
export type AskedOffer = ShelvedOffer & { readonly taxCategory: string };

/** Writes a marketplace's products into its index, each as a whole: the same again changes nothing. */
export class IndexWriter {
  readonly asked = new Map<string, AskedOffer>();
  readonly due = new DueProducts();
  readonly #search: MemorySearch;
  #shelf: Shelf;
  /** Lists that may price a vendor's offers, the marketplace's under the empty name. */
  #listsByVendor: ReadonlyMap<string, readonly string[]> = new Map();
  readonly #dense = new Map<string, boolean>();
  /** What each assortment was defined by: looking through all offers again is for those that have changed. */
  readonly #assortments = new Map<string, string>();
  /** Companies that have numbers of their own for a product. */
  readonly #numbering = new Map<string, readonly string[]>();

  constructor(search: MemorySearch, shelf: Shelf) {
    this.#search = search;
    this.#shelf = shelf;
    search.prices.defineList({ id: baseColumn, dense: true, vendor: null });
    this.takeShelf(shelf);
  }

  /** Lists whose prices must be written again come back: they are new to the index, or are kept in another way. */
  takeShelf(shelf: Shelf): readonly string[] {
    this.#shelf = shelf;
    const bases = new Set(shelf.derived.flatMap(({ adjustment }) => adjustment?.baseListId ?? []));
    const anew: string[] = [];
    for (const { id, vendorId } of shelf.lists.values()) {
      const dense = bases.has(id);
      if (this.#dense.get(id) === dense) continue;
      this.#dense.set(id, dense);
      this.#search.prices.defineList({ id, dense, vendor: vendorId });
      anew.push(id);
    }
    for (const id of [...this.#dense.keys()].filter((known) => !shelf.lists.has(known))) {
      this.#dense.delete(id);
      this.#search.prices.deleteList(id);
    }
    const byVendor = Map.groupBy(shelf.lists.values(), ({ vendorId }) => vendorId ?? "");
    this.#listsByVendor = new Map([...byVendor].map(([vendor, lists]) => [vendor, lists.map(({ id }) => id)]));
    this.#takeAssortments();
    return anew;
  }

  #takeAssortments(): void {
    const { assortments } = this.#shelf;
    for (const { id, items } of assortments) {
      const written = JSON.stringify(items);
      if (this.#assortments.get(id) === written) continue;
      const rules = (mode: "include" | "exclude") => items.filter((item) => item.mode === mode).map(ruleOf);
      this.#search.defineAssortment({ id, include: rules("include"), exclude: rules("exclude") });
      this.#assortments.set(id, written);
    }
    const there = new Set(assortments.map(({ id }) => id));
    for (const id of [...this.#assortments.keys()].filter((known) => !there.has(known))) {
      this.#search.deleteAssortment(id);
      this.#assortments.delete(id);
    }
  }

  put(product: FeedProduct, at: Micros): void {
    this.#search.upsertProduct(productDocumentOf(product, this.#shelf));
    let dueAt: Micros | null = null;
    for (const offer of product.offers) {
      this.#search.upsertOffer(offerDocumentOf(offer, product.id, at));
      const changesAt = this.#putPrices(shelvedOffer(offer, product, this.#shelf), product.taxCategory, at);
      for (const edge of [changesAt, offer.validFrom, offer.validUntil]) {
        if (edge !== null && edge > at && (dueAt === null || edge < dueAt)) dueAt = edge;
      }
    }
    this.due.set(product.id, dueAt);
    this.#putNumbers(product);
  }

  delete(productId: string): void {
    this.#search.deleteProduct(productId);
    this.due.set(productId, null);
  }

  #putPrices(shelved: ShelvedOffer, taxCategory: string, at: Micros): Micros | null {
    const { id, vendorId } = shelved.offer;
    const { byList, base, changesAt } = offerPricesOf(shelved, this.#shelf, at);
    const { prices } = this.#search;
    prices.set(baseColumn, id, base);
    for (const vendor of [vendorId, ""]) {
      for (const list of this.#listsByVendor.get(vendor) ?? []) prices.set(list, id, byList.get(list) ?? null);
    }
    const isAsked = base === "ask_resolver" || [...byList.values()].includes("ask_resolver");
    if (isAsked || isRuled(this.#shelf.ruled, shelved.offer)) {
      this.asked.set(id, { ...shelved, taxCategory });
    } else this.asked.delete(id);
    return changesAt;
  }

  #putNumbers(product: FeedProduct): void {
    const now = buyerNumbersOf(product);
    const companies = now.map(({ company }) => company);
    for (const company of this.#numbering.get(product.id) ?? []) {
      if (companies.includes(company)) continue;
      this.#search.setBuyerPartNumbers({ company, of: { productId: product.id }, numbers: [] });
    }
    for (const numbers of now) this.#search.setBuyerPartNumbers(numbers);
    if (companies.length === 0) this.#numbering.delete(product.id);
    else this.#numbering.set(product.id, companies);
  }
}

type Item = Shelf["assortments"][number]["items"][number];

/** Classes are written as `scheme:code`. */
function ruleOf({ kind, itemId }: Item) {
  if (kind === "offer") return { offerId: itemId };
  if (kind === "vendor") return { vendor: itemId };
  if (kind === "brand") return { brand: itemId };
  const parted = itemId.indexOf(":");
  return { class: { scheme: itemId.slice(0, parted), code: itemId.slice(parted + 1) } };
}
