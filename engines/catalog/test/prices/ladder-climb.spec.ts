import fc from "fast-check";
import { expect, test } from "vitest";
import type { PriceBook } from "../../src/prices/price-book.ts";
import { checkLadder } from "../../src/prices/price-ladder.ts";
import { resolvePrice } from "../../src/prices/resolve-price.ts";
import type { Ratio } from "../../src/quantities/ratio.ts";
import { assign, bookOf, buyer, ladder, list, offer, question, six, today, unit } from "./given.ts";

const gold = buyer({ customerGroups: new Set(["gold"]) });

/** The price of one ordered unit at a quantity, or null. */
function costAt(book: PriceBook, quantity: bigint, code: string): Ratio | null {
  const answer = resolvePrice({ ...question("1", { unit: code, buyer: gold }), quantity }, book);
  if (answer.outcome === "on_request") return null;
  const { ratio, priceBaseQuantity } = answer.basis;
  return { num: answer.unitPrice * ratio.num, den: ratio.den * priceBaseQuantity };
}

/** Climbs half a unit at a time. */
function rises(book: PriceBook, code: string): boolean {
  let before: Ratio | null = null;
  for (let quantity = 0n; quantity <= six("14"); quantity += six("0.5")) {
    const cost = costAt(book, quantity, code);
    if (cost !== null && before !== null && cost.num * before.den > before.num * cost.den) return true;
    before = cost ?? before;
  }
  return false;
}

const rung = fc.record({
  code: fc.constantFrom("C62", "C62", "C62", "PK"),
  min: fc.integer({ min: 0, max: 6 }),
  price: fc.integer({ min: 4, max: 9 }),
});
const band = fc.record({ min: fc.integer({ min: 0, max: 10 }), percent: fc.integer({ min: -40, max: 5 }) });

test("a ladder passes exactly when nobody who climbs it pays more apiece", () => {
  let refused = 0;
  let passed = 0;
  fc.assert(
    fc.property(
      fc.record({ own: fc.array(rung, { maxLength: 3 }), base: fc.array(rung, { minLength: 1, maxLength: 3 }) }),
      fc.option(fc.array(band, { minLength: 1, maxLength: 2 })),
      fc.boolean(),
      (drawn, bands, exclusive) => {
        const rowsOf = (listId: string, rungs: typeof drawn.own) =>
          rungs.flatMap(({ code, min, price }, index) =>
            ladder(listId, [[`${min}`, `${code === "PK" ? 2 * price : price}`]], {
              unit: code,
              id: `${listId}${index}`,
            }),
          );
        const percents = bands?.map(({ min, percent }) => ({
          scope: { kind: "all" as const },
          minQuantity: six(`${min}`),
          percent: BigInt(percent) * 10_000n,
        }));
        const adjustment = percents === undefined ? null : { baseListId: null, bands: percents };
        const book = bookOf({
          offers: [offer("screw", { units: { base: "C62", others: new Map([["PK", unit(2n)]]) } })],
          lists: [list("base"), list("gold", { adjustment, exclusive })],
          assignments: [assign("gold", ["customer_group", "gold"])],
          rows: [...rowsOf("base", drawn.base), ...rowsOf("gold", drawn.own)],
        });
        const units = [...new Set([...drawn.base, ...drawn.own].map(({ code }) => code))];
        const rejection = checkLadder("gold", { offerId: "screw", book, from: today, taxPercent: 0n });
        const climbed = units.some((code) => rises(book, code));
        expect(rejection !== null).toBe(climbed);
        if (climbed) refused += 1;
        else passed += 1;
      },
    ),
    { numRuns: 2_000, seed: 42 },
  );
  expect(Math.min(refused, passed)).toBeGreaterThan(200);
});
