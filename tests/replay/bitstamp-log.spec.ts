/*
 * Five hours of a crypto market, order by order, as its public feed told them (the data's SOURCES.md).
 *
 * What is fed    A created order is a limit order, a deletion with something left a cancel, a change of price an
 *                amendment of it: so the feed shows a market order that goes on to the next price. Quantities are taken
 *                in 1e-7: in the log's 1e-8 its largest order has more than 31 bits; in a tenth of it every amount may
 *                be off by one. Trades are never fed: our matching makes them.
 * What is not    Orders from before the start: nobody knows how many there were, at which prices and in which order.
 *                Where one of them trades, the log's known order loses what ours keeps; ours is then made as small, in
 *                its place. So a trade with one of them cannot be reproduced, nor can one whose quantity depends on it.
 *                A trade's row names no orders; both are found by what they lost within five rows. Some orders lose
 *                twice in one row, as market orders for an amount of money do, and are not found. Rows come in the
 *                order of the feed, which is not that of the engine, so the order of trades proves nothing.
 */
import { join } from "node:path";
import type { Book, Command } from "@kontor/matching";
import { createBook, readEvents } from "@kontor/matching";
import { compare } from "@kontor/matching/testing/side-by-side";
import { beforeAll, describe, expect, it } from "vitest";
import type { LogRow, LogTrade, Note } from "./bitstamp-log.ts";
import { LogReader, logUnits, readLog, tradesIn } from "./bitstamp-log.ts";
import { recordsFolder } from "./records.ts";

const folder = recordsFolder("exchange");
const config = { minPrice: 1, maxPrice: 65_536, tickValue: 1, maxQuantity: 2_000_000_000 } as const;

/** What each order was and what became of it. */
type Account = { asked: number; traded: number; cancelled: number; reduced: number };

class Run {
  readonly book = createBook(config);
  readonly commands: Command[] = [];
  readonly trades: LogTrade[] = [];
  readonly notes: Record<string, number> = {};
  readonly accounts = new Map<number, Account>();
  readonly refused: unknown[] = [];
  crossed = 0;
  readonly #reader = new LogReader();
  readonly #buys = new Set<number>();

  constructor(rows: readonly LogRow[]) {
    for (const row of rows) if (row.type !== "trade") this.#take(row);
  }

  #take(row: LogRow): void {
    const { note, command } = this.#reader.read(row, this.book.order(row.order));
    const name: `${LogRow["type"]} ${Note}` = `${row.type} ${note}`;
    this.notes[name] = (this.notes[name] ?? 0) + 1;
    if (command === undefined) return;
    const before = this.book.order(row.order);
    this.commands.push(command);
    this.book.submit(command);
    if (command.type === "new") {
      if (command.side === "buy") this.#buys.add(command.order);
      this.accounts.set(command.order, { asked: command.quantity, traded: 0, cancelled: 0, reduced: 0 });
    }
    if (command.type === "amend" && before !== undefined) {
      this.#of(command.order).reduced += before.leaves + before.filled - (command.quantity ?? 0);
    }
    this.#hear();
    const [bid, ask] = [this.book.levels("buy", 1)[0], this.book.levels("sell", 1)[0]];
    if (bid !== undefined && ask !== undefined && bid.price >= ask.price) this.crossed += 1;
  }

  #hear(): void {
    for (const event of readEvents(this.book)) {
      if (event.type.endsWith("rejected")) this.refused.push(event);
      if (event.type === "cancelled") this.#of(event.order).cancelled += event.quantity;
      if (event.type !== "trade") continue;
      const { maker, taker, price, quantity } = event;
      const [buy, sell] = this.#buys.has(taker) ? [taker, maker] : [maker, taker];
      this.trades.push({ price, quantity, buy, sell });
      for (const order of [maker, taker]) this.#of(order).traded += quantity;
    }
  }

  #of(order: number): Account {
    const account = this.accounts.get(order);
    if (account === undefined) throw new Error(`order ${order} was not created`);
    return account;
  }
}

/** The log's trades that ours has between the same orders at the same price; quantities but for rounding. */
function reproducedOf(logged: readonly LogTrade[], ours: readonly LogTrade[]): readonly LogTrade[] {
  const nameOf = ({ buy, sell, price }: LogTrade): string => `${buy} ${sell} ${price}`;
  const open = Map.groupBy(ours, nameOf);
  return logged.filter((trade) => {
    const candidates = open.get(nameOf(trade)) ?? [];
    const found = candidates.findIndex(({ quantity }) => Math.abs(quantity - trade.quantity / logUnits) <= 1);
    if (found >= 0) candidates.splice(found, 1);
    return found >= 0;
  });
}

function leavesOf(book: Book): ReadonlyMap<number, number> {
  return new Map(book.restingOrders().map(({ order, leaves }) => [order, leaves]));
}

describe.runIf(folder !== null)("a recorded market of orders", () => {
  let rows: readonly LogRow[] = [];
  let run: Run;
  beforeAll(() => {
    rows = readLog(join(folder ?? "", "bitstamp"));
    run = new Run(rows);
  });

  it("is taken without a refusal, and the book is never crossed", () => {
    expect(rows).toHaveLength(35_692);
    expect(run.commands).toHaveLength(34_221);
    expect(run.refused).toEqual([]);
    expect(run.crossed).toBe(0);
  });

  it("makes the trades that the log has between orders whose start it tells", () => {
    const logged = tradesIn(rows);
    const known = logged.filter(({ buy, sell }) => buy !== null && sell !== null);
    const reproduced = reproducedOf(known, run.trades);
    // The three others are smaller in the log: one of both had traded before with an order from before its start.
    expect({ logged: logged.length, known: known.length, reproduced: reproduced.length }).toEqual({
      logged: 445,
      known: 415,
      reproduced: 412,
    });
    // Ours beside them: those three, one more for the same reason, and three whose orders cannot be told in the log.
    expect(run.trades).toHaveLength(419);
    const volume = (trades: readonly LogTrade[]): number => trades.reduce((sum, { quantity }) => sum + quantity, 0);
    expect({ known: volume(known), reproduced: volume(reproduced) }).toEqual({
      known: 68_395_114_769,
      reproduced: 65_636_804_071,
    });
  });

  it("agrees with what the log says that orders became", () => {
    expect(run.notes).toEqual({
      "created created": 17_383,
      "changed repriced": 29,
      "changed agreed": 272,
      "deleted agreed": 420,
      "deleted cancelled": 16_781,
      // What one command of ours does at once, the log tells row by row.
      "changed traded_here": 149,
      "deleted traded_here": 2,
      "changed told_again": 1,
      "deleted told_again": 18,
      "changed traded_elsewhere": 16,
      "deleted traded_elsewhere": 4,
      "changed unknown": 4,
      "deleted unknown": 168,
    });
  });

  it("conserves every quantity", () => {
    const leaves = leavesOf(run.book);
    const faults = [...run.accounts].filter(([order, { asked, traded, cancelled, reduced }]) => {
      return asked !== traded + cancelled + reduced + (leaves.get(order) ?? 0);
    });
    expect(faults).toEqual([]);
    expect(run.accounts.size).toBe(17_383);
  });

  it("is the same event by event in the engine's twin, with its state and hash at intervals", () => {
    let next = 0;
    const stream = { config, next: () => run.commands[next++] ?? { type: "clock" as const, at: 2 ** 52 } };
    expect(compare({ seed: 0, stream, commands: run.commands.length })).toBe(34_221);
  });
});
