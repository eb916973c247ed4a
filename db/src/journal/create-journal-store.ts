import { limits } from "@kontor/kernel";
import { drizzle } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import postgres from "postgres";
import { reconnectDelay } from "../backoff.ts";
import { createCursorStore } from "./cursors.ts";
import { createHostStore } from "./hosts.ts";
import type { JournalStore } from "./journal-store.ts";
import { createOutcomeStore } from "./outcomes.ts";
import { readTail, readTails } from "./segments.ts";
import { createShardHeads } from "./shard-heads.ts";
import { createSnapshotStore } from "./snapshots.ts";
import { createWriter } from "./writer.ts";

export type JournalStoreOptions = {
  /** A direct connection: a pooler in transaction mode would drop the writer's settings. */
  readonly url: string;
  /** Silence of the database for longer makes an append's outcome `UNKNOWN`. */
  readonly appendTimeoutMs?: number;
  /** Appends that may run at the same time. */
  readonly writers?: number;
  /** Connections for everything but appends. */
  readonly readers?: number;
};

const segmentsPerPage = 256;

/** Opens the journal of a migrated database. Connects on first use. */
export function createJournalStore(options: JournalStoreOptions): JournalStore {
  const { url, appendTimeoutMs = limits.appendDeadlineMs, writers = limits.appendsInFlightMax, readers = 4 } = options;
  const writer = createWriter({ url, lanes: writers, timeoutMs: appendTimeoutMs });
  const sql = openReaders(url, readers);
  const heads = createShardHeads(sql);

  return {
    ...heads,
    append: writer.append,
    readSegments: (shard, after, { batch = segmentsPerPage } = {}) => readTail(sql, { shard, after }, batch),
    readAll: async function* readAll({ after, batch = segmentsPerPage } = {}) {
      const tails = after
        ? [...after].map(([shard, seq]) => ({ shard, after: seq }))
        : (await heads.listShards()).map(({ shard }) => ({ shard, after: 0 }));
      if (tails.length > 0) yield* readTails(sql, tails, batch);
    },
    snapshots: createSnapshotStore(sql),
    outcomes: createOutcomeStore(sql),
    hosts: createHostStore(sql),
    // drizzle rewires how the pool reads dates and JSON; no statement of the journal asks for either.
    cursors: createCursorStore(drizzle(sql)),
    async close() {
      await Promise.all([writer.close(), sql.end({ timeout: 5 })]);
    },
  };
}

function openReaders(url: string, max: number): Sql {
  return postgres(url, {
    max,
    fetch_types: false,
    onnotice: () => {},
    connect_timeout: 10,
    backoff: reconnectDelay,
    connection: { application_name: "kontor-journal-reader", statement_timeout: 60_000 },
  });
}
