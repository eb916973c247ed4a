import type { PriceListInput, PriceListRecord } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf } from "../repositories/scope.ts";
import { priceListAssignments, priceLists } from "../schema/catalog-prices.ts";
import type { Keeper } from "./keepers.ts";
import { keptBy } from "./keepers.ts";
import { boundsOf, periodIn } from "./periods.ts";
import { exact } from "./price-list-records.ts";

/* Price lists between the wire and their rows. */

export type ListDocument = typeof priceLists.$inferSelect;
type Assignment = PriceListRecord["assignments"][number];
export type ListWithAssignments = { readonly row: ListDocument; readonly assignments: readonly Assignment[] };

/** Beside the columns of a list. */
export const assignmentsOfList = sql<readonly Assignment[]>`(
  select coalesce(json_agg(json_build_object('target', a.target, 'targetId', a.target_id, 'priority', a.priority)
    order by a.target, a.priority desc, a.target_id), '[]')
  from ${priceListAssignments} a where a.list_id = ${priceLists}.id)`;

type Columns = Omit<
  typeof priceLists.$inferInsert,
  "id" | "marketplaceId" | "vendorId" | "createdAt" | "updatedAt" | "version"
>;

/** The list's columns, or what is wrong with it. `listId`: of one that is there already. */
export async function listColumnsOf(
  tx: Database,
  {
    keeper,
    listId,
    input,
  }: { readonly keeper: Keeper; readonly listId: string | null; readonly input: PriceListInput },
): Promise<Answered<Columns>> {
  const { from, until, derived, ...members } = input;
  const period = periodIn(input.timeZone, { from, until });
  if (!period.ok) return period;
  const derivedFrom = derived?.from ?? null;
  const fault = derivedFrom === null ? undefined : await derivationFault(tx, { keeper, listId, derivedFrom });
  if (fault !== undefined) return fault;
  if (derived !== undefined && listId !== null && (await isDerivedFrom(tx, listId))) {
    return refused("price_list_nested", { pointer: "/derived" });
  }
  const bands = derived?.bands ?? [];
  const rise = input.exclusive ? riseBetween(bands) : (riseBetween(bands) ?? lateSurcharge(bands));
  if (rise !== undefined) return rise;
  return answered({ ...members, ...period.value, isDerived: derived !== undefined, derivedFrom, bands });
}

type Derivation = { readonly keeper: Keeper; readonly listId: string | null; readonly derivedFrom: string };

/** A vendor derives from his own lists and the marketplace's. */
async function derivationFault(tx: Database, { keeper, listId, derivedFrom }: Derivation) {
  const pointer = "/derived/from";
  if (derivedFrom === listId) return refused("price_list_nested", { pointer });
  const [base] = await tx
    .select({ isDerived: priceLists.isDerived })
    .from(priceLists)
    .where(
      allOf(
        eq(priceLists.id, derivedFrom),
        eq(priceLists.marketplaceId, keeper.marketplaceId),
        sql`(${priceLists.vendorId} is null or ${keptBy(keeper, priceLists)})`,
      ),
    );
  if (base === undefined) return refused("price_list_unknown", { pointer });
  return base.isDerived ? refused("price_list_nested", { pointer }) : undefined;
}

async function isDerivedFrom(tx: Database, listId: string): Promise<boolean> {
  const [one] = await tx
    .select({ id: priceLists.id })
    .from(priceLists)
    .where(eq(priceLists.derivedFrom, listId))
    .limit(1);
  return one !== undefined;
}

type Bands = NonNullable<PriceListInput["derived"]>["bands"];
const narrowness = { all: 0, brand: 1, class: 2 } as const;

/**
 * A band that adds more than one from a lesser quantity which it takes the place of. On a ladder that falls, bands that
 * fall make one that falls.
 */
function riseBetween(bands: Bands): Refused | undefined {
  for (const before of bands) {
    for (const after of bands) {
      if (exact(before.minQuantity, 6) >= exact(after.minQuantity, 6) || !takesPlaceOf(after, before)) continue;
      if (exact(after.percent, 4) > exact(before.percent, 4)) return rising(before.percent, after);
    }
  }
  return undefined;
}

function takesPlaceOf(after: Bands[number], before: Bands[number]): boolean {
  const [narrow, wide] = [narrowness[after.scope], narrowness[before.scope]];
  if (narrow !== wide) return narrow > wide;
  return "scopeId" in after && "scopeId" in before ? after.scopeId === before.scopeId : true;
}

/** One that adds from a later quantity on, where less costs what the list behind says. */
function lateSurcharge(bands: Bands): Refused | undefined {
  const late = bands.find(({ percent, minQuantity }) => exact(percent, 4) > 0n && exact(minQuantity, 6) > 1_000_000n);
  return late === undefined ? undefined : rising("0", late);
}

function rising(before: string, { percent, minQuantity }: Bands[number]): Refused {
  return refused("price_ladder_rises", { quantity: minQuantity, before, after: percent, pointer: "/derived/bands" });
}

export function listRecordOf({ row, assignments }: ListWithAssignments): PriceListRecord {
  const { id, marketplaceId, vendorId, name, currency, priceMode, timeZone, exclusive, stacking, tierScope } = row;
  return {
    listId: id,
    marketplaceId,
    ...present({ vendorId }),
    name,
    currency,
    priceMode,
    timeZone,
    ...boundsOf(row),
    exclusive,
    stacking,
    tierScope,
    ...(row.isDerived ? { derived: derivedOf(row) } : {}),
    assignments: [...assignments],
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
    version: row.version,
  };
}

function derivedOf({ derivedFrom, bands }: ListDocument): NonNullable<PriceListRecord["derived"]> {
  return { ...(derivedFrom === null ? {} : { from: derivedFrom }), bands: bands as Bands };
}
