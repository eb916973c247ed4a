import type { ChangePlace, Database } from "@kontor/db";
import { busiestMarketplaces, currentChangePlace, marketBuyerOf, quantityRulesOf, readChanges } from "@kontor/db";
import type { Clock, Micros } from "@kontor/kernel";
import { BoundedCache } from "../bounded-cache.ts";
import type { FoundPage, FoundSuppliers, Searching } from "./marketplace-index.ts";
import { MarketplaceIndex } from "./marketplace-index.ts";
import type { SearchFigures } from "./search-figures.ts";
import type { SearchAsk, Searcher, SuppliersAsk } from "./search-messages.ts";

const changesAtOnce = 2_000;
/** Buyers whose agreements and groups are kept, until some of the marketplace's change. */
const buyersKept = { entriesMax: 2_000, ttlMs: 60_000 };
/** Texts that newer ones replaced are passed over one by one: above this share, and number, building anew pays. */
const dead = { share: 1 / 3, textsMin: 1_000 };

/** An index and up to where it knows the changes. */
type Kept = { readonly index: MarketplaceIndex; readonly builtAt: Micros; place: ChangePlace; isStale: boolean };

export type DeskOptions = {
  readonly db: Database;
  readonly clock: Clock;
  /** Told when an index could not be built anew; the one that there is goes on, and it is tried again. */
  readonly onTrouble?: (error: unknown) => void;
};
const unheard = (): void => {};

/** The indexes of all marketplaces that were made ready or searched, kept up with the database. */
export class SearchDesk {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #onTrouble: (error: unknown) => void;
  readonly #kept = new Map<string, Kept>();
  readonly #building = new Map<string, Promise<Kept | undefined>>();
  readonly #buyers: BoundedCache<Searching>;
  #renewing: Promise<void> = Promise.resolve();
  #isRenewing = false;
  #inStepAt: Micros;

  constructor({ db, clock, onTrouble = unheard }: DeskOptions) {
    this.#db = db;
    this.#onTrouble = onTrouble;
    this.#clock = clock;
    this.#inStepAt = clock.now();
    this.#buyers = new BoundedCache({ ...buyersKept, nowMs: () => clock.now() / 1_000 });
  }

