import type { Sql } from "postgres";
import { arrayOfNumbers, arrayOfTexts } from "./array-literals.ts";
import type { Segment } from "./journal-store.ts";

/** A shard to read and the sequence number after which to read it. */
export type Tail = { readonly shard: string; readonly after: number };

/** Tails fetched in one query, and segments of each: many shards have few segments after their last snapshot. */
const tailsPerQuery = 32;
const segmentsPerTail = 8;
/** Where a page of one shard should end, so that long segments do not fill the memory; it starts with a short one. */
const pageBytes = 8_388_608;
const firstPage = 32;

/**
 * Segments of the given shards, shard by shard in the order given, each in order of sequence.
 * Journal rows never change, so each page is a query of its own: no transaction stays open while the reader works, and
 * the next page is fetched meanwhile. Short tails are fetched many at a time, long ones go on alone.
 */
export async function* readTails(sql: Sql, tails: readonly Tail[], batch: number): AsyncGenerator<Segment> {
  const starts = Math.min(segmentsPerTail, batch);
  const fetchGroup = (from: number) => {
    const group = tails.slice(from, from + tailsPerQuery);
    return group.length > 0 ? ahead(fetchStarts(sql, group, starts)) : undefined;
  };
  let next = fetchGroup(0);
  for (let from = 0; next; from += tailsPerQuery) {
    const found: ReadonlyMap<string, readonly Segment[]> = await next;
    next = fetchGroup(from + tailsPerQuery);
    for (const { shard } of tails.slice(from, from + tailsPerQuery)) {
      const segments = found.get(shard) ?? [];
      yield* segments;
      const last = segments.at(-1);
      if (last && segments.length === starts) yield* readOn(sql, last, batch);
    }
  }
}

/** Segments of one shard that hold anything after `after`, in order. */
export async function* readTail(sql: Sql, tail: Tail, batch: number): AsyncGenerator<Segment> {
  yield* readTails(sql, [tail], batch);
}

async function* readOn(sql: Sql, from: Segment, batch: number): AsyncGenerator<Segment> {
  let size = Math.min(firstPage, batch);
  let next: Promise<readonly Segment[]> | undefined = ahead(fetchPage(sql, from, size));
  while (next) {
    const page: readonly Segment[] = await next;
    const last = page.at(-1);
    next = undefined;
    if (last && page.length === size) {
      const bytes = page.reduce((sum, { entries }) => sum + entries.length, 0);
      size = Math.max(1, Math.min(batch, Math.floor((size * pageBytes) / Math.max(bytes, 1))));
      next = ahead(fetchPage(sql, last, size));
    }
    yield* page;
  }
}

/** The first segments of each tail. It may start inside a segment: the key finds the one with its first number. */
async function fetchStarts(sql: Sql, tails: readonly Tail[], each: number): Promise<Map<string, Segment[]>> {
  const rows = await sql<Segment[]>`
    select ${columns(sql)}
    from unnest(${arrayOfTexts(tails.map(({ shard }) => shard))}::text[],
      ${arrayOfNumbers(tails.map(({ after }) => after))}::bigint[])
      with ordinality as t (shard, after, place)
    cross join lateral (
      select * from journal_segments
      where shard = t.shard and last_seq > t.after and first_seq >= coalesce((
        select max(first_seq) from journal_segments where shard = t.shard and first_seq <= t.after + 1), 1)
      order by first_seq limit ${each}) s
    order by t.place, s.first_seq`;
  const found = new Map<string, Segment[]>();
  for (const segment of rows) {
    const segments = found.get(segment.shard);
    if (segments) segments.push(segment);
    else found.set(segment.shard, [segment]);
  }
  return found;
}

async function fetchPage(sql: Sql, { shard, firstSeq }: Segment, size: number): Promise<readonly Segment[]> {
  return await sql<Segment[]>`
    select ${columns(sql)} from journal_segments s
    where s.shard = ${shard} and s.first_seq > ${firstSeq} order by s.first_seq limit ${size}`;
}

function columns(sql: Sql) {
  return sql`s.shard, s.epoch::float8, s.first_seq::float8 as "firstSeq", s.last_seq::float8 as "lastSeq", s.entries,
    s.prev_hash as "prevHash", s.hash, (extract(epoch from s.committed_at) * 1e6)::float8 as "committedAt"`;
}

/** A query whose answer is wanted later, or never: a reader that stops early leaves no unheard failure behind. */
function ahead<Value>(query: Promise<Value>): Promise<Value> {
  query.catch(() => {});
  return query;
}
