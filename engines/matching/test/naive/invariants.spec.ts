import { describe, expect, test } from "vitest";
import type { Command } from "../../src/commands.ts";
import type { BookConfig } from "../../src/config.ts";
import type { BookEvent } from "../../src/events.ts";
import { createCommandStream } from "../command-stream.ts";
import type { CallPrice } from "./brute-force-auction.ts";
import { bruteForceAuction } from "./brute-force-auction.ts";
import { Ledger } from "./ledger.ts";
import type { NaiveBook } from "./naive-book.ts";
import { createNaiveBook } from "./naive-book.ts";
import type { NaiveOrder } from "./naive-state.ts";

const commandsPerSeed = 250;

type Step = { readonly command: Command; readonly events: readonly BookEvent[]; readonly call: CallPrice | null };

/** Runs a generated stream and looks at the book after every command. */
function follow(seed: number, look: (book: NaiveBook, step: Step, ledger: Ledger) => void): void {
  const stream = createCommandStream(seed);
  const book = createNaiveBook(stream.config);
  const ledger = new Ledger(stream.config);
  let bands = stream.config.bands ?? {};
  for (let count = 0; count < commandsPerSeed; count += 1) {
    const command = stream.next(book);
    const call = callBefore(book, command, { ...stream.config, bands });
    if (command.type === "set_bands") bands = command;
    try {
      const events = book.submit(command);
      ledger.take(command, events);
      look(book, { command, events, call }, ledger);
    } catch (error) {
      throw new Error(`seed ${seed}, command ${count}: ${JSON.stringify(command)}`, { cause: error });
    }
  }
}

function restingOrders(book: NaiveBook): Readonly<NaiveOrder>[] {
  const orders = book.liveOrders().flatMap((number) => book.order(number) ?? []);
  return orders.filter((order) => order.place === "resting");
}

/** What an auction of this command would find. */
function callBefore(book: NaiveBook, command: Command, config: BookConfig): CallPrice | null {
  if (command.type !== "uncross" && command.type !== "indicative") return null;
  const resting = restingOrders(book).filter((order) => !((order.expiresAt ?? Number.POSITIVE_INFINITY) <= command.at));
  return bruteForceAuction({
    orders: resting.map(({ side, limit, leaves }) => ({ side, limit, quantity: leaves })),
    reference: book.reference,
    lowest: Math.max(config.minPrice, config.bands?.entry?.low ?? config.minPrice),
    highest: Math.min(config.maxPrice, config.bands?.entry?.high ?? config.maxPrice),
    pressureBoundBps: config.pressureBoundBps,
  });
}

/** In continuous trading the visible book is never crossed. */
function expectUncrossed(book: NaiveBook): void {
  const buy = book.depth("buy")[0];
  const sell = book.depth("sell")[0];
  if (book.phase === "continuous" && buy !== undefined && sell !== undefined)
    expect(buy.price).toBeLessThan(sell.price);
}

/** Quantity, money and goods are what the events say, and of money and goods nothing appears or is lost. */
function expectConserved(book: NaiveBook, ledger: Ledger): void {
  const leaves = book.liveOrders().map((order) => `${order} ${book.order(order)?.leaves}`);
  const told = [...ledger.live].map(([order, known]) => `${order} ${known.leaves}`);
  expect(leaves.sort().join()).toBe(told.sort().join());
  expect(ledger.gained.goods).toBe(0);
  expect(ledger.gained.cash + ledger.fees).toBe(0);
  for (const [account, { cash, goods }] of ledger.allocated) {
    const balance = book.account(account) ?? expect.fail();
    expect(balance.cash).toBe(cash);
    expect(balance.goods).toBe(goods);
  }
}

/** Nobody holds more than he has. */
function expectCovered(book: NaiveBook, ledger: Ledger): void {
  for (const account of ledger.allocated.keys()) {
    const { cash, goods, cashHeld, goodsHeld } = book.account(account) ?? expect.fail();
    expect(cashHeld).toBeLessThanOrEqual(cash);
    expect(goodsHeld).toBeLessThanOrEqual(goods);
  }
}

const firstSeeds = [1, 21, 41, 61, 81, 101];

describe("20 generated streams", () => {
  test.each(firstSeeds)("from seed %i on keep every invariant after every command", (first) => {
    for (let seed = first; seed < first + 20; seed += 1) {
      follow(seed, (book, { events, call }, ledger) => {
        expectUncrossed(book);
        expectConserved(book, ledger);
        expect(ledger.lopsided).toBe(0);
        expectCovered(book, ledger);
        for (const event of events) {
          if (event.type === "auction" || event.type === "indicative") expect(event).toMatchObject(call ?? {});
        }
      });
    }
  });

  test("make the same events and the same state each time", () => {
    const trace = (): string[] => {
      const lines: string[] = [];
      follow(7, (book, { events }) => lines.push(`${JSON.stringify(events)} ${book.hash()}`));
      return lines;
    };
    expect(trace()).toEqual(trace());
  });
});
