import { problemOf } from "@kontor/protocol";
import { expect, test } from "vitest";
import { wordsOf } from "../src/watch/bid-words.ts";
import { isWorthWatching } from "../src/watch/find-lot.ts";

const now = Date.parse("2026-11-01T10:00:00Z");
const at = (seconds: number): string => new Date(now + seconds * 1_000).toISOString();

test.each([
  ["open for a while", { phase: "open", endsAt: at(11) }, true],
  ["about to close", { phase: "open", endsAt: at(9) }, false],
  ["open until somebody bids", { phase: "open" }, true],
  ["paused", { phase: "paused", endsAt: at(1) }, true],
  ["opening within the hour", { phase: "scheduled", opensAt: at(3_500) }, true],
  ["opening tomorrow", { phase: "scheduled", opensAt: at(86_400) }, false],
] as const)("a lot that is %s: %o, worth watching: %s", (_, lot, worth) => {
  expect(isWorthWatching(lot, now)).toBe(worth);
});

test("what is no price is told so in plain words, and any other refusal by its title", () => {
  const refused = (code: "request_invalid" | "step_too_small", data = {}) =>
    ({ ok: false, problem: problemOf(code, data) }) as const;
  expect(wordsOf(refused("request_invalid"), "abc")).toBe("Refused abc: this is no price. Write it like 9400.50.");
  expect(wordsOf(refused("step_too_small", { nearest: "9395.00" }), "9399")).toMatch(
    /^Refused 9,399: .*\. The nearest price is 9,395\.00\.$/,
  );
});
