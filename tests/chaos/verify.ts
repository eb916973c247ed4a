import { isDeepStrictEqual } from "node:util";
import type { Random } from "@kontor/testkit";
import type { DefiniteAnswer, Desk, Listed } from "./desk.ts";
import type { JournaledKey, JournalReading } from "./journal-reading.ts";
import { readJournal } from "./journal-reading.ts";
import { replayFaults } from "./replay-check.ts";
import type { ServerProcess } from "./server-process.ts";
import type { TradingFloor } from "./trading-floor.ts";
import type { FloorFigures } from "./verify-floor.ts";
import { figuresOf, floorFaults, reopened } from "./verify-floor.ts";
import type { Watcher } from "./watcher.ts";

/** Commands with a definite answer. */
export type Tally = { readonly answered: number; readonly accepted: number };

export type Verdict = {
  readonly bids: Tally;
  readonly orders: Tally;
  readonly traded: FloorFigures;
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
  readonly crowd: readonly Desk[];
  readonly floor: TradingFloor;
  readonly watcher: Watcher;
  /** So many keys are asked about once more. */
  readonly askAgain: number;
};

/** Compares every client's list with the journal, read and recomputed from its bytes. */
export async function verify(options: VerifyOptions): Promise<Verdict> {
  const { server, random, crowd, floor, watcher, askAgain } = options;
  const desks = [...crowd, ...floor.dealers.map(({ desk }) => desk)];
  const sample = sampleOf(desks, askAgain, random);
  const toldOtherwise = await askAll(sample, random);
  await reopened(floor);
  const { databaseUrl } = server.ready;
  const reading = await readJournal(databaseUrl);
  const { byKey, faults, instruments: _, ...journal } = reading;
  const all = desks.flatMap(({ list }) => list);
  const { lost, changed } = compare(all, byKey);
  const listed = new Set(all.map(({ key }) => key));
  for (const [key, [found]] of byKey) {
    if (found !== undefined && isOfCrowd(found.command.type) && !listed.has(key)) faults.push(`nobody sent ${key}`);
  }
  for (const { key, answer } of all) if (answer === null) faults.push(`${key} has no answer`);
  faults.push(...(await watcher.faults(acceptedByLot(byKey))), ...(await floorFaults(floor, reading)));
  return {
    bids: tallyOf(crowd),
    orders: tallyOf(floor.dealers.map(({ desk }) => desk)),
    traded: figuresOf(floor, reading),
    journal,
    lost,
    duplicated: [...byKey].filter(([, found]) => found.length > 1).map(([key]) => key),
    changed: [...changed, ...toldOtherwise],
    faults: [...faults, ...(await replayFaults(databaseUrl))],
    sampled: sample.length,
  };
}

const ofCrowd: ReadonlySet<string> = new Set([
  "submit_bid",
  "submit_order",
  "amend_order",
  "replace_order",
  "cancel_order",
  "cancel_orders",
]);
const isOfCrowd = (type: string): boolean => ofCrowd.has(type);

function tallyOf(desks: readonly Desk[]): Tally {
  const answers = desks.flatMap(({ list }) => list.flatMap(({ answer }) => answer ?? []));
  return { answered: answers.length, accepted: answers.filter(({ ok }) => ok).length };
}

function compare(list: readonly Listed[], byKey: JournalReading["byKey"]) {
  const lost: string[] = [];
  const changed: string[] = [];
  for (const { key, answer, companyId } of list) {
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
  return found.companyId === companyId && isDeepStrictEqual(asTold(found.answer), asTold(answer));
}

/** As it travels: what JSON does not hold is no difference. Over HTTP a problem names the request, too: that differs. */
function asTold(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, member) => (name === "instance" ? undefined : member)));
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

type Sampled = { readonly desk: Desk; readonly listed: Listed };

function sampleOf(desks: readonly Desk[], size: number, random: Random): readonly Sampled[] {
  const all = desks.flatMap((desk) => desk.list.map((listed) => ({ desk, listed })));
  return Array.from({ length: Math.min(size, all.length) }, () => random.pick(all));
}

async function askAll(sample: readonly Sampled[], random: Random): Promise<readonly string[]> {
  const otherwise: string[] = [];
  for (const { desk, listed } of sample) {
    const again = await desk.askAgain(listed, random.pick(["socket", "http"]));
    if (!isDeepStrictEqual(asTold(again), asTold(listed.answer))) {
      otherwise.push(`${listed.key}: told ${JSON.stringify(listed.answer)}, then ${JSON.stringify(again)}`);
    }
  }
  return otherwise;
}
