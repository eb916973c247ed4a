import type { JsonObject } from "@kontor/kernel";
import { crc32 } from "@kontor/kernel";
import { bookChecksumText } from "@kontor/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { BookLevel, BookStream, Doubt, LocalBook } from "../src/index.ts";
import { createKontor } from "../src/index.ts";
import type { Fault } from "./fake-server.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const stream: BookStream = "book-raw:00000000-0000-4000-8000-000000000001";

type Levels = Readonly<Record<string, { readonly quantity: string; readonly orders: number }>>;

const sorted = (levels: Levels, direction: number): BookLevel[] =>
  Object.entries(levels)
    .map(([price, level]) => ({ price, ...level }))
    .sort((a, b) => direction * (Number(a.price) - Number(b.price)));

function viewOf(bids: Levels, asks: Levels): JsonObject {
  const side = (levels: Levels, direction: number) =>
    sorted(levels, direction).map(({ price, quantity }) => [price, quantity] as const);
  return { phase: "continuous", bids, asks, checksum: crc32(bookChecksumText(side(bids, -1), side(asks, 1))) };
}

const level = (quantity: string, orders = 1) => ({ quantity, orders });

async function following() {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const live = createKontor({
    baseUrl: "http://kontor.test",
    WebSocket: server.Socket,
    clock,
    random: () => 0.5,
  }).live();
  const doubts: Doubt[] = [];
  let changes = 0;
  server.change(stream, { view: viewOf({ "9.50": level("5"), "10.00": level("7", 2) }, { "10.50": level("3") }) });
  const book = live.followBook(stream, {
    onChange: () => {
      changes += 1;
    },
    onInvalid: (_book, doubt) => doubts.push(doubt),
  });
  expect(book.isValid).toBe(false);
  await clock.advance(10);
  return { clock, server, live, book, doubts, changes: () => changes };
}

const shownBy = (book: LocalBook) => ({ bids: book.bids, asks: book.asks });

test("a book is sorted, best first, from its first snapshot on, and follows each change", async () => {
  const { clock, server, book, changes } = await following();
  expect(book.isValid).toBe(true);
  expect(book.phase).toBe("continuous");
  expect(book.bids.map(({ price, quantity, orders }) => [price, quantity, orders])).toEqual([
    ["10.00", "7", 2],
    ["9.50", "5", 1],
  ]);
  server.change(stream, { view: viewOf({ "10.00": level("1", 2), "9.75": level("4") }, {}) });
  await clock.advance(10);
  expect(shownBy(book)).toEqual({
    bids: [
      { price: "10.00", quantity: "1", orders: 2 },
      { price: "9.75", quantity: "4", orders: 1 },
    ],
    asks: [],
  });
  server.change(stream, { view: { phase: "auction" } });
  await clock.advance(10);
  expect([book.phase, book.isValid, shownBy(book)]).toEqual(["auction", true, { bids: [], asks: [] }]);
  expect(changes()).toBe(3);
});

test("while something is missing the book is invalid, then it is the server's again", async () => {
  const { clock, server, book, doubts } = await following();
  server.faults = ["drop"];
  server.change(stream, { view: viewOf({ "9.00": level("1") }, {}) });
  server.faults = ["delay", "delay"];
  server.change(stream, { view: viewOf({ "9.00": level("2") }, {}) });
  await clock.advance(100);
  expect(book.isValid).toBe(true); // Nothing tells yet that anything was sent.
  await clock.advance(650);
  expect([book.isValid, doubts]).toEqual([false, ["missing"]]);
  await clock.advance(6_000);
  expect([book.isValid, book.bids]).toEqual([true, [{ price: "9.00", quantity: "2", orders: 1 }]]);
  server.cutAll();
  expect([book.isValid, doubts.length]).toEqual([false, 2]);
  await clock.advance(3_000);
  expect(book.isValid).toBe(true);
  expect(book.mismatches).toBe(0);
});

