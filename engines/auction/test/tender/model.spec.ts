import type { StreamViews } from "@kontor/kernel";
import { canonicalJson, microsOfMs } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { tenderRejectionCodes } from "@kontor/protocol";
import { factsOf } from "@kontor/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TenderState } from "../../src/index.ts";
import { tenderEngine } from "../../src/index.ts";
import { phaseOfLots } from "../../src/tender/phases.ts";
import { tenderId } from "./given.ts";
import type { Setting, Step } from "./model-steps.ts";
import { commandOf, prelude, settings, steps, termsOf, wait } from "./model-steps.ts";
import { evolveShort } from "./shortcut.ts";
import type { Venue } from "./venue.ts";
import { accepted, drafted, owner } from "./venue.ts";

const encoded = (state: TenderState): string => canonicalJson(tenderEngine.encode(state));

function streamsOf(place: Venue): readonly string[] {
  return [`tender:${tenderId}`, ...Object.keys(place.notice().lots).map((id) => `lot:${id}`)];
}

function textOf(views: StreamViews | null): string {
  return JSON.stringify({ ...views, own: [...(views?.own ?? [])].sort() });
}

function shown(place: Venue, state = place.state()): Map<string, string> {
  return new Map(streamsOf(place).map((stream) => [stream, textOf(tenderEngine.views(state, stream))]));
}

/** What must hold whatever has happened. */
function checkState({ tender }: TenderState): void {
  if (tender === null) return;
  for (const lot of tender.lots.values()) {
    const isLive = lot.phase === "open" || lot.phase === "paused";
    expect(tender.liveLots.has(lot.lotId)).toBe(isLive);
    if (isLive) expect(lot.auction).not.toBeNull();
    const standing = lot.awards.filter(({ status }) => status === "pending" || status === "accepted");
    expect(standing.length).toBeLessThanOrEqual(1);
    expect(["award_pending", "standstill"].includes(lot.phase)).toBe(
      standing.length === 1 && !lot.ended && lot.contract === null,
    );
    expect(new Set(lot.awards.map(({ companyId }) => companyId)).size).toBe(lot.awards.length);
    if (["unsuccessful", "cancelled"].includes(lot.phase)) expect(lot.ended).toBe(true);
  }
  const lots = [...tender.lots.values()];
  if (tender.status === "published") {
    expect(lots.every(({ ended }) => ended)).toBe(false);
    if (tender.submissionsClosed) expect(tender.phase).toBe(phaseOfLots(lots, tender.auctionStarted));
    else expect(["enquiries", "submission"]).toContain(tender.phase);
  }
  if (tenderEngine.isFinished({ tender })) expect(tenderEngine.wakeAt({ tender })).toBeNull();
}

/** In a serial schedule, whoever waits is due the gap after the planned end of the one before. */
function checkLine({ tender }: TenderState): void {
  if (tender === null || tender.terms.procedure.schedule.mode !== "serial") return;
  const gap = microsOfMs(tender.terms.procedure.schedule.gapMs);
  const lots = [...tender.lots.values()].filter(({ replanned }) => !replanned);
  const running = lots.find(({ phase }) => phase === "open");
  let before = running?.endsAt ?? null;
  for (const { phase, opensAt, endsAt } of lots) {
    if (phase !== "scheduled") continue;
    if (before !== null) expect(opensAt).toBe(before + gap);
    before = endsAt;
  }
}

function checkEvents(events: readonly TenderEvent[]): void {
  const ids = events.flatMap((event) => {
    if (event.type === "bid_accepted" || event.type === "proxy_changed") return [event.bidId];
    return event.type === "award_proposed" ? [event.awardId] : [];
  });
  expect(new Set(ids).size).toBe(ids.length);
  const end = events.findIndex(({ type }) => type === "tender_finished" || type === "tender_cancelled");
  if (end >= 0) expect(events.slice(end + 1)).toEqual([]);
}

/** Every change of a view is announced. */
function checkStreams(place: Venue, since: number, before: ReadonlyMap<string, string>): Map<string, string> {
  const events = factsOf(place.entries.slice(since)).map(({ event }) => event);
  const told = tenderEngine.streamsOf(place.state(), events);
  const now = shown(place);
  for (const [stream, text] of now) if (text !== before.get(stream)) expect(told).toContain(stream);
  return now;
}

function walk(setting: Setting, list: readonly Step[], look: (place: Venue, step: Step) => void): Venue {
  const place = drafted(termsOf(setting));
  accepted(place.by(owner, "publish_tender", { expectedVersion: 1 }));
  prelude(place, setting);
  for (const step of list) {
    wait(place, step, tenderEngine.wakeAt(place.state()));
    const { command, actor } = commandOf(place, step);
    place.send(command, actor);
    look(place, step);
  }
  return place;
}

