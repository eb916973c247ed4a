import type { Micros } from "@kontor/kernel";
import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import { anyOfUuids, instantIn, microsIn } from "./sql-values.ts";

/**
 * Reads as of a past instant: within `work` price lists, agreements, groups, promotions, assortments and what belongs to
 * them are the rows of that instant, for their names mean the views of the schema `as_of`. Nothing is to be written there.
 */
export function asOf<Value>(db: Database, at: Micros, work: (tx: Database) => Promise<Value>): Promise<Value> {
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('kontor.as_of', ${instantIn(at)}::text, true),
        set_config('search_path', 'as_of,' || current_setting('search_path'), true)`);
      return await work(tx);
    },
    { accessMode: "read only" },
  );
}

export type PastAsked = { readonly offerIds: readonly string[]; readonly at: Micros };

/**
 * From when on all is known that prices of the offers at a past instant depend on; null where it is known of that instant
 * already. Offers and products themselves are read as they are now, so that it is when they were last changed since.
 */
export async function knownFrom(db: Database, { offerIds, at }: PastAsked): Promise<Micros | null> {
  const [row] = await runPrepared<{ readonly since: Micros | null }>(db, lastChange({ offerIds, at }));
  return row?.since ?? null;
}

function lastChange({ offerIds, at }: PastAsked): SQL {
  const then = instantIn(at);
  const ids = anyOfUuids(offerIds);
  return sql`
    with about as materialized (
      select o.id from offers o where o.id = ${ids}
      union select v.product_id from offers o join variants v on v.id = o.variant_id where o.id = ${ids})
    select ${microsIn(sql`max(changed.at)`)} as since from (
      select r.at from catalog_record r join about on about.id = r.subject_id where r.at > ${then}
      union all select k.since from past_terms_kept k where k.since > ${then}) changed`;
}
