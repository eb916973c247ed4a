import { hash } from "node:crypto";
import type { Sql } from "postgres";
import type { Outcome, OutcomeStore } from "./journal-store.ts";

export type OutcomePlace = { readonly keyId: string; readonly seq: number };
type Keyed = Pick<Outcome, "shard" | "scope" | "commandKey">;

/**
 * The row of an outcome: 48 bits of the shard, so that the rows of one lie together, and 80 of shard, scope and key. The
 * entry that it leads to says for which key it was written.
 */
export function outcomePlaceOf(outcome: Outcome): OutcomePlace {
  return { keyId: keyIdOf(outcome), seq: outcome.seq };
}

function keyIdOf({ shard, scope, commandKey }: Keyed): string {
  return shardPart(shard) + sha256(`${shard} ${scope} ${commandKey}`).slice(0, 20);
}

/** Outcomes come shard by shard. */
let latestPart = { shard: "", part: "" };

function shardPart(shard: string): string {
  if (latestPart.shard !== shard) latestPart = { shard, part: sha256(shard).slice(0, 12) };
  return latestPart.part;
}

function sha256(text: string): string {
  return hash("sha256", text, "hex");
}

export function createOutcomeStore(sql: Sql): OutcomeStore {
  return {
    async find(keyed) {
      const [place] = await sql<{ seq: number }[]>`
        select seq::float8 from outcome_places where key_id = ${keyIdOf(keyed)}`;
      return place?.seq;
    },

    async putMany(outcomes) {
      if (outcomes.length === 0) return 0;
      const places = outcomes.map(outcomePlaceOf);
      const { count } = await sql`
        insert into outcome_places (key_id, seq)
        select * from json_to_recordset(${JSON.stringify(places)}::text::json) as p ("keyId" uuid, seq bigint)
        order by 1
        on conflict do nothing`;
      return count;
    },
  };
}
