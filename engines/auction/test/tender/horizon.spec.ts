import { instantOfMicros, lastInstant, limits } from "@kontor/kernel";
import type { TenderTerms } from "@kontor/protocol";
import { at } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { dates, day, hour, lotId, lotTerms, rules, sealedTerms, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, admitted, drafted, opened, owner } from "./venue.ts";

/** What follows a lot's end by the rules of `terms()`: a cap of a day, ten minutes after an outage, five days, ten days. */
const tailMs = limits.softCloseCapMs + 600_000 + 5 * day + 10 * day;
const fromTheEnd = (ms: number): string => instantOfMicros(lastInstant - ms * 1_000);
const durationMs = 600_000;

const publish = (written: TenderTerms) =>
  drafted(written).by(owner, "publish_tender", { expectedVersion: 1 }).rejection?.faults ?? [];

describe("a notice leaves room for all that may follow from its dates", () => {
  const opening = (auctionOpensAt: string, changes: Parameters<typeof terms>[0] = {}) =>
    terms({ ...changes, calendar: { auctionOpensAt } });
  const tooFar = [{ pointer: "/calendar/auctionOpensAt", rule: "date_too_far" }];
  const serial = (gapMs: number) => ({ procedure: { schedule: { mode: "serial" as const, gapMs } } });

  test("of one lot, to the microsecond", () => {
    expect(publish(opening(fromTheEnd(tailMs + durationMs)))).toEqual([]);
    expect(publish(opening(instantOfMicros(lastInstant - (tailMs + durationMs) * 1_000 + 1)))).toEqual(tooFar);
    expect(publish(opening("2199-12-31T23:59:59Z"))).toEqual(tooFar);
  });

  test("of the last lot of a schedule", () => {
    const lots = Array.from({ length: 3 }, () => lotTerms());
    const chain = 3 * durationMs + 2 * hour;
    expect(publish(opening(fromTheEnd(tailMs + chain), { lots, ...serial(hour) }))).toEqual([]);
    expect(publish(opening(fromTheEnd(tailMs + chain - 1), { lots, ...serial(hour) }))).toEqual(tooFar);
  });

  test("of two hundred lots that take a year each", () => {
    const year = limits.durationMsMax;
    const lots = Array.from({ length: limits.partsPerShardMax }, () =>
      lotTerms({ rules: rules({ durationMs: year }) }),
    );
    expect(publish(terms({ lots, ...serial(year) }))).toEqual(tooFar);
  });

  test("of sealed lots after the deadline", () => {
    const until = (submissionsUntil: string) => publish(sealedTerms({ calendar: { submissionsUntil } }));
    expect(until(fromTheEnd(tailMs))).toEqual([]);
    expect(until(fromTheEnd(tailMs - 1))).toEqual([{ pointer: "/calendar/submissionsUntil", rule: "date_too_far" }]);
  });

  test("nor is a date taken that is no instant", () => {
    for (const date of ["0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z"])
      expect(publish({ ...terms(), calendar: { ...dates, questionsUntil: date } })).toContainEqual({
        pointer: "/calendar/questionsUntil",
        rule: "date_impossible",
      });
  });

  test("as amended, too", () => {
    const place = admitted(["ada"]);
    const changes = { calendar: { auctionOpensAt: fromTheEnd(0) } };
    expect(place.by(owner, "amend_tender", { expectedVersion: 1, changes, reason: "later" }).rejection).toMatchObject({
      code: "terms_incomplete",
      faults: tooFar,
    });
  });
});

describe("an opening that is planned anew", () => {
  const aborted = (): Venue => {
    const place = opened(["ada"]);
    accepted(place.by(owner, "abort_lot", { reason: "power cut" }));
    return place;
  };
  const latest = fromTheEnd(tailMs + durationMs);

  test.each(["2199-12-31T23:59:59.999999Z", instantOfMicros(at(latest) + 1)])("at %s is refused", (opensAt) => {
    const place = aborted();
    for (let again = 0; again < 4; again++)
      expect(place.by(owner, "replan_lot", { opensAt }).rejection).toEqual({
        code: "instant_invalid",
        pointer: "/opensAt",
        limit: latest,
      });
  });

  test("outside the instants there are is refused", () => {
    for (const opensAt of ["9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"])
      expect(aborted().by(owner, "replan_lot", { opensAt }).rejection).toMatchObject({ code: "instant_invalid" });
  });

  test("as late as can be is taken, and the lot runs there", () => {
    const place = aborted();
    accepted(place.by(owner, "replan_lot", { opensAt: latest }));
    place.moveTo(at(latest) + 1);
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
  });
});

describe("a later end", () => {
  test("is refused where nothing could follow, with the latest that would do", () => {
    const place = opened(["ada"]);
    const extend = (endsAt: string) => place.by(owner, "extend_lot", { endsAt, reason: "demand" });
    const late = { code: "instant_invalid", pointer: "/endsAt", limit: fromTheEnd(tailMs) };
    expect(extend(fromTheEnd(0)).rejection).toEqual(late);
    expect(extend(fromTheEnd(tailMs - 1)).rejection).toEqual(late);
    accepted(extend(fromTheEnd(tailMs)));
  });

  test("counts the lots that wait behind it in a serial schedule", () => {
    const lots = Array.from({ length: 3 }, () => lotTerms());
    const place = opened(["ada"], terms({ lots, procedure: { schedule: { mode: "serial", gapMs: hour } } }));
    const behind = 2 * (hour + durationMs);
    const extend = (endsAt: string) => place.by(owner, "extend_lot", { endsAt, reason: "demand" });
    expect(extend(fromTheEnd(tailMs + behind - 1)).rejection).toEqual({
      code: "instant_invalid",
      pointer: "/endsAt",
      limit: fromTheEnd(tailMs + behind),
    });
    accepted(extend(fromTheEnd(tailMs + behind)));
  });
});

describe("what only time adds stops at the last instant", () => {
  test("a pause of many years", () => {
    const place = opened(["ada"]);
    accepted(place.by(owner, "pause_lot", { reason: "?" }));
    place.moveTo(lastInstant - 1_000_000);
    accepted(place.by(owner, "resume_lot"));
    expect(place.lotFor("owner").endsAt).toBe(instantOfMicros(lastInstant));
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    expect(place.lotFor("owner").endsAt).toBe(instantOfMicros(lastInstant));
  });

  test("a standstill", () => {
    const place = opened(["ada"]);
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    place.moveTo(at(dates.auctionOpensAt) + hour * 1_000);
    place.moveTo(lastInstant - 1_000_000);
    accepted(place.by(owner, "accept_award", { awardId: `${lotId(1)}-a1` }));
    expect(place.lotFor("owner").awards?.[`${lotId(1)}-a1`]?.standstillEndsAt).toBe(instantOfMicros(lastInstant));
  });
});
