import type { Decision, JsonObject, Micros } from "@kontor/kernel";
import { canonicalJson, instantOfMicros, limits } from "@kontor/kernel";
import type { Leader, LiveEvent, TenderRejection } from "@kontor/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LiveAuction, LiveCommand } from "../../src/live/live-auction.ts";
import {
  decideDue,
  decideExclusion,
  decideLive,
  decideOutage,
  decodeLive,
  encodeLive,
  evolveLive,
  liveViews,
  liveWakeAt,
  rankingOf,
} from "../../src/live/live-auction.ts";
import type { Act } from "./arbitrary.ts";
import { anyAct, anyLot } from "./arbitrary.ts";
import type { LotInput } from "./given.ts";
import { at, bidId, lot, lotId, secret } from "./given.ts";
import type { TwinLot } from "./twin.ts";
import { isForward, objection, proxyPrice, ranking, rankOf } from "./twin.ts";

type LiveDecision = Decision<LiveEvent, TenderRejection>;

const hour = 3_600_000_000;
/** Who leads after the event, by the event alone. */
function leaderAfter(event: LiveEvent): Leader | undefined {
  if (!("leader" in event) || event.leader === undefined) {
    return event.type === "bid_accepted"
      ? { companyId: event.companyId, bidId: event.bidId, price: event.price }
      : undefined;
  }
  if (event.type === "bid_accepted") expect(event.leader.bidId).not.toBe(event.bidId);
  return event.leader;
}

const text = (cents: number | bigint): string => (Number(cents) / 100).toFixed(2);

/** An auction, its naive twin, and everything that happened. */
class World {
  readonly input: LotInput;
  readonly auction: LiveAuction;
  readonly twin: TwinLot;
  readonly journal: { readonly event: LiveEvent; readonly at: Micros }[] = [];
  now: Micros = at("14:00");

  constructor(input: LotInput) {
    this.input = input;
    this.auction = lot(input);
    this.twin = { rules: this.auction.setup.rules, bids: [], secret, lotId };
  }

  decide(command: object, companyId = "owner"): LiveDecision {
    const by = { companyId, userId: `user-${companyId}`, at: this.now };
    return decideLive(this.auction, { lotId, ...command } as LiveCommand, by);
  }

  take(events: readonly LiveEvent[]): void {
    for (const event of events) {
      const stored = JSON.parse(JSON.stringify(event)) as LiveEvent;
      evolveLive(this.auction, stored, this.now);
      this.journal.push({ event: stored, at: this.now });
      this.#follow(stored);
    }
  }

  #follow(event: LiveEvent): void {
    const { bids } = this.twin;
    if (event.type === "bid_accepted" || event.type === "proxy_changed") {
      const maximum = event.type === "proxy_changed" ? event.maximum : (event.maximum ?? event.price);
      bids.push({ id: event.bidId, companyId: event.companyId, offer: Math.round(Number(maximum) * 100), void: false });
    }
    const voided = event.type === "bid_voided" ? bids.find(({ id }) => id === event.bidId) : undefined;
    if (voided !== undefined) voided.void = true;
  }

  /** Advances the clock, lets the lot close if that is due, and sends the act. */
  act(act: Act): { readonly decision: LiveDecision; readonly offered: number | null } {
    this.now += act.waitUs;
    this.take(decideDue(this.auction, this.now));
    const offered = act.kind === "bid" || act.kind === "proxy" ? this.#aimed(act.aim) : null;
    return { decision: this.#decideAct(act, offered), offered };
  }

  /** From worst to best: forward 100 to 300, reverse 300 to 30; mostly on the grid. */
  #aimed(aim: number): number {
    const price = isForward(this.twin.rules) ? 10_000 + aim * 20 : 30_000 - aim * 27;
    const grid = Math.round(Number(this.twin.rules.grid ?? "0.01") * 100);
    return aim % 10 === 0 ? price : Math.round(price / grid) * grid;
  }

  #decideAct(act: Act, offered: number | null): LiveDecision {
    const facts = (events: readonly LiveEvent[]): LiveDecision => ({ kind: "accepted", events });
    switch (act.kind) {
      case "bid":
        return this.decide({ type: "submit_bid", price: text(offered ?? 0) }, act.companyId);
      case "proxy":
        if (!this.auction.format.takesMaximum)
          return this.decide({ type: "submit_bid", price: text(offered ?? 0) }, act.companyId);
        return this.decide({ type: "set_proxy", maximum: text(offered ?? 0) }, act.companyId);
      case "buy_now":
        return this.decide({ type: "buy_now" }, act.companyId);
      case "exclude":
        return facts(decideExclusion(this.auction, act.companyId, { reason: "collusion", at: this.now }));
      case "pause":
        return this.decide({ type: "pause_lot", reason: "check" });
      case "resume":
        return this.decide({ type: "resume_lot" });
      case "outage":
        return facts(decideOutage(this.auction, this.now - 30_000_000, this.now));
      case "extend": {
        const endsAt = instantOfMicros((liveWakeAt(this.auction) ?? this.now) + act.byUs);
        return this.decide({ type: "extend_lot", endsAt, reason: "demand" });
      }
      case "void":
        return this.decide({ type: "void_bid", bidId: bidId(act.pick), reason: "error" });
    }
  }
}

