import type { Actor, Micros } from "@kontor/kernel";
import { instantOfMicros, limits } from "@kontor/kernel";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { Applied, LedgerPosting, Posted } from "./ledger-repository.ts";
import type { Operation } from "./operation.ts";
import { faultOf, isInstant, unknownTo, written } from "./operation.ts";
import type { LedgerRefusal } from "./refusal.ts";
import { refusalFrom } from "./refusal.ts";
import { writeScopeOf } from "./write-scope.ts";

type Posting = { readonly actor: Actor; readonly operations: readonly Operation[]; readonly at: Micros };

/** One statement: a function of the database does all of it, so that a lost connection leaves all or nothing. */
export async function postTo(db: Database, { actor, operations, at }: Posting): Promise<Posted> {
  const fault = faultBefore({ actor, operations, at });
  if (fault !== undefined) return fault;
  const batch = JSON.stringify(operations.map(written));
  const rows = await db.execute<{ answer: Answer }>(sql`
    select ledger_post(${batch}::text::jsonb, ${writeScopeOf(actor) ?? null}::text, ${actor.userId}::text,
      ${instantOfMicros(at)}::timestamptz) as answer`);
  const answer = rows[0]?.answer;
  if (answer === undefined) throw new Error("the ledger gave no answer");
  return answer.ok
    ? { ok: true, applied: answer.applied.map(appliedOf) }
    : { ok: false, index: answer.index, refusal: refusalFrom(answer.code, answer.detail) };
}

function faultBefore({ actor, operations, at }: Posting): Posted | undefined {
  const refused = (index: number, refusal: LedgerRefusal): Posted => ({ ok: false, index, refusal });
  const operationsMax = limits.ledgerOperationsMax;
  if (operations.length === 0 || operations.length > operationsMax)
    return refused(0, { code: "batch_size_invalid", max: operationsMax });
  if (!isInstant(at)) return refused(0, { code: "instant_invalid" });
  const mayWrite = writeScopeOf(actor) !== undefined;
  for (const [index, operation] of operations.entries()) {
    const fault = faultOf(operation) ?? (mayWrite ? undefined : unknownTo(operation));
    if (fault !== undefined) return refused(index, fault);
  }
  return undefined;
}

/** What the database writes: amounts as text, for JSON's numbers end before ours. */
type Answer =
  | { readonly ok: true; readonly applied: readonly AppliedRow[] }
  | { readonly ok: false; readonly index: number; readonly code: string; readonly detail: Record<string, unknown> };

type AmountsAsText<Row> = { readonly [Name in keyof Row]: Row[Name] extends bigint ? string : Row[Name] };
type AppliedRow = Omit<Applied, "postings"> & { readonly postings: readonly AmountsAsText<LedgerPosting>[] };

function appliedOf({ id, at, postings }: AppliedRow): Applied {
  const read = ({ accountId, no, amount, balance }: AmountsAsText<LedgerPosting>): LedgerPosting => {
    return { accountId, no, amount: BigInt(amount), balance: BigInt(balance) };
  };
  return { id, at, postings: postings.map(read) };
}

/** See `LedgerRepository.expireHolds`. */
export async function expireHoldsIn(
  db: Database,
  { actor, now, limit }: { readonly actor: Actor; readonly now: Micros; readonly limit: number },
): Promise<readonly string[]> {
  const scope = writeScopeOf(actor);
  if (scope === undefined || !isInstant(now)) return [];
  const count = Math.min(Math.max(Math.trunc(limit), 0), limits.ledgerOperationsMax);
  const rows = await db.execute<{ id: string }>(
    sql`select ledger_expire(${instantOfMicros(now)}::timestamptz, ${scope}::text, ${count}::int) as id`,
  );
  return rows.map(({ id }) => id);
}
