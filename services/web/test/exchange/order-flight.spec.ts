import { problemOf } from "@kontor/protocol";
import type { CommandOutcome } from "@kontor/sdk";
import { expect, test } from "vitest";
import type { Flight } from "../../src/exchange/order-flight.ts";
import { DraftKey, fly, unknownAfterMs } from "../../src/exchange/order-flight.ts";

const command = { type: "cancel_orders", instrumentId: "018f0000-0000-7000-8000-000000000001" } as const;
const receipt = { epoch: 1, seq: 4, at: "2026-11-22T10:00:00.000000Z", result: { orderId: "o1" } };
const lost: CommandOutcome = { ok: false, problem: problemOf("outcome_unknown") };

/** Answers and the timer, to be let go by the test. */
function ways() {
  const answers: Record<string, (outcome: CommandOutcome) => void> = {};
  const sent: string[] = [];
  let ring = (): void => {};
  const way =
    (name: string) =>
    (_command: unknown, { key }: { readonly key: string }) => {
      sent.push(`${name} ${key}`);
      return new Promise<CommandOutcome>((resolve) => {
        answers[name] = resolve;
      });
    };
  const after = (ms: number, action: () => void) => {
    expect(ms).toBe(unknownAfterMs);
    ring = action;
    return () => {
      ring = () => {};
    };
  };
  const parts = { live: way("live"), http: way("http"), clock: { now: () => 0, after }, serverNow: () => 0 };
  return { parts, answers, sent, ring: () => ring() };
}

function flown() {
  const told: Flight[] = [];
  const given = ways();
  const done = fly(given.parts, { command, key: "key-0001" }, (flight) => told.push(flight));
  return { ...given, done, states: () => told.map(({ state }) => state) };
}

test("an answer in time is the outcome, and nobody is asked", async () => {
  const { answers, done, states, ring, sent } = flown();
  answers["live"]?.({ ok: true, receipt });
  expect(await done).toEqual({ state: "accepted", key: "key-0001", at: receipt.at, result: receipt.result });
  ring();
  expect(states()).toEqual(["sending", "accepted"]);
  expect(sent).toEqual(["live key-0001"]);
});

test("without one it is asked for over HTTP by the same key, and the first definite answer counts", async () => {
  const { answers, done, states, ring, sent } = flown();
  ring();
  expect(states()).toEqual(["sending", "unknown"]);
  expect(sent).toEqual(["live key-0001", "http key-0001"]);
  answers["live"]?.(lost);
  answers["http"]?.({ ok: true, receipt });
  expect((await done).state).toBe("accepted");
  expect(states()).toEqual(["sending", "unknown", "accepted"]);
});

test("nobody answering leaves it undecided, never refused", async () => {
  const { answers, done, ring } = flown();
  ring();
  answers["live"]?.(lost);
  answers["http"]?.(lost);
  expect(await done).toEqual({ state: "undecided", key: "key-0001" });
});

test("a key belongs to what is in the ticket, however often it is pressed", () => {
  let made = 0;
  const key = new DraftKey(() => `key-${++made}`);
  expect([key.of("a"), key.of("a"), key.of("b"), key.of("b")]).toEqual(["key-1", "key-1", "key-2", "key-2"]);
  key.renew();
  expect(key.of("b")).toBe("key-3");
});
