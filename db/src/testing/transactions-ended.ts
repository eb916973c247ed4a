import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "postgres";

const lookEveryMs = 5;
const patienceMs = 20_000;

/**
 * Resolves when all transactions that run now have ended, also those of other tests' databases on the same server: changes
 * of the catalogue are told behind them.
 *
 * @throws Error when one takes too long
 */
export async function transactionsEnded(sql: Sql): Promise<void> {
  const [last] = await sql<{ id: string }[]>`select pg_current_xact_id()::text as id`;
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const [now] = await sql<{ id: string }[]>`select pg_snapshot_xmin(pg_current_snapshot())::text as id`;
    if (BigInt(now?.id ?? "0") > BigInt(last?.id ?? "0")) return;
    if (performance.now() > deadline) throw new Error(`transactions still run after ${patienceMs} ms`);
    await pause(lookEveryMs);
  }
}
