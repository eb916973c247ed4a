import type { Actor, Micros } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
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
  const { offers } = await priceOffersOf(tx, {
    marketplaceId: actor.marketplaceId ?? "",
    buyer: null,
    channelId: null,
    offerIds: [offerId],
    at: now,
    now,
  });
  const [offer] = offers;
  if (offer === undefined) return undefined;
  const changesBase = listId === null || offer.baseListId === listId;
  const withRows = await tx.selectDistinct({ id: prices.listId }).from(prices).where(eq(prices.offerId, offerId));
  const touched = new Set(changesBase ? withRows.map(({ id }) => id) : []);
  if (listId !== null) touched.add(listId);
  for (const id of await derivedLists(tx, { baseListId: changesBase ? offer.baseListId : null, listId, offer })) {
    touched.add(id);
  }
  const records = await ladderRecords(tx, { offer, listIds: [...touched], now });
  for (const id of [...touched].sort()) {
    const rejection = check({ listId: id, offerId, records, from: now });
    if (rejection === null) continue;
    const { code, ...data } = rejection;
    return refused(code, data);
  }
  return undefined;
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

type Wanted = { readonly offer: Offer; readonly listIds: readonly string[]; readonly now: Micros };

async function ladderRecords(tx: Database, { offer, listIds, now }: Wanted): Promise<PriceRecords> {
  const own = [...listIds, ...(offer.baseListId === null ? [] : [offer.baseListId])];
  const rows = await tx.execute<ListRow & Record<string, unknown>>(sql`
    select ${listColumns} from price_lists l where l.id = ${anyOfUuids(own)}
      or l.id in (select b.derived_from from price_lists b where b.id = ${anyOfUuids(own)})`);
  const lists = rows.map(listOf);
  const ids = lists.map(({ id }) => id);
  const found = await priceRowsOf(tx, { offerIds: [offer.id], listIds: ids, at: now, now });
  return { offers: [offer], lists, rows: found, assignments: [], promotions: [] };
}
