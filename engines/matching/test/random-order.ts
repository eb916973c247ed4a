import type { Random } from "@kontor/testkit";
import type { NewOrder, OrderKind, SelfTradeMode, Side, TimeInForce, Trail } from "../src/commands.ts";
import type { BookConfig } from "../src/config.ts";
import { middle } from "./random-config.ts";
import type { Temper } from "./temper.ts";

export type OrderMaker = {
  readonly random: Random;
  readonly config: BookConfig;
  readonly temper: Temper;
  /** Microseconds of the command. */
  readonly at: number;
};

type Members = { -readonly [Member in keyof NewOrder]: NewOrder[Member] };

const modes: readonly [SelfTradeMode, ...SelfTradeMode[]] = [
  "none",
  "cancel_newest",
  "cancel_oldest",
  "cancel_both",
  "decrement",
  "transfer",
];

/** A valid price near the middle, mostly; with a direction mostly on that side of it. */
export function randomPrice({ random, config }: OrderMaker, direction: -1 | 0 | 1 = 0): number {
  const spread = random.weighted({ near: 65, middling: 30, far: 5 });
  const reach = { near: 4, middling: 9, far: 20 }[spread];
  const away = random.between(0, reach);
  const isTurned = direction === 0 ? random.chance(50) : random.chance(16);
  const price = middle + (isTurned ? -away : away) * (direction === 0 ? 1 : direction);
  const range = (config.priceSteps ?? []).findLast(({ from }) => from <= price);
  const step = range?.step ?? 1;
  return Math.max(Math.ceil((range?.from ?? 1) / step) * step, price - (price % step));
}

export function randomQuantity({ random, config }: OrderMaker, largest = 12): number {
  const step = config.quantityStep ?? 1;
  return Math.max(step, Math.ceil((config.minQuantity ?? 1) / step) * step, random.between(1, largest) * step);
}

/** Owners of few groups, so that self-trades happen: the first accounts belong together. */
function ownerOf({ temper }: OrderMaker, account: number): { ownerGroup?: number } {
  return account <= temper.owners ? { ownerGroup: 1 } : {};
}

/** An order whose members go together. */
export function randomOrder(maker: OrderMaker, order: number): Members {
  const { random, temper } = maker;
  const account = random.between(1, 5);
  const { pegged, stop, trailing } = temper;
  const stops = Math.floor(stop / 2);
  const kind = random.weighted({ limit: 68, market: 6, stop: stops, stop_limit: stop - stops, trailing, pegged });
  const side = random.pick<Side>(["buy", "sell"]);
  const made: Members = {
    order,
    account,
    ...ownerOf(maker, account),
    side,
    kind,
    quantity: randomQuantity(maker, random.chance(6) ? 24 : 12),
    ...timeInForce(maker, kind),
    ...membersOf(maker, kind, side),
  };
  if (random.chance(50)) made.session = random.between(1, 2);
  if (random.chance(30)) made.cancelOnDisconnect = random.chance(70);
  if (random.chance(40)) made.selfTrade = random.pick(modes);
  addConditions(maker, made);
  return made;
}

function timeInForce({ random, at, temper }: OrderMaker, kind: OrderKind): { tif?: TimeInForce; expiresAt?: number } {
  const everyday = { gtc: 50, gtd: 10, day: 10 };
  const immediate = { ioc: temper.ioc, fok: temper.fok };
  const auctions = { auction: 4, at_open: 3, at_close: 3 };
  const weights: Readonly<Record<OrderKind, Partial<Record<TimeInForce, number>>>> = {
    limit: { ...everyday, ...immediate, ...auctions },
    market: { gtc: 40, ...immediate, auction: 10, at_open: 5, at_close: 5 },
    stop: { ...everyday, ...immediate },
    stop_limit: { ...everyday, ...immediate },
    trailing: { ...everyday, ...immediate },
    pegged: everyday,
  };
  if (random.chance(20)) return {};
  const tif = random.weighted(weights[kind] as Record<TimeInForce, number>);
  return tif === "gtd" ? { tif, expiresAt: at + random.between(1, 60) } : { tif };
}

