import { describe, expect, test } from "vitest";
import {
  createBook,
  EVENT_WORDS,
  encodeCommand,
  eventTypes,
  RECORD_WORDS,
  readEvents,
  restoreBook,
} from "../src/index.ts";
import { IdMap } from "../src/store/id-map.ts";
import { TickMap } from "../src/store/tick-map.ts";
import { plays } from "./expecting.ts";
import { Script } from "./script.ts";

describe("holds", () => {
  test("a buy holds its limit with the highest fee, and gives back what it saves", () => {
    const rules = { fees: { makerBps: 10, takerBps: 20, auctionBps: 0, minimum: 0 } };
    const script = plays(
      rules,
      "allocate a goods=10\nallocate b cash=10020\nS1 sell 10 @900 by=a\nB1 buy 10 @1000 by=b => trade S1 B1 10 @900",
    );
    expect(script.book.account(1)).toEqual({ cash: 8991, goods: 0, cashHeld: 0, goodsHeld: 0 });
    expect(script.book.account(2)).toEqual({ cash: 1002, goods: 10, cashHeld: 0, goodsHeld: 0 });
  });

  test("what is not available is refused with what is", () => {
    const lines = [
      "allocate a cash=1000 goods=5",
      "B1 buy 6 @100 by=a",
      "B2 buy 5 @100 by=a => rejected B2 insufficient_funds 400",
      "S1 sell 6 @200 by=a => rejected S1 insufficient_goods 5",
      "allocate a cash=-401 => command_rejected insufficient_funds 400 cash",
      "allocate a goods=-6 => command_rejected insufficient_goods 5 goods",
      "allocate a cash=4503599627370496 => command_rejected balance_too_large 4503599627370496 cash",
      "cancel B1",
      "B3 buy 10 @100 by=a =>",
    ];
    expect(plays({}, lines.join("\n")).book.account(1)).toEqual({ cash: 1000, goods: 5, cashHeld: 1000, goodsHeld: 0 });
  });

  test("an account that was never allocated to trades unchecked", () => {
    expect(plays({}, "B1 buy 6 @100 by=a\nS1 sell 6 @100").book.account(1)).toBeUndefined();
  });
});

const busy = [
  "allocate a cash=100000 goods=100",
  "S1 sell 30 @105 display=10 by=a",
  "S2 sell 5 @106 gtd expires=90",
  "B1 buy 6 @98 by=a link=1",
  "T1 sell 5 stop stop=90 by=a link=1",
  "T2 buy 5 trailing stop=120 trail=10/1",
  "P1 buy 3 pegged peg=primary @99",
  "A1 buy 50 @105 aon",
  "C1 buy 5 @100 at_close",
  "B2 buy 4 @105",
  "block z",
].join("\n");

describe("state", () => {
  test("a book that comes from a snapshot is the same and goes on the same", () => {
    const rules = { last: 100, reference: 100 };
    const config = { minPrice: 1, maxPrice: 10_000, tickValue: 1, maxQuantity: 1_000_000, ...rules };
    const script = new Script(rules);
    script.run(busy);
    const copy = restoreBook(config, JSON.parse(JSON.stringify(script.book.snapshot())));
    expect(copy.hash()).toBe(script.book.hash());
    for (const command of [
      { type: "new", at: 1, order: 77, account: 77, side: "sell", kind: "limit", quantity: 20, price: 90 },
      { type: "phase", at: 2, phase: "auction", purpose: "closing" },
      { type: "uncross", at: 3 },
      { type: "clock", at: 95 },
      { type: "bust", at: 96, trade: 1 },
    ] as const) {
      script.book.submit(command);
      copy.submit(command);
      expect(readEvents(copy)).toEqual(readEvents(script.book));
      expect(copy.hash()).toBe(script.book.hash());
    }
  });

  test("the hash of an empty book is that of its phase and two absent prices", () => {
    const mix = (hash: number, word: number): number => Math.imul(hash ^ word, 0x01000193);
    const wanted = [3, -1, -1].reduce(mix, 0x811c9dc5) >>> 0;
    expect(new Script().book.hash()).toBe(wanted);
  });

  test("a command before an earlier one's time is a fault of the sender", () => {
    const script = new Script();
    script.run("at 9\nclock");
    expect(() => script.book.submit({ type: "clock", at: 8 })).toThrow(RangeError);
  });

  test.each([
    { maxPrice: 5_000_000 },
    { maxQuantity: 2 ** 45 },
    { fees: { makerBps: 10_001, takerBps: 0, auctionBps: 0, minimum: 0 } },
    { fees: { makerBps: 1, takerBps: 0, auctionBps: 0, minimum: 2 } },
  ])("rules that do not fit together are refused: %j", (rules) => {
    expect(() => new Script(rules)).toThrow(RangeError);
  });

  test("the next expiry is told, and none when there is none", () => {
    const script = new Script();
    script.run("S1 sell 5 @106 gtd expires=90\nS2 sell 5 @106 gtd expires=80");
    expect(script.book.nextExpiry).toBe(80);
    script.run("at 80\nat 90");
    expect(script.book.nextExpiry).toBeNull();
  });
});

