import type { Bus } from "@kontor/bus";
import { createInProcessBus } from "@kontor/bus";
import type { Connection, JournalEntry, JournalStore, ProjectionStore } from "@kontor/db";
import { connect, createJournalStore, createProjectionStore, encodeEntries, segmentHash } from "@kontor/db";
import type { TestDatabase } from "@kontor/db/testing";
import { createTestDatabase } from "@kontor/db/testing";
import type { Actor, Micros } from "@kontor/kernel";
import { microsOfInstant, partIdOf } from "@kontor/kernel";
import type { TenderEvent, TenderTerms } from "@kontor/protocol";
import type { Worker, WorkerOptions } from "../src/index.ts";
import { createWorker } from "../src/index.ts";

/** Events without the ids that all of them share. */
type WithoutIds<Event> = Event extends { lotId: string }
  ? Omit<Event, "tenderId" | "lotId"> & { readonly lot: number }
  : Omit<Event, "tenderId">;
export type Told = WithoutIds<TenderEvent>;

export const instant = (text: string): Micros => {
  const at = microsOfInstant(text);
  if (at === null) throw new Error(`no instant: ${text}`);
  return at;
};

export const start = instant("2026-11-01T08:00:00Z");
export const marketplaceId = "metals";
export const owner = "wire-works";
const clerk: Actor = { kind: "member", userId: "clerk", companyId: owner, marketplaceId };

/** One tender's journal, written as a trading host writes it. Each entry comes a second after the one before. */
export type Script = {
  readonly tenderId: string;
  readonly lotId: (number: number) => string;
  /** Appends one segment with one entry per list of events. */
  readonly write: (...entries: readonly (readonly Told[])[]) => Promise<number>;
  readonly draft: (terms: TenderTerms) => Told;
};

export type World = AsyncDisposable & {
  readonly connection: Connection;
  readonly journal: JournalStore;
  readonly store: ProjectionStore;
  readonly bus: Bus;
  readonly database: TestDatabase;
  /** Its first entry comes a second after `from`. */
  readonly script: (tenderId: string, options?: { readonly from?: Micros }) => Promise<Script>;
  /** Applies all that is written, without a worker. */
  readonly worker: (options?: Partial<WorkerOptions>) => Worker;
  readonly logged: unknown[];
};

/** `zone` is the time zone of the database's sessions; UTC unless told otherwise. */
export async function createWorld({ zone }: { readonly zone?: string } = {}): Promise<World> {
  const database = await createTestDatabase();
  if (zone !== undefined) await setZone(database, zone);
  const journal = createJournalStore({ url: database.url });
  const connection = connect(database.url, { max: 4 });
  const bus = createInProcessBus();
  const logged: unknown[] = [];
  const workers: Worker[] = [];
  const log = { info: () => {}, error: (fields: object) => logged.push(fields) };
  return {
    connection,
    journal,
    store: createProjectionStore(connection.db),
    bus,
    database,
    logged,
    script: (tenderId, { from = start } = {}) => createScript(journal, tenderId, from),
    worker(options) {
      const clock = { now: () => start };
      const worker = createWorker({ bus, journal, db: connection.db, clock, log, pollMs: 20, ...options });
      workers.push(worker);
      return worker;
    },
    async [Symbol.asyncDispose]() {
      for (const worker of workers) await worker.stop();
      await connection.close();
      await journal.close();
      await database.drop();
    },
  };
}

async function setZone({ url, name }: TestDatabase, zone: string): Promise<void> {
  const { sql, close } = connect(url, { max: 1 });
  await sql.unsafe(`alter database ${name} set timezone to '${zone}'`);
  await close();
}

async function createScript(journal: JournalStore, tenderId: string, from: Micros): Promise<Script> {
  const pen = await createPen(journal, { shard: tenderId, mechanism: "tender" });
  const lotId = (number: number) => partIdOf(tenderId, number);

  const withIds = (told: Told): TenderEvent => {
    const { lot, ...event } = told as Told & { readonly lot?: number };
    const ids = lot === undefined ? { tenderId } : { tenderId, lotId: lotId(lot) };
    return { ...event, ...ids } as TenderEvent;
  };

  return {
    tenderId,
    lotId,
    draft: (terms) => ({
      type: "tender_drafted",
      marketplaceId,
      ownerCompanyId: owner,
      createdBy: "clerk",
      version: 1,
      terms,
      drawSecret: "secret-of-the-shard",
    }),
    write: (...told) =>
      pen.write(
        told.map((events, index) => ({
          at: from + (pen.headSeq() + index + 1) * 1_000_000,
          events: events.map(withIds),
        })),
      ),
  };
}

/** Writes one shard's journal as its host does. */
export type Pen = {
  readonly headSeq: () => number;
  /** Appends one segment with these entries; returns the last one's number. */
  readonly write: (told: readonly Pick<JournalEntry, "at" | "events">[]) => Promise<number>;
};

export async function createPen(
  journal: JournalStore,
  { shard, mechanism }: { readonly shard: string; readonly mechanism: string },
): Promise<Pen> {
  await journal.createShard(shard, mechanism);
  const claim = await journal.claim(shard, "host");
  let { headSeq, headHash } = claim;

  return {
    headSeq: () => headSeq,
    async write(told) {
      const entries = told.map((entry, index): JournalEntry => {
        const seq = headSeq + index + 1;
        const command = { type: "advance_time" };
        return { ...entry, seq, actor: clerk, key: `key-${seq}`, fingerprint: `f${seq}`, command };
      });
      const bytes = encodeEntries(entries);
      const { epoch } = claim;
      const header = { shard, epoch, firstSeq: headSeq + 1, lastSeq: headSeq + entries.length };
      const hash = segmentHash(headHash, header, bytes);
      const advanced = await journal.append([{ ...header, entries: bytes, prevHash: headHash, hash }]);
      if (!advanced.has(shard)) throw new Error("the script lost its shard");
      headSeq = header.lastSeq;
      headHash = hash;
      return headSeq;
    },
  };
}
