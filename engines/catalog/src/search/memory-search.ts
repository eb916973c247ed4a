import type { Rounding } from "../quantities/rounding.ts";
import type { Assortment, BuyerPartNumbers, ClassNode, OfferDocument, ProductDocument } from "./documents.ts";
import { StringPool } from "./memory/string-pool.ts";
import { Assortments } from "./offers/assortments.ts";
import { Offers } from "./offers/offers.ts";
import { PriceColumns } from "./offers/price-columns.ts";
import { Products } from "./products.ts";
import { CandidateScan, PriceScratch } from "./query/candidates.ts";
import { runQuery } from "./query/run-query.ts";
import type { CatalogPage, CatalogQuery, CatalogSearch } from "./query.ts";
import { Identifiers, identifierKeys } from "./text/identifiers.ts";
import type { RankingRules } from "./text/ranking.ts";
import { Ranker } from "./text/ranking.ts";
import { rankingRules } from "./text/ranking-rules.ts";
import type { SynonymRule } from "./text/synonyms.ts";
import { Synonyms } from "./text/synonyms.ts";

export type SearchSetup = {
  readonly classes: readonly ClassNode[];
  /** The marketplace's phrases of like meaning. */
  readonly synonyms: readonly SynonymRule[];
  /** Of prices that a list derives by a percentage; absent: half up. */
  readonly rounding?: Rounding;
  /** Absent: the same for every catalogue, `rankingRules`. */
  readonly ranking?: RankingRules;
};

export type SearchCounts = {
  readonly products: number;
  /** Those that are active. */
  readonly offers: number;
  readonly texts: number;
  readonly deadTexts: number;
};

/**
 * One marketplace's catalogue in memory, fed from its outbox: every write may come again, offers before their product
 * and prices before their offer. What is found depends on what is there now, never on the way it came there.
 */
export class MemorySearch implements CatalogSearch {
  readonly products: Products;
  readonly offers: Offers;
  readonly prices: PriceColumns;
  readonly assortments: Assortments;
  synonyms: Synonyms;
  readonly ranker: Ranker;
  readonly scan = new CandidateScan();
  readonly priceScratch = new PriceScratch();
  /** Buyers' own part numbers: owners are company and offer or product, as texts. */
  readonly aliases = new Identifiers();
  readonly aliasOwners = new StringPool();

  constructor({ classes, synonyms, rounding = "half_up", ranking = rankingRules }: SearchSetup) {
    this.products = new Products(classes);
    this.offers = new Offers(this.products.values);
    this.prices = new PriceColumns(this.offers, rounding);
    this.assortments = new Assortments(this.offers, this.products.values, this.products.valueLists);
    this.synonyms = new Synonyms(synonyms);
    this.ranker = new Ranker(this.products.text, ranking);
  }

  search(query: CatalogQuery): CatalogPage {
    return runQuery(this, query);
  }

  /** They are looked up when something is asked, so that no document has to be written again. */
  setSynonyms(rules: readonly SynonymRule[]): void {
    this.synonyms = new Synonyms(rules);
  }

  upsertProduct(document: ProductDocument): void {
    const product = this.products.write(document);
    for (const offer of this.offers.ofProduct(product)) this.assortments.renew(offer);
  }

  deleteProduct(id: string): void {
    const product = this.products.remove(id);
    if (product === -1) return;
    for (const offer of this.offers.ofProduct(product)) this.assortments.renew(offer);
  }

  upsertOffer(document: OfferDocument): void {
    const product = this.products.numberOf(document.productId);
    this.assortments.renew(this.offers.write(document, product));
  }

  /** Its price rows and its place in assortments stay until they are unset themselves. */
  deleteOffer(id: string): void {
    const offer = this.offers.remove(id);
    if (offer !== -1) this.assortments.renew(offer);
  }

  /** Replaces the assortment of this id; its offers are found when it is first asked for. */
  defineAssortment(assortment: Assortment): void {
    this.assortments.define(assortment);
  }

  deleteAssortment(id: string): void {
    this.assortments.delete(id);
  }

  /** Replaces all of a buyer's numbers of one offer or product; none takes them away. */
  setBuyerPartNumbers({ company, of, numbers }: BuyerPartNumbers): void {
    const target = "offerId" in of ? `offer\u0000${of.offerId}` : `product\u0000${of.productId}`;
    const owner = this.aliasOwners.intern(`${company}\u0000${target}`);
    const keys = numbers.flatMap(identifierKeys).map((key) => `${company}\u0000${key}`);
    if (keys.length === 0) this.aliases.remove(owner);
    else this.aliases.write(owner, keys);
  }

  /** What there is: numbers of products and offers, and of texts those that newer ones replaced. */
  get counts(): SearchCounts {
    const { deadCount, liveCount } = this.products.text;
    return { products: liveCount, offers: this.offers.activeCount, texts: deadCount + liveCount, deadTexts: deadCount };
  }

  /** Bytes of all arrays, without those that a query uses. */
  get bytes(): number {
    const aliases = this.aliases.bytes + this.aliasOwners.byteLength;
    return this.products.bytes + this.offers.bytes + this.prices.bytes + this.assortments.bytes + aliases;
  }
}
