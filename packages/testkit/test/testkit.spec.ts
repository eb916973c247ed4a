import type { Engine } from "@kontor/kernel";
import { accept, reject } from "@kontor/kernel";
import { describe, expect, test } from "vitest";
import { at, drive, factsOf, later, memberOf, operatorOf, setClock, spec, testEntropy } from "../src/index.ts";

type Command = { readonly type: "count" | "ring" };
type Event = { readonly type: "counted" | "rung" };
type Rejection = { readonly code: "full" | "nothing_due"; readonly limit?: number };
type State = { count: number; ringsAt: number | null; entropy: string[] };

/** Counts to three; every count rings a second later. */
const counter: Engine<State, Command, Event, Rejection> = {
  mechanism: "counter",
  schemaVersion: 1,
  unrecorded: new Set(),
  create: () => ({ count: 0, ringsAt: null, entropy: [] }),
  decide: (state, { command, at: stamp, entropy }) => {
    if (entropy !== null) state.entropy.push(entropy);
    if (command.type === "ring") {
      return state.ringsAt !== null && state.ringsAt <= stamp
        ? accept({ type: "rung" })
        : reject({ code: "nothing_due" });
    }
    return state.count < 3 ? accept({ type: "counted" }) : reject({ code: "full", limit: 3 });
  },
  evolve: (state, { type }, stamp) => {
    if (type === "counted") state.count++;
    state.ringsAt = type === "counted" ? stamp + 1_000_000 : null;
    return state;
  },
  reply: (_, events) => ({ events: events.length }),
  wakeAt: ({ ringsAt }) => ringsAt,
  tick: () => ({ type: "ring" }),
  outage: () => ({ type: "ring" }),
  isFinished: () => false,
  streamsOf: () => [],
  views: () => null,
  encode: ({ count }) => ({ count }),
  decode: () => ({ count: 0, ringsAt: null, entropy: [] }),
};

const ada = memberOf("ada");
const start = at("2031-03-03T08:00:00Z");
const counted = (n: number) => ({ at: start + n, event: { type: "counted" as const } });

describe("a sentence", () => {
  const { given } = spec(counter);
  const count = { command: { type: "count" as const }, actor: ada, at: start };

  test("holds where events and rejections are as it says", () => {
    given().when(count).yields({ type: "counted" });
    given(counted(1), counted(2), counted(3)).when(count).rejects({ code: "full" });
  });

  test("fails where they are not", () => {
    expect(() => given().when(count).yields()).toThrow();
    expect(() => given().when(count).rejects({ code: "full" })).toThrow();
    expect(() => given(counted(1), counted(2), counted(3)).when(count).rejects({ code: "full", limit: 4 })).toThrow();
  });
});

describe("a drive", () => {
  test("decides timers at their own time and before the command that comes later", () => {
    const shard = drive(counter, start);
    expect(shard.send({ type: "count" }, ada)).toMatchObject({ at: start, reply: { events: 1 }, rejection: null });
    shard.pass(5_000);
    shard.send({ type: "count" }, ada);
    expect(shard.entries.map(({ at: stamp, command }) => [stamp - start, command.type])).toEqual([
      [0, "count"],
      [1_000_000, "ring"],
      [5_000_000, "count"],
    ]);
    expect(factsOf(shard.entries).map(({ event }) => event.type)).toEqual(["counted", "rung", "counted"]);
  });

  test("stamps strictly upwards, gives entropy once, and keeps rejections", () => {
    const shard = drive(counter, start);
    for (let n = 0; n < 4; n++) shard.send({ type: "count" }, ada);
    expect(shard.entries.map((entry) => entry.at - start)).toEqual([0, 1, 2, 3]);
    expect(shard.state().entropy).toEqual([testEntropy]);
    expect(shard.entries.at(-1)?.decision).toEqual({ kind: "rejected", rejection: { code: "full", limit: 3 } });
  });
});

test("clocks and actors are what they are told to be", () => {
  const clock = setClock(start);
  clock.pass(1.5);
  expect(clock.now()).toBe(start + 1_500);
  expect(later("2031-03-03T08:00:00Z", 90_000)).toBe("2031-03-03T08:01:30.000000Z");
  expect(() => at("2031-02-30T00:00:00Z")).toThrow();
  expect(memberOf("ada", { marketplaceId: "grain" })).toMatchObject({
    kind: "member",
    companyId: "ada",
    marketplaceId: "grain",
  });
  expect(operatorOf()).toMatchObject({ kind: "operator", companyId: null });
});
