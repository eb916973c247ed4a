import { isDeepStrictEqual } from "node:util";
import type { Bidder, DefiniteAnswer, ListedBid } from "./bidder.ts";
import type { JournaledKey, JournalReading } from "./journal-reading.ts";
import { readJournal } from "./journal-reading.ts";
import type { Random } from "./random.ts";
import { replayFaults } from "./replay-check.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Watcher } from "./watcher.ts";

export type Verdict = {
  readonly answered: number;
  readonly accepted: number;
  readonly journal: Pick<JournalReading, "shards" | "segments" | "entries" | "epochs">;
  /** Keys with a definite answer and no entry. */
  readonly lost: readonly string[];
  /** Keys with more than one entry, answered or not. */
  readonly duplicated: readonly string[];
  /** Keys whose entry says something else than their client was told, or who were told something else when asked again. */
  readonly changed: readonly string[];
  /** Whatever else does not hold: the chain, the order, strays, the views, the read models. */
  readonly faults: readonly string[];
  /** Keys that were asked about once more at the end. */
  readonly sampled: number;
};

export type VerifyOptions = {
  readonly server: ServerProcess;
  readonly random: Random;
  readonly crowd: readonly Bidder[];
  readonly watcher: Watcher;
  /** So many keys are asked about once more. */
  readonly askAgain: number;
};

/** Compares every client's list with the journal, read and recomputed from its bytes. */
export async function verify({ server, random, crowd, watcher, askAgain }: VerifyOptions): Promise<Verdict> {
  const sample = sampleOf(crowd, askAgain, random);
  const toldOtherwise = await askAll(sample, random);
  const { databaseUrl } = server.ready;
  const { byKey, faults, ...journal } = await readJournal(databaseUrl);
  const bids = crowd.flatMap(({ list }) => list);
  const { lost, changed } = compare(bids, byKey);
  const listed = new Set(bids.map(({ key }) => key));
  for (const [key, [found]] of byKey) {
    if (found?.command.type === "submit_bid" && !listed.has(key)) faults.push(`nobody sent ${key}`);
  }
  for (const { key, answer } of bids) if (answer === null) faults.push(`${key} has no answer`);
  return {
    answered: bids.filter(({ answer }) => answer !== null).length,
    accepted: bids.filter(({ answer }) => answer?.ok === true).length,
    journal,
    lost,
    duplicated: [...byKey].filter(([, found]) => found.length > 1).map(([key]) => key),
    changed: [...changed, ...toldOtherwise],
    faults: [...faults, ...(await watcher.faults(acceptedByLot(byKey))), ...(await replayFaults(databaseUrl))],
    sampled: sample.length,
  };
}

function compare(bids: readonly ListedBid[], byKey: JournalReading["byKey"]) {
  const lost: string[] = [];
  const changed: string[] = [];
  for (const { key, answer, companyId } of bids) {
    const [found] = byKey.get(key) ?? [];
    if (answer === null) continue;
    if (found === undefined) lost.push(`${key}: ${JSON.stringify(answer)}`);
    else if (!agrees(found, answer, companyId)) {
      changed.push(`${key}: told ${JSON.stringify(answer)}, journaled ${JSON.stringify(found)}`);
    }
  }
  return { lost, changed };
}

function agrees(found: JournaledKey, answer: DefiniteAnswer, companyId: string): boolean {
  return found.companyId === companyId && isDeepStrictEqual(asText(found.answer), asText(answer));
}

/** As it travels: what JSON does not hold is no difference. */
function asText(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function acceptedByLot(byKey: JournalReading["byKey"]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [found] of byKey.values()) {
    if (found === undefined || found.command.type !== "submit_bid" || !found.answer.ok) continue;
    const lotId = String((found.command as { readonly lotId?: unknown }).lotId);
    counts.set(lotId, (counts.get(lotId) ?? 0) + 1);
  }
  return counts;
}

type Sampled = { readonly bidder: Bidder; readonly bid: ListedBid };

function sampleOf(crowd: readonly Bidder[], size: number, random: Random): readonly Sampled[] {
  const all = crowd.flatMap((bidder) => bidder.list.map((bid) => ({ bidder, bid })));
  return Array.from({ length: Math.min(size, all.length) }, () => random.pick(all));
}

async function askAll(sample: readonly Sampled[], random: Random): Promise<readonly string[]> {
  const otherwise: string[] = [];
  for (const { bidder, bid } of sample) {
    const again = await bidder.askAgain(bid, random.pick(["socket", "http"]));
    if (!isDeepStrictEqual(asText(again), asText(bid.answer))) {
      otherwise.push(`${bid.key}: told ${JSON.stringify(bid.answer)}, then ${JSON.stringify(again)}`);
    }
  }
  return otherwise;
}
