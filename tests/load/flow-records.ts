import type { Book, BookConfig, Command } from "@kontor/matching";
import {
  createBook,
  E_ORDER,
  E_OTHER,
  E_PRICE,
  E_QUANTITY,
  E_TYPE,
  EVENT_WORDS,
  encodeCommand,
  eventTypes,
  RECORD_WORDS,
} from "@kontor/matching";
import type { FlowOutcome, OrderFlow } from "./order-flow.ts";
import { mixed, noTrades } from "./order-flow.ts";

const margin = 64;
/** All commands of a flow come at one time: no order is dated, and the flow can be run again. */
const at = 1_000_000_000;

export function flowConfig({ minPrice, maxPrice }: Pick<OrderFlow, "minPrice" | "maxPrice">): BookConfig {
  return {
    minPrice: minPrice - margin,
    maxPrice: maxPrice + margin,
    tickValue: 1,
    maxQuantity: 10_000,
    selfTrade: "none",
  };
}

export function recordsOf(flow: OrderFlow): Int32Array {
  const records = new Int32Array(flow.count * RECORD_WORDS);
  for (let index = 0; index < flow.count; index++) encodeCommand(commandAt(flow, index), records, index * RECORD_WORDS);
  return records;
}

function commandAt(flow: OrderFlow, index: number): Command {
  const order = flow.id[index] as number;
  const account = flow.account[index] as number;
  const terms = { price: flow.price[index] as number, quantity: flow.quantity[index] as number };
  if (flow.op[index] === 2) return { type: "cancel", at, order, account };
  if (flow.op[index] === 3) {
    return { type: "replace", at, order, account, newOrder: flow.newId[index] as number, ...terms };
  }
  const side = flow.side[index] === 0 ? "buy" : "sell";
  return { type: "new", at, order, account, side, kind: "limit", tif: flow.ioc[index] === 1 ? "ioc" : "gtc", ...terms };
}

/** Enough for every account of the flow. */
export function* allocations({ account }: OrderFlow): Generator<Command> {
  for (const name of new Set(account)) {
    yield { type: "allocate", at, account: name, cash: 2 ** 44, goods: 2 ** 30 };
  }
}

/** Words of the commands that a journal takes at once. */
const groupWords = 64 * RECORD_WORDS;

/** Gives a book the records; `copy` gets all of them too, group by group, as a journal does. */
export function runRecords(book: Book, records: Int32Array, copy: Int32Array | null = null): void {
  for (let from = 0; from < records.length; from += groupWords) {
    const until = Math.min(from + groupWords, records.length);
    for (let offset = from; offset < until; offset += RECORD_WORDS) book.submitRecord(records, offset);
    copy?.set(records.subarray(from, until), from);
  }
}

const trade = eventTypes.indexOf("trade");
const refusals = ["rejected", "cancel_rejected", "amend_rejected"] as const;
const refused: ReadonlySet<number> = new Set(refusals.map((type) => eventTypes.indexOf(type)));

/** What came of the records, as the flow tells it of itself. */
export function tradesOf(book: Book, records: Int32Array): Omit<FlowOutcome, "resting"> {
  let [trades, volume, hash, rejected] = [0, 0, noTrades, 0];
  for (let offset = 0; offset < records.length; offset += RECORD_WORDS) {
    book.submitRecord(records, offset);
    const { words, start, end } = book.ring;
    for (let event = start; event < end; event += EVENT_WORDS) {
      const type = words[event + E_TYPE] as number;
      if (refused.has(type)) rejected++;
      if (type !== trade) continue;
      trades++;
      volume += words[event + E_QUANTITY] as number;
      for (const word of [E_ORDER, E_OTHER, E_PRICE, E_QUANTITY]) hash = mixed(hash, words[event + word] as number);
    }
  }
  return { trades, volume, hash, rejected };
}

/** Nanoseconds of one of the cancels, in a random order, of all orders at one price. */
export function deepCancels(count: number): number {
  return cancelsOf(count, 1);
}

/** The same of orders spread over a thousand prices. */
export function usualCancels(count: number): number {
  return cancelsOf(count, 1_000);
}

function cancelsOf(count: number, prices: number): number {
  const book = createBook({ minPrice: 1, maxPrice: 4_096, tickValue: 1, maxQuantity: 100 });
  for (let order = 1; order <= count; order++) {
    const terms = { price: 1 + (order % prices), quantity: 1, side: "buy", kind: "limit" } as const;
    book.submit({ type: "new", at, order, account: 1, ...terms });
  }
  const records = new Int32Array(count * RECORD_WORDS);
  shuffled(count).forEach((order, index) => {
    encodeCommand({ type: "cancel", at, order, account: 1 }, records, index * RECORD_WORDS);
  });
  const start = performance.now();
  runRecords(book, records);
  return ((performance.now() - start) * 1e6) / count;
}

/** 1 to `count` in an order that is the same each time. */
function shuffled(count: number): readonly number[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  let state = 12_345;
  for (let last = count - 1; last > 0; last--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = state % (last + 1);
    [numbers[last], numbers[other]] = [numbers[other] as number, numbers[last] as number];
  }
  return numbers;
}
