import { afterAll, beforeAll } from "vitest";
import type { Claim, JournalStore, SegmentWrite } from "../src/index.ts";
import { createJournalStore, segmentHash } from "../src/index.ts";
import type { TestDatabase } from "../src/testing/index.ts";
import { createTestDatabase } from "../src/testing/index.ts";

export type JournalFixture = { readonly journal: JournalStore; readonly url: string };

/** One database and journal for the tests of a file. */
export function givenJournal(): JournalFixture {
  let database: TestDatabase | undefined;
  let journal: JournalStore | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    journal = createJournalStore({ url: database.url });
  });
  afterAll(async () => {
    await journal?.close();
    await database?.drop();
  });
  const ready = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error("the fixture is used before its tests run");
    return value;
  };
  return {
    get journal() {
      return ready(journal);
    },
    get url() {
      return ready(database).url;
    },
  };
}

/** Where a shard's chain stands for its owner: what the next segment must follow. */
export type Position = { readonly shard: string } & Pick<Claim, "epoch" | "headSeq" | "headHash">;

/** A new shard, claimed. */
export async function openShard(journal: JournalStore, shard: string, owner = "host-1"): Promise<Position> {
  await journal.createShard(shard, "auction");
  return { shard, ...(await journal.claim(shard, owner)) };
}

/** The segment that follows `at` and holds `count` sequence numbers. */
export function segmentAfter(at: Position, text = "entries", count = 1): SegmentWrite {
  const entries = Buffer.from(text);
  const header = { shard: at.shard, epoch: at.epoch, firstSeq: at.headSeq + 1, lastSeq: at.headSeq + count };
  return { ...header, entries, prevHash: at.headHash, hash: segmentHash(at.headHash, header, entries) };
}

export function positionAfter(segment: SegmentWrite): Position {
  return { shard: segment.shard, epoch: segment.epoch, headSeq: segment.lastSeq, headHash: segment.hash };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
