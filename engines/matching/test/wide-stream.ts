import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";
import type { Command, NewOrder, Side } from "../src/commands.ts";
import type { BookConfig } from "../src/config.ts";
import type { CommandStream, WatchedBook } from "./command-stream.ts";

/** Spreads the numbers of orders over all that there can be. */
const spread = 0x2545f491;
const middle = 2_000_000;

type Wide = { readonly random: Random; readonly accounts: Map<number, number>; orders: number; commands: number };

/** A book with many live orders, prices far apart, large quantities and numbers from the whole range. */
export function createWideStream(seed: number): CommandStream {
  const random = createRandom(seed);
  const config: BookConfig = {
    minPrice: 1,
    maxPrice: 4_000_000,
    tickValue: 1,
    maxQuantity: 1_000_000_000,
    last: middle,
    reference: middle,
    selfTrade: random.pick(["none", "cancel_oldest", "decrement"]),
    ...(random.chance(50) ? { fees: { makerBps: -2, takerBps: 7, auctionBps: 3, minimum: 1 } } : {}),
  };
  const wide: Wide = { random, accounts: new Map(), orders: 0, commands: 0 };
  return { config, next: (book) => nextCommand(wide, book) };
}

function nextCommand(wide: Wide, book: WatchedBook): Command {
  const { random } = wide;
  wide.commands += 1;
  const at = 1_760_000_000_000_000 + wide.commands * 40;
  if (wide.commands <= 3) {
    return { at, type: "allocate", account: wide.commands, cash: 4_000_000_000_000_000, goods: 4_000_000_000_000 };
  }
  if (wide.commands % 700 === 0) return { at, type: "phase", phase: "auction" };
  if (wide.commands % 700 === 60) return { at, type: "uncross", final: true };
  if (wide.commands % 2_400 === 0) return { at, type: "mass_cancel" };
  const what = random.weighted({ passive: 74, taking: 6, market: 2, stop: 3, cancel: 4, amend: 6, replace: 5 });
  const side = random.pick<Side>(["buy", "sell"]);
  switch (what) {
    case "passive":
      return { at, type: "new", ...passive(wide, side) };
    case "taking":
      return { at, type: "new", ...order(wide, side), kind: "limit", price: away(random, side, -30), tif: "ioc" };
    case "market":
      return { at, type: "new", ...order(wide, side), kind: "market", quantity: random.between(1, 90) };
    case "stop": {
      const stopPrice = away(random, side, -random.between(1, 400));
      return { at, type: "new", ...order(wide, side), kind: "stop", quantity: random.between(1, 90), stopPrice };
    }
    case "cancel":
      return { at, type: "cancel", ...aim(wide, book) };
    case "amend":
      return { at, type: "amend", ...aim(wide, book), quantity: quantity(random) };
    case "replace":
      return replacement(wide, book, at);
  }
}

/** So many ticks, and some more, on the side's own side of the middle. */
function away(random: Random, side: Side, ticks: number): number {
  const reach = random.weighted({ 40: 70, 5000: 20, 1900000: 10 });
  const distance = ticks + random.below(Number(reach));
  return middle + (side === "buy" ? -distance : distance);
}

function quantity(random: Random): number {
  return random.between(1, Number(random.weighted({ 100: 80, 1000000: 15, 1000000000: 5 })));
}

function order(wide: Wide, side: Side): Pick<NewOrder, "order" | "account" | "side" | "quantity"> {
  wide.orders += 1;
  const number = Math.imul(wide.orders, spread) & 0x7fffffff;
  const account = wide.random.between(1, 6);
  wide.accounts.set(number, account);
  return { order: number, account, side, quantity: quantity(wide.random) };
}

function passive(wide: Wide, side: Side): NewOrder {
  const made = order(wide, side);
  const display = wide.random.chance(10) ? { display: Math.ceil(made.quantity / wide.random.between(1, 9)) } : {};
  return { ...made, ...display, kind: "limit", price: away(wide.random, side, 1) };
}

function aim({ random, accounts }: Wide, book: WatchedBook): { order: number; account: number } {
  const live = book.liveOrders();
  const number = live.length === 0 ? 1 : (live[random.below(live.length)] ?? 1);
  return { order: number, account: accounts.get(number) ?? 1 };
}

function replacement(wide: Wide, book: WatchedBook, at: number): Command {
  const { order: old, account } = aim(wide, book);
  const { order: newOrder } = order(wide, "buy");
  wide.accounts.set(newOrder, account);
  return { at, type: "replace", order: old, account, newOrder, quantity: quantity(wide.random) };
}
