import type { Command, Side } from "../src/commands.ts";
import type { BookConfig } from "../src/config.ts";
import type { BookEvent } from "../src/events.ts";
import type { Book } from "../src/index.ts";
import { createBook, readEvents, restoreBook } from "../src/index.ts";
import type { CommandStream } from "./command-stream.ts";
import type { NaiveBook } from "./naive/naive-book.ts";
import { createNaiveBook } from "./naive/naive-book.ts";
import { SeenLevels } from "./seen-levels.ts";

const accounts = [1, 2, 3, 4, 5];
/** The oldest ones: in most streams all that there are. */
const ordersExplained = 40;

type Step = { readonly seed: number; readonly count: number; readonly command: Command };

export type Run = {
  readonly seed: number;
  readonly stream: CommandStream;
  readonly commands: number;
  /** How often states are compared, in commands; events are after each. */
  readonly stateEvery?: number;
  /** How often a book is restored from a snapshot of the one before. */
  readonly snapshotEvery?: number;
  readonly createTwin?: typeof createNaiveBook;
};

/**
 * The engine and its twin, given the same commands. Throws at the first thing in which they differ. Now and then the
 * engine's book is put into a snapshot, and one restored from that goes on. Returns how many commands were compared.
 */
export function compare(run: Run): number {
  const { seed, stream, commands, stateEvery = 50, snapshotEvery = 97, createTwin = createNaiveBook } = run;
  const twin = createTwin(stream.config);
  let fast: Watched = { book: createBook(stream.config, { levels: true }), levels: new SeenLevels() };
  let count = 0;
  while (count < commands) {
    count += 1;
    const step = { seed, count, command: stream.next(twin) };
    compareEvents(step, twin.submit(step.command), eventsOf(fast, step.command));
    if (count % stateEvery === 0 || count === commands) compareStates(step, twin, fast);
    if (count % snapshotEvery === 0) fast = restored(stream.config, fast);
  }
  return count;
}

/** A book, and the depth that its level events have come to. */
type Watched = { readonly book: Book; readonly levels: SeenLevels };

function eventsOf({ book, levels }: Watched, command: Command): BookEvent[] {
  book.submit(command);
  levels.take(book.ring);
  return readEvents(book);
}

function restored(config: BookConfig, { book, levels }: Watched): Watched {
  const snapshot = JSON.parse(JSON.stringify(book.snapshot())) as ReturnType<Book["snapshot"]>;
  return { book: restoreBook(config, snapshot, { levels: true }), levels };
}

/** Members of an event that are there; `field` only as far as the twin names one. */
function isSame(wanted: BookEvent, found: BookEvent | undefined): boolean {
  if (found === undefined) return false;
  const known = found as Readonly<Record<string, unknown>>;
  const members = Object.entries(wanted);
  const surplus = Object.keys(found).filter((member) => known[member] !== undefined && !(member in wanted));
  return members.every(([member, value]) => known[member] === value) && surplus.every((member) => member === "field");
}

function compareEvents(step: Step, wanted: readonly BookEvent[], found: readonly BookEvent[]): void {
  if (wanted.length === found.length && wanted.every((event, index) => isSame(event, found[index]))) return;
  differ(step, "events", { wanted, found });
}

function compareStates(step: Step, twin: NaiveBook, { book, levels }: Watched): void {
  const stateOf = ({ phase, lastPrice }: NaiveBook | Book): unknown => ({ phase, lastPrice });
  requireEqual(step, "state", { wanted: stateOf(twin), found: stateOf(book) });
  for (const side of ["buy", "sell"] as const) {
    requireEqual(step, `depth of ${side}`, { wanted: twin.depth(side), found: book.depth(side) });
    const shown = book.depth(side).map(({ price, quantity, orders }) => ({ price, quantity, orders: orders.length }));
    requireEqual(step, `levels of ${side}`, { wanted: shown, found: levels.depth(side) });
    requireEqual(step, `best levels of ${side}`, { wanted: shown.slice(0, 3), found: book.levels(side, 3) });
  }
  for (const account of accounts) {
    requireEqual(step, `account ${account}`, { wanted: twin.account(account), found: book.account(account) });
  }
  for (const order of twin.liveOrders().slice(0, ordersExplained)) {
    requireEqual(step, `order ${order}`, { wanted: placeOf(twin, order), found: explained(book, order) });
  }
  requireEqual(step, "hash", { wanted: twin.hash(), found: book.hash() });
}

const parkedFor = { call: "its_auction", peg: "no_peg_price", link: "link_in_call", band: "band" } as const;

/** Where an order stands, as the twin knows it, in the words in which the engine explains it. */
function placeOf(twin: NaiveBook, number: number): unknown {
  const order = twin.order(number);
  if (order === undefined) return undefined;
  const { place, leaves, filled, side, limit } = order;
  const hasQueue = place === "resting" && limit !== null;
  return {
    place,
    parkedFor: order.parkedFor === null ? null : parkedFor[order.parkedFor],
    aheadNow: hasQueue ? aheadOf(twin, { number, side, limit }) : null,
    traded: filled,
    leaves,
  };
}

type Queued = { readonly number: number; readonly side: Side; readonly limit: number };

/** Orders and shown quantity before an order at its price, and at better prices. */
function aheadOf(twin: NaiveBook, { number, side, limit }: Queued): unknown {
  const atPrice = { orders: 0, quantity: 0 };
  const better = { orders: 0, quantity: 0 };
  for (const { price, quantity, orders } of twin.depth(side)) {
    if (price === limit) {
      const before = orders.slice(0, orders.indexOf(number));
      atPrice.orders = before.length;
      atPrice.quantity = before.reduce((sum, order) => sum + (twin.order(order)?.shown ?? 0), 0);
      return { atPrice, better };
    }
    better.orders += orders.length;
    better.quantity += quantity;
  }
  return null;
}

function explained(book: Book, order: number): unknown {
  const found = book.explain(order);
  if (found === undefined) return undefined;
  const { place, parkedFor: why, aheadNow, traded, leaves } = found;
  return { place, parkedFor: why, aheadNow, traded, leaves };
}

type Pair = { readonly wanted: unknown; readonly found: unknown };

function requireEqual(step: Step, what: string, pair: Pair): void {
  if (JSON.stringify(pair.wanted) !== JSON.stringify(pair.found)) differ(step, what, pair);
}

function differ({ seed, count, command }: Step, what: string, { wanted, found }: Pair): never {
  const lines = (value: unknown): string =>
    Array.isArray(value) ? value.map((each) => `\n  ${JSON.stringify(each)}`).join("") : ` ${JSON.stringify(value)}`;
  throw new Error(
    `seed ${seed}, command ${count}: ${JSON.stringify(command)}\n${what} of the twin:${lines(wanted)}\n${what} of the engine:${lines(found)}`,
  );
}