function membersOf(maker: OrderMaker, kind: OrderKind, side: Side): Partial<Members> {
  const { random } = maker;
  const price = randomPrice(maker, side === "buy" ? -1 : 1);
  const stopPrice = randomPrice(maker, side === "buy" ? 1 : -1);
  switch (kind) {
    case "limit":
      return { price };
    case "market":
      return {};
    case "stop":
      return { stopPrice };
    case "stop_limit":
      return { price, stopPrice };
    case "trailing":
      return { stopPrice, trail: randomTrail(random) };
    case "pegged": {
      const peg = { reference: random.pick(["primary", "market", "mid"] as const), offset: random.between(-3, 3) };
      return random.chance(50) ? { peg, price } : { peg };
    }
  }
}

function randomTrail(random: Random): Trail {
  const step = random.between(1, 3);
  if (random.chance(50)) return { distance: random.between(1, 6), unit: "ticks", step };
  return { distance: random.between(50, 600), unit: "bps", step };
}

/** Display, minimum, all-or-none, post-only and link, where they may be. */
function addConditions(maker: OrderMaker, made: Members): void {
  const { random, config, temper } = maker;
  const tif = made.tif ?? "gtc";
  const lasts = tif === "gtc" || tif === "gtd" || tif === "day";
  const isImmediate = tif === "ioc" || tif === "fok";
  const hasLimit = made.kind === "limit" || made.kind === "stop_limit";
  if (hasLimit && !isImmediate && random.chance(temper.display))
    made.display = partOf(maker, made.quantity, config.minDisplay ?? 1);
  const mayHaveMinimum = (made.kind === "limit" || made.kind === "market") && tif === "ioc";
  if (mayHaveMinimum && random.chance(40)) made.minimum = partOf(maker, made.quantity, 1);
  const isPlain = made.kind === "limit" && lasts;
  if (isPlain && made.display === undefined && random.chance(temper.allOrNone)) made.allOrNone = true;
  else if (isPlain && random.chance(12)) made.postOnly = random.pick(["reject", "reprice"]);
  const mayBeLinked = !(isImmediate && (made.kind === "limit" || made.kind === "market"));
  if (mayBeLinked && random.chance(temper.link)) made.link = random.between(1, 5);
}

function partOf({ random, config }: OrderMaker, quantity: number, least: number): number {
  const step = config.quantityStep ?? 1;
  const part = random.between(1, Math.max(1, Math.floor(quantity / step / 2))) * step;
  return Math.min(quantity, Math.max(part, Math.ceil(least / step) * step));
}

/** The same order with one thing wrong with it, if the book's rules make it so. */
export function spoil(maker: OrderMaker, made: Members): Members {
  const { random, config, at } = maker;
  const how = random.weighted({ combination: 6, expiry: 1, quantity: 5, display: 2, price: 4, stopPrice: 1, value: 1 });
  switch (how) {
    case "combination":
      return { ...made, ...wrongMember(maker) };
    case "expiry":
      return { ...made, tif: "gtd", expiresAt: at - random.between(0, 3) };
    case "quantity":
      return { ...made, quantity: random.pick([0, -1, config.maxQuantity + (config.quantityStep ?? 1), 5, 7]) };
    case "display":
      return { ...made, display: random.pick([0, 1, made.quantity + 6]) };
    case "price":
      return { ...made, price: random.pick([0, 1, config.minPrice - 1, config.maxPrice + 1, 99, 101, 113]) };
    case "stopPrice":
      return { ...made, kind: "stop", stopPrice: random.pick([config.minPrice - 1, config.maxPrice + 1, 99, 103]) };
    case "value":
      return { ...made, quantity: 36 };
  }
}

function wrongMember(maker: OrderMaker): Partial<Members> {
  const { random } = maker;
  return random.pick<Partial<Members>>([
    { price: 100 },
    { stopPrice: 100 },
    { trail: randomTrail(random) },
    { peg: { reference: "mid", offset: 0 } },
    { expiresAt: maker.at + 10 },
    { tif: random.pick(["gtd", "ioc", "fok", "at_open"]) },
    { display: 1 },
    { minimum: 1 },
    { allOrNone: true },
    { postOnly: "reject" },
    { link: 1, tif: "ioc" },
  ]);
}
