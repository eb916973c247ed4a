import type { Sql } from "postgres";
import type { Segment } from "./journal-store.ts";

/** A shard to read and the sequence number after which to read it. */
export type Tail = { readonly shard: string; readonly after: number };

const tailsPerQuery = 500;

/**
 * Segments of the given shards, shard by shard in the order given, each in order of sequence.
 * Journal rows never change, so each page is a query of its own: no transaction stays open while the reader works, and
 * the next page is fetched meanwhile.
 */
export async function* readTails(sql: Sql, tails: readonly Tail[], batch: number): AsyncGenerator<Segment> {
  let page: Promise<Page> | undefined = fetchPage(sql, tails, batch);
  while (page) {
    const { segments, rest }: Page = await page;
    page = rest.length > 0 ? fetchPage(sql, rest, batch) : undefined;
    page?.catch(() => {}); // Reported when it is awaited; a reader that stops early does not want it.
    yield* segments;
  }
}

type Page = { readonly segments: readonly Segment[]; readonly rest: readonly Tail[] };

async function fetchPage(sql: Sql, tails: readonly Tail[], batch: number): Promise<Page> {
  const asked = tails.slice(0, tailsPerQuery);
  // A tail may start inside a segment: the one that holds its first wanted number is found first, by the key.
  const segments = await sql<Segment[]>`
    with tails as materialized (
      select t.shard, t.after, t.place, coalesce((
        select max(first_seq) from journal_segments where shard = t.shard and first_seq <= t.after + 1), 1) as first_seq
      from unnest(${asked.map(({ shard }) => shard)}::text[], ${asked.map(({ after }) => String(after))}::bigint[])
        with ordinality as t (shard, after, place)
    )
    select j.shard, j.epoch::float8, j.first_seq::float8 as "firstSeq", j.last_seq::float8 as "lastSeq", j.entries,
      j.prev_hash as "prevHash", j.hash, (extract(epoch from j.committed_at) * 1e6)::float8 as "committedAt"
    from tails t join journal_segments j
      on j.shard = t.shard and j.first_seq >= t.first_seq and j.last_seq > t.after
    order by t.place, j.first_seq limit ${batch}`;
  const last = segments.at(-1);
  if (segments.length < batch || !last) return { segments, rest: tails.slice(asked.length) };
  const done = asked.findIndex(({ shard }) => shard === last.shard);
  return { segments, rest: [{ shard: last.shard, after: last.lastSeq }, ...tails.slice(done + 1)] };
}
