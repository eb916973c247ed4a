import fc from "fast-check";
import { expect, test } from "vitest";
import { DueHeap } from "../src/due-heap.ts";
import { settle } from "./manual-time.ts";
import { codeOf, createWorld, member, openWorld, saleMs } from "./world.ts";

test("stamps are those of ingress, strictly increasing", async () => {
  const { send, entries, time } = await openWorld();
  const start = time.now();
  await Promise.all(Array.from({ length: 5 }, () => send({ type: "add_note", text: "x" })));
  await time.advance(1);
  await send({ type: "add_note", text: "x" });
  expect((await entries()).map(({ at }) => at - start)).toEqual([0, 1, 2, 3, 4, 5, 1_000]);
});

test("a wall clock that steps back moves no stamp back", async () => {
  const { send, entries, time } = await openWorld();
  await time.advance(10);
  await send({ type: "add_note", text: "x" });
  time.step(-2_000);
  await send({ type: "add_note", text: "x" });
  await send({ type: "add_note", text: "x" });
  time.step(4_000);
  await send({ type: "add_note", text: "x" });
  const stamps = (await entries()).map(({ at }) => at);
  expect(stamps[2]).toBe((stamps[1] ?? 0) + 1);
  expect(stamps[3]).toBe((stamps[1] ?? 0) + 2);
  expect(stamps[4]).toBe(time.now());
});

test("the close is a journaled command stamped with its instant", async () => {
  const { entries, time } = await openWorld();
  const closesAt = time.now() + saleMs * 1_000;
  await time.advance(saleMs - 1);
  expect(await entries()).toHaveLength(1);
  await time.advance(1);
  expect(await entries()).toHaveLength(2);
  expect((await entries())[1]).toMatchObject({
    at: closesAt,
    actor: { kind: "system" },
    key: null,
    command: { type: "advance_time" },
    events: [{ type: "sale_closed" }],
  });
});

test("a bid stamped before the close is decided before it, however late the loop comes to it", async () => {
  const { send, entries, time, journal } = await openWorld();
  await time.advance(saleMs - 1);
  journal.plan.push("hold");
  void send({ type: "add_note", text: "keeps the journal busy" });
  await settle();
  const inTime = send({ type: "place_bid", price: 5 });
  await time.advance(2);
  const late = send({ type: "place_bid", price: 6 }, { actor: member("bolt") });
  await settle();
  await journal.release();
  expect(codeOf(await inTime)).toBe("ok");
  expect(await late).toMatchObject({ ok: false, problem: { code: "auction_closed", lateByMs: 1 } });
  const types = (await entries()).map(({ command }) => command.type);
  expect(types).toEqual(["open_sale", "add_note", "place_bid", "advance_time", "place_bid"]);
});

test("a command that finds a wake-up due before it does not wait for the timer", async () => {
  const { send, entries, time } = await openWorld();
  time.step(saleMs);
  expect(codeOf(await send({ type: "place_bid", price: 5 }))).toBe("auction_closed");
  expect((await entries()).map(({ command }) => command.type)).toEqual(["open_sale", "advance_time", "place_bid"]);
});

test.each([
  [-1_000_000, "ok"],
  [-1, "ok"],
  [0, "auction_closed"],
  [1, "auction_closed"],
  [1_000_000, "auction_closed"],
])("a bid %i µs from the close: %s", async (offset, code) => {
  const { send, time } = await openWorld();
  await time.advance(saleMs - 2_000);
  time.step((2_000_000 + offset) / 1_000);
  expect(codeOf(await send({ type: "place_bid", price: 5 }))).toBe(code);
});

test("a close that is moved by events is met where it went", async () => {
  const { send, entries, time, host } = createWorld();
  await host.start();
  await send({ type: "open_sale", closesAt: time.now() + 30_000_000 });
  time.freeze(20_000);
  await time.advance(0);
  await time.advance(1_000);
  expect((await entries()).at(-1)).toMatchObject({ events: [{ type: "sale_extended" }] });
  await time.advance(30_000);
  expect((await entries()).at(-1)).toMatchObject({ events: [{ type: "sale_extended" }] });
  await time.advance(60_000);
  expect((await entries()).at(-1)).toMatchObject({ events: [{ type: "sale_closed" }] });
});

test("a wake-up beyond the longest timer is met", async () => {
  const { send, entries, time, host } = createWorld({ options: { leaseRenewMs: 2 ** 40, outageMinMs: 2 ** 40 } });
  await host.start();
  const days60 = 60 * 24 * 3_600_000;
  await send({ type: "open_sale", closesAt: time.now() + days60 * 1_000 });
  const scheduled: number[] = [];
  const { schedule } = time.timing;
  Object.assign(time.timing, {
    schedule: (delayMs: number, run: () => void) => {
      scheduled.push(delayMs);
      return schedule(delayMs, run);
    },
  });
  await time.advance(days60);
  expect(Math.max(...scheduled)).toBeLessThan(2 ** 31);
  expect((await entries()).at(-1)).toMatchObject({ command: { type: "advance_time" } });
});

test("due heap: always the earliest of the latest instants", () => {
  const step = fc.tuple(fc.nat(20), fc.option(fc.nat(1_000), { nil: null }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const heap = new DueHeap();
      const twin = new Map<string, number>();
      for (const [number, due] of steps) {
        const id = String(number);
        if (due === null) {
          heap.remove(id);
          twin.delete(id);
        } else {
          heap.set(id, due);
          twin.set(id, due);
        }
        const earliest = twin.size > 0 ? Math.min(...twin.values()) : null;
        expect(heap.first()?.due ?? null).toBe(earliest);
      }
    }),
    { seed: 11, numRuns: 300 },
  );
});
