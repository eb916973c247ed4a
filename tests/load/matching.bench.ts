// Nanoseconds per command of a book alone on the reference flow of orders, beside a bare loop over typed arrays and
// beside the npm package nodejs-order-book; what depth, holds and a copy of each command add; cancels in a deep level;
// and what a command leaves on the heap.
import { PerformanceObserver } from "node:perf_hooks";
import type { Book } from "@kontor/matching";
import { createBook, RECORD_WORDS } from "@kontor/matching";
import { runBare } from "./bare-book.ts";
import { benchOptions, median, print } from "./figures.ts";
import { allocations, deepCancels, flowConfig, recordsOf, runRecords, tradesOf, usualCancels } from "./flow-records.ts";
import type { OrderFlow } from "./order-flow.ts";
import { flowGenerator, generateFlow } from "./order-flow.ts";
import { peerIds, runPeer } from "./peer-book.ts";

const options = benchOptions({ rounds: 9, seed: 1, peer: 200_000, deep: 20_000, heap: 10 });
const bench = "matching";

function main(): void {
  const generator = flowGenerator();
  if (generator === null) return;
  const flow = generateFlow(generator, { seed: options.seed });
  const records = recordsOf(flow);
  proveOutcome(flow, records);
  measureFlow(flow, records);
  measureCancels();
  measureHeap(flow, records);
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

function measureFlow(flow: OrderFlow, records: Int32Array): void {
  const ids = peerIds(flow);
  const taken: Record<"ring" | "full" | "bare" | "peer", number[]> = { ring: [], full: [], bare: [], peer: [] };
  const perCommand = (count: number, run: () => unknown): number => {
    const start = performance.now();
    run();
    return ((performance.now() - start) * 1e6) / count;
  };
  const copy = new Int32Array(records.length);
  // The first round of each warms it up. They take turns, so that all meet the same noise.
  for (let round = 0; round <= options.rounds; round++) {
    const plain = createBook(flowConfig(flow));
    const full = createBook(flowConfig(flow), { levels: true });
    for (const command of allocations(flow)) full.submit(command);
    const now = {
      bare: perCommand(flow.count, () => runBare(flow)),
      ring: perCommand(flow.count, () => runRecords(plain, records)),
      full: perCommand(flow.count, () => runRecords(full, records, copy)),
      peer: perCommand(options.peer, () => runPeer(flow, ids, options.peer)),
    };
    if (round === 0) continue;
    for (const name of ["ring", "full", "bare", "peer"] as const) taken[name].push(now[name]);
  }
  const unit = "ns/command";
  const [ring, full, bare, peer] = [median(taken.ring), median(taken.full), median(taken.bare), median(taken.peer)];
  const common = { bench, unit, commands: flow.count, peer, peerIs: "nodejs-order-book on the flow's first commands" };
  print({ ...common, figure: "events_in_ring", value: ring, ratio: peer / ring, atLeast: 60 });
  print({ bench, unit, figure: "beside_bare_loop", value: ring, peer: bare, ratio: ring / bare, atMost: 1.4 });
  print({ ...common, figure: "with_depth_holds_and_copy", value: full, ratio: peer / full, atLeast: 35 });
}

function measureCancels(): void {
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
function measureHeap(flow: OrderFlow, records: Int32Array): void {
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
  for (let round = 0; round < options.heap; round++) again();
  const grown = process.memoryUsage().heapUsed - before;
  observer.disconnect();
  const commands = (options.heap * records.length) / RECORD_WORDS;
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

main();
