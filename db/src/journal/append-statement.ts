import type { PendingQuery, Row, Sql } from "postgres";
import { arrayOfNumbers, arrayOfTexts } from "./array-literals.ts";
import type { SegmentWrite } from "./journal-store.ts";

/**
 * Settings of the writer's sessions. The plan is fixed: walk the batch in its order and find each head by its key,
 * whatever the statistics say, so that two writers lock heads in the same order and cost does not grow with the table.
 * No time limit: the server's cancelling of a wait for a standby would look like success.
 */
export const writerSession = {
  synchronous_commit: "on",
  statement_timeout: 0,
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  jit: "off",
} as const;

/**
 * $1 shards, $2 epochs, $3 first and $4 last sequence numbers, $5 where each segment starts in $7 and $6 how long its
 * entries are. $7 holds, for each segment in turn, `prevHash`, `hash`, `entries`.
 */
const text = `
  with batch as (
    select shard, epoch, first_seq, last_seq, size, start + 65 as entries_start,
      substr($7::bytea, start + 1, 32) as prev_hash, substr($7::bytea, start + 33, 32) as hash
    from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::int[], $6::int[])
      as b (shard, epoch, first_seq, last_seq, start, size)
  ),
  advanced as (
    update shards s set head_seq = b.last_seq, head_hash = b.hash
    from batch b
    where s.shard = b.shard and s.epoch = b.epoch and s.head_seq = b.first_seq - 1
      and s.head_hash = b.prev_hash and s.closed_at is null
    returning b.*
  )
  insert into journal_segments (shard, first_seq, last_seq, epoch, entries, prev_hash, hash)
  select shard, first_seq, last_seq, epoch, substr($7::bytea, entries_start, size), prev_hash, hash from advanced
  returning shard`;

/**
 * The append as one statement: each head advances where shard, epoch, sequence and hash match, and exactly the
 * segments of the advanced heads are inserted. Returns a row `{ shard }` for each of them.
 *
 * All bytes travel as one parameter, which the driver encodes once, instead of arrays of byte strings, which it would
 * escape one by one.
 *
 * @param segments sorted by shard, each shard once
 */
export function appendStatement(sql: Sql, segments: readonly SegmentWrite[]): PendingQuery<Row[]> {
  const starts: number[] = [];
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const { prevHash, hash, entries } of segments) {
    starts.push(end);
    parts.push(prevHash, hash, entries);
    end += prevHash.length + hash.length + entries.length;
  }
  const parameters = [
    arrayOfTexts(segments.map(({ shard }) => shard)),
    arrayOfNumbers(segments.map(({ epoch }) => epoch)),
    arrayOfNumbers(segments.map(({ firstSeq }) => firstSeq)),
    arrayOfNumbers(segments.map(({ lastSeq }) => lastSeq)),
    arrayOfNumbers(starts),
    arrayOfNumbers(segments.map(({ entries }) => entries.length)),
    Buffer.concat(parts, end),
  ];
  return sql.unsafe(text, parameters, { prepare: true });
}
