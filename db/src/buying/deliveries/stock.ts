import type { VariantUnits } from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { stockLevels, stockReservations } from "../../schema/catalog-offers.ts";

/** How much of the stock's unit a quantity is, a started one counted whole; null where the unit is none of the variant's. */
export function baseQuantityOf(
  { base, others }: VariantUnits,
  { quantity, unit }: { readonly quantity: bigint; readonly unit: string },
): bigint | null {
  if (unit === base) return quantity;
  const ratio = others.get(unit)?.ratio;
  if (ratio === undefined) return null;
  return (quantity * ratio.num + ratio.den - 1n) / ratio.den;
}

export type StockNeed = {
  readonly offerId: string;
  /** In base units. */
  readonly quantity: bigint;
  readonly companyId: string;
  /** The line that it is kept for. */
  readonly reference: string;
  readonly purpose: "approval" | "purchase_order";
  readonly expiresAt: Micros | null;
};

/**
 * Keeps stock for each line, or refuses with what there is. Rows are locked by offer and place, so that two who want the
 * same wait for each other and never in a circle. What has no row is made or bought when it is ordered.
 */
export async function reserveStock(tx: Database, needs: readonly StockNeed[]): Promise<Answered<null>> {
  const offerIds = [...new Set(needs.map(({ offerId }) => offerId))];
  if (offerIds.length === 0) return answered(null);
  const rows = await tx
    .select()
    .from(stockLevels)
    .where(inArray(stockLevels.offerId, offerIds))
    .orderBy(asc(stockLevels.offerId), asc(stockLevels.place))
    .for("update");
  const left = new Map(
    rows.map((row) => [`${row.offerId} ${row.place}`, row.onHand + row.backorderMax - row.reserved]),
  );
  for (const need of needs) {
    const places = rows.filter(({ offerId }) => offerId === need.offerId);
    if (places.length === 0) continue;
    let missing = need.quantity;
    for (const { offerId, place } of places) {
      const key = `${offerId} ${place}`;
      const free = left.get(key) ?? 0n;
      const taken = lesser(free, missing);
      if (taken <= 0n) continue;
      left.set(key, free - taken);
      missing -= taken;
      await tx
        .update(stockLevels)
        .set({ reserved: sql`${stockLevels.reserved} + ${String(taken)}::bigint`, updatedAt: sql`now()` })
        .where(and(eq(stockLevels.offerId, offerId), eq(stockLevels.place, place)));
      await tx.insert(stockReservations).values({ ...need, place, quantity: taken });
    }
    if (missing > 0n) {
      const available = millionthsText(need.quantity - missing);
      return refused("stock_insufficient", { offerId: need.offerId, available });
    }
  }
  return answered(null);
}

function lesser(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

const isOf = (references: readonly string[]) =>
  and(inArray(stockReservations.reference, [...references]), eq(stockReservations.state, "holding"));

/** Gives back what the lines hold. */
export async function releaseStock(
  tx: Database,
  references: readonly string[],
  state: "released" | "expired",
): Promise<void> {
  if (references.length === 0) return;
  await endReservations(tx, references, state);
}

/** Locks the rows of which the lines hold something, by offer and place as all do. */
export async function lockStock(tx: Database, references: readonly string[]): Promise<void> {
  const texts = JSON.stringify(references);
  await tx.execute(sql`
    select 1 from stock_levels s where (s.offer_id, s.place) in (
      select r.offer_id, r.place from stock_reservations r where r.state = 'holding'
        and r.reference in (select jsonb_array_elements_text(${texts}::jsonb)))
    order by s.offer_id, s.place for update`);
}

async function endReservations(
  tx: Database,
  references: readonly string[],
  state: "released" | "expired",
): Promise<void> {
  await lockStock(tx, references);
  const texts = JSON.stringify(references);
  await tx.execute(sql`
    with ended as (
      update stock_reservations r set state = ${state}, ended_at = now() where r.state = 'holding'
        and r.reference in (select jsonb_array_elements_text(${texts}::jsonb))
      returning r.offer_id, r.place, r.quantity),
    sums as (select offer_id, place, sum(quantity)::bigint as quantity from ended group by offer_id, place)
    update stock_levels level set reserved = level.reserved - ended.quantity, updated_at = now() from sums ended where level.offer_id = ended.offer_id and level.place = ended.place`);
}

/** The order needs no approval any more: what is kept for it stays kept. */
export async function keepStock(tx: Database, references: readonly string[]): Promise<void> {
  if (references.length === 0) return;
  await tx.update(stockReservations).set({ purpose: "purchase_order", expiresAt: null }).where(isOf(references));
}

/** Gives back all but so much, in base units, of what a line holds. */
export async function shrinkStock(tx: Database, reference: string, keep: bigint): Promise<void> {
  for (const part of await beyond(tx, reference, keep)) await endPart(tx, part, "released");
}

/**
 * All but so much of what a line holds leaves the stock: it is neither on hand nor reserved any more. Beyond what is on
 * hand it was sent before it was counted in.
 */
export async function takeStock(tx: Database, reference: string, keep: bigint): Promise<void> {
  for (const part of await beyond(tx, reference, keep)) {
    await endPart(tx, part, "taken");
    const { id: _, quantity, goes, createdAt: __, ...reservation } = part;
    if (goes < quantity)
      await tx
        .insert(stockReservations)
        .values({ ...reservation, quantity: goes, state: "taken", endedAt: sql`now()` });
  }
}

type Part = typeof stockReservations.$inferSelect & { readonly goes: bigint };

/** The reservations of a line beyond what it keeps, by place. */
async function beyond(tx: Database, reference: string, keep: bigint): Promise<readonly Part[]> {
  const held = await tx
    .select()
    .from(stockReservations)
    .where(isOf([reference]))
    .orderBy(asc(stockReservations.offerId), asc(stockReservations.place));
  let rest = keep;
  return held.flatMap((reservation) => {
    const stays = lesser(reservation.quantity, rest);
    rest -= stays;
    return stays === reservation.quantity ? [] : [{ ...reservation, goes: reservation.quantity - stays }];
  });
}

async function endPart(tx: Database, part: Part, state: "released" | "taken"): Promise<void> {
  const { id, offerId, place, quantity, goes } = part;
  const [less, here] = [sql`${String(goes)}::bigint`, eq(stockReservations.id, id)];
  const onHand =
    state === "taken" ? { onHand: sql`${stockLevels.onHand} - least(${stockLevels.onHand}, ${less})` } : {};
  await tx
    .update(stockLevels)
    .set({ ...onHand, reserved: sql`${stockLevels.reserved} - ${less}`, updatedAt: sql`now()` })
    .where(and(eq(stockLevels.offerId, offerId), eq(stockLevels.place, place)));
  const left = goes < quantity ? { quantity: quantity - goes } : { state, endedAt: sql`now()` };
  await tx.update(stockReservations).set(left).where(here);
}