describe("the ring", () => {
  const rules = { minPrice: 1, maxPrice: 1000, tickValue: 1, maxQuantity: 1000 };

  test("closes a group with each level that changed, once, and an end mark", () => {
    const { book } = new Script({}, { levels: true });
    const script = [
      { type: "new", at: 1, order: 1, account: 1, side: "sell", kind: "limit", quantity: 5, price: 100 },
      { type: "new", at: 1, order: 2, account: 2, side: "buy", kind: "limit", quantity: 7, price: 101 },
    ] as const;
    for (const command of script) book.submit(command);
    const { words, numbers, start, end } = book.ring;
    const rows: unknown[] = [];
    for (let at = start; at < end; at += EVENT_WORDS) {
      const type = eventTypes[words[at] as number];
      rows.push(type === "level" ? [type, words[at + 3], words[at + 4], numbers[at / 2 + 4], words[at + 1]] : type);
    }
    expect(rows).toEqual(["accepted", "trade", ["level", 0, 101, 2, 1], ["level", 1, 100, 0, 0], "end"]);
    expect(readEvents(book).map(({ type }) => type)).toEqual(["accepted", "trade"]);
  });

  test("grows for a group that is larger than it", () => {
    const script = new Script();
    for (let at = 1; at <= 3000; at++) script.run(`S${at} sell 1 @100`);
    script.run("B1 buy 3000 @100");
    expect(readEvents(script.book)).toHaveLength(3001);
  });

  test("a record does what its command does", () => {
    const book = createBook(rules);
    const records = new Int32Array(RECORD_WORDS * 2);
    encodeCommand(
      { type: "new", at: 2 ** 40, order: 1, account: 1, side: "sell", kind: "limit", quantity: 5, price: 100 },
      records,
      0,
    );
    encodeCommand({ type: "cancel", at: 2 ** 40, order: 1, account: 1 }, records, RECORD_WORDS);
    expect(book.submitRecord(records, 0)).toBe(1);
    expect(book.submitRecord(records, RECORD_WORDS)).toBe(1);
    expect(readEvents(book)).toEqual([{ type: "cancelled", order: 1, quantity: 5, reason: "user" }]);
  });
});

describe("explain", () => {
  test.each([{ queues: true }, { queues: true, levels: true }])(
    "tells where an order stands, what was and is ahead of it, and why it does not trade: %j",
    (options) => {
      const script = new Script({}, options);
      script.run("B0 buy 3 @101\nB1 buy 5 @100\nB2 buy 4 @100\nB3 buy 2 @100\nS1 sell 9 @103\ncancel B1");
      const number = script.names.orders.numberOf("B3");
      expect(script.book.explain(number)).toEqual({
        place: "resting",
        parkedFor: null,
        aheadAtEntry: { atPrice: { orders: 2, quantity: 9 }, better: { orders: 1, quantity: 3 } },
        aheadNow: { atPrice: { orders: 1, quantity: 4 }, better: { orders: 1, quantity: 3 } },
        traded: 0,
        prevented: 0,
        leaves: 2,
        hindrance: { reason: "beyond_limit", limit: 100, opposite: 103 },
      });
      expect(script.book.explain(999)).toBeUndefined();
    },
  );

  test.each([
    ["B1 buy 5 @100", "no_opposite"],
    ["S1 sell 5 @100\nB1 buy 9 @100 aon", "all_or_none_too_large"],
    ["S1 sell 9 @100 by=a\nB1 buy 9 @100 aon by=a self=cancel_newest", "own_orders"],
    ["B1 buy 5 @100\nphase halt", "phase"],
  ])("%s: %s", (lines, reason) => {
    const script = new Script();
    script.run(lines);
    expect(script.book.explain(script.names.orders.numberOf("B1"))?.hindrance.reason).toBe(reason);
  });
});

describe("the maps", () => {
  test("numbers are found after many came and went", () => {
    const map = new IdMap();
    const kept = new Map<number, number>();
    for (let key = 1; key < 20_000; key++) {
      map.set(key * 7, key);
      kept.set(key * 7, key);
      if (key % 3 === 0) {
        map.delete((key - 1) * 7);
        kept.delete((key - 1) * 7);
      }
    }
    expect(map.size).toBe(kept.size);
    expect([...kept].every(([key, value]) => map.get(key) === value)).toBe(true);
    expect(map.get(7 * 2)).toBe(0);
  });

  test("the next taken key is found in all distances", () => {
    const keys = [0, 31, 32, 1023, 1024, 40_000, 2_000_000, 4_194_304];
    const ticks = new TickMap(4_194_305);
    for (const key of keys) ticks.add(key);
    const found: number[] = [];
    for (let key = ticks.next(0); key < 4_194_305; key = ticks.next(key + 1)) found.push(key);
    expect(found).toEqual(keys);
    ticks.remove(2_000_000);
    expect(ticks.next(40_001)).toBe(4_194_304);
  });
});
