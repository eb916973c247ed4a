import type { Actor, Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { Problem } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { createLedgerRepository } from "../ledger/create-ledger.ts";
import type { LedgerAccount } from "../ledger/ledger-repository.ts";
import type { Operation } from "../ledger/operation.ts";
import { allocations } from "../schema/clearing.ts";
import { accountOf, available, tradingIn } from "./clearing-accounts.ts";
import { derivedId } from "./derived-id.ts";
import { amountIn } from "./ledger-amounts.ts";
import { problemOfRefusal, scalesOf } from "./ledger-problems.ts";
import type { ShardPort } from "./shard-port.ts";
import { askShard, negated } from "./shard-port.ts";

/*
 * The way of an allocation: the ledger holds what is to move, the shard is asked, and by its answer the ledger moves
 * what it holds or gives the hold up. Each step may be done again by anybody: the ledger knows its operations by their
 * ids, the shard its command by its key, and a row goes from one state to the next once. Only what the ledger refused is
 * not kept by it, so that the answer is written down before the row is let go.
 */

export type AllocationRow = typeof allocations.$inferSelect;

/** Takes the allocation as far as it goes; it may be undecided still when nobody answers for the shard. */
export async function runAllocation(
  db: Database,
  port: ShardPort,
  { id, at }: { readonly id: string; readonly at: Micros },
): Promise<AllocationRow> {
  let row = await rowIn(db, id);
  if (row.state === "requested") row = await holdFor(db, row, at);
  if (row.state !== "held") return row;
  const decision = await askShard(port, {
    key: row.id,
    marketplaceId: row.marketplaceId,
    instrumentId: row.instrumentId,
    companyId: row.companyId,
    money: row.direction === "in" ? row.money : negated(row.money),
    goods: row.direction === "in" ? row.goods : negated(row.goods),
  });
  // It rests, so that others come first.
  if (decision.kind === "undecided") return await touch(db, row, at);
  return await finish(db, row, { at, problem: decision.kind === "rejected" ? decision.problem : null });
}

async function rowIn(db: Database, id: string): Promise<AllocationRow> {
  const [row] = await db.select().from(allocations).where(eq(allocations.id, id));
  if (row === undefined) throw new Error(`there is no allocation ${id}`);
  return row;
}

/** The first step: from now on nothing else can take it. */
async function holdFor(db: Database, row: AllocationRow, at: Micros): Promise<AllocationRow> {
  const parts = await partsOf(db, row, at);
  return await db.transaction(async (tx) => {
    const locked = await lock(tx, row.id, "requested");
    if (locked === undefined) return await rowIn(tx, row.id);
    const operations = parts.map(({ from, amount }): Operation => {
      const reference = referenceOf(row);
      return { kind: "hold", id: holdId(row, from), reference, accountId: from.accountId, amount, expiresAt: null };
    });
    const posted = await createLedgerRepository(tx).post(actorOf(row), operations, at);
    if (posted.ok) return await change(tx, row.id, { state: "held", changedAt: at });
    const { code, data } = problemOfRefusal(posted.refusal, scalesOf(parts.map(({ from }) => from)));
    const unsettled = row.direction === "out" && code === "insufficient_balance";
    const problem = problemOf(unsettled ? "allocation_unsettled" : code, data);
    return await change(tx, row.id, { state: "refused", problem, changedAt: at });
  });
}

type Ending = { readonly at: Micros; readonly problem: Problem | null };

/** The last step, which the ledger cannot refuse: it moves what is held, or nothing. */
async function finish(db: Database, row: AllocationRow, { at, problem }: Ending): Promise<AllocationRow> {
  const parts = await partsOf(db, row, at);
  return await db.transaction(async (tx) => {
    const locked = await lock(tx, row.id, "held");
    if (locked === undefined) return await rowIn(tx, row.id);
    const operations = problem === null ? [transferOf(row, parts)] : voidsOf(row, parts);
    const posted = await createLedgerRepository(tx).post(actorOf(row), operations, at);
    if (!posted.ok) throw new Error(`allocation ${row.id} could not be finished: ${posted.refusal.code}`);
    const ended = problem === null ? { state: "done" as const } : { state: "refused" as const, problem };
    return await change(tx, row.id, { ...ended, changedAt: at });
  });
}

type Part = { readonly from: LedgerAccount; readonly to: LedgerAccount; readonly amount: bigint };

function transferOf(row: AllocationRow, parts: readonly Part[]): Operation {
  const legs = parts.flatMap(({ from, to, amount }) => [
    { accountId: from.accountId, amount: -amount },
    { accountId: to.accountId, amount },
  ]);
  const holdIds = parts.map(({ from }) => holdId(row, from));
  return { kind: "transfer", id: derivedId("allocation", row.id), reference: referenceOf(row), legs, holdIds };
}

function voidsOf(row: AllocationRow, parts: readonly Part[]): readonly Operation[] {
  return parts.map(({ from }) => {
    const id = derivedId("allocation-void", row.id, from.asset.id);
    return { kind: "void", id, reference: referenceOf(row), holdId: holdId(row, from) };
  });
}

const holdId = ({ id }: AllocationRow, { asset }: LedgerAccount): string => derivedId("allocation-hold", id, asset.id);

function referenceOf({ direction, instrumentId }: AllocationRow): string {
  return direction === "in" ? `Allocation to ${instrumentId}` : `Allocation from ${instrumentId}`;
}

const actorOf = ({ requestedBy, marketplaceId }: AllocationRow): Actor => {
  return { ...systemActor, userId: requestedBy, marketplaceId };
};

/** The accounts between which each asset moves, opened where they are new. */
async function partsOf(db: Database, row: AllocationRow, at: Micros): Promise<readonly Part[]> {
  const { marketplaceId, companyId, direction, currency, money, receipts, instrumentId } = row;
  const ledger = createLedgerRepository(db);
  const trading = tradingIn(instrumentId);
  const [source, target] = direction === "in" ? [available, trading] : [trading, available];
  const parts: Part[] = [];
  for (const { assetId, quantity } of [{ assetId: currency, quantity: money }, ...receipts]) {
    if (!/[1-9]/.test(quantity)) continue;
    const from = await accountOf(ledger, { marketplaceId, companyId, purpose: source, assetId }, at);
    const to = await accountOf(ledger, { marketplaceId, companyId, purpose: target, assetId }, at);
    if (!from.ok || !to.ok) throw new Error(`allocation ${row.id} has no account in ${assetId}`);
    const amount = amountIn(quantity, from.value.asset.scale);
    if (!amount.ok) throw new Error(`allocation ${row.id} has no amount of ${assetId}`);
    parts.push({ from: from.value, to: to.value, amount: amount.value });
  }
  return parts;
}

async function touch(db: Database, row: AllocationRow, changedAt: Micros): Promise<AllocationRow> {
  await db
    .update(allocations)
    .set({ changedAt })
    .where(and(eq(allocations.id, row.id), eq(allocations.state, "held")));
  return await rowIn(db, row.id);
}

/** The row for this transaction alone; undefined when it is past the state. */
async function lock(tx: Database, id: string, state: AllocationRow["state"]): Promise<AllocationRow | undefined> {
  const [row] = await tx
    .select()
    .from(allocations)
    .where(and(eq(allocations.id, id), eq(allocations.state, state)))
    .for("update");
  return row;
}

async function change(
  tx: Database,
  id: string,
  to: Partial<Pick<AllocationRow, "state" | "problem" | "changedAt">>,
): Promise<AllocationRow> {
  const [row] = await tx.update(allocations).set(to).where(eq(allocations.id, id)).returning();
  if (row === undefined) throw new Error(`there is no allocation ${id}`);
  return row;
}
