import { randomBytes, randomUUID } from "node:crypto";
import postgres from "postgres";

/** The shape of what the host wrote, on average. */
export type SegmentShape = {
  readonly bytesPerSegment: number;
  readonly segmentsPerStatement: number;
  /** A shard has one segment on its way; so one shard has one statement. */
  readonly statementsAtOnce: number;
};

export type RawInserts = {
  /** Statements per second of bare inserts of such segments. */
  readonly run: (shape: SegmentShape, seconds: number) => Promise<number>;
  readonly close: () => Promise<void>;
};

/**
 * The peer of the journal: the same driver puts rows of the same columns and sizes into a table of the same keys, as
 * many statements at once as the host, and does nothing else: no head, no fence, no chain.
 */
export async function openRawInserts(url: string, connections: number): Promise<RawInserts> {
  const sql = postgres(url, { max: connections, fetch_types: false, onnotice: () => {} });
  await sql`create table if not exists raw_segments (
    shard text, first_seq bigint, last_seq bigint, epoch bigint, entries bytea, prev_hash bytea, hash bytea,
    primary key (shard, first_seq))`;
  await sql`alter table raw_segments alter column entries set storage external`;

  async function lane(shape: SegmentShape, until: number): Promise<number> {
    const rows = Math.max(1, Math.round(shape.segmentsPerStatement));
    const shards = Array.from({ length: rows }, () => randomUUID());
    const tuples = shards.map((_, row) => `(${Array.from({ length: 7 }, (__, at) => `$${row * 7 + at + 1}`)})`);
    const text = `insert into raw_segments values ${tuples.join(",")}`;
    const entries = Buffer.from(randomBytes(Math.ceil(shape.bytesPerSegment / 2)).toString("hex"));
    const hash = randomBytes(32);
    let done = 0;
    for (; performance.now() < until; done++) {
      const values = shards.flatMap((shard) => [shard, done * 100, done * 100 + 99, 1, entries, hash, hash]);
      await sql.unsafe(text, values, { prepare: true });
    }
    return done;
  }

  return {
    async run(shape, seconds) {
      const start = performance.now();
      const until = start + seconds * 1_000;
      const lanes = await Promise.all(Array.from({ length: shape.statementsAtOnce }, () => lane(shape, until)));
      return lanes.reduce((sum, done) => sum + done, 0) / ((performance.now() - start) / 1_000);
    },
    close: () => sql.end({ timeout: 5 }),
  };
}
