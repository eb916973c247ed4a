import type { LotPhase, LotView, OwnLotView } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import type { RoomSource } from "../../src/auction/room-state.ts";
import { roomStateOf } from "../../src/auction/room-state.ts";
import { lotView, noonMs, ownView } from "./views.ts";

type Changes = Partial<Omit<RoomSource, "view" | "own">> & {
  readonly view?: Partial<LotView>;
  readonly own?: Partial<OwnLotView> | null;
};

function room({ view, own = {}, ...rest }: Changes = {}) {
  return roomStateOf({
    view: lotView(view),
    own: own === null ? undefined : ownView(own),
    audience: own === null ? "public" : "bidder",
    nowMs: noonMs,
    connection: "fresh",
    mayBid: true,
    ...rest,
  });
}

describe("the hero says what the server said, and no more", () => {
  test.each<[string, Partial<LotView>, Partial<OwnLotView>, object]>([
    ["no bid yet", {}, {}, { kind: "no_bid" }],
    ["leading", {}, { standing: "leading", rank: 1 }, { kind: "leading", rank: 1 }],
    ["rank with the number of bidders", {}, { standing: "behind", rank: 3 }, { kind: "rank", rank: 3, of: 7 }],
    ["rank where the count is hidden", { bidderCount: undefined }, { standing: "behind", rank: 3 }, { of: null }],
    ["not leading where the rank is hidden", {}, { standing: "behind" }, { kind: "not_leading" }],
    ["tied", {}, { standing: "tied", rank: 1 }, { kind: "tied" }],
    ["a sealed lot tells nothing", {}, { standing: undefined, bidCount: 1 }, { kind: "bid_stands" }],
    ["closed without a result", { phase: "closed" }, { standing: "leading", rank: 1 }, { kind: "waiting" }],
    [
      "the award waits for the owner",
      { phase: "award_pending" },
      { award: { awardId: "a1", status: "pending" } },
      { kind: "chosen" },
    ],
    [
      "won",
      { phase: "standstill", result: { outcome: "sold", winnerCompanyId: "c1" } },
      { award: { awardId: "a1", status: "accepted" } },
      { kind: "won" },
    ],
    ["lost", { phase: "standstill", result: { outcome: "sold", winnerCompanyId: "c2" } }, {}, { kind: "lost" }],
    ["nobody won", { phase: "unsuccessful", result: { outcome: "no_bids" } }, {}, { outcome: "no_bids" }],
    ["cancelled", { phase: "cancelled" }, {}, { kind: "no_award", outcome: "cancelled" }],
  ])("%s", (...[, view, own, hero]) => {
    const clean = (changes: object) => Object.fromEntries(Object.entries(changes).filter(([, v]) => v !== undefined));
    const { hero: shown } = roomStateOf({
      view: clean({ ...lotView(), ...view }) as LotView,
      own: clean({ ...ownView(), ...own }) as OwnLotView,
      audience: "bidder",
      nowMs: noonMs,
      connection: "fresh",
      mayBid: true,
    });
    expect(shown).toMatchObject(hero);
  });

  test("whoever watches sees no standing", () => {
    expect(room({ own: null }).hero).toEqual({ kind: "watching" });
  });
});

describe("the row of the state decides clock and form together", () => {
  test.each<[string, Changes, string, object, object]>([
    [
      "long before",
      { view: { phase: "scheduled", opensAt: "2026-11-22T16:00:00Z" } },
      "scheduled",
      { kind: "starts_in" },
      { kind: "hidden", reason: "not_started" },
    ],
    [
      "a quarter before",
      { view: { phase: "scheduled", opensAt: "2026-11-22T15:15:00Z" } },
      "lobby",
      { kind: "starts_in", remainingMs: 900_000 },
      { kind: "hidden" },
    ],
    ["open", {}, "open", { kind: "closes_in", remainingMs: 600_000 }, { kind: "enabled", steps: true }],
    ["old data", { connection: "late" }, "open", { kind: "closes_in" }, { kind: "enabled", steps: false }],
    [
      "paused",
      { view: { phase: "paused", remainingMs: 42_000 } },
      "paused",
      { kind: "frozen", remainingMs: 42_000 },
      { kind: "disabled", reason: "paused" },
    ],
    [
      "time is up",
      { view: { endsAt: "2026-11-22T15:00:00Z" } },
      "closing",
      { kind: "confirming" },
      { kind: "disabled", reason: "closing" },
    ],
    ["closed", { view: { phase: "closed" } }, "deciding", { kind: "ended" }, { kind: "hidden", reason: "ended" }],
    ["a role that does not bid", { mayBid: false }, "open", {}, { kind: "disabled", reason: "no_permission" }],
    ["not admitted", { own: { admitted: false } }, "open", {}, { kind: "disabled", reason: "not_admitted" }],
    ["watching", { own: null }, "open", {}, { kind: "hidden", reason: "observer" }],
  ])("%s", (...[, changes, stage, clock, form]) => {
    const state = room(changes);
    expect(state.stage).toBe(stage);
    expect(state.clock).toMatchObject(clock);
    expect(state.form).toMatchObject(form);
  });

  test("until the server closes it, no phase but an ended one shows a winner", () => {
    const phases: readonly LotPhase[] = ["planned", "scheduled", "open", "paused", "closed", "award_pending"];
    for (const phase of phases) {
      const { hero } = room({ view: { phase }, own: { standing: "leading", rank: 1 } });
      expect(["won", "lost"]).not.toContain(hero.kind);
    }
  });

  test("an unseen end is not counted down", () => {
    const { endsAt: _, ...unseen } = lotView();
    const state = roomStateOf({
      view: unseen,
      own: ownView(),
      audience: "bidder",
      nowMs: noonMs,
      connection: "fresh",
      mayBid: true,
    });
    expect(state.clock).toEqual({ kind: "unseen_end", at: null, remainingMs: null });
    expect(state.stage).toBe("open");
  });
});
