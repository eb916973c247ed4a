import type { Sql } from "postgres";
import type { Outcome, OutcomeStore } from "./journal-store.ts";

export function createOutcomeStore(sql: Sql): OutcomeStore {
  return {
    async find({ shard, scope, commandKey }) {
      const [outcome] = await sql<Outcome[]>`
        select scope, command_key as "commandKey", fingerprint, shard, seq::float8, at::float8, answer
        from outcomes where scope = ${scope} and command_key = ${commandKey} and shard = ${shard}`;
      return outcome;
    },

    async putMany(outcomes) {
      if (outcomes.length === 0) return 0;
      const column = (pick: (outcome: Outcome) => string) => outcomes.map(pick);
      const { count } = await sql`
        insert into outcomes (scope, command_key, fingerprint, shard, seq, at, answer)
        select * from unnest(
          ${column(({ scope }) => scope)}::text[], ${column(({ commandKey }) => commandKey)}::text[],
          ${column(({ fingerprint }) => fingerprint)}::text[], ${column(({ shard }) => shard)}::text[],
          ${column(({ seq }) => String(seq))}::bigint[], ${column(({ at }) => String(at))}::bigint[],
          ${column(({ answer }) => JSON.stringify(answer))}::text[]::json[])
        on conflict (scope, command_key, shard) do nothing`;
      return count;
    },
  };
}