test("a book that is not what its checksum says is counted, doubted and asked for as a whole", async () => {
  const { clock, server, book, doubts } = await following();
  const right = viewOf({ "9.00": level("1") }, {});
  const subscribes = server.subscribes;
  server.change(stream, { view: { ...right, checksum: 1 } });
  expect([book.isValid, book.mismatches, doubts]).toEqual([false, 2, ["mismatch"]]); // The snapshot is no better.
  expect(server.subscribes).toBe(subscribes + 1);
  await clock.advance(120_000);
  expect(server.subscribes - subscribes).toBeLessThan(15); // It is not asked ever faster.
  server.change(stream, { view: right });
  await clock.advance(31_000);
  expect([book.isValid, book.bids]).toEqual([true, [{ price: "9.00", quantity: "1", orders: 1 }]]);
});

test("a book that is closed follows no more, and another may follow the same stream", async () => {
  const { clock, server, live, book, changes } = await following();
  const second = live.followBook(stream);
  expect([second.isValid, second.bids.length]).toEqual([true, 2]);
  book.close();
  const before = changes();
  server.change(stream, { view: viewOf({}, {}) });
  await clock.advance(10);
  expect([changes() - before, book.isValid, second.bids.length]).toEqual([0, false, 0]);
});

type Action =
  | { readonly type: "book"; readonly bids: Levels; readonly asks: Levels }
  | { readonly type: "faults"; readonly faults: readonly Fault[] }
  | { readonly type: "pass_time"; readonly ms: number }
  | { readonly type: "call" | "cut" | "restart" | "recover" };

const side = (prices: readonly string[]): fc.Arbitrary<Levels> =>
  fc.dictionary(
    fc.constantFrom(...prices),
    fc.record({ quantity: fc.constantFrom("1", "5", "12.5"), orders: fc.integer({ min: 1, max: 3 }) }),
  );
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("book" as const),
      bids: side(["8.00", "9.00", "9.50", "10.00"]),
      asks: side(["10.25", "10.50", "11.00", "100.00"]),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("faults" as const),
      faults: fc.array(fc.constantFrom<Fault>("drop", "duplicate", "delay", "pass"), { maxLength: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("pass_time" as const), ms: fc.nat({ max: 2_500 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("call", "cut", "restart", "recover") }) },
);

test("whatever is dropped, doubled or put out of order, a valid book is one that the server had, at last the present one", async () => {
  const run = async (actions: readonly Action[]): Promise<void> => {
    const clock = new VirtualClock();
    const server = new FakeServer(clock);
    const had = new Set<string>();
    const change = (bids: Levels, asks: Levels): void => {
      had.add(JSON.stringify({ bids: sorted(bids, -1), asks: sorted(asks, 1) }));
      server.change(stream, { view: viewOf(bids, asks) });
    };
    change({}, {});
    const options = { baseUrl: "http://kontor.test", WebSocket: server.Socket, clock, random: () => 0.5 };
    const live = createKontor(options).live();
    const book = live.followBook(stream, {
      onChange: (valid) => expect(had).toContain(textOf(valid)),
    });
    for (const step of actions) {
      if (step.type === "book") change(step.bids, step.asks);
      if (step.type === "call") server.change(stream, { view: { phase: "auction" } });
      if (step.type === "faults") server.faults = [...step.faults];
      if (step.type === "cut") server.cutAll();
      if (step.type === "restart") server.restart();
      if (step.type === "recover") server.recover();
      if (step.type === "pass_time") await clock.advance(step.ms);
    }
    server.faults = [];
    // Numbers of two runs may be the same by chance; the change after that tells them apart.
    for (const quantity of ["1", "2"]) {
      change({ "9.00": level(quantity) }, { "12.00": level("2") });
      await clock.advance(20_000);
    }
    expect([book.isValid, textOf(book)]).toEqual([true, [...had].findLast((text) => text.includes("12.00"))]);
    live.close();
  };
  await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 30 }), run), { seed: 20261122, numRuns: 300 });
});

function textOf({ bids, asks }: LocalBook): string {
  const written = (levels: readonly BookLevel[]) =>
    levels.map(({ price, quantity, orders }) => ({ price, quantity, orders }));
  return JSON.stringify({ bids: written(bids), asks: written(asks) });
}
