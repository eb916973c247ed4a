import { instantOfMicros } from "@kontor/kernel";
import type { LotTerms } from "@kontor/protocol";
import { at, later } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { dates, hour, lotId, lotTerms, rules, tenderId, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, admitted, factsOfType, opened, owner, system, typesOf } from "./venue.ts";

const minute = 60_000;
const opening = dates.auctionOpensAt;
const three: LotTerms[] = [lotTerms(), lotTerms(), lotTerms()];
const scheduled = (mode: "parallel" | "staggered" | "serial", lots = three) =>
  terms({ procedure: { schedule: { mode, gapMs: minute } }, lots });
const phases = (place: Venue) => [1, 2, 3].map((number) => place.lotFor("public", number).phase);
const openings = (place: Venue) => [1, 2, 3].map((number) => place.lotFor("public", number).opensAt);

describe("parallel lots", () => {
  test("open together", () => {
    const place = opened(["ada"], scheduled("parallel"));
    expect(phases(place)).toEqual(["open", "open", "open"]);
    expect(factsOfType(place, "lot_opened").map(({ opensAt }) => opensAt)).toEqual([opening, opening, opening]);
    expect(factsOfType(place, "phase_reached").map(({ phase }) => phase)).toEqual([
      "enquiries",
      "submission",
      "waiting",
      "auction",
    ]);
  });
});

describe("staggered lots", () => {
  test("open each the gap after the one before, whatever becomes of it", () => {
    const place = opened(["ada"], scheduled("staggered"));
    expect(openings(place)).toEqual([opening, later(opening, minute), later(opening, 2 * minute)]);
    accepted(place.by(owner, "pause_lot", { reason: "wait" }));
    place.pass(minute);
    expect(phases(place)).toEqual(["paused", "open", "scheduled"]);
    place.pass(minute);
    expect(phases(place)).toEqual(["paused", "open", "open"]);
  });
});

