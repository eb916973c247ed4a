import { limits } from "@kontor/kernel";
import type { Sql } from "postgres";
import { arrayOfTexts } from "./array-literals.ts";
import type { Snapshot, SnapshotStore } from "./journal-store.ts";

export function createSnapshotStore(sql: Sql): SnapshotStore {
  const latestOf: SnapshotStore["latestOf"] = async (shards, schemaVersion) => {
    const rows = await sql<Snapshot[]>`
      select s.shard, s.seq::float8, s.epoch::float8, s.schema_version as "schemaVersion", s.state,
        s.state_hash as "stateHash"
      from unnest(${arrayOfTexts(shards)}::text[]) as wanted (shard) cross join lateral (
        select * from snapshots
        where shard = wanted.shard and (${schemaVersion ?? null}::int is null or schema_version = ${schemaVersion ?? null})
        order by seq desc limit 1) s`;
    return new Map(rows.map((snapshot) => [snapshot.shard, snapshot]));
  };

  return {
    latestOf,

    async latest(shard, schemaVersion) {
      return (await latestOf([shard], schemaVersion)).get(shard);
    },

    async put({ shard, seq, epoch, schemaVersion, state, stateHash }) {
      await sql`
        with stored as (
          insert into snapshots (shard, seq, epoch, schema_version, state, state_hash)
          values (${shard}, ${seq}, ${epoch}, ${schemaVersion}, ${state}, ${stateHash})
          on conflict (shard, seq) do update
            set epoch = excluded.epoch, schema_version = excluded.schema_version, state = excluded.state,
              state_hash = excluded.state_hash
        )
        delete from snapshots where shard = ${shard} and seq <> ${seq} and seq not in (
          select seq from snapshots where shard = ${shard} and seq <> ${seq} order by seq desc limit ${limits.snapshotsKept - 1})`;
    },
  };
}