type StepMade = { readonly act: Act; readonly decision: LiveDecision; readonly offered: number | null };

/** Plays acts one by one; `check` sees each decision before its events are taken in. */
function play(input: LotInput, acts: readonly Act[], check: (world: World, step: StepMade) => void): World {
  const world = new World(input);
  for (const act of acts) {
    const made = world.act(act);
    check(world, { act, ...made });
    if (made.decision.kind === "accepted") world.take(made.decision.events);
  }
  return world;
}

const copyOf = (auction: LiveAuction): LiveAuction =>
  decodeLive(JSON.parse(JSON.stringify(encodeLive(auction))) as JsonObject);

function always(seed: number, property: (input: LotInput, acts: readonly Act[]) => void): void {
  const acts = fc.array(anyAct, { minLength: 20, maxLength: 60, size: "max" });
  fc.assert(fc.property(anyLot, acts, property), { seed, numRuns: 150 });
}

const stateCodes = new Set(["auction_paused", "auction_closed", "auction_not_open", "bad_format"]);

describe("for any rules and any course of commands", () => {
  test("the engine and its naive twin judge every offer the same, by the same rule", () => {
    const seen = new Map<string, number>();
    always(101, (input, acts) => {
      play(input, acts, ({ twin }, { act, decision, offered }) => {
        if (offered === null || !("companyId" in act)) return;
        const code = decision.kind === "rejected" ? decision.rejection.code : "accepted";
        seen.set(code, (seen.get(code) ?? 0) + 1);
        if (!stateCodes.has(code)) expect(code).toBe(objection(twin, act.companyId, offered) ?? "accepted");
      });
    });
    const relative = ["already_leading", "not_better_than_own", "not_better_than_reference", "tie_forbidden"];
    for (const code of ["accepted", "step_too_small", "step_too_large", "not_on_grid", ...relative])
      expect([code, (seen.get(code) ?? 0) > 20]).toEqual([code, true]);
  });

  test("standings, ranks, leader and price are the twin's; no leader is lost", () => {
    always(102, (input, acts) => {
      const compare = ({ auction, twin }: World): void => {
        const order = ranking(twin);
        const ranked = rankingOf(auction);
        expect(ranked.map(({ bidId: id }) => id)).toEqual(order.map(({ id }) => id));
        expect(ranked.map(({ rank }) => rank)).toEqual(order.map(({ companyId }) => rankOf(twin, companyId)));
        const best = twin.rules.format === "proxy_forward" ? proxyPrice(twin) : (order[0]?.offer ?? null);
        const bought = auction.clock.endedAt !== null && auction.book.bids.at(-1)?.source === "buy_now";
        if (!bought) expect(ranked[0] === undefined ? null : Number(ranked[0].price)).toBe(best);
      };
      compare(play(input, acts, compare));
    });
  });

  test("events tell the rank and the leader that come about", () => {
    always(103, (input, acts) => {
      play(input, acts, ({ auction, now }, { decision }) => {
        if (decision.kind === "rejected") return;
        const after = copyOf(auction);
        for (const event of decision.events) {
          evolveLive(after, event, now);
          const [leader] = rankingOf(after);
          const named = leaderAfter(event);
          if (named === undefined) continue;
          expect(named).toEqual({
            companyId: leader?.companyId,
            bidId: leader?.bidId,
            price: text(leader?.price ?? 0),
          });
          if ("rank" in event)
            expect(rankingOf(after).find(({ companyId }) => companyId === event.companyId)?.rank).toBe(event.rank);
        }
      });
    });
  });

  test("the nearest price is accepted, nothing nearer is, and none is named where none would pass", () => {
    let named = 0;
    always(104, (input, acts) => {
      play(input, acts, (world, { act, decision, offered }) => {
        if (decision.kind === "accepted" || offered === null || !("companyId" in act)) return;
        const { code, nearest } = decision.rejection;
        const { format, tiesAllowed } = world.twin.rules;
        // A free price beside a rival's would tell his.
        if (stateCodes.has(code) || (format === "rank_reverse" && !tiesAllowed)) return;
        const accepts = (cents: number): boolean => objection(world.twin, act.companyId, cents) === null;
        if (nearest === undefined) {
          for (let cents = 1; cents < 40_000; cents += 997) expect(accepts(cents)).toBe(false);
          return;
        }
        named += 1;
        expect(world.decide({ type: "submit_bid", price: nearest }, act.companyId).kind).toBe("accepted");
        const away = Math.abs(Math.round(Number(nearest) * 100) - offered);
        for (let cents = 1; cents < away; cents += Math.max(1, Math.floor(away / 6)))
          expect([accepts(offered - cents), accepts(offered + cents)]).toEqual([false, false]);
      });
    });
    expect(named).toBeGreaterThan(500);
  });

  test("the next price that a view names is accepted, a newcomer's too", () => {
    always(105, (input, acts) => {
      const { auction, twin } = play(input, acts, () => undefined);
      const { participant, own } = liveViews(auction);
      const accepts = (companyId: string, price: string): string | null =>
        objection(twin, companyId, Math.round(Number(price) * 100));
      for (const [companyId, { nextPrice }] of own)
        if (nextPrice !== undefined) expect(accepts(companyId, nextPrice)).toBeNull();
      if (participant.nextPrice !== undefined) expect(accepts("newcomer", participant.nextPrice)).toBeNull();
    });
  });

  test("accepted prices keep the limits and the grid", () => {
    always(106, (input, acts) => {
      const { journal, twin } = play(input, acts, () => undefined);
      const [low, high] = isForward(twin.rules)
        ? [twin.rules.startPrice, twin.rules.ceilingPrice]
        : [twin.rules.floorPrice, twin.rules.startPrice];
      for (const { event } of journal) {
        if (event.type !== "bid_accepted" || event.source !== "live") continue;
        for (const price of [event.price, event.maximum ?? event.price, event.leader?.price ?? event.price].map(
          Number,
        )) {
          expect(price).toBeGreaterThanOrEqual(Number(low ?? 0));
          expect(price).toBeLessThanOrEqual(Number(high ?? 1e9));
          expect(Math.round(price * 100) % Math.round(Number(twin.rules.grid ?? "0.01") * 100)).toBe(0);
        }
      }
    });
  });

  test("a replay of the journaled events is the live state, and so is an encoded copy", () => {
    always(107, (input, acts) => {
      const { auction, journal } = play(input, acts, () => undefined);
      const again = lot(input);
      for (const { event, at: when } of journal) evolveLive(again, event, when);
      for (const other of [again, copyOf(auction)]) {
        expect(canonicalJson(encodeLive(other))).toBe(canonicalJson(encodeLive(auction)));
        expect(liveViews(other)).toEqual(liveViews(auction));
        expect(rankingOf(other)).toEqual(rankingOf(auction));
        expect(liveWakeAt(other)).toBe(liveWakeAt(auction));
      }
    });
  });

  test("views made after every event equal views made at once", () => {
    always(108, (input, acts) => {
      const { auction } = play(input, acts, (world) => void liveViews(world.auction));
      expect(liveViews(auction)).toEqual(liveViews(copyOf(auction)));
    });
  });

  test("voiding the last bid restores standings and price", () => {
    always(109, (input, acts) => {
      play(input, acts, (world, { act, decision }) => {
        if (decision.kind === "rejected" || (act.kind !== "bid" && act.kind !== "proxy")) return;
        const after = copyOf(world.auction);
        for (const event of decision.events) evolveLive(after, event, world.now);
        const last = after.book.bids.length;
        const by = { companyId: "owner", userId: "user-owner", at: world.now };
        const voided = decideLive(after, { type: "void_bid", lotId, bidId: bidId(last), reason: "error" }, by);
        expect(voided.kind).toBe("accepted");
        if (voided.kind === "accepted") for (const event of voided.events) evolveLive(after, event, world.now);
        expect(rankingOf(after)).toEqual(rankingOf(world.auction));
      });
    });
  });

  test("the end never moves back, and bids never move it beyond the cap", () => {
    always(110, (input, acts) => {
      let last = 0;
      const { auction } = play(input, acts, (world) => {
        const end = liveWakeAt(world.auction);
        if (end === null) return;
        expect(end).toBeGreaterThanOrEqual(last);
        last = end;
        const { ends, planned } = world.auction.clock;
        const cap = world.auction.rules.softClose.capMs ?? limits.softCloseCapMs;
        if (ends !== null && planned !== null) expect(ends - planned).toBeLessThanOrEqual(cap * 1000);
      });
      expect(auction.clock.endedAt ?? 0).toBeLessThanOrEqual(at("14:00") + 60 * hour);
    });
  });

  test("nothing is accepted at or after the end", () => {
    always(111, (input, acts) => {
      const world = play(input, acts, () => undefined);
      const end = liveWakeAt(world.auction);
      if (end === null) return;
      world.now = end;
      expect(world.decide({ type: "submit_bid", price: "150.00" }, "A")).toEqual({
        kind: "rejected",
        rejection: { code: "auction_closed", endedAt: instantOfMicros(end), lateByMs: 0 },
      });
    });
  });
});
