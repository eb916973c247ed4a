import { expect, test } from "vitest";
import { ConductedClock } from "../src/replay/conducted-clock.ts";

const start = 1_700_000_000_000_000;
const day = 86_400_000_000;

test("the clock stands where it was stopped, never beyond", async () => {
  const clock = new ConductedClock(start);
  expect(clock.now()).toBe(start);
  await clock.runTo(start + day, 86_400_000);
  expect(clock.now()).toBe(start + day);
  expect(clock.now()).toBe(start + day);
});

test("it never goes back, also when told so", async () => {
  const clock = new ConductedClock(start);
  await clock.runTo(start + day, 86_400_000);
  await clock.runTo(start, 86_400_000);
  expect(clock.now()).toBe(start + day);
});

test("on its way it shows instants in between, in order", async () => {
  const clock = new ConductedClock(start);
  const seen: number[] = [];
  const running = clock.runTo(start + day, 2_000_000);
  while (clock.now() < start + day) {
    seen.push(clock.now());
    await new Promise((resolve) => setImmediate(resolve));
  }
  await running;
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.some((at) => at > start && at < start + day)).toBe(true);
});
