import { expect, test } from "vitest";
import type { AnnouncerState, Notice } from "../src/announce/announcer.ts";
import { flush, flushInMs, notice, silentAnnouncer, thresholdPassed } from "../src/announce/announcer.ts";

/** Plays notices at their times, waking when the announcer asks to be woken. */
function play(notices: readonly { readonly at: number; readonly notice: Notice }[], until: number): string[] {
  const said: string[] = [];
  let state: AnnouncerState = silentAnnouncer;
  const wakeBefore = (end: number, from: number): void => {
    const due = flushInMs(state, from);
    if (due === null || from + due > end) return;
    const step = flush(state, from + due);
    state = step.state;
    if (step.say) said.push(`${from + due} ${step.say.region}: ${step.say.text}`);
  };
  let now = 0;
  for (const item of notices) {
    wakeBefore(item.at, now);
    now = item.at;
    const step = notice(state, item.notice, now);
    state = step.state;
    if (step.say) said.push(`${now} ${step.say.region}: ${step.say.text}`);
  }
  wakeBefore(until, now);
  return said;
}

test("200 changes in ten seconds are at most four polite messages and the last one is the truth", () => {
  const changes = Array.from({ length: 200 }, (_, at) => ({
    at: at * 50,
    notice: { topic: "rank", text: `Rank ${at}.` },
  }));
  const said = play(changes, 20_000);
  expect(said.filter((line) => Number(line.split(" ")[0]) < 10_000).length).toBeLessThanOrEqual(4);
  expect(said.at(-1)).toBe("12000 polite: Rank 199.");
});

test("topics are told together, an urgent notice at once and in place of what waits on its topic", () => {
  expect(
    play(
      [
        { at: 0, notice: { topic: "rank", text: "Rank 3." } },
        { at: 100, notice: { topic: "best", text: "Best 412.50." } },
        { at: 200, notice: { topic: "rank", text: "Rank 4." } },
        { at: 300, notice: { topic: "best", text: "Best 412.00." } },
        { at: 400, notice: { topic: "rank", text: "You were outbid.", urgent: true } },
      ],
      9_000,
    ),
  ).toEqual(["0 polite: Rank 3.", "400 assertive: You were outbid.", "3000 polite: Best 412.00."]);
});

test("a clock speaks at its thresholds, once, and again after an extension", () => {
  expect(thresholdPassed(600_050, 599_990)).toBe(600_000);
  expect(thresholdPassed(599_990, 599_890)).toBeNull();
  expect(thresholdPassed(130_000, 9_000)).toBe(10_000);
  expect(thresholdPassed(9_000, 120_000)).toBeNull();
  expect(thresholdPassed(120_001, 120_000)).toBe(120_000);
});
