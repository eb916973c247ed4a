import fc from "fast-check";
import { expect, test } from "vitest";
import { ClockOffset } from "../src/live/clock-offset.ts";

test("without a sample the server's clock is ours", () => {
  expect(new ClockOffset().estimate()).toBe(0);
});

test("heartbeats alone give the greatest lower bound", () => {
  const offset = new ClockOffset();
  offset.heartbeat(10_500, 10_000 + 80);
  offset.heartbeat(11_500, 11_000 + 20);
  offset.heartbeat(12_500, 12_000 + 300);
  expect(offset.estimate()).toBe(480);
  expect(offset.error()).toBeNull();
});

test("the error is at most half of the shortest round trip", () => {
  const delay = fc.integer({ min: 0, max: 2_000 });
  const trips = fc.array(fc.record({ there: delay, back: delay, heartbeat: delay }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(trips, fc.integer({ min: -1_000_000, max: 1_000_000 }), (samples, ahead) => {
      const offset = new ClockOffset();
      let now = 1_000_000;
      for (const { there, back, heartbeat } of samples) {
        offset.answer(now + there + ahead, now, now + there + back);
        now += there + back;
        offset.heartbeat(now + ahead, now + heartbeat);
        now += heartbeat;
      }
      const best = Math.min(...samples.map(({ there, back }) => there + back));
      const error = Math.abs(offset.estimate() - ahead);
      expect(error).toBeLessThanOrEqual(best / 2);
      expect(error).toBeLessThanOrEqual(offset.error() ?? -1);
    }),
    { seed: 20261101, numRuns: 200 },
  );
});

test("a clock that was set is followed at once", () => {
  const offset = new ClockOffset();
  offset.answer(1_000_050, 1_000_000, 1_000_100);
  offset.answer(1_060_050 - 500_000, 1_060_000, 1_060_100);
  expect(offset.estimate()).toBe(-500_000);
});
