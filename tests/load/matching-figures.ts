// One figure of `bench matching`, in a process of its own: what the compiler makes of a book depends on every book that
// the process has had, and a server's books are all of one kind.
import { PerformanceObserver } from "node:perf_hooks";
import type { Book } from "@kontor/matching";
import { createBook, RECORD_WORDS } from "@kontor/matching";
import { tuneCompiler } from "@kontor/trading";
import { runBare } from "./bare-book.ts";
import { median, print } from "./figures.ts";
import { allocations, deepCancels, flowConfig, recordsOf, runRecords, tradesOf, usualCancels } from "./flow-records.ts";
import type { OrderFlow } from "./order-flow.ts";
import { generateFlow } from "./order-flow.ts";
import { peerIds, runPeer } from "./peer-book.ts";

/** What the process is to measure; the flow's generator is there. */
export type MatchingOrder = {
  readonly part: "ring" | "full" | "cancels" | "heap";
  readonly generator: string;
  /** `peer`: how many of the flow's first commands the peer is given; 0 for all of them. */
  readonly options: Readonly<Record<"rounds" | "seed" | "peer" | "deep" | "heap", number>>;
};

const bench = "matching";

function measure({ part, generator, options }: MatchingOrder): void {
  tuneCompiler();
  if (part === "cancels") return measureCancels(options);
  const flow = generateFlow(generator, { seed: options.seed });
  const records = recordsOf(flow);
  if (part === "heap") return measureHeap(flow, records, options.heap);
  proveOutcome(flow, records);
  measureFlow({ flow, records, part, options });
}

/** A figure of an engine that does not match is none. */
function proveOutcome(flow: OrderFlow, records: Int32Array): void {
  const found = tradesOf(createBook(flowConfig(flow)), records);
  const { trades, volume, hash, rejected } = flow.outcome;
  const wanted = { trades, volume, hash, rejected };
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`the flow came to ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }
}

type FlowRun = Pick<MatchingOrder, "options"> & {
  readonly part: "ring" | "full";
  readonly flow: OrderFlow;
  readonly records: Int32Array;
};

function measureFlow({ flow, records, part, options }: FlowRun): void {
  const ids = peerIds(flow);
  const peerCount = options.peer === 0 ? flow.count : options.peer;
  const taken: Record<"engine" | "bare" | "peer", number[]> = { engine: [], bare: [], peer: [] };
  const copy = part === "full" ? new Int32Array(records.length) : null;
  // The first round of each warms it up. They take turns, so that all meet the same noise.
  for (let round = 0; round <= options.rounds; round++) {
    const book = bookFor(part, flow);
    const now = {
      bare: nanosecondsPer(flow.count, () => runBare(flow)),
      engine: nanosecondsPer(flow.count, () => runRecords(book, records, copy)),
      peer: nanosecondsPer(peerCount, () => runPeer(flow, ids, peerCount)),
    };
    if (round === 0) continue;
    for (const name of ["engine", "bare", "peer"] as const) taken[name].push(now[name]);
  }
  const unit = "ns/command";
  const ratio = (over: readonly number[], under: readonly number[]) =>
    median(over.map((value, round) => value / (under[round] ?? Number.NaN)));
  const value = median(taken.engine);
  const peer = { peer: median(taken.peer), peerIs: `nodejs-order-book on ${peerCount} of the commands` };
  const common = { bench, unit, commands: flow.count, value, ...peer, ratio: ratio(taken.peer, taken.engine) };
  if (part === "full") return print({ ...common, figure: "with_depth_holds_and_copy", atLeast: 35 });
  print({ ...common, figure: "events_in_ring", atLeast: 60 });
  const besideBare = ratio(taken.engine, taken.bare);
  print({ bench, unit, figure: "beside_bare_loop", value, peer: median(taken.bare), ratio: besideBare, atMost: 1.4 });
}

function bookFor(part: "ring" | "full", flow: OrderFlow): Book {
  if (part === "ring") return createBook(flowConfig(flow));
  const book = createBook(flowConfig(flow), { levels: true });
  for (const command of allocations(flow)) book.submit(command);
  return book;
}

function nanosecondsPer(count: number, run: () => unknown): number {
  const start = performance.now();
  run();
  return ((performance.now() - start) * 1e6) / count;
}

function measureCancels(options: MatchingOrder["options"]): void {
  const deep: number[] = [];
  const usual: number[] = [];
  for (let round = 0; round <= options.rounds; round++) {
    const [inDeep, inUsual] = [deepCancels(options.deep), usualCancels(options.deep)];
    if (round === 0) continue;
    deep.push(inDeep);
    usual.push(inUsual);
  }
  const [value, peer] = [median(deep), median(usual)];
  const peerIs = "as many orders over a thousand prices";
  print({
    bench,
    figure: "cancel_in_deep_level",
    unit: "ns/command",
    value,
    orders: options.deep,
    peer,
    peerIs,
    ratio: value / peer,
    atMost: 2,
  });
}

/** Bytes that commands leave: the same flow again and again in one book, which is emptied between. */
function measureHeap(flow: OrderFlow, records: Int32Array, rounds: number): void {
  const book = createBook(flowConfig(flow));
  const again = (): void => {
    runRecords(book, records);
    empty(book);
  };
  for (let round = 0; round < 3; round++) again();
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  observer.observe({ entryTypes: ["gc"] });
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < rounds; round++) again();
  const grown = process.memoryUsage().heapUsed - before;
  observer.disconnect();
  const commands = (rounds * records.length) / RECORD_WORDS;
  print({
    bench,
    figure: "heap_growth",
    unit: "bytes/command",
    value: grown / commands,
    commands,
    bytes: grown,
    collections,
  });
}

function empty(book: Book): void {
  book.submit({ type: "mass_cancel", at: 1_000_000_000 });
}

process.once("message", (order) => {
  measure(order as MatchingOrder);
  process.disconnect();
});
