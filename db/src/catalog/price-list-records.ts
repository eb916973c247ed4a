import type { Micros } from "@kontor/kernel";
import { parseDecimal } from "@kontor/kernel";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
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

type Found = {
  readonly lists: readonly PriceListFacts[];
  readonly assignments: readonly PriceAssignment[];
  readonly names: ReadonlyMap<string, string>;
};

/** Columns of `price_lists l`. */
export const listColumns = sql`
  l.id, l.vendor_id as "vendorId", l.name, l.currency, l.price_mode as "priceMode",
  ${microsIn(sql`l.valid_from`)} as "validFrom", ${microsIn(sql`l.valid_until`)} as "validUntil", l.exclusive,
  l.stacking, l.tier_scope as "tierScope", l.is_derived as "isDerived", l.derived_from as "derivedFrom", l.bands`;

/** The lists that are given to one of the targets, the offers' base lists, and those that any of them derives from. */
export async function priceListsOf(
  db: Database,
  { marketplaceId, vendorIds, targets, baseListIds }: ListQuery,
): Promise<Found> {
  const assigned = sql`
    select a.list_id, a.target, a.target_id, a.priority
    from jsonb_to_recordset(${JSON.stringify(targets)}::jsonb) as t(target text, "targetId" text)
      join price_list_assignments a on a.target = t.target and a.target_id = t."targetId"
      join price_lists l on l.id = a.list_id
    where l.marketplace_id = ${marketplaceId}
      and (l.vendor_id is null or l.vendor_id in ${anyOfTexts(vendorIds)})`;
  const rows = await db.execute<ListRow & { readonly assignments: readonly PriceAssignment[] }>(sql`
    with given as materialized (${assigned}),
      own as (select list_id as id from given union select unnest(${`{${baseListIds.join(",")}}`}::uuid[])),
      wanted as (select id from own union select b.derived_from from price_lists b where b.id in (select id from own))
    select ${listColumns},
      (select coalesce(json_agg(json_build_object('listId', g.list_id, 'target', g.target, 'targetId', g.target_id,
        'priority', g.priority)), '[]') from given g where g.list_id = l.id) as assignments
    from price_lists l where l.id in (select id from wanted where id is not null)`);
  return {
    lists: rows.map(listOf),
    assignments: rows.flatMap(({ assignments }) => assignments),
    names: new Map(rows.map(({ id, name }) => [id, name])),
  };
}

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

type StoredRow = {
  readonly id: string;
  readonly listId: string;
  readonly offerId: string;
  readonly unit: string;
  readonly priceBaseQuantity: string;
  readonly minQuantity: string;
  readonly price: string;
  readonly validFrom: Micros;
  readonly validUntil: Micros | null;
};

const rowColumns = sql`
  r.id, r.list_id as "listId", r.offer_id as "offerId", r.unit, r.price_base_quantity::text as "priceBaseQuantity",
  r.min_quantity::text as "minQuantity", r.price::text as price, ${microsIn(sql`r.valid_from`)} as "validFrom",
  ${microsIn(sql`r.valid_until`)} as "validUntil"`;

/** Rows of the offers in the lists: as they were stored at a past instant, else as they are. */
export async function priceRowsOf(
  db: Database,
  { offerIds, listIds, at, now }: RowQuery,
): Promise<readonly PriceRowFacts[]> {
  if (offerIds.length === 0 || listIds.length === 0) return [];
  const here = sql`r.offer_id = ${anyOfUuids(offerIds)} and r.list_id = ${anyOfUuids(listIds)}`;
  const then = instantIn(at);
  const statement =
    at < now
      ? sql`select ${rowColumns} from prices r where ${here} and r.stored_from <= ${then}
          union all select ${rowColumns} from past_prices r
          where ${here} and r.stored_from <= ${then} and r.stored_until > ${then}`
      : sql`select ${rowColumns} from prices r where ${here}`;
  const rows = await db.execute<StoredRow & Record<string, unknown>>(statement);
  return rows.map(({ validFrom, validUntil, ...row }) => ({
    ...row,
    priceBaseQuantity: BigInt(row.priceBaseQuantity),
    minQuantity: BigInt(row.minQuantity),
    price: BigInt(row.price),
    period: periodOf(validFrom, validUntil),
  }));
}
