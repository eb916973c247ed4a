import type { Actor, Micros } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import { inArray, sql } from "drizzle-orm";
import type { Refused } from "../clearing/answered.ts";
import { refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { prices } from "../schema/catalog-prices.ts";
import type { ListRow } from "./price-list-records.ts";
import { listColumns, listOf, priceRowsOf } from "./price-list-records.ts";
import { priceOffersOf } from "./price-offers.ts";
import type { PriceRecords } from "./price-shapes.ts";
import { anyOfUuids } from "./sql-values.ts";

export type LadderQuestion = {
  readonly listId: string;
  readonly offerId: string;
  readonly records: PriceRecords;
  /** What was before it is not judged. */
  readonly from: Micros;
};

/** The engine's answer whether more of an offer ever costs more apiece by a list: this package knows no engine. */
export type LadderCheck = (question: LadderQuestion) => CatalogRejection | null;

export type ChangedLadder = {
  readonly actor: Actor;
  readonly offerId: string;
  /** The list whose rows of the offer changed; null where the offer's base list is another. */
  readonly listId: string | null;
  readonly now: Micros;
};

/**
 * Judges every ladder that the change touches, as it is in the transaction now: the list's own, those that derive from
 * it and, where it is the offer's base list, all that have prices of the offer, for below their lowest rung that counts.
 */
export async function ladderFault(
  tx: Database,
  { actor, offerId, listId, now }: ChangedLadder,
  check: LadderCheck,
): Promise<Refused | undefined> {
  const changed = { marketplaceId: actor.marketplaceId ?? "", offerIds: [offerId], listId, now };
  return (await ladderFaults(tx, changed, check)).get(offerId);
}

export type ChangedLadders = Pick<ChangedLadder, "listId" | "now"> & {
  readonly marketplaceId: string;
  readonly offerIds: readonly string[];
};

/** The same of many offers at once: those at fault. */
export async function ladderFaults(
  tx: Database,
  { marketplaceId, offerIds, listId, now }: ChangedLadders,
  check: LadderCheck,
): Promise<ReadonlyMap<string, Refused>> {
  const { offers } = await priceOffersOf(tx, { marketplaceId, buyer: null, channelId: null, offerIds, at: now, now });
  const isBase = (offer: Offer) => listId === null || offer.baseListId === listId;
  const ofBase = offers.filter(isBase).map(({ id }) => id);
  const priced =
    ofBase.length === 0
      ? []
      : await tx
          .selectDistinct({ offerId: prices.offerId, listId: prices.listId })
          .from(prices)
          .where(inArray(prices.offerId, ofBase));
  const pricedIn = Map.groupBy(priced, ({ offerId }) => offerId);
  const derivedOf = new Map<string, readonly string[]>();
  const touchedBy = new Map<string, readonly string[]>();
  for (const offer of offers) {
    const baseListId = isBase(offer) ? offer.baseListId : null;
    // Lists are few, offers many: what derives from a list is asked once.
    const key = `${offer.vendorId} ${baseListId}`;
    const derived = derivedOf.get(key) ?? (await derivedLists(tx, { baseListId, listId, offer }));
    derivedOf.set(key, derived);
    const own = (pricedIn.get(offer.id) ?? []).map((row) => row.listId);
    touchedBy.set(offer.id, [...new Set([...own, ...(listId === null ? [] : [listId]), ...derived])].sort());
  }
  const records = await ladderRecords(tx, { offers, listIds: [...new Set([...touchedBy.values()].flat())], now });
  const rowsOf = Map.groupBy(records.rows, (row) => row.offerId);
  const faults = new Map<string, Refused>();
  for (const offer of offers) {
    const own = { ...records, offers: [offer], rows: rowsOf.get(offer.id) ?? [] };
    for (const id of touchedBy.get(offer.id) ?? []) {
      const rejection = check({ listId: id, offerId: offer.id, records: own, from: now });
      if (rejection === null) continue;
      const { code, ...data } = rejection;
      faults.set(offer.id, refused(code, data));
      break;
    }
  }
  return faults;
}

type Offer = PriceRecords["offers"][number];
type Derivations = { readonly baseListId: string | null; readonly listId: string | null; readonly offer: Offer };

/** Of the vendor and the marketplace: from the list, or from each offer's own where the base list changed. */
async function derivedLists(tx: Database, { baseListId, listId, offer }: Derivations): Promise<readonly string[]> {
  const ofBase = baseListId === null ? sql`false` : sql`l.derived_from is null`;
  const ofList = listId === null ? sql`false` : sql`l.derived_from = ${listId}::uuid`;
  const rows = await tx.execute<{ readonly id: string }>(sql`
    select l.id from price_lists l where l.is_derived and (${ofBase} or ${ofList})
      and (l.vendor_id = ${offer.vendorId} or l.vendor_id is null)
      and l.marketplace_id = (select marketplace_id from offers where id = ${offer.id}::uuid)`);
  return rows.map(({ id }) => id);
}

type Wanted = { readonly offers: readonly Offer[]; readonly listIds: readonly string[]; readonly now: Micros };

async function ladderRecords(tx: Database, { offers, listIds, now }: Wanted): Promise<PriceRecords> {
  const own = [...new Set([...listIds, ...offers.flatMap(({ baseListId }) => baseListId ?? [])])];
  const rows = await tx.execute<ListRow & Record<string, unknown>>(sql`
    select ${listColumns} from price_lists l where l.id = ${anyOfUuids(own)}
      or l.id in (select b.derived_from from price_lists b where b.id = ${anyOfUuids(own)})`);
  const lists = rows.map(listOf);
  const ids = lists.map(({ id }) => id);
  const found = await priceRowsOf(tx, { offerIds: offers.map(({ id }) => id), listIds: ids, at: now, now });
  return { offers, lists, rows: found, assignments: [], promotions: [] };
}
