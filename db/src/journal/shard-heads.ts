import { Fault } from "@kontor/kernel";
import type { Sql } from "postgres";
import { arrayOfTexts } from "./array-literals.ts";
import { genesisHash } from "./hash-chain.ts";
import type { Claim, JournalStore, ShardHead } from "./journal-store.ts";

type ShardHeads = Pick<JournalStore, "createShard" | "claim" | "heads" | "listShards" | "closeShard">;

/** Who owns which shard, and where its chain ends. */
export function createShardHeads(sql: Sql): ShardHeads {
  const columns = sql`shard, mechanism, epoch::float8, head_seq::float8 as "headSeq", head_hash as "headHash", owner,
    (extract(epoch from created_at) * 1e6)::float8 as "createdAt",
    (extract(epoch from closed_at) * 1e6)::float8 as "closedAt"`;

  return {
    async createShard(shard, mechanism) {
      await sql`
        insert into shards (shard, mechanism, head_hash) values (${shard}, ${mechanism}, ${genesisHash(shard, mechanism)})
        on conflict (shard) do nothing`;
    },

    async claim(shard, owner) {
      // The row lock makes this wait for a running append of the old epoch, and then see what it wrote.
      const [claim] = await sql<Claim[]>`
        update shards set epoch = epoch + 1, owner = ${owner} where shard = ${shard}
        returning epoch::float8, head_seq::float8 as "headSeq", head_hash as "headHash", mechanism`;
      if (!claim) throw new Fault("shard_not_found", { shard });
      return claim;
    },

    async heads(shards) {
      const rows = await sql<
        ShardHead[]
      >`select ${columns} from shards where shard = any(${arrayOfTexts(shards)}::text[])`;
      return new Map(rows.map((head) => [head.shard, head]));
    },

    async listShards({ mechanism, open } = {}) {
      return await sql<ShardHead[]>`
        select ${columns} from shards
        where (${mechanism ?? null}::text is null or mechanism = ${mechanism ?? null})
          and (${open ?? null}::boolean is null or (closed_at is null) = ${open ?? null})
        order by shard`;
    },

    async closeShard(shard, epoch) {
      const rows = await sql`
        update shards set closed_at = coalesce(closed_at, now()) where shard = ${shard} and epoch = ${epoch}
        returning shard`;
      return rows.length === 1;
    },
  };
}
