import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";
import type { Amendment, AuctionPurpose, Command, Phase } from "../src/commands.ts";
import type { BookConfig } from "../src/config.ts";
import { middle, randomBands, randomConfig } from "./random-config.ts";
import type { OrderMaker } from "./random-order.ts";
import { randomOrder, randomPrice, randomQuantity, spoil } from "./random-order.ts";
import type { Temper } from "./temper.ts";
import { randomTemper } from "./temper.ts";

/** What the stream asks a book, to aim at what is there. */
export type WatchedBook = { liveOrders(): readonly number[]; readonly phase: Phase };

/** A random book and an endless sequence of commands for it; the same seed and answers make the same commands. */
export type CommandStream = { readonly config: BookConfig; next(book: WatchedBook): Command };

type Stream = {
  readonly random: Random;
  readonly config: BookConfig;
  readonly temper: Temper;
  /** Commands that are due before any other. */
  readonly due: Command[];
  /** Account of each order that was asked for. */
  readonly accounts: Map<number, number>;
  readonly blocked: Set<number>;
  /** The reference that was set for the closing cross; any may be set since. */
  closingPrice: number;
  at: number;
  orders: number;
  commands: number;
};

export function createCommandStream(seed: number): CommandStream {
  const random = createRandom(seed);
  const config = randomConfig(random);
  const stream: Stream = {
    random,
    config,
    temper: randomTemper(random),
    due: random.chance(50) ? allocations(random, config) : [],
    accounts: new Map(),
    blocked: new Set(),
    closingPrice: middle,
    at: 1_000_000,
    orders: 0,
    commands: 0,
  };
  return { config, next: (book) => nextCommand(stream, book) };
}

function allocations(random: Random, config: BookConfig): Command[] {
  const accounts = [1, 2, 3, 4, 5].filter(() => random.chance(60));
  return accounts.map((account) => ({
    at: 1_000_000,
    type: "allocate",
    account,
    cash: random.between(10, 300) * 100 * config.tickValue,
    goods: random.between(10, 250),
  }));
}

function nextCommand(stream: Stream, book: WatchedBook): Command {
  const { random } = stream;
  stream.commands += 1;
  if (random.chance(60)) stream.at += random.between(0, 4);
  const due = stream.due.shift();
  if (due !== undefined) return { ...due, at: stream.at };
  if (book.phase !== "continuous" && random.chance(book.phase === "closing_cross" ? 8 : 16)) {
    return leavePhase(stream, book.phase);
  }
  const [blocked] = stream.blocked;
  if (blocked !== undefined && random.chance(12)) {
    stream.blocked.delete(blocked);
    return { at: stream.at, type: "unblock", account: blocked };
  }
  const live = book.liveOrders();
  const isFull = live.length > 36;
  switch (random.weighted({ order: isFull ? 25 : 76, change: 14, cancel: isFull ? 40 : 3, rare: stream.temper.rare })) {
    case "order":
      return newOrder(stream, book.phase);
    case "change":
      return random.chance(75) ? amend(stream, live) : replace(stream, live);
    case "cancel":
      return isFull && random.chance(10) ? massCancel(stream) : { at: stream.at, type: "cancel", ...aim(stream, live) };
    case "rare":
      return rareCommand(stream);
  }
}

function maker({ random, config, temper, at }: Stream): OrderMaker {
  return { random, config, temper, at };
}

function newOrder(stream: Stream, phase: Phase): Command {
  const { random, at } = stream;
  const isDuplicate = stream.orders > 0 && random.chance(1);
  if (!isDuplicate) stream.orders += 1;
  const order = isDuplicate ? random.between(Math.max(1, stream.orders - 20), stream.orders) : stream.orders;
  const made = randomOrder(maker(stream), order);
  if (!isDuplicate) stream.accounts.set(order, made.account);
  const isForCross = phase === "closing_cross" && made.kind === "limit" && random.chance(80);
  if (isForCross) made.price = stream.closingPrice;
  return { at, type: "new", ...(random.chance(4) ? spoil(maker(stream), made) : made) };
}

/** A live order with its account most of the time, else one that is not live or another's. */
function aim(stream: Stream, live: readonly number[]): { order: number; account: number } {
  const { random } = stream;
  const index = live.length === 0 ? 0 : random.below(live.length);
  const order = random.chance(96) ? (live[index] ?? 1) : random.between(1, stream.orders + 3);
  const account = stream.accounts.get(order) ?? 1;
  return { order, account: random.chance(98) ? account : random.between(1, 5) };
}

