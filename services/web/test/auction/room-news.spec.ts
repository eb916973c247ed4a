import { problemOf } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import type { Told } from "../../src/auction/announcements.ts";
import { clockTexts, noticesOf, standingTexts } from "../../src/auction/announcements.ts";
import { bidPointsOf, boardRowsOf, Frozen } from "../../src/auction/board-rows.ts";
import { connectionLevel, mayUseSteps } from "../../src/auction/connection-state.ts";
import { problemText } from "../../src/auction/problem-texts.ts";
import type { RoomState } from "../../src/auction/room-state.ts";
import { ruleSentences } from "../../src/auction/rule-sentences.ts";
import { lotView, noonMs } from "./views.ts";

const open: RoomState = {
  stage: "open",
  hero: { kind: "leading", rank: 1 },
  clock: { kind: "closes_in", at: noonMs + 80_000, remainingMs: 80_000 },
  form: { kind: "enabled", steps: true },
  extensions: 0,
};
function told(changes: Partial<Told> = {}, room: Partial<RoomState> = {}): Told {
  const base: Told = {
    room: { ...open, ...room },
    required: "412.50",
    best: "413.00",
    status: "none",
    connection: "fresh",
    refusal: null,
  };
  return { ...base, ...changes };
}
const behind = { hero: { kind: "rank", rank: 3, of: 7 } } as const;

describe("what is told to who does not look", () => {
  test("nothing while nothing changes, however the clock runs", () => {
    const later = told({}, { clock: { ...open.clock, remainingMs: 20_000 } });
    expect(noticesOf(told(), later)).toEqual([]);
  });

  test("rank and required price in one", () => {
    expect(standingTexts(told({}, behind)).map(({ id }) => id)).toEqual([
      "auction.hero.rank_of",
      "auction.told.required",
    ]);
    expect(clockTexts(open)).toEqual([{ id: "auction.told.closes_in", values: { left: { durationMs: 80_000 } } }]);
  });

  test("being outbid interrupts in the last minute alone", () => {
    const [early] = noticesOf(told(), told({ best: "412.50" }, behind));
    expect(early).toMatchObject({ topic: "standing", urgent: false });
    const clock = { ...open.clock, remainingMs: 59_000 };
    expect(noticesOf(told(), told({}, { ...behind, clock }))).toMatchObject([{ topic: "standing", urgent: true }]);
  });

  test("an extension is told once", () => {
    const extended = told({}, { extensions: 1 });
    expect(noticesOf(told(), extended)).toMatchObject([{ topic: "end", urgent: false }]);
    expect(noticesOf(extended, extended)).toEqual([]);
  });

  test("a refusal and a lost connection interrupt", () => {
    const refusal = { id: "auction.problem.auction_paused" };
    expect(noticesOf(told(), told({ status: "rejected", refusal, connection: "lost" }))).toMatchObject([
      { topic: "bid", urgent: true, texts: [refusal] },
      { topic: "connection", urgent: true },
    ]);
  });
});

describe("age of data decides about the connection", () => {
  test.each([
    [0, "fresh"],
    [2_499, "fresh"],
    [2_500, "late"],
    [5_000, "lost"],
    [15_000, "down"],
  ])("%i ms old: %s", (ageMs, level) => {
    expect(connectionLevel({ ageMs, waitedMs: 60_000, closed: false })).toBe(level);
  });

  test("before the first word it is patient, closed it is down", () => {
    expect(connectionLevel({ ageMs: null, waitedMs: 100, closed: false })).toBe("starting");
    expect(connectionLevel({ ageMs: null, waitedMs: 20_000, closed: false })).toBe("down");
    expect(connectionLevel({ ageMs: 0, waitedMs: 0, closed: true })).toBe("down");
    expect(mayUseSteps("late")).toBe(false);
  });
});

describe("the board", () => {
  const view = lotView({
    bestAlias: "Bidder #2",
    standings: {
      "Bidder #1": { price: "999.00", at: "2026-11-22T14:40:00Z" },
      "Bidder #2": { price: "998.50", at: "2026-11-22T14:42:00Z" },
      "Bidder #3": { price: "1000.00", at: "2026-11-22T14:39:00Z" },
      "Bidder #4": { price: "999.00", at: "2026-11-22T14:38:00Z" },
    },
    recent: {
      10: { alias: "Bidder #2", price: "998.50", at: "2026-11-22T14:42:00Z" },
      9: { alias: "Bidder #3", price: "1000.00", at: "2026-11-22T14:39:00Z", void: true },
    },
  });

  test("has the better price first, equal ones by time, and marks one's own", () => {
    const rows = boardRowsOf(view, "Bidder #3");
    expect(rows.map(({ alias }) => alias.at(-1)).join("")).toBe("2413");
    expect(rows.filter(({ own }) => own).map(({ alias }) => alias)).toEqual(["Bidder #3"]);
    expect(rows.filter(({ best }) => best).map(({ alias }) => alias)).toEqual(["Bidder #2"]);
    const sale = boardRowsOf({ ...view, direction: "sell" }, undefined);
    expect(sale.map(({ alias }) => alias.at(-1)).join("")).toBe("3412");
  });

  test("lists bids by number, with the voided ones", () => {
    expect(bidPointsOf(view, "Bidder #3").map((bid) => [bid.number, bid.own, bid.void])).toEqual([
      [9, true, true],
      [10, false, false],
    ]);
  });

  test("stands still as it was when it was stopped, and shows the newest when let go", () => {
    const frozen = new Frozen("a");
    expect([frozen.next("b", false), frozen.next("c", true), frozen.next("d", true), frozen.next("e", false)]).toEqual([
      "b",
      "c",
      "c",
      "e",
    ]);
  });
});

describe("texts", () => {
  test("a refusal says the nearest price, or does without where the server may not tell it", () => {
    expect(problemText(problemOf("step_too_small", { nearest: "412.50" }))).toEqual({
      id: "auction.problem.step_too_small",
      values: { nearest: { money: "412.50" } },
    });
    expect(problemText(problemOf("step_too_small"))).toEqual({ id: "auction.problem.hidden" });
    expect(problemText(problemOf("auction_closed", { lateByMs: 210.417, endedAt: "2026-11-22T15:00:00Z" }))).toEqual({
      id: "auction.problem.auction_closed",
      values: { lateByMs: { durationMs: 210.417 }, endedAt: { atMs: noonMs, precise: true } },
    });
    expect(problemText(problemOf("already_signed")).id).toBe("auction.problem.other");
  });

  test("rules are sentences", () => {
    const rules = {
      stepMin: { kind: "absolute", amount: "5.00" },
      softClose: {
        variant: "reset_in_window",
        windowMs: 120_000,
        extensionMs: 120_000,
        trigger: "any_bid",
        topCount: 3,
        scope: "lot",
      },
    } as const;
    expect(ruleSentences(lotView(), { rules }).map(({ id }) => id)).toEqual([
      "auction.rule.format.english_reverse",
      "auction.rule.start.buy",
      "auction.rule.step_min.absolute",
      "auction.rule.visibility.lead",
      "auction.rule.end.reset_in_window",
    ]);
  });
});
