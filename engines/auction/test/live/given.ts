import type { Decision, JsonObject, Micros } from "@kontor/kernel";
import { canonicalJson, formatDecimal, instantOfMicros, microsOfInstant } from "@kontor/kernel";
import type { LiveEvent, LotRulesInput, TenderRejection } from "@kontor/protocol";
import { LotRules } from "@kontor/protocol";
import { expect } from "vitest";
import type { LiveAuction, LiveCommand } from "../../src/live/live-auction.ts";
import {
  decideDue,
  decideExclusion,
  decideInitial,
  decideLive,
  decideOutage,
  decodeLive,
  encodeLive,
  evolveLive,
  liveWakeAt,
  openAuction,
  rankingOf,
} from "../../src/live/live-auction.ts";

const tenderId = "00000000-0000-4000-8000-000000000001";
export const lotId = `${tenderId}-1`;
export const secret = "5a".repeat(32);

/** Micros of a time on the day of the auction: "14:30", "15:09:29.999", "15:00:00.000001". */
export function at(time: string): Micros {
  const full = time.length === 5 ? `${time}:00` : time;
  const micros = microsOfInstant(`2031-05-12T${full}Z`);
  if (micros === null) throw new Error(`${time} is no time of day`);
  return micros;
}

export const second = 1_000_000;
export const minute = 60 * second;

export type LotInput = Partial<LotRulesInput> & {
  readonly opens?: string;
  /** Null: the clock starts at the first bid. */
  readonly ends?: string | null;
  readonly secret?: string;
};

export function lot(input: LotInput): LiveAuction {
  const { opens = "09:00", ends = "15:00", secret: drawn = secret, ...rules } = input;
  const format = rules.format ?? "english_forward";
  return openAuction({
    tenderId,
    lotId,
    rules: LotRules.parse({
      format,
      currency: "EUR",
      priceScale: 2,
      stepMin: { kind: "absolute", amount: "1" },
      durationMs: 3_600_000,
      softClose: { variant: "none" },
      visibility: "full",
      ...rules,
    }),
    direction: format.endsWith("forward") ? "sell" : "buy",
    secret: drawn,
    opensAt: at(opens),
    endsAt: ends === null ? null : at(ends),
    bidders: ["A", "B", "C", "D", "E", "F"].map((companyId, index) => ({ companyId, alias: index + 1 })),
  });
}

/** One thing that happens to a lot at an instant. */
export type Step = {
  readonly at: Micros;
  readonly decide: (auction: LiveAuction) => Decision<LiveEvent, TenderRejection>;
};

function sent(command: object, companyId: string, when: string): Step {
  const by = { companyId, userId: `user-${companyId}`, at: at(when) };
  return { at: by.at, decide: (auction) => decideLive(auction, { ...command, lotId } as LiveCommand, by) };
}

function facts(when: Micros, events: (auction: LiveAuction) => readonly LiveEvent[]): Step {
  return { at: when, decide: (auction) => ({ kind: "accepted", events: events(auction) }) };
}

export const bidId = (number: number): string => `${lotId}-b${number}`;

export const bid = (companyId: string, price: string, when: string): Step =>
  sent({ type: "submit_bid", price }, companyId, when);
export const proxy = (companyId: string, maximum: string, when: string): Step =>
  sent({ type: "set_proxy", maximum }, companyId, when);
export const buyNow = (companyId: string, when: string): Step => sent({ type: "buy_now" }, companyId, when);
export const pause = (when: string): Step => sent({ type: "pause_lot", reason: "check" }, "owner", when);
export const resume = (when: string): Step => sent({ type: "resume_lot" }, "owner", when);
export const extend = (endsAt: string, when: string): Step =>
  sent({ type: "extend_lot", endsAt, reason: "demand" }, "owner", when);
export const voidBid = (number: number, when: string): Step =>
  sent({ type: "void_bid", bidId: bidId(number), reason: "manifest error" }, "owner", when);
export const exclude = (companyId: string, when: string): Step =>
  facts(at(when), (auction) => decideExclusion(auction, companyId, { reason: "collusion", at: at(when) }));
export const outage = (from: string, to: string): Step =>
  facts(at(to), (auction) => decideOutage(auction, at(from), at(to)));
export const time = (when: string): Step => facts(at(when), (auction) => decideDue(auction, at(when)));
/** A sealed price from which the auction starts; best first, minor units. */
export const initial = (companyId: string, price: bigint, when = "09:00"): Step =>
  facts(at(when), (auction) => [
    decideInitial(auction, { companyId, userId: `user-${companyId}`, price, at: at(when) }),
  ]);

/** RFC 3339 text of a time of day. */
export function instant(time: string): string {
  return instantOfMicros(at(time));
}

/** Decides on an auction that must not change by it, then evolves the events as they come back from the journal. */
export function apply(auction: LiveAuction, step: Step): Decision<LiveEvent, TenderRejection> {
  const before = canonicalJson(encodeLive(auction));
  const decision = step.decide(auction);
  expect(canonicalJson(encodeLive(auction)), "a decision changes nothing").toBe(before);
  if (decision.kind === "accepted")
    for (const event of decision.events) evolveLive(auction, JSON.parse(JSON.stringify(event)) as LiveEvent, step.at);
  return decision;
}

/** Plays steps that must all be accepted. */
export function given(auction: LiveAuction, ...steps: readonly Step[]): Given {
  for (const step of steps) expect(apply(auction, step)).toMatchObject({ kind: "accepted" });
  return {
    auction,
    and: (...more) => given(auction, ...more),
    when: (step) => {
      const decision = apply(auction, step);
      return {
        yields: (...events) => {
          expect(decision).toMatchObject({ kind: "accepted", events });
          expect(decision.kind === "accepted" && decision.events).toHaveLength(events.length);
          return given(auction);
        },
        rejects: (rejection) => {
          expect(decision).toEqual({ kind: "rejected", rejection });
          return given(auction);
        },
      };
    },
    standsAt: (...standings) => {
      expect(standingsOf(auction)).toEqual(standings);
      return given(auction);
    },
    endsAt: (end) => {
      expect(liveWakeAt(auction)).toBe(end === null ? null : at(end));
      return given(auction);
    },
  };
}

export type Given = {
  readonly auction: LiveAuction;
  readonly and: (...steps: readonly Step[]) => Given;
  readonly when: (step: Step) => {
    /** Members that are named must be as named; the number of events must be right. */
    readonly yields: (...events: readonly object[]) => Given;
    /** The whole rejection. */
    readonly rejects: (rejection: TenderRejection) => Given;
  };
  /** The ranking as "1 A 100.00", best first. */
  readonly standsAt: (...standings: readonly string[]) => Given;
  /** The effective end of an open lot. */
  readonly endsAt: (end: string | null) => Given;
};

function standingsOf(auction: LiveAuction): readonly string[] {
  const { priceScale } = auction.setup.rules;
  return rankingOf(auction).map(
    ({ rank, companyId, price }) => `${rank} ${companyId} ${formatDecimal(price, priceScale)}`,
  );
}

export function copyOf(auction: LiveAuction): LiveAuction {
  return decodeLive(JSON.parse(JSON.stringify(encodeLive(auction))) as JsonObject);
}

export const accepted = (companyId: string, price: string): object => ({ type: "bid_accepted", companyId, price });
export const extendedTo = (end: string, cause = "soft_close"): object => ({
  type: "lot_extended",
  endsAt: instant(end),
  cause,
});
