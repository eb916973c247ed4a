import { sql } from "drizzle-orm";
import { bigint, check, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytes } from "./columns.ts";

const sequence = (name: string) => bigint(name, { mode: "number" });
const instant = (name: string) => timestamp(name, { withTimezone: true });

/** One row per shard: who may append (epoch) and where the chain ends (head). Updated by every append, in place. */
export const shards = pgTable(
  "shards",
  {
    shard: text("shard").primaryKey(),
    mechanism: text("mechanism").notNull(),
    epoch: sequence("epoch").notNull().default(0),
    headSeq: sequence("head_seq").notNull().default(0),
    headHash: bytes("head_hash").notNull(),
    owner: text("owner"),
    closedAt: instant("closed_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    check("shards_head_hash_is_sha256", sql`octet_length(${table.headHash}) = 32`),
    check("shards_head_seq_not_negative", sql`${table.headSeq} >= 0`),
  ],
);

/** The journal of record. Rows are inserted and read, never changed: a trigger of the migrations refuses it. */
export const journalSegments = pgTable(
  "journal_segments",
  {
    shard: text("shard").notNull(),
    firstSeq: sequence("first_seq").notNull(),
    lastSeq: sequence("last_seq").notNull(),
    epoch: sequence("epoch").notNull(),
    entries: bytes("entries").notNull(),
    prevHash: bytes("prev_hash").notNull(),
    hash: bytes("hash").notNull(),
    committedAt: instant("committed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.shard, table.firstSeq] }),
    check("journal_segments_range", sql`${table.firstSeq} >= 1 and ${table.lastSeq} >= ${table.firstSeq}`),
  ],
);

/** State of a shard after `seq`, so that recovery reads only the tail. */
export const snapshots = pgTable(
  "snapshots",
  {
    shard: text("shard").notNull(),
    seq: sequence("seq").notNull(),
    epoch: sequence("epoch").notNull(),
    schemaVersion: integer("schema_version").notNull(),
    state: bytes("state").notNull(),
    stateHash: bytes("state_hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.shard, table.seq] })],
);

/**
 * Where the entry of an idempotency key stands, for keys older than the window that a shard keeps in memory. It is written
 * for nearly every command: so a row is as short as can be, and those of a shard lie together (see outcomes.ts).
 */
export const outcomePlaces = pgTable("outcome_places", {
  keyId: uuid("key_id").primaryKey(),
  seq: sequence("seq").notNull(),
});

/** How far a projection has read each shard. */
export const projectionCursors = pgTable(
  "projection_cursors",
  {
    projection: text("projection").notNull(),
    shard: text("shard").notNull(),
    seq: sequence("seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projection, table.shard] })],
);

/** Trading hosts that say they are alive, by the database clock. Safety never rests on this table: see the epoch. */
export const hosts = pgTable("hosts", {
  hostId: text("host_id").primaryKey(),
  startedAt: instant("started_at").notNull().defaultNow(),
  renewedAt: instant("renewed_at").notNull().defaultNow(),
  address: text("address").notNull(),
});
