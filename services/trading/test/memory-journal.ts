import type { HostRow, JournalStore, Outcome, Segment, SegmentWrite, ShardHead, Snapshot } from "@kontor/db";
import { genesisHash } from "@kontor/db";
import { Fault } from "@kontor/kernel";

type Row = { -readonly [Name in keyof ShardHead]: ShardHead[Name] };

export type MemoryJournal = JournalStore & {
  /** The stored segments themselves, for tests that damage them. */
  readonly stored: Map<string, Segment[]>;
  readonly storedSnapshots: Map<string, Snapshot[]>;
};

/** A journal that keeps the contract of the real one for as long as the process lives. `nowMicros` is its clock. */
export function createMemoryJournal(nowMicros: () => number): MemoryJournal {
  const rows = new Map<string, Row>();
  const segments = new Map<string, Segment[]>();
  const snapshots = new Map<string, Snapshot[]>();
  const tail = (shard: string, after: number) =>
    (segments.get(shard) ?? []).filter(({ lastSeq }) => lastSeq > after).map((segment) => structuredClone(segment));

  function appendOne(write: SegmentWrite): boolean {
    const row = rows.get(write.shard);
    const follows =
      row?.epoch === write.epoch &&
      row.headSeq === write.firstSeq - 1 &&
      Buffer.compare(row.headHash, write.prevHash) === 0 &&
      row.closedAt === null;
    if (row === undefined || !follows) return false;
    row.headSeq = write.lastSeq;
    row.headHash = write.hash;
    const stored = segments.get(write.shard) ?? [];
    segments.set(write.shard, stored);
    stored.push({ ...structuredClone(write), committedAt: nowMicros() });
    return true;
  }

  return {
    stored: segments,
    storedSnapshots: snapshots,
    async createShard(shard, mechanism) {
      await turn();
      if (rows.has(shard)) return;
      const headHash = genesisHash(shard, mechanism);
      const createdAt = nowMicros();
      rows.set(shard, { shard, mechanism, epoch: 0, headSeq: 0, headHash, owner: null, createdAt, closedAt: null });
    },
    async claim(shard, owner) {
      await turn();
      const row = rows.get(shard);
      if (row === undefined) throw new Fault("shard_not_found", { shard });
      row.epoch++;
      row.owner = owner;
      const { epoch, headSeq, headHash, mechanism } = row;
      return { epoch, headSeq, headHash, mechanism };
    },
    async append(writes) {
      await turn();
      return new Set(writes.filter(appendOne).map(({ shard }) => shard));
    },
    async *readSegments(shard, after) {
      await turn();
      yield* tail(shard, after);
    },
    async *readAll({ after } = {}) {
      await turn();
      const wanted = after ?? new Map([...rows.keys()].sort().map((shard) => [shard, 0]));
      for (const [shard, seq] of wanted) yield* tail(shard, seq);
    },
    async heads(shards) {
      await turn();
      return new Map(shards.flatMap((shard) => [...listed(rows.get(shard))]));
    },
    async listShards({ mechanism, open } = {}) {
      await turn();
      const all = [...rows.values()].sort((a, b) => (a.shard < b.shard ? -1 : 1));
      return all
        .filter((row) => (mechanism ?? row.mechanism) === row.mechanism)
        .filter((row) => open === undefined || open === (row.closedAt === null))
        .map((row) => ({ ...row }));
    },
    async closeShard(shard, epoch) {
      await turn();
      const row = rows.get(shard);
      if (row?.epoch !== epoch) return false;
      row.closedAt ??= nowMicros();
      return true;
    },
    snapshots: snapshotStore(snapshots),
    outcomes: outcomeStore(),
    hosts: hostStore(nowMicros),
    cursors: cursorStore(),
    close: () => Promise.resolve(),
  };
}

function listed(row: Row | undefined): readonly (readonly [string, ShardHead])[] {
  return row === undefined ? [] : [[row.shard, { ...row }]];
}

function snapshotStore(snapshots: Map<string, Snapshot[]>): JournalStore["snapshots"] {
  const latest = (shard: string, version?: number) =>
    (snapshots.get(shard) ?? []).findLast(({ schemaVersion }) => (version ?? schemaVersion) === schemaVersion);
  return {
    async latest(shard, version) {
      await turn();
      return structuredClone(latest(shard, version));
    },
    async latestOf(shards, version) {
      await turn();
      const found = shards.map((shard) => latest(shard, version)).filter((snapshot) => snapshot !== undefined);
      return new Map(found.map((snapshot) => [snapshot.shard, structuredClone(snapshot)]));
    },
    async put(snapshot) {
      await turn();
      const others = (snapshots.get(snapshot.shard) ?? []).filter(({ seq }) => seq !== snapshot.seq);
      const all = [...others, structuredClone(snapshot)].sort((a, b) => a.seq - b.seq);
      snapshots.set(snapshot.shard, all.slice(-3));
    },
  };
}

function hostStore(nowMicros: () => number): JournalStore["hosts"] {
  const hosts = new Map<string, HostRow>();
  return {
    async renew(hostId, address) {
      await turn();
      const startedAt = hosts.get(hostId)?.startedAt ?? nowMicros();
      hosts.set(hostId, { hostId, address, startedAt, renewedAt: nowMicros(), silentMs: 0 });
    },
    async list({ withinMs }) {
      await turn();
      const rows = [...hosts.values()].map((row) => ({ ...row, silentMs: (nowMicros() - row.renewedAt) / 1_000 }));
      return rows.filter(({ silentMs }) => silentMs < withinMs);
    },
    async remove(hostId) {
      await turn();
      hosts.delete(hostId);
    },
  };
}

function outcomeStore(): JournalStore["outcomes"] {
  const outcomes = new Map<string, number>();
  const placeOf = ({ shard, scope, commandKey }: Pick<Outcome, "shard" | "scope" | "commandKey">) =>
    `${shard} ${scope} ${commandKey}`;
  return {
    async find(key) {
      await turn();
      return outcomes.get(placeOf(key));
    },
    async putMany(list) {
      await turn();
      const fresh = list.filter((outcome) => !outcomes.has(placeOf(outcome)));
      for (const outcome of fresh) outcomes.set(placeOf(outcome), outcome.seq);
      return fresh.length;
    },
  };
}

function cursorStore(): JournalStore["cursors"] {
  const cursors = new Map<string, Map<string, number>>();
  return {
    async read(projection) {
      await turn();
      return new Map(cursors.get(projection));
    },
    async advance(projection, positions) {
      await turn();
      const known = cursors.get(projection) ?? new Map<string, number>();
      cursors.set(projection, known);
      for (const [shard, seq] of positions) known.set(shard, Math.max(seq, known.get(shard) ?? 0));
    },
    async reset(projection) {
      await turn();
      cursors.delete(projection);
    },
  };
}

/** Answers never come in the same turn, as over a wire. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
