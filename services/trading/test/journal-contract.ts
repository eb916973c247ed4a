import type { JournalStore, SegmentWrite } from "@kontor/db";
import { genesisHash, segmentHash } from "@kontor/db";
import { describe, expect, test } from "vitest";

export type OpenJournal = () => Promise<{ readonly journal: JournalStore } & AsyncDisposable>;

const shard = "0190b000-0000-7000-8000-000000000001";
const other = "0190b000-0000-7000-8000-000000000002";

function write(
  after: { readonly epoch: number; readonly headSeq: number; readonly headHash: Uint8Array },
  { entries = "{}\n", count = 1, of = shard } = {},
): SegmentWrite {
  const header = { shard: of, epoch: after.epoch, firstSeq: after.headSeq + 1, lastSeq: after.headSeq + count };
  const bytes = Buffer.from(entries);
  const hash = segmentHash(after.headHash, header, bytes);
  return { ...header, entries: bytes, prevHash: after.headHash, hash };
}

const next = ({ epoch, lastSeq, hash }: SegmentWrite) => ({ epoch, headSeq: lastSeq, headHash: hash });

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const plain = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** What the host relies on, of the real journal and of the one its tests run on. */
export function journalContract(name: string, open: OpenJournal): void {
  describe(`journal: ${name}`, () => {
    owning(open);
    appending(open);
    reading(open);
    remembering(open);
  });
}

function owning(open: OpenJournal): void {
  test("a shard is created once and claimed with rising epochs", async () => {
    await using opened = await open();
    const { journal } = opened;
    await expect(journal.claim(shard, "a")).rejects.toMatchObject({ code: "shard_not_found" });
    await Promise.all([journal.createShard(shard, "toy"), journal.createShard(shard, "toy")]);
    const first = await journal.claim(shard, "a");
    expect({ ...first, headHash: plain(first.headHash) }).toEqual({
      epoch: 1,
      headSeq: 0,
      headHash: plain(genesisHash(shard, "toy")),
      mechanism: "toy",
    });
    await journal.createShard(shard, "toy");
    expect(await journal.claim(shard, "b")).toMatchObject({ epoch: 2, headSeq: 0 });
    expect((await journal.heads([shard, other])).get(shard)).toMatchObject({ epoch: 2, owner: "b", closedAt: null });
    expect((await journal.heads([other])).size).toBe(0);
  });

  test("a closed shard takes nothing; only its epoch closes it", async () => {
    await using opened = await open();
    const { journal } = opened;
    await journal.createShard(shard, "toy");
    const claim = await journal.claim(shard, "a");
    expect(await journal.closeShard(shard, claim.epoch + 1)).toBe(false);
    expect(await journal.closeShard(shard, claim.epoch)).toBe(true);
    expect(await journal.append([write(claim)])).toEqual(new Set());
    expect(await journal.listShards({ open: true })).toEqual([]);
    expect((await journal.listShards({ open: false })).map((head) => head.shard)).toEqual([shard]);
  });
}

function appending(open: OpenJournal): void {
  test("a batch advances the shards it follows and leaves the others alone", async () => {
    await using opened = await open();
    const { journal } = opened;
    await journal.createShard(shard, "toy");
    await journal.createShard(other, "toy");
    const stale = await journal.claim(other, "a");
    await journal.claim(other, "b");
    const claim = await journal.claim(shard, "a");
    const first = write(claim, { count: 3 });
    expect(await journal.append([first, write(stale, { of: other })])).toEqual(new Set([shard]));
    expect(await journal.append([first])).toEqual(new Set());
    expect(await journal.append([write(next(first))])).toEqual(new Set([shard]));
    expect((await journal.heads([shard])).get(shard)).toMatchObject({ headSeq: 4 });
    expect((await journal.heads([other])).get(other)).toMatchObject({ headSeq: 0, epoch: 2 });
  });

  test("wrong epoch, sequence or previous hash writes nothing", async () => {
    await using opened = await open();
    const { journal } = opened;
    await journal.createShard(shard, "toy");
    const claim = await journal.claim(shard, "a");
    const wrong = [
      write({ ...claim, epoch: 2 }),
      write({ ...claim, headSeq: 1 }),
      write({ ...claim, headHash: genesisHash(other, "toy") }),
    ];
    for (const segment of wrong) expect(await journal.append([segment])).toEqual(new Set());
    expect(await all(journal.readSegments(shard, 0))).toEqual([]);
  });
}

