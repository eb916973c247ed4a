import type { Micros } from "@kontor/kernel";
import type { ImportRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { CatalogRules } from "../catalog/catalog-rules.ts";
import { isVendor } from "../catalog/catalog-scope.ts";
import type { AttributeOfClass } from "../catalog/class-attributes.ts";
import type { LadderCheck } from "../catalog/ladder-check.ts";
import { ladderFaults } from "../catalog/ladder-check.ts";
import { queueUp } from "../catalog/match-queue.ts";
import type { Trust } from "../catalog/offer-reviews.ts";
import { trustIn } from "../catalog/offer-reviews.ts";
import type { Refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { newIds } from "../repositories/new-ids.ts";
import { imports } from "../schema/catalog-imports.ts";
import { priceLists } from "../schema/catalog-prices.ts";
import type { AlikeProduct, Likenesses } from "./alike-products.ts";
import { alikeProducts } from "./alike-products.ts";
import type { BatchWrites } from "./batch-writes.ts";
import type { ClassLists } from "./class-lists.ts";
import { importRecordOf } from "./import-records.ts";
import type { ImportRow } from "./import-row.ts";
import type { HeldImport } from "./import-work.ts";
import { checkHeld, isHeld } from "./import-work.ts";
import type { KnownOffer } from "./known-offers.ts";
import { knownOffers, rejectedOffers } from "./known-offers.ts";
import { newLadders } from "./new-ladders.ts";
import type { RejectedRow, StagedRow } from "./staged-rows.ts";
import { keepRejected } from "./staged-rows.ts";
import { writeBatch } from "./write-batch.ts";

/** The list that prices go into. */
export type ImportedList = Pick<typeof priceLists.$inferSelect, "id" | "name" | "currency" | "timeZone">;

/** All that a batch of rows is decided by. */
export type BatchState = {
  readonly known: ReadonlyMap<string, KnownOffer>;
  readonly alike: readonly AlikeProduct[];
  readonly list: ImportedList | null;
  /** What products of the rows' classes tell, or that there is no such class. */
  readonly attributesOf: (classes: ImportRow["classes"]) => readonly AttributeOfClass[] | Refused;
  /** By which rule offers need no review; null where the operator looks at them. */
  readonly trust: Trust | null;
  /** Offers that he has rejected before: the rule is not for them. */
  readonly rejectedBefore: ReadonlySet<string>;
  /** Enough for all that may be made. */
  readonly ids: readonly string[];
  readonly now: Micros;
};

export type BatchCounts = {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly withdrawn: number;
};
export type BatchPlan = {
  readonly writes: BatchWrites;
  readonly rejected: readonly RejectedRow[];
  readonly counts: BatchCounts;
};

/** Decides what becomes of rows; it reads and writes nothing itself. */
export type BatchPlanner = {
  readonly likenesses: (rows: readonly StagedRow[], known: BatchState["known"]) => Likenesses;
  readonly plan: (rows: readonly StagedRow[], state: BatchState) => BatchPlan;
  /** What is wrong with a row's prices, seen together with those that there were. */
  readonly ladderProblem: (row: StagedRow, fault: Refused) => RejectedRow;
};

export type Applying = {
  readonly rules: CatalogRules;
  readonly check: LadderCheck;
  readonly planner: BatchPlanner;
  readonly classes: ClassLists;
  readonly now: Micros;
  /** False: what would become of it is said, and nothing is written. */
  readonly write: boolean;
};

/** Whether the company still sells in the marketplace. */
export function maySell(db: Database, { createdBy, vendorId, marketplaceId }: HeldImport): Promise<boolean> {
  return isVendor(db, { kind: "member", userId: createdBy, companyId: vendorId, marketplaceId });
}

/** Decides about rows and writes what comes of them, in the transaction it is given. */
export async function applyRows(
  tx: Database,
  held: HeldImport,
  { rows, ...applying }: Applying & { readonly rows: readonly StagedRow[] },
): Promise<Omit<BatchPlan, "writes">> {
  const { rules, planner, classes, now, write } = applying;
  const actor = { kind: "member", userId: held.createdBy, companyId: held.vendorId } as const;
  if (write) await queueUp(tx, { ...actor, marketplaceId: held.marketplaceId });
  const known = await knownOffers(tx, held, { partNumbers: rows.map(({ row }) => row.partNumber), lock: write });
  const likenesses = planner.likenesses(rows, known);
  const alike = write ? await alikeProducts(tx, held.marketplaceId, { likenesses, rules }) : [];
  const list = await listOf(tx, held);
  const knownClasses = [...known.values()].map(({ of }) => of.classes.map(({ scheme, code }) => ({ scheme, code })));
  const attributesOf = await classes.of(tx, held, [...rows.map(({ row }) => row.classes), ...knownClasses]);
  const ids = await newIds(tx, 1 + (rows.length - known.size) * 3);
  const { marketplaceId, vendorId } = held;
  const trust = await trustIn(tx, { id: ids[0] ?? "", marketplaceId, vendorId });
  const rejectedBefore = trust === null ? new Set<string>() : await rejectedOffers(tx, [...known.values()]);
  const state: BatchState = { known, alike, list, attributesOf, trust, rejectedBefore, ids, now };
  const plan = planner.plan(rows, state);
  if (!write) return plan;
  const faults = await written(tx, held, { plan, ...applying });
  if (faults.size === 0) return plan;
  const wrong = rows.filter(({ row }) => faults.has(row.partNumber));
  const again = planner.plan(
    rows.filter(({ row }) => !faults.has(row.partNumber)),
    state,
  );
  const left = await written(tx, held, { plan: again, ...applying });
  if (left.size > 0) throw new Error(`rows of import ${held.id} are at fault only together`);
  const told = wrong.flatMap((row) => {
    const fault = faults.get(row.row.partNumber);
    return fault === undefined ? [] : [planner.ladderProblem(row, fault)];
  });
  return { counts: again.counts, rejected: [...again.rejected, ...told].sort((a, b) => a.rowNo - b.rowNo) };
}

/** Part numbers whose prices would rise with the quantity; where there is one, nothing is written. */
async function written(
  tx: Database,
  held: HeldImport,
  { plan, rules, check, now }: Applying & { readonly plan: BatchPlan },
): Promise<ReadonlyMap<string, Refused>> {
  const { writes } = plan;
  const faults = new Map<string, Refused>();
  const rollback = new Error("undone");
  const attempt = tx.transaction(async (inner) => {
    await writeBatch(inner, { held, writes, rules });
    const numbers = new Map(
      [...writes.rungs, ...writes.goneRungs].map(({ offerId, partNumber }) => [offerId, partNumber] as const),
    );
    const priced = [...numbers.keys()];
    if (priced.length === 0 || held.priceListId === null) return;
    const { marketplaceId, priceListId: listId } = held;
    const fresh = await newLadders(inner, held, { writes, check });
    const offerIds = priced.filter((id) => !fresh.judged.has(id));
    const stored =
      offerIds.length === 0 ? [] : await ladderFaults(inner, { marketplaceId, offerIds, listId, now }, check);
    const found = [...fresh.faults, ...stored];
    if (found.length === 0) return;
    for (const [offerId, fault] of found) faults.set(numbers.get(offerId) ?? "", fault);
    throw rollback;
  });
  await attempt.catch((error: unknown) => {
    if (error !== rollback) throw error;
  });
  return faults;
}

async function listOf(tx: Database, { priceListId }: HeldImport): Promise<ImportedList | null> {
  if (priceListId === null) return null;
  const { id, name, currency, timeZone } = priceLists;
  const [list] = await tx
    .select({ id, name, currency, timeZone })
    .from(priceLists)
    .where(eq(id, priceListId))
    .for("share");
  return list ?? null;
}

export type Applied = Omit<BatchPlan, "writes"> & { readonly to: number };

/** Notes how far the work has come, in the transaction of the work. @throws ImportLost, ImportCancelled */
export async function noteApplied(tx: Database, held: HeldImport, applied: Applied): Promise<ImportRecord> {
  const { counts, rejected, to } = applied;
  const problems = await keepRejected(tx, held, { rejected });
  const plus = (column: Parameters<typeof eq>[0], count: number) => sql`${column} + ${count}::int`;
  const [row] = await tx
    .update(imports)
    .set({
      appliedTo: to,
      rowsValid: plus(imports.rowsValid, -rejected.length),
      rowsFailed: plus(imports.rowsFailed, rejected.length),
      problemsFound: plus(imports.problemsFound, problems),
      offersCreated: plus(imports.offersCreated, counts.created),
      offersChanged: plus(imports.offersChanged, counts.changed),
      offersUnchanged: plus(imports.offersUnchanged, counts.unchanged),
      offersWithdrawn: plus(imports.offersWithdrawn, counts.withdrawn),
      updatedAt: sql`now()`,
    })
    .where(and(isHeld(held), sql`${imports.appliedTo} < ${to}::int`))
    .returning();
  const kept = checkHeld(row);
  return importRecordOf({ row: kept, receivedBytes: kept.fileBytes ?? 0 });
}
