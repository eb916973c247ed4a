import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import type { LineProgress } from "../../src/orders/line-progress.ts";
import {
  fulfilmentOf,
  openOf,
  paidForOf,
  progressAfter,
  returnableOf,
  underwayOf,
} from "../../src/orders/line-progress.ts";
import type { Fate, NaiveLine, NaiveOrder } from "./naive-order.ts";
import { booksOf, countOf, dueNow, leftOf, settle } from "./naive-order.ts";
import { OrderWorld } from "./order-world.ts";

const fresh = (quantity: bigint): LineProgress => {
  return { quantity, cancelled: 0n, shipped: 0n, received: 0n, damaged: 0n, missing: 0n, returned: 0n };
};
const six = (pieces: number): bigint => BigInt(pieces) * 1_000_000n;

describe("what there is for a step", () => {
  test.each([
    ["ship", fresh(six(3)), { code: "quantity_not_open", limit: "3" }],
    ["cancel", { ...fresh(six(3)), shipped: six(2) }, { code: "quantity_not_open", limit: "1" }],
    ["return", { ...fresh(six(3)), shipped: six(3), received: six(2) }, { code: "quantity_not_arrived", limit: "2" }],
  ] as const)("%s is refused with it, and of nothing", (kind, line, rejection) => {
    expect(progressAfter(line, { kind, quantity: six(4) })).toEqual({ kind: "rejected", rejection });
    expect(progressAfter(line, { kind, quantity: 0n })).toMatchObject({ kind: "rejected" });
  });

  test("no more arrives than is under way, and no part of it is below zero", () => {
    const line = { ...fresh(six(3)), shipped: six(2) };
    const more = { kind: "receive", received: six(2), damaged: 0n, missing: 1n } as const;
    const rejection = { code: "quantity_not_underway", limit: "2" };
    expect(progressAfter(line, more)).toEqual({ kind: "rejected", rejection });
    expect(progressAfter(line, { ...more, missing: -1n })).toEqual({ kind: "rejected", rejection });
  });
});

test("an order is as far as its lines, without those that were cancelled whole", () => {
  const gone = { ...fresh(six(5)), cancelled: six(5) };
  const sent = { ...fresh(six(2)), shipped: six(2) };
  expect(fulfilmentOf([gone])).toBeNull();
  expect(fulfilmentOf([gone, fresh(six(1))])).toBe("open");
  expect(fulfilmentOf([sent, fresh(six(1))])).toBe("partly_shipped");
  expect(fulfilmentOf([gone, sent])).toBe("shipped");
  expect(fulfilmentOf([{ ...sent, received: six(1), missing: six(1) }, gone])).toBe("received");
});

/** Several orders of random prices, taxes and fees, each led through random steps beside its twin. */
function naiveOrder(random: Random): NaiveOrder {
  const lines = Array.from({ length: 1 + random.below(4) }, (): NaiveLine => {
    const pieces = Array.from({ length: 1 + random.below(12) }, (): Fate => "open");
    const priceThousandths = random.chance(5) ? 0n : BigInt(1 + random.below(5_000_000));
    const rates = { taxPercent: random.pick([0n, 7n, 19n, 21n]), feePercent: random.pick([0n, 8n, 12n]) };
    return { priceThousandths, ...rates, pieces, goodwill: 0n };
  });
  return { lines, charges: BigInt(random.below(3) * 595), paid: 0n, isSold: false };
}

/** The first so many pieces of the fates come to the other. */
function turn(
  line: NaiveLine,
  count: number,
  { from, to }: { readonly from: readonly Fate[]; readonly to: Fate },
): boolean {
  if (count === 0 || countOf(line, ...from) < count) return false;
  let left = count;
  for (const [at, fate] of line.pieces.entries()) {
    if (left === 0 || !from.includes(fate)) continue;
    line.pieces[at] = to;
    left -= 1;
  }
  return true;
}

const arrived = ["received", "damaged", "missing"] as const;

