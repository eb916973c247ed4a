import { expect, test } from "vitest";
import { robotPrice } from "../src/demo/robot.ts";

const lot = { priceScale: 2 };
const limits = { floor: "9400.00", step: "5.00", random: () => 0 };

test("a robot bids the next price when it is behind", () => {
  expect(robotPrice(lot, { standing: "behind", nextPrice: "9450.00" }, limits)).toBe("9450.00");
});

test("a bold robot goes several steps down, but never below its floor", () => {
  const bold = { ...limits, random: () => 0.99 };
  expect(robotPrice(lot, { standing: "behind", nextPrice: "9450.00" }, bold)).toBe("9435.00");
  expect(robotPrice(lot, { standing: "none", nextPrice: "9405.00" }, bold)).toBe("9405.00");
});

test("a robot waits while it leads, at its floor, and when it may not know the next price", () => {
  expect(robotPrice(lot, { standing: "leading", nextPrice: "9450.00" }, limits)).toBeNull();
  expect(robotPrice(lot, { standing: "behind", nextPrice: "9395.00" }, limits)).toBeNull();
  expect(robotPrice(lot, { standing: "behind" }, limits)).toBeNull();
});
