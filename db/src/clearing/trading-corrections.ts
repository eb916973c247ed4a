import type { Micros } from "@kontor/kernel";
import { and, asc, eq, lte } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { tradingCorrections } from "../schema/clearing.ts";
import { derivedId } from "./derived-id.ts";
import type { ShardPort } from "./shard-port.ts";
import { askShard } from "./shard-port.ts";

const minute = 60_000_000;
const waitMax = 24 * 60 * minute;

/**
 * Tells the shards of money and goods that are not where their trades had put them: of trades that were busted or
 * corrected, and of obligations that ended without delivery. What a company has in its orders cannot be taken at once;
 * it is tried again, later each time.
 */
export async function sendCorrections(
  db: Database,
  port: ShardPort,
  { at, limit }: { readonly at: Micros; readonly limit: number },
): Promise<number> {
  const rows = await db
    .select()
    .from(tradingCorrections)
    .where(and(eq(tradingCorrections.done, false), lte(tradingCorrections.at, at)))
    .orderBy(asc(tradingCorrections.at))
    .limit(limit);
  for (const { id, attempts, ...correction } of rows) {
    const { kind } = await askShard(port, { ...correction, key: derivedId("correction", id, attempts) });
    const wait = Math.min(minute * 2 ** Math.min(attempts, 20), waitMax);
    const later = kind === "undecided" ? { at: at + minute } : { attempts: attempts + 1, at: at + wait };
    const change = kind === "accepted" ? { done: true } : later;
    await db
      .update(tradingCorrections)
      .set(change)
      .where(and(eq(tradingCorrections.id, id), eq(tradingCorrections.attempts, attempts)));
  }
  return rows.length;
}
