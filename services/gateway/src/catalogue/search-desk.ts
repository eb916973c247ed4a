import type { CatalogPage } from "@kontor/catalog";
import type { ChangePlace, Database, PriceBuyerFacts } from "@kontor/db";
import { currentChangePlace, marketBuyerOf, readChanges } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import { BoundedCache } from "../bounded-cache.ts";
import { MarketplaceIndex } from "./marketplace-index.ts";
import type { SearchAsk, Searcher } from "./search-messages.ts";

const changesAtOnce = 2_000;
/** Buyers whose agreements and groups are kept, until some of the marketplace's change. */
const buyersKept = { entriesMax: 2_000, ttlMs: 60_000 };

/** An index and up to where it knows the changes. */
type Kept = { readonly index: MarketplaceIndex; place: ChangePlace };

/** The indexes of all marketplaces that somebody has searched, kept up with the database. */
export class SearchDesk {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  readonly #building = new Map<string, Promise<Kept | undefined>>();
  readonly #buyers: BoundedCache<PriceBuyerFacts>;

  constructor({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
    this.#buyers = new BoundedCache({ ...buyersKept, nowMs: () => clock.now() / 1_000 });
  }

  /** Null where there is no such marketplace. The first to ask waits for the index. */
  async find({ marketplaceId, searcher, search }: SearchAsk): Promise<CatalogPage | null> {
    const kept = this.#kept.get(marketplaceId) ?? (await this.#builtOnce(marketplaceId));
    const buyer = kept === undefined ? undefined : await this.#buyerOf(marketplaceId, searcher);
    if (kept === undefined || buyer === undefined) return null;
    return kept.index.find(search, buyer, { companyId: searcher?.companyId ?? null, at: this.#clock.now() });
  }

  /** Takes in what has changed since the last time; one call after the other. */
  async catchUp(): Promise<void> {
    for (const [marketplaceId, kept] of this.#kept) {
      if (!(await this.#follow(kept))) {
        // It serves as it is until the new one is there.
        const anew = await this.#build(marketplaceId);
        if (anew === undefined) this.#kept.delete(marketplaceId);
        else this.#kept.set(marketplaceId, anew);
        continue;
      }
      await kept.index.keepTime(this.#clock.now());
    }
  }

  /** False when the index has to be built anew. */
  async #follow(kept: Kept): Promise<boolean> {
    const { index } = kept;
    for (let more = true; more; ) {
      const read = await readChanges(this.#db, { after: kept.place, limit: changesAtOnce });
      if (read === null) return false;
      const { changes, next } = read;
      if (changes.some(({ subject }) => subject === "company")) this.#buyers.deleteWhere(() => true);
      if (!(await index.follow(changes, this.#clock.now()))) return false;
      kept.place = next;
      more = changes.length === changesAtOnce;
    }
    return true;
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
    const index = await MarketplaceIndex.build(this.#db, marketplaceId, this.#clock.now());
    return index && { index, place };
  }

  async #buyerOf(marketplaceId: string, searcher: Searcher): Promise<PriceBuyerFacts | undefined> {
    const key = `${marketplaceId} ${searcher?.companyId ?? ""} ${searcher?.divisionId ?? ""}`;
    const known = this.#buyers.get(key);
    if (known !== undefined) return known;
    const facts = await marketBuyerOf(this.#db, { marketplaceId, buyer: searcher, channelId: null });
    if (facts !== undefined) this.#buyers.set(key, facts);
    return facts;
  }
}
