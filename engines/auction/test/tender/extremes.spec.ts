import type { JsonObject, StreamViews } from "@kontor/kernel";
import { lastInstant, microsOfInstant } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { Instant, TenderTerms } from "@kontor/protocol";
import { drive } from "@kontor/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TenderState } from "../../src/index.ts";
import { tenderEngine } from "../../src/index.ts";
import type { Act, Course } from "./extremes.ts";
import { courses } from "./extremes.ts";
import { lotId, tenderId } from "./given.ts";

/** A little before the end of all instants, for stamps rise by a microsecond with each command. */
const lastStamp = lastInstant - 10_000;

const looksLikeInstant = /^-?\d{4,}-\d\d-\d\dT/;

/** Texts in the value that look like an instant and are none. */
function strayInstants(value: unknown): readonly string[] {
  if (typeof value === "string") {
    const isOne = Instant.safeParse(value).success && microsOfInstant(value) !== null;
    return looksLikeInstant.test(value) && !isOne ? [value] : [];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strayInstants) : [];
}

function viewsOf(state: TenderState): readonly (readonly [string, StreamViews | null])[] {
  const streams = [`tender:${tenderId}`, ...[1, 2, 3, 4].map((number) => `lot:${lotId(number)}`)];
  return streams.map((stream) => [stream, tenderEngine.views(state, stream)]);
}

const textOf = (state: TenderState): string =>
  JSON.stringify(viewsOf(state).map(([stream, views]) => [stream, { ...views, own: [...(views?.own ?? [])] }]));

/** What the host, the hub and the worker do with a state after every entry. */
function check(state: TenderState): void {
  const encoded = JSON.stringify(tenderEngine.encode(state));
  const decoded = tenderEngine.decode(JSON.parse(encoded) as JsonObject);
  expect(JSON.stringify(tenderEngine.encode(decoded))).toBe(encoded);
  expect(textOf(decoded)).toBe(textOf(state));
  expect(strayInstants(JSON.parse(textOf(state)))).toEqual([]);
  const wakeAt = tenderEngine.wakeAt(state);
  if (wakeAt === null) return;
  expect(Number.isSafeInteger(wakeAt)).toBe(true);
  expect(wakeAt).toBeLessThanOrEqual(lastInstant);
}

type Seen = Map<TenderEvent["type"] | `refused ${string}`, number>;

function play({ start, terms, acts }: Course, seen: Seen): void {
  TenderTerms.parse(terms);
  const shard = drive(tenderEngine, start);
  const move = (act: Act): void => {
    if (act.kind === "send") {
      const { command } = act;
      const now = shard.now();
      if (command.type === "report_outage")
        shard.send({ ...command, from: Math.max(0, now + command.from), to: now }, act.actor);
      else if (command.type === "amend_tender")
        shard.send({ ...command, expectedVersion: shard.state().tender?.version ?? 1 }, act.actor);
      else shard.send(command, act.actor);
      return;
    }
    const wakeAt = tenderEngine.wakeAt(shard.state()) ?? shard.now();
    const to = act.kind === "wake" ? Math.max(shard.now(), wakeAt) : shard.now() + act.ms * 1_000;
    shard.moveTo(Math.min(to, lastStamp));
  };
  let looked = 0;
  for (const act of acts) {
    move(act);
    for (const { decision } of shard.entries.slice(looked)) {
      if (decision.kind === "rejected") {
        const name = `refused ${decision.rejection.code}` as const;
        seen.set(name, (seen.get(name) ?? 0) + 1);
      } else {
        expect(strayInstants(decision.events)).toEqual([]);
        for (const { type } of decision.events) seen.set(type, (seen.get(type) ?? 0) + 1);
      }
    }
    if (shard.entries.slice(looked).some(({ decision }) => decision.kind === "accepted")) check(shard.state());
    looked = shard.entries.length;
  }
}

test("whatever the schema lets pass and the engine accepts is applied, shown, stored and read again", () => {
  const seen: Seen = new Map();
  fc.assert(
    fc.property(courses, (course) => play(course, seen)),
    { seed: 21_991_231, numRuns: 250, endOnFailure: true },
  );
  const common = ["tender_published", "lot_opened", "bid_accepted", "lot_extended", "lot_resumed", "lot_replanned"];
  const rarer = ["lots_shifted", "award_accepted", "contract_drawn", "tender_amended", "refused instant_invalid"];
  for (const name of [...common, ...rarer, "refused terms_incomplete"] as const)
    expect([name, (seen.get(name as TenderEvent["type"]) ?? 0) > 4]).toEqual([name, true]);
}, 60_000);
