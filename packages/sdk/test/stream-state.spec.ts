import { expect, test } from "vitest";
import type { StreamState } from "../src/live/stream-state.ts";
import { takeEvent, takeSnapshot } from "../src/live/stream-state.ts";

const stream = "me";
const held: StreamState = { epoch: "a", seq: 7, view: { phase: "open", bestPrice: "12.50" }, own: { rank: 2 } };
const event = (members: object) => ({ stream, epoch: "a", seq: 8, prev: 7, event: { type: "changed" }, ...members });

test("a frame directly after the held one is applied to both parts", () => {
  const frame = event({ event: { type: "changed", patch: { bestPrice: "12.00", phase: null }, own: { rank: 1 } } });
  const state = { epoch: "a", seq: 8, view: { bestPrice: "12.00" }, own: { rank: 1 } };
  expect(takeEvent(held, frame)).toEqual({ kind: "applied", state });
});

test("a frame of the private part alone leaves the shared part the same object", () => {
  const step = takeEvent(held, event({ event: { type: "changed", own: { rank: 3 } } }));
  expect(step.kind === "applied" && step.state.view === held.view && step.state.own?.["rank"]).toBe(3);
});

test("a private part that goes is absent, not null", () => {
  const step = takeEvent(held, event({ event: { type: "changed", own: null } }));
  expect(step).toEqual({ kind: "applied", state: { ...held, seq: 8, own: undefined } });
});

test("a frame seen before is nothing new", () => {
  expect(takeEvent(held, event({ seq: 7, prev: 6 })).kind).toBe("repeated");
});

test("a frame whose predecessor is missing is a gap", () => {
  expect(takeEvent(held, event({ seq: 9, prev: 8 })).kind).toBe("gap");
});

test("a frame of another epoch is a gap, whatever its number", () => {
  expect(takeEvent(held, event({ epoch: "b" })).kind).toBe("gap");
  expect(takeEvent(held, event({ epoch: "b", seq: 2, prev: 1 })).kind).toBe("gap");
});

test("a frame before the first snapshot is a gap", () => {
  expect(takeEvent(null, event({})).kind).toBe("gap");
});

test("an older snapshot of the same epoch is nothing new; one of another epoch replaces all", () => {
  expect(takeSnapshot(held, { stream, epoch: "a", seq: 6, snapshot: {} }).kind).toBe("repeated");
  const state = { epoch: "b", seq: 1, view: { phase: "closed" }, own: undefined };
  const frame = { stream, epoch: "b", seq: 1, snapshot: { phase: "closed" } };
  expect(takeSnapshot(held, frame)).toEqual({ kind: "applied", state });
});