function reading(open: OpenJournal): void {
  test("segments come back byte for byte, from any sequence number on", async () => {
    await using opened = await open();
    const { journal } = opened;
    await journal.createShard(shard, "toy");
    await journal.createShard(other, "toy");
    const claim = await journal.claim(shard, "a");
    const segments = [write(claim, { count: 2, entries: '{"text":"é\\n\u2028"}\n' })];
    for (let index = 0; index < 20; index++) segments.push(write(next(segments.at(-1) as SegmentWrite), { count: 2 }));
    for (const segment of segments) await journal.append([segment]);
    const otherClaim = await journal.claim(other, "a");
    await journal.append([write(otherClaim, { of: other })]);
    const read = await all(journal.readSegments(shard, 0, { batch: 3 }));
    expect(read.map(({ entries, hash }) => [plain(entries), plain(hash)])).toEqual(
      segments.map(({ entries, hash }) => [plain(entries), plain(hash)]),
    );
    expect((await all(journal.readSegments(shard, 3))).map(({ firstSeq }) => firstSeq)[0]).toBe(3);
    expect((await all(journal.readSegments(shard, 4))).map(({ firstSeq }) => firstSeq)[0]).toBe(5);
    expect(await all(journal.readSegments(shard, 42))).toEqual([]);
    const tails = await all(
      journal.readAll({
        after: new Map([
          [other, 0],
          [shard, 40],
        ]),
      }),
    );
    expect(tails.map((segment) => [segment.shard, segment.firstSeq])).toEqual([
      [other, 1],
      [shard, 41],
    ]);
  });
}

function remembering(open: OpenJournal): void {
  test("the newest snapshot of a version is found", async () => {
    await using opened = await open();
    const { journal } = opened;
    await journal.createShard(shard, "toy");
    const stateHash = genesisHash(shard, "toy");
    const snapshot = { shard, epoch: 1, schemaVersion: 1, state: Buffer.from("state"), stateHash };
    for (const seq of [10, 20, 30, 40]) await journal.snapshots.put({ ...snapshot, seq });
    await journal.snapshots.put({ ...snapshot, seq: 50, schemaVersion: 2 });
    expect(await journal.snapshots.latest(shard, 1)).toMatchObject({ seq: 40 });
    expect((await journal.snapshots.latestOf([shard, other], 2)).get(shard)).toMatchObject({ seq: 50 });
    expect(plain((await journal.snapshots.latest(shard))?.state ?? Buffer.of())).toBe(plain(Buffer.from("state")));
    expect(await journal.snapshots.latest(other)).toBeUndefined();
  });

  test("the first outcome of a key stays", async () => {
    await using opened = await open();
    const { journal } = opened;
    const outcome = { scope: "s", commandKey: "k", shard, seq: 1 };
    expect(await journal.outcomes.putMany([outcome])).toBe(1);
    expect(
      await journal.outcomes.putMany([
        { ...outcome, seq: 2 },
        { ...outcome, commandKey: "l" },
      ]),
    ).toBe(1);
    expect(await journal.outcomes.find(outcome)).toBe(1);
    expect(await journal.outcomes.find({ ...outcome, commandKey: "x" })).toBeUndefined();
    expect(await journal.outcomes.find({ ...outcome, shard: other })).toBeUndefined();
  });

  test("hosts are listed by their last renewal, positions move forward only", async () => {
    await using opened = await open();
    const { journal } = opened;
    await journal.hosts.renew("a", "here");
    await journal.hosts.renew("a", "there");
    expect(await journal.hosts.list({ withinMs: 60_000 })).toMatchObject([{ hostId: "a", address: "there" }]);
    await journal.hosts.remove("a");
    expect(await journal.hosts.list({ withinMs: 60_000 })).toEqual([]);
    await journal.cursors.advance("p", new Map([[shard, 5]]));
    await journal.cursors.advance(
      "p",
      new Map([
        [shard, 3],
        [other, 1],
      ]),
    );
    expect(await journal.cursors.read("p")).toEqual(
      new Map([
        [shard, 5],
        [other, 1],
      ]),
    );
    await journal.cursors.reset("p");
    expect(await journal.cursors.read("p")).toEqual(new Map());
  });
}