function stepBoth(order: NaiveOrder, world: OrderWorld, random: Random): readonly [naive: boolean, engine: boolean] {
  const lineNo = random.below(order.lines.length);
  const line = order.lines[lineNo];
  if (line === undefined) return [false, false];
  const count = random.below(line.pieces.length + 2);
  const quantity = six(count);
  switch (random.below(6)) {
    case 0: {
      const done = turn(line, count, { from: ["open"], to: "underway" });
      return [done, world.step(lineNo, { kind: "ship", quantity })];
    }
    case 1: {
      const done = turn(line, count, { from: ["open"], to: "cancelled" });
      settle(order);
      return [done, world.step(lineNo, { kind: "cancel", quantity })];
    }
    case 2: {
      const parts = [random.below(count + 1), random.below(2), random.below(2)] as const;
      const sum = parts[0] + parts[1] + parts[2];
      const fits = sum > 0 && countOf(line, "underway") >= sum;
      if (fits)
        for (const [at, part] of parts.entries())
          turn(line, part, { from: ["underway"], to: arrived[at] ?? "received" });
      const [received, damaged, missing] = [six(parts[0]), six(parts[1]), six(parts[2])];
      return [fits, world.step(lineNo, { kind: "receive", received, damaged, missing })];
    }
    case 3: {
      const done = turn(line, count, { from: arrived, to: "returned" });
      settle(order);
      return [done, world.step(lineNo, { kind: "return", quantity })];
    }
    case 4: {
      const rest = dueNow(order) - order.paid;
      const amount = random.chance(40) ? rest : rest / BigInt(1 + random.below(4));
      if (amount <= 0n) return [false, false];
      order.paid += amount;
      settle(order);
      world.pay(amount);
      return [true, true];
    }
    default: {
      const amount = BigInt(random.below(2_000));
      const fits = order.isSold && amount > 0n && amount <= leftOf(line);
      if (fits) line.goodwill += amount;
      settle(order);
      return [fits, world.goodwill(lineNo, amount)];
    }
  }
}

function expectSame(order: NaiveOrder, world: OrderWorld): void {
  expect(world.due).toBe(dueNow(order));
  expect(world.paid).toBe(order.paid);
  expect(world.isSold).toBe(order.isSold);
  expect(world.books).toEqual(booksOf(order));
  expect(Object.values(world.books).reduce((sum, one) => sum + one, 0n)).toBe(0n);
  let open = 0n;
  for (const [at, { progress }] of world.lines.entries()) {
    const line = order.lines[at];
    if (line === undefined) throw new Error("a line is lost");
    const { quantity, cancelled, received, damaged, missing, returned } = progress;
    expect(openOf(progress)).toBe(six(countOf(line, "open")));
    expect(underwayOf(progress)).toBe(six(countOf(line, "underway")));
    expect(returnableOf(progress)).toBe(six(countOf(line, ...arrived)));
    expect(paidForOf(progress)).toBe(six(line.pieces.length - countOf(line, "cancelled", "returned")));
    expect(quantity).toBe(openOf(progress) + cancelled + progress.shipped);
    expect(progress.shipped).toBe(underwayOf(progress) + received + damaged + missing);
    expect(returned).toBe(six(countOf(line, "returned")));
    open += openOf(progress);
  }
  expect(world.stock.reserved).toBe(open);
  expect(world.stock.onHand >= world.stock.reserved).toBe(true);
  expect(world.total === 0n || world.budget * world.total >= 77_777n * world.due).toBe(true);
  expect(world.budget <= 77_777n).toBe(true);
}

test("500 random orders, step by step as their twins: what is due, paid, sold, in stock and in the books", () => {
  const random = createRandom(20_261_122);
  let [done, refusals, sales] = [0, 0, 0];
  for (let round = 0; round < 500; round += 1) {
    const order = naiveOrder(random);
    const world = new OrderWorld(order);
    for (let step = 0; step < 25; step += 1) {
      const [naive, engine] = stepBoth(order, world, random);
      expect(engine).toBe(naive);
      if (naive) done += 1;
      else refusals += 1;
      expectSame(order, world);
    }
    if (order.isSold) sales += 1;
  }
  expect([done > 3_000, refusals > 1_000, sales > 100]).toEqual([true, true, true]);
});
