import { describe, expect, test } from "vitest";
import { recordsFolder } from "./records.ts";
import { placeRetail } from "./retail-database.ts";
import type { RetailBooks } from "./retail-orders.ts";
import { replayRetail } from "./retail-orders.ts";
import type { RetailRow } from "./retail-records.ts";
import { readRetail } from "./retail-records.ts";

const folder = recordsFolder("catalog/uci-online-retail");

describe.runIf(folder !== null)("a wholesaler's year: 541,909 rows as purchase orders", () => {
  let rows: readonly RetailRow[] = [];
  let books: RetailBooks | undefined;
  const replayed = (): RetailBooks => {
    if (rows.length === 0) rows = readRetail(folder ?? "");
    books ??= replayRetail(rows);
    return books;
  };

  test("each row is of one class, and all of them are counted", () => {
    const { counts, orders } = replayed();
    expect(rows.length).toBe(541_909);
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(rows.length);
    expect(counts).toEqual({
      ...{ sale: 527_789, service: 341, carriage: 1_981, free: 1_171, adjustment: 3, stock_correction: 1_336 },
      ...{ credit_returned: 7_146, credit_returned_in_part: 53, credit_without_original: 2_089 },
    });
    expect(orders.size).toBe(20719);
  });

  test("what orders come to, less what came back, with notes and adjustments, is the books' net: 9,747,747.93", () => {
    const { orders, accounts } = replayed();
    // To the last decimal as it was written, and to the penny of each row.
    const exact = rows.reduce((sum, { quantity, price }) => sum + (quantity / 1_000_000n) * price, 0n);
    expect(exact).toBe(9_747_747_934_000n);
    const standing = [...orders.values()].reduce((sum, { total, credited }) => sum + total - credited, 0n);
    expect(standing + accounts.notes + accounts.adjustments).toBe(974_774_793n);
    expect(-accounts.buyers).toBe(974_774_793n);
    expect(accounts.adjustments).toBe(-1_106_206n);
    expect(Object.values(accounts).reduce((sum, one) => sum + one, 0n)).toBe(0n);
  });

  test("every order: what was credited is what its lines were, and nothing came back twice", () => {
    for (const { lines, credited, total } of replayed().orders.values()) {
      expect(credited).toBe(lines.reduce((sum, { refunded }) => sum + refunded, 0n));
      expect(credited <= total).toBe(true);
      for (const { progress, refunded, sale } of lines) {
        if (progress.returned > progress.quantity || refunded > sale.base)
          throw new Error("more came back than was sold");
      }
    }
  });

  test("the first 8 orders of at most 10 lines of which something came back, through cart, checkout, shipment, payment and return", async () => {
    const returned = [...replayed().orders.values()].filter(
      ({ lines, returns }) => returns.length > 0 && lines.length <= 10,
    );
    const part = returned.slice(0, 8);
    const placed = await placeRetail(part);
    expect(placed.orders.map(({ total, credited }) => [total, credited])).toEqual(
      part.map(({ total, credited }) => [total, credited]),
    );
    expect(placed.paid).toBe(part.reduce((sum, { total, credited }) => sum + total - credited, 0n));
    expect(placed.faults).toEqual([]);
  }, 60_000);
});