describe("serial lots", () => {
  const second = later(opening, 11 * minute);

  test("open each the gap after the one before closed", () => {
    const place = opened(["ada", "bob"], scheduled("serial"));
    expect(openings(place)).toEqual([opening, second, later(opening, 22 * minute)]);
    expect(phases(place)).toEqual(["open", "scheduled", "scheduled"]);
    place.moveTo(at(second) - 1);
    expect(phases(place)).toEqual(["unsuccessful", "scheduled", "scheduled"]);
    expect(place.notice().phase).toBe("auction");
    place.moveTo(at(second));
    expect(phases(place)).toEqual(["unsuccessful", "open", "scheduled"]);
    place.pass(hour);
    expect(phases(place)).toEqual(["unsuccessful", "unsuccessful", "unsuccessful"]);
    expect(factsOfType(place, "lot_scheduled")).toHaveLength(3);
  });

  test("shift with an extension in one fact, and are announced anew when the lot has closed", () => {
    const place = opened(["ada", "bob"], scheduled("serial"));
    place.pass(9 * minute);
    const bid = place.by("ada", "submit_bid", { price: "9000" });
    const end = place.lotFor("public").endsAt ?? "";
    expect(at(end)).toBeGreaterThan(at(later(opening, 10 * minute)));
    expect(typesOf(bid)).toEqual(["bid_accepted", "lot_extended", "lots_shifted"]);
    expect(bid.events.at(-1)).toEqual({
      type: "lots_shifted",
      tenderId,
      lotIds: [lotId(2), lotId(3)],
      opensAt: later(end, minute),
    });
    expect(openings(place).slice(1)).toEqual([later(end, minute), later(end, 12 * minute)]);
    expect(factsOfType(place, "lot_scheduled")).toHaveLength(3);
    place.moveTo(at(end));
    expect(factsOfType(place, "lot_scheduled").slice(3)).toMatchObject([
      { lotId: lotId(2), opensAt: later(end, minute) },
      { lotId: lotId(3), opensAt: later(end, 12 * minute) },
    ]);
    place.moveTo(at(end) + minute * 1000);
    expect(phases(place)[1]).toBe("open");
  });

  test("shift only while one waits", () => {
    const place = opened(["ada", "bob"], scheduled("serial", [lotTerms(), lotTerms()]));
    const early = place.by("ada", "submit_bid", { price: "9000" });
    expect(typesOf(early)).toEqual(["bid_accepted"]);
    place.moveTo(at(second) + 9 * minute * 1000);
    const late = place.by("bob", "submit_bid", { lot: 2, price: "9000" });
    expect(typesOf(late)).toEqual(["bid_accepted", "lot_extended"]);
  });

  test("go back to their places when the lot that held them up ends on its announced time after all", () => {
    const place = opened(["ada", "bob"], scheduled("serial"));
    place.pass(9 * minute);
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    expect(at(openings(place)[1] ?? "")).toBeGreaterThan(at(second));
    place.pass(minute - 1);
    expect(typesOf(place.by(owner, "abort_lot", { reason: "power cut" }))).toEqual([
      "lot_aborted",
      "lot_scheduled",
      "lot_scheduled",
    ]);
    expect(openings(place).slice(1)).toEqual([second, later(opening, 22 * minute)]);
  });

  test("shift with an outage, but not one that was planned anew", () => {
    const place = opened(["ada"], scheduled("serial", [lotTerms(), lotTerms(), lotTerms(), lotTerms()]));
    accepted(place.by(owner, "abort_lot", { reason: "power cut" }));
    const ownOpening = later(opening, 2 * hour);
    accepted(place.by(owner, "replan_lot", { opensAt: ownOpening }));
    const [, next = ""] = openings(place);
    place.moveTo(at(next) + 9 * minute * 1000);
    const [from, to] = [later(next, 9 * minute), later(next, 20 * minute)];
    place.moveTo(at(from));
    const answer = place.send({ type: "report_outage", from: at(from), to: at(to) }, system);
    const end = place.lotFor("public", 2).endsAt ?? "";
    expect(typesOf(answer)).toEqual(["lot_extended", "lots_shifted"]);
    expect(answer.events.at(-1)).toMatchObject({ lotIds: [lotId(3), lotId(4)], opensAt: later(end, minute) });
    expect(openings(place)).toEqual([ownOpening, next, later(end, minute)]);
  });

  test("wait for a paused one and shift by the pause", () => {
    const place = opened(["ada"], scheduled("serial"));
    accepted(place.by(owner, "pause_lot", { reason: "line down" }));
    place.pass(3 * hour);
    expect(phases(place)).toEqual(["paused", "scheduled", "scheduled"]);
    expect(typesOf(place.by(owner, "resume_lot"))).toEqual(["lot_resumed", "lots_shifted"]);
    const end = place.lotFor("public").endsAt ?? "";
    expect(openings(place).slice(1)).toEqual([later(end, minute), later(end, 12 * minute)]);
  });

  test("shift with the operator's extension", () => {
    const place = opened(["ada"], scheduled("serial"));
    accepted(place.by(owner, "extend_lot", { endsAt: later(opening, hour), reason: "guests" }));
    expect(openings(place)[1]).toBe(later(opening, hour + minute));
  });

  test("close their ranks when one is cancelled before its turn", () => {
    const place = admitted(["ada"], scheduled("serial"));
    expect(typesOf(place.by(owner, "cancel_lot", { reason: "sold" }))).toEqual([
      "lot_cancelled",
      "lot_scheduled",
      "lot_scheduled",
    ]);
    expect(openings(place).slice(1)).toEqual([opening, second]);
    place.moveTo(at(opening));
    expect(phases(place)).toEqual(["cancelled", "open", "scheduled"]);
  });

  test("keep the running one's distance when one behind it is cancelled", () => {
    const place = opened(["ada"], scheduled("serial"));
    accepted(place.by(owner, "cancel_lot", { lot: 2, reason: "sold" }));
    expect(openings(place)[2]).toBe(second);
    expect(phases(place)).toEqual(["open", "cancelled", "scheduled"]);
  });

  test("leave the first one's opening alone when one behind it is cancelled before the auction", () => {
    const place = admitted(["ada"], scheduled("serial"));
    place.moveTo(at(opening) - 1000);
    accepted(place.by(owner, "cancel_lot", { lot: 2, reason: "sold" }));
    expect(openings(place)).toEqual([opening, second, second]);
  });

  test("go on from the next whole second after an early end", () => {
    const place = opened(["ada"], scheduled("serial"));
    place.moveTo(at(opening) + 90_000_500);
    accepted(place.by(owner, "cancel_lot", { reason: "wrong grade" }));
    expect(openings(place)[1]).toBe(later(opening, 91_000 + minute));
  });

  test("go on when one is aborted, which then has its own opening", () => {
    const place = opened(["ada"], scheduled("serial"));
    accepted(place.by(owner, "abort_lot", { reason: "power cut" }));
    const next = openings(place)[1] ?? "";
    expect(at(next)).toBeGreaterThan(at(opening) + 60_000_000 - 1);
    accepted(place.by(owner, "replan_lot", { opensAt: next }));
    place.moveTo(at(next));
    expect(phases(place)).toEqual(["open", "open", "scheduled"]);
    expect(factsOfType(place, "lot_opened")).toHaveLength(3);
  });
});

test("sealed lots have no place in the schedule", () => {
  const place = admitted(
    [],
    terms({
      procedure: { schedule: { mode: "staggered", gapMs: minute }, initialPrices: "required" },
      lots: [lotTerms(), lotTerms({ rules: rules({ format: "sealed" }) }), lotTerms()],
    }),
  );
  expect(openings(place)).toEqual([opening, undefined, later(opening, minute)]);
});

test("late timers are decided in the order of their dates", () => {
  const place = admitted(["ada"], scheduled("staggered"));
  place.moveTo(at(opening) + hour * 1000);
  const stamps = place.entries.map((entry) => entry.at);
  expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
  expect(factsOfType(place, "lot_opened").map(({ opensAt }) => opensAt)).toEqual(
    [0, 1, 2].map((n) => instantOfMicros(at(opening) + n * minute * 1000)),
  );
});
