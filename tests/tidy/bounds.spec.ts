import { decimalPattern, limits, microsOfInstant } from "@kontor/kernel";
import { bounds, Decimal, Instant } from "@kontor/protocol";
import { expect, test } from "vitest";

test("the wire takes what engines, host and database take, to the same bounds", () => {
  expect(Object.keys(bounds).length).toBeGreaterThan(10);
  expect(limits).toMatchObject(bounds);
});

test("amounts have one form", () => {
  expect(Decimal.def.checks?.map((check) => String(check._zod.def["pattern" as never]))).toContain(
    String(decimalPattern),
  );
});

test("instants of every year are taken by the wire exactly where the engines read them", () => {
  for (let year = 0; year <= 9999; year++) {
    for (const rest of ["-01-01T00:00:00Z", "-12-31T23:59:59.999999Z"]) {
      const text = `${String(year).padStart(4, "0")}${rest}`;
      expect([text, Instant.safeParse(text).success]).toEqual([text, microsOfInstant(text) !== null]);
    }
  }
});
