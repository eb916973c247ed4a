import type { Micros } from "@kontor/kernel";
import { parseDecimal } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import type { PercentBandRow } from "../schema/catalog-prices.ts";
import type { BandScope, PercentBand, PriceAssignment, PriceListFacts, PriceRowFacts } from "./price-shapes.ts";
import { anyOfTexts, anyOfUuids, instantIn, microsIn, periodOf } from "./sql-values.ts";

export type ListQuery = {
  readonly marketplaceId: string;
  readonly vendorIds: readonly string[];
  readonly targets: readonly Pick<PriceAssignment, "target" | "targetId">[];
  readonly baseListIds: readonly string[];
};

export type ListRow = {
  readonly id: string;
  readonly vendorId: string | null;
  readonly name: string;
  readonly currency: string;
  readonly priceMode: PriceListFacts["priceMode"];
  readonly validFrom: Micros;
  readonly validUntil: Micros | null;
  readonly exclusive: boolean;
  readonly stacking: PriceListFacts["stacking"];
  readonly tierScope: PriceListFacts["tierScope"];
  readonly isDerived: boolean;
  readonly derivedFrom: string | null;
  readonly bands: readonly PercentBandRow[];
};

/** Columns of `price_lists l`. */
export const listColumns = sql`
  l.id, l.vendor_id as "vendorId", l.name, l.currency, l.price_mode as "priceMode",
  ${microsIn(sql`l.valid_from`)} as "validFrom", ${microsIn(sql`l.valid_until`)} as "validUntil", l.exclusive,
  l.stacking, l.tier_scope as "tierScope", l.is_derived as "isDerived", l.derived_from as "derivedFrom", l.bands`;

/**
 * Named subqueries `given` and `wanted`, the ids of lists: those that are given to one of the targets, the offers' base
 * lists, and those that any of them derives from.
 */
export function wantedLists({ marketplaceId, vendorIds, targets, baseListIds }: ListQuery): SQL {
  return sql`
    given as materialized (
      select a.list_id, a.target, a.target_id, a.priority
      from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as t(target text, "targetId" text)
        join price_list_assignments a on a.target = t.target and a.target_id = t."targetId"
        join price_lists l on l.id = a.list_id
      where l.marketplace_id = ${marketplaceId}
        and (l.vendor_id is null or l.vendor_id in ${anyOfTexts(vendorIds)})),
    own as materialized (
      select list_id as id from given union select unnest(${`{${baseListIds.join(",")}}`}::uuid[])),
    wanted as materialized (
      select id from own
      union select b.derived_from from own join price_lists b on b.id = own.id where b.derived_from is not null)`;
}

/** The wanted lists with what they are given to. */
export const wantedListsStatement = sql`
  select ${listColumns},
    (select coalesce(json_agg(json_build_object('listId', g.list_id, 'target', g.target, 'targetId', g.target_id,
      'priority', g.priority)), '[]') from given g where g.list_id = l.id) as assignments
  from wanted w join price_lists l on l.id = w.id`;

export type WantedListRow = ListRow & { readonly assignments: readonly PriceAssignment[] };

export function listOf(row: ListRow): PriceListFacts {
  const { id, vendorId, currency, priceMode, exclusive, stacking, tierScope } = row;
  const period = periodOf(row.validFrom, row.validUntil);
  const adjustment = row.isDerived ? { baseListId: row.derivedFrom, bands: row.bands.map(bandOf) } : null;
  return { id, vendorId, currency, priceMode, period, exclusive, stacking, tierScope, adjustment };
}

function bandOf({ scope, scopeId = "", minQuantity, percent }: PercentBandRow): PercentBand {
  return { scope: scopeOf(scope, scopeId), minQuantity: exact(minQuantity, 6), percent: exact(percent, 4) };
}

function scopeOf(kind: PercentBandRow["scope"], id: string): BandScope {
  if (kind === "class") return { kind, classId: id };
  return kind === "brand" ? { kind, brandId: id } : { kind };
}

/** What was checked when it was stored. @throws RangeError when it is not what it should be */
export function exact(text: string, scale: number): bigint {
  const value = parseDecimal(text, scale);
  if (typeof value === "string") throw new RangeError(`stored as ${text}, which is ${value}`);
  return value;
}

export type RowQuery = {
  readonly offerIds: readonly string[];
  readonly listIds: readonly string[];
  readonly at: Micros;
  readonly now: Micros;
};

/** In the order in which `rowOf` reads them; what is null is empty. */
const rowColumns = sql`
  r.id, r.list_id, r.offer_id, r.unit, r.price_base_quantity, r.min_quantity, r.price, ${microsIn(sql`r.valid_from`)},
  coalesce(${microsIn(sql`r.valid_until`)}::text, '')`;

/** Rows of the offers in the lists: as they were stored at a past instant, else as they are. */
export async function priceRowsOf(db: Database, { listIds, ...query }: RowQuery): Promise<readonly PriceRowFacts[]> {
  const lists = sql`unnest(${`{${listIds.join(",")}}`}::uuid[]) as w(id)`;
  const [found] = await runPrepared<{ readonly rows: string | null }>(
    db,
    sql`select ${priceRowsText(query, lists)} as rows`,
  );
  return priceRowsIn(found?.rows ?? null);
}

/**
 * The rows as one text, a row per line and its columns between tabs, for there are many of them: the server makes it in a
 * third of the time that it needs for JSON. `lists` has the ids of the lists, as `w`.
 */
export function priceRowsText({ offerIds, at, now }: Omit<RowQuery, "listIds">, lists = sql`wanted w`): SQL {
  const here = sql`r.list_id = w.id and r.offer_id = ${anyOfUuids(offerIds)}`;
  const lineOf = sql`concat_ws(chr(9), ${rowColumns})`;
  const then = instantIn(at);
  const lines =
    at >= now
      ? sql`select ${lineOf} as line from ${lists} join prices r on ${here}`
      : sql`select ${lineOf} as line from ${lists} join prices r on ${here} where r.stored_from <= ${then}
          union all select ${lineOf} from ${lists} join past_prices r on ${here}
            where r.stored_from <= ${then} and r.stored_until > ${then}`;
  return sql`(select string_agg(line, chr(10)) from (${lines}) one)`;
}

export function priceRowsIn(text: string | null): readonly PriceRowFacts[] {
  return text === null ? [] : text.split("\n").map(rowOf);
}

function rowOf(line: string): PriceRowFacts {
  const [id = "", listId = "", offerId = "", unit = "", base = "", least = "", price = "", from = "", until = ""] =
    line.split("\t");
  return {
    id,
    listId,
    offerId,
    unit,
    priceBaseQuantity: BigInt(base),
    minQuantity: BigInt(least),
    price: BigInt(price),
    period: periodOf(Number(from), until === "" ? null : Number(until)),
  };
}
