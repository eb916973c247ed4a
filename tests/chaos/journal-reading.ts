import type { JournalStore, ShardHead } from "@kontor/db";
import { chainPointOf, createJournalStore, decodeEntries, genesisHash, verifyChain } from "@kontor/db";
import { instantOfMicros } from "@kontor/kernel";
import type { CommandReceipt, ExchangeEvent } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import type { TradingEntry } from "@kontor/trading";
import { mechanisms } from "@kontor/trading";
import type { DefiniteAnswer } from "./desk.ts";
import { InstrumentFold } from "./instrument-fold.ts";

/** What the journal says about a key: who used it, and what he must have been told. */
export type JournaledKey = {
  readonly companyId: string | null;
  readonly command: TradingEntry["command"];
  readonly answer: DefiniteAnswer;
};

export type JournalReading = {
  readonly shards: number;
  readonly segments: number;
  readonly entries: number;
  readonly byKey: ReadonlyMap<string, readonly JournaledKey[]>;
  /** How often the shards were taken, in all. */
  readonly epochs: number;
  /** What the facts of each instrument come to. */
  readonly instruments: ReadonlyMap<string, InstrumentFold>;
  readonly faults: string[];
};

/** Reads every shard from its first segment: chain, dense sequence, ascending stamps, and the answer of each key. */
export async function readJournal(databaseUrl: string): Promise<JournalReading> {
  const journal = createJournalStore({ url: databaseUrl });
  try {
    const reading: Reading = {
      ...{ segments: 0, entries: 0, epochs: 0 },
      byKey: new Map(),
      instruments: new Map(),
      faults: [],
    };
    const heads = await journal.listShards();
    for (const head of heads) await readShard(journal, head, reading);
    return { shards: heads.length, ...reading };
  } finally {
    await journal.close();
  }
}

type Reading = {
  segments: number;
  entries: number;
  epochs: number;
  readonly byKey: Map<string, JournaledKey[]>;
  readonly instruments: Map<string, InstrumentFold>;
  readonly faults: string[];
};

async function readShard(journal: JournalStore, head: ShardHead, reading: Reading): Promise<void> {
  const { shard, mechanism } = head;
  const after = { seq: 0, hash: genesisHash(shard, mechanism) };
  const verdict = await verifyChain(journal.readSegments(shard, 0), { after, head: chainPointOf(head) });
  if (verdict.kind === "broken") reading.faults.push(`chain of ${shard}: ${JSON.stringify(verdict.fault)}`);
  reading.epochs += head.epoch;
  const fold = mechanism === "exchange" ? new InstrumentFold() : null;
  if (fold !== null) reading.instruments.set(shard, fold);
  let last = { seq: 0, at: 0 };
  for await (const { entries, epoch } of journal.readSegments(shard, 0)) {
    reading.segments += 1;
    for (const entry of decodeEntries<TradingEntry>(entries)) {
      if (entry.seq !== last.seq + 1) reading.faults.push(`${shard}: ${entry.seq} after ${last.seq}`);
      if (entry.at <= last.at) reading.faults.push(`${shard}: stamp of ${entry.seq} is not after the one before`);
      last = entry;
      reading.entries += 1;
      fold?.take((entry.events ?? []) as readonly ExchangeEvent[]);
      if (entry.key !== null) note(reading, entry.key, journaledKey(entry, { epoch, mechanism }));
    }
  }
  if (last.seq !== head.headSeq) reading.faults.push(`${shard}: ends at ${last.seq}, its head at ${head.headSeq}`);
}

function note({ byKey }: Reading, key: string, found: JournaledKey): void {
  const known = byKey.get(key);
  if (known === undefined) byKey.set(key, [found]);
  else known.push(found);
}

/** The answer follows from the entry alone, as the interface writes it. */
function journaledKey(
  entry: TradingEntry,
  place: { readonly epoch: number; readonly mechanism: string },
): JournaledKey {
  const { command } = entry;
  const { companyId } = entry.actor;
  const at = instantOfMicros(entry.at);
  if (entry.events === undefined) {
    const { rejection } = entry;
    return { companyId, command, answer: { ok: false, problem: { ...problemOf(rejection.code, rejection), at } } };
  }
  const result = mechanisms.get(place.mechanism)?.reply(command, entry.events) as CommandReceipt["result"];
  return { companyId, command, answer: { ok: true, receipt: { epoch: place.epoch, seq: entry.seq, at, result } } };
}