/** Looks at every step: invariants, announced views, and that a decision leaves the state alone. */
function watcher(): (place: Venue, step: Step) => void {
  let views: ReadonlyMap<string, string> = new Map();
  let since = 0;
  return (place, { b }) => {
    checkState(place.state());
    checkLine(place.state());
    views = checkStreams(place, since, views);
    since = place.entries.length;
    const { command, actor, at } = place.entries.at(-1) ?? {};
    if (b % 16 !== 0 || command === undefined || actor === undefined || at === undefined) return;
    const before = encoded(place.state());
    tenderEngine.decide(place.state(), { command, actor, at: at + 1, entropy: null });
    expect(encoded(place.state())).toBe(before);
  };
}

/** From the events as a journal holds them, in the shorter way where there is one. */
function recovered({ entries }: Venue): TenderState {
  let state = tenderEngine.create();
  for (const { decision, at } of entries) {
    const events = decision.kind === "accepted" ? decision.events : [];
    const short = evolveShort(state, JSON.stringify(events), at);
    if (short !== null) state = short;
    else for (const event of events) state = tenderEngine.evolve(state, event, at);
  }
  return state;
}

/** The same from the facts alone, from a snapshot in their middle, and by deciding every command again. */
function checkReplay(place: Venue): void {
  const facts = factsOf(place.entries);
  const live = encoded(place.state());
  let state = tenderEngine.create();
  facts.forEach(({ event, at }, index) => {
    if (index === facts.length >> 1)
      state = tenderEngine.decode(JSON.parse(JSON.stringify(tenderEngine.encode(state))));
    state = tenderEngine.evolve(state, JSON.parse(JSON.stringify(event)), at);
  });
  expect(encoded(state)).toBe(live);
  expect(shown(place, state)).toEqual(shown(place));
  expect(tenderEngine.wakeAt(state)).toBe(tenderEngine.wakeAt(place.state()));
  expect(encoded(recovered(place))).toBe(live);
  let again = tenderEngine.create();
  for (const { decision, ...input } of place.entries) {
    const second = tenderEngine.decide(again, input);
    expect(second).toEqual(decision);
    if (second.kind === "accepted")
      for (const event of second.events) again = tenderEngine.evolve(again, event, input.at);
  }
  expect(encoded(again)).toBe(live);
}

test("any walk keeps the invariants, and its journal leads to the same state", () => {
  fc.assert(
    fc.property(settings, steps, (setting, list) => {
      const place = walk(setting, list, watcher());
      checkEvents(factsOf(place.entries).map(({ event }) => event));
      checkReplay(place);
    }),
    // Making a failing walk smaller takes longer than reading it.
    { seed: 20_310_303, numRuns: 40, endOnFailure: true },
  );
}, 60_000);

/** A walk that never comes near a fact proves nothing about it. */
const everyEvent: Readonly<Record<TenderEvent["type"], true>> = {
  tender_drafted: true,
  tender_revised: true,
  tender_published: true,
  tender_amended: true,
  phase_reached: true,
  tender_cancelled: true,
  tender_finished: true,
  supplier_invited: true,
  admission_requested: true,
  supplier_admitted: true,
  supplier_refused: true,
  supplier_excluded: true,
  question_asked: true,
  question_answered: true,
  initial_price_submitted: true,
  initial_price_withdrawn: true,
  initial_prices_opened: true,
  price_evaluated: true,
  price_disqualified: true,
  lot_scheduled: true,
  lots_shifted: true,
  lot_opened: true,
  bid_accepted: true,
  proxy_changed: true,
  lot_extended: true,
  lot_paused: true,
  lot_resumed: true,
  bid_voided: true,
  lot_closed: true,
  below_reserve_accepted: true,
  lot_cancelled: true,
  lot_aborted: true,
  lot_replanned: true,
  lot_unsuccessful: true,
  award_proposed: true,
  award_overdue: true,
  award_accepted: true,
  award_rejected: true,
  award_refused: true,
  award_cancelled: true,
  contract_drawn: true,
  contract_signed: true,
};

test("the walks meet every fact but the revision of a draft, and most refusals", () => {
  const seen = new Set<string>(["tender_revised"]);
  const refused = new Set<string>();
  for (const [setting, list] of fc.sample(fc.tuple(settings, steps), { seed: 4711, numRuns: 120 })) {
    for (const { decision } of walk(setting, list, () => undefined).entries) {
      if (decision.kind === "rejected") refused.add(decision.rejection.code);
      else for (const { type } of decision.events) seen.add(type);
    }
  }
  expect([...seen].sort()).toEqual(Object.keys(everyEvent).sort());
  expect(refused.size).toBeGreaterThan(40);
  expect([...refused].filter((code) => !tenderRejectionCodes.includes(code as never))).toEqual([]);
}, 60_000);