function amend(stream: Stream, live: readonly number[]): Command {
  const { random, at } = stream;
  const change: { -readonly [Member in keyof Amendment]: Amendment[Member] } = aim(stream, live);
  if (random.chance(60)) change.quantity = randomQuantity(maker(stream), 16);
  if (random.chance(50)) change.price = randomPrice(maker(stream));
  if (random.chance(8)) change.display = randomQuantity(maker(stream), 6);
  if (random.chance(12)) change.stopPrice = randomPrice(maker(stream));
  if (random.chance(3)) change.quantity = random.pick([0, -2, 5, stream.config.maxQuantity + 6]);
  if (random.chance(3)) change.price = random.pick([0, stream.config.minPrice - 1, stream.config.maxPrice + 1, 113]);
  return { at, type: "amend", ...change };
}

function replace(stream: Stream, live: readonly number[]): Command {
  const { random, at } = stream;
  const { order, account } = aim(stream, live);
  const isDuplicate = random.chance(3);
  if (!isDuplicate) stream.orders += 1;
  const newOrder = isDuplicate ? order : stream.orders;
  if (!isDuplicate) stream.accounts.set(newOrder, account);
  const price = random.chance(60) ? { price: randomPrice(maker(stream)) } : {};
  return { at, type: "replace", order, account, newOrder, quantity: randomQuantity(maker(stream)), ...price };
}

function massCancel({ random, at }: Stream): Command {
  return {
    at,
    type: "mass_cancel",
    ...(random.chance(70) ? { account: random.between(1, 5) } : {}),
    ...(random.chance(20) ? { ownerGroup: random.pick([1, 3]) } : {}),
    ...(random.chance(40) ? { side: random.pick(["buy", "sell"]) } : {}),
    ...(random.chance(20) ? { session: random.between(1, 2) } : {}),
    ...(random.chance(20) ? { onDisconnect: random.chance(80) } : {}),
  };
}

function rareCommand(stream: Stream): Command {
  const { random, config, at } = stream;
  const trade = random.between(1, Math.max(3, Math.floor(stream.commands / 2)));
  const { phase, bands } = stream.temper;
  const weights = { phase, uncross: 4, indicative: 8, bands, reference: 6, bust: 5, correct: 6, clock: 8 };
  switch (random.weighted({ ...weights, allocate: 12, block: 3, mass: 2 })) {
    case "phase":
      return goToPhase(stream, anyPhase(random));
    case "uncross":
      return { at, type: "uncross" };
    case "indicative":
      return { at, type: "indicative" };
    case "bands":
      return { at, type: "set_bands", ...randomBands(random) };
    case "reference":
      return { at, type: "set_reference", price: middle + random.between(-5, 5) };
    case "bust":
      return { at, type: "bust", trade };
    case "correct":
      return {
        at,
        type: "correct",
        trade,
        price: random.chance(90) ? randomPrice(maker(stream)) : config.maxPrice + 1,
      };
    case "clock":
      return { at, type: "clock" };
    case "allocate":
      return { at, type: "allocate", ...randomMove(stream) };
    case "block":
      return block(stream);
    case "mass":
      return massCancel(stream);
  }
}

function randomMove({ random, config }: Stream): { account: number; cash: number; goods: number } {
  const account = random.between(1, 5);
  if (random.chance(3)) return { account, cash: 2 ** 52 - 5, goods: 0 };
  return { account, cash: random.between(-80, 120) * 50 * config.tickValue, goods: random.between(-40, 60) };
}

function block({ random, blocked, at }: Stream): Command {
  const account = random.between(1, 5);
  blocked.add(account);
  return { at, type: "block", account };
}

function anyPhase(random: Random): Phase {
  return random.weighted({
    auction: 40,
    pre_open: 10,
    continuous: 12,
    closing_cross: 12,
    halt: 10,
    cancel_only: 4,
    closed: 5,
  });
}

function goToPhase(stream: Stream, phase: Phase): Command {
  const { random, at, due } = stream;
  if (phase === "closing_cross" && random.chance(80)) {
    stream.closingPrice = randomPrice(maker(stream));
    due.push({ at, type: "phase", phase });
    return { at, type: "set_reference", price: stream.closingPrice };
  }
  const purposes: readonly [AuctionPurpose, ...AuctionPurpose[]] = ["opening", "intraday", "closing", "volatility"];
  const purpose = phase === "auction" && random.chance(75) ? { purpose: random.pick(purposes) } : {};
  return { at, type: "phase", phase, ...purpose };
}

function leavePhase(stream: Stream, phase: Phase): Command {
  const { random, at } = stream;
  if (phase === "auction" && random.chance(90)) {
    const next = random.chance(30) ? { next: anyPhase(random) } : {};
    const final = random.chance(60) ? { final: random.chance(80) } : {};
    return { at, type: "uncross", ...next, ...final };
  }
  // A crossed book does not open: an auction is the way out of it.
  return goToPhase(stream, random.chance(60) ? "continuous" : "auction");
}