  /** Builds the indexes of so many marketplaces, those with the most products first, one after the other. */
  async warmUp(max: number): Promise<void> {
    for (const marketplaceId of await busiestMarketplaces(this.#db, max)) await this.ready(marketplaceId);
  }

  /** Null where there is no such marketplace. Waits for the index where there is none yet. */
  async find({ marketplaceId, searcher, search }: SearchAsk): Promise<FoundPage | null> {
    const kept = await this.ready(marketplaceId);
    const buyer = kept === undefined ? undefined : await this.#buyerOf(marketplaceId, searcher);
    if (kept === undefined || buyer === undefined) return null;
    return kept.index.find(search, buyer, { companyId: searcher?.companyId ?? null, at: this.#clock.now() });
  }

  async findSuppliers({ marketplaceId, search }: SuppliersAsk): Promise<FoundSuppliers | null> {
    const kept = await this.ready(marketplaceId);
    return kept === undefined ? null : kept.index.findSuppliers(search);
  }

  async ready(marketplaceId: string): Promise<Kept | undefined> {
    return this.#kept.get(marketplaceId) ?? (await this.#builtOnce(marketplaceId));
  }

  /** Takes in what has changed since the last time; one call after the other. */
  async catchUp(): Promise<void> {
    const startedAt = this.#clock.now();
    while (await this.#follow());
    const now = this.#clock.now();
    for (const { index } of this.#kept.values()) await index.keepTime(now);
    this.#inStepAt = startedAt;
    if (!this.#isRenewing) this.#renewing = this.#renew().catch(this.#onTrouble);
  }

  /** Once the indexes that have to be built anew are there. */
  async renewed(): Promise<void> {
    await this.#renewing;
  }

  figures(): SearchFigures {
    const now = this.#clock.now();
    const kept = [...this.#kept.values()];
    const counts = kept.map(({ index }) => index.counts);
    const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
    return {
      indexes: kept.length,
      building: this.#building.size + Number(this.#isRenewing),
      products: sum(counts.map(({ products }) => products)),
      offers: sum(counts.map(({ offers }) => offers)),
      bytes: sum(kept.map(({ index }) => index.bytes)),
      deadShare: Math.max(0, ...counts.map(({ texts, deadTexts }) => deadTexts / Math.max(1, texts))),
      oldestMicros: Math.max(0, ...kept.map(({ builtAt }) => now - builtAt)),
      lagMicros: kept.length === 0 ? 0 : Math.max(0, now - this.#inStepAt),
    };
  }

  /** Reads on for all indexes at once, from where the last of them stands. False when there was nothing more. */
  async #follow(): Promise<boolean> {
    const places = [...this.#kept.values()].map(({ place }) => place);
    if (places.length === 0) return false;
    const read = await readChanges(this.#db, { after: Math.min(...places), limit: changesAtOnce });
    if (read === null) {
      for (const kept of this.#kept.values()) kept.isStale = true;
      return false;
    }
    const { changes, next } = read;
    if (changes.some(({ subject }) => subject === "company")) this.#buyers.deleteWhere(() => true);
    const byMarketplace = Map.groupBy(changes, ({ marketplaceId }) => marketplaceId);
    for (const [marketplaceId, kept] of this.#kept) {
      const own = (byMarketplace.get(marketplaceId) ?? []).filter(({ seq }) => seq > kept.place);
      if (own.length > 0 && !(await kept.index.follow(own, this.#clock.now()))) kept.isStale = true;
      kept.place = Math.max(kept.place, next);
    }
    return changes.length === changesAtOnce;
  }

  /** Builds what has to be built anew beside what serves, one after the other, and puts it in its place. */
  async #renew(): Promise<void> {
    this.#isRenewing = true;
    try {
      for (const [marketplaceId, kept] of this.#kept) {
        if (!kept.isStale && !isWorn(kept.index)) continue;
        const anew = await this.#build(marketplaceId);
        if (anew === undefined) this.#kept.delete(marketplaceId);
        else this.#kept.set(marketplaceId, anew);
      }
    } finally {
      this.#isRenewing = false;
    }
  }

  #builtOnce(marketplaceId: string): Promise<Kept | undefined> {
    const known = this.#building.get(marketplaceId);
    if (known !== undefined) return known;
    const building = this.#build(marketplaceId)
      .then((kept) => {
        if (kept !== undefined) this.#kept.set(marketplaceId, kept);
        return kept;
      })
      .finally(() => this.#building.delete(marketplaceId));
    this.#building.set(marketplaceId, building);
    return building;
  }

  /** Changes are followed from before the first row is read, so that none falls between. */
  async #build(marketplaceId: string): Promise<Kept | undefined> {
    const place = await currentChangePlace(this.#db);
    const builtAt = this.#clock.now();
    const index = await MarketplaceIndex.build(this.#db, marketplaceId, builtAt);
    return index && { index, builtAt, place, isStale: false };
  }

  async #buyerOf(marketplaceId: string, searcher: Searcher): Promise<Searching | undefined> {
    const key = `${marketplaceId} ${searcher?.companyId ?? ""} ${searcher?.divisionId ?? ""}`;
    const known = this.#buyers.get(key);
    if (known !== undefined) return known;
    const facts = await marketBuyerOf(this.#db, { marketplaceId, buyer: searcher, channelId: null });
    if (facts === undefined) return undefined;
    const rules = await quantityRulesOf(
      this.#db,
      facts.agreements.map(({ id }) => id),
    );
    const buyer = { facts, rules };
    this.#buyers.set(key, buyer);
    return buyer;
  }
}

function isWorn({ counts }: MarketplaceIndex): boolean {
  const { texts, deadTexts } = counts;
  return deadTexts >= dead.textsMin && deadTexts > texts * dead.share;
}
