import type { Actor, Micros } from "@kontor/kernel";
import { instantOfMicros, lastInstant, limits, systemActor } from "@kontor/kernel";
import type { LotRules, TenderCommand, TenderTerms } from "@kontor/protocol";
import { memberOf } from "@kontor/testkit";
import fc from "fast-check";
import { creation, day, forwardRules, hour, lotId, lotTerms, rules, sealedRules, tenderId, terms } from "./given.ts";

/* Tenders at the edges of what the schema takes: the first and the last instants, no time at all and the longest. */

const owner = memberOf("owner");
const bidders = ["ada", "bob", "cid"] as const;

const year = 366 * day;
/** When the draft is written: as early as can be, some day, and when the instants come to their end. */
const starts = [0, Date.UTC(2031, 2, 3) * 1_000, lastInstant - 9 * year * 1_000, lastInstant - 30 * day * 1_000];

const soon = [hour, 3 * day, 3 * day, year];
const last = [0, 1, 600_000_000, year * 1_000, 4 * year * 1_000].map((before) => lastInstant - before);

/** Dates a while after the start; now and then the first ones and the last ones, whatever the start. */
const instants = (start: Micros): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 6, arbitrary: fc.constantFrom(...soon).map((ms) => start + ms * 1_000) },
      { weight: 1, arbitrary: fc.constantFrom(0, 1, ...last) },
    )
    .map((at) => instantOfMicros(Math.min(at, lastInstant)));

const usual = fc.constantFrom(0, 1, 60_000, hour, 3 * day);
/** Mostly what people write, now and then the longest there is. */
const periods = fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: fc.constant(limits.durationMsMax) });
const long = periods.map((ms) => Math.max(1, ms));

const softClose: fc.Arbitrary<LotRules["softClose"]> = fc.record({
  variant: fc.constantFrom("none", "extend_from_bid", "reset_in_window", "fixed_add", "restart", "random_end"),
  windowMs: long,
  extensionMs: fc.constantFrom(1, 60_000, limits.randomEndMsMax, limits.randomEndMsMax, limits.durationMsMax),
  trigger: fc.constant("any_bid"),
  topCount: fc.constant(3),
  capMs: fc.constantFrom(null, 0, limits.durationMsMax),
  scope: fc.constantFrom("lot", "event"),
});

const lotRules = (sell: boolean): fc.Arbitrary<LotRules> =>
  fc
    .record({
      format: fc.constantFrom(
        ...(sell ? (["english_forward", "proxy_forward"] as const) : (["english_reverse", "rank_reverse"] as const)),
        "sealed" as const,
      ),
      durationMs: long,
      softClose,
      clock: fc.constantFrom("opening" as const, "first_bid" as const),
      outage: fc.record({ thresholdMs: fc.constant(0), windowMs: periods, graceMs: periods }),
      lateOpeningMs: periods,
      belowReserveMs: periods,
      reserve: fc.constantFrom(null, { price: "5000", shown: false }),
    })
    .map(({ format, ...changes }) => {
      if (format === "sealed") return sealedRules({ startPrice: null });
      return sell ? forwardRules({ format, ...changes }) : rules({ format, ...changes });
    });

const tenderTerms = (start: Micros): fc.Arbitrary<TenderTerms> =>
  fc.boolean().chain((sell) =>
    fc
      .record({
        lots: fc.array(lotRules(sell), { minLength: 1, maxLength: 4 }),
        opens: instants(start),
        until: fc.option(instants(start), { freq: 2 }),
        questions: fc.option(instants(start), { freq: 3 }),
        schedule: fc.record({ mode: fc.constantFrom("parallel", "staggered", "serial"), gapMs: periods }),
        amendmentLeadMs: periods,
        decisionMs: periods,
        standstillMs: periods,
      })
      .map(({ lots, opens, until, questions, ...procedure }) => {
        const sealed = lots.some(({ format }) => format === "sealed");
        const live = lots.some(({ format }) => format !== "sealed");
        const dates = [until ?? opens, opens].sort();
        return terms({
          direction: sell ? "sell" : "buy",
          procedure: { ...procedure, liveAuction: live, initialPrices: sealed ? "required" : "none" },
          calendar: {
            questionsUntil: questions !== null && questions < (dates[0] ?? "") ? questions : null,
            submissionsUntil: dates[0] ?? null,
            auctionOpensAt: live ? (dates[1] ?? null) : null,
          },
          lots: lots.map((each) => lotTerms({ rules: each })),
        });
      }),
  );

/** An outage counts from now; an amendment is one of the version in force. */
export type Act =
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "wake" }
  | { readonly kind: "send"; readonly command: TenderCommand; readonly actor: Actor };

const sent = (actor: Actor, command: object): Act => ({ kind: "send", actor, command: command as TenderCommand });
const why = { reason: "so it came" };

const acts = (start: Micros): fc.Arbitrary<readonly Act[]> => {
  const lot = fc.constantFrom(1, 1, 1, 2, 3).map(lotId);
  const bidder = fc.constantFrom(...bidders).map((id) => memberOf(id));
  const byOwner = (make: (lot: string, instant: string) => object) =>
    fc.tuple(lot, instants(start)).map(([id, instant]) => [sent(owner, make(id, instant))]);
  const around = (before: string, after: (lot: string, instant: string) => object): fc.Arbitrary<readonly Act[]> =>
    fc
      .tuple(lot, instants(start), periods)
      .map(([id, instant, ms]) => [
        sent(owner, { type: before, lotId: id, ...why }),
        { kind: "wait", ms },
        sent(owner, after(id, instant)),
      ]);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<readonly Act[]>([{ kind: "wake" }]) },
    { weight: 5, arbitrary: periods.map((ms): readonly Act[] => [{ kind: "wait", ms }]) },
    {
      weight: 8,
      arbitrary: fc
        .tuple(bidder, lot, fc.integer({ min: 1_000, max: 9_000 }))
        .map(([actor, id, price]) => [sent(actor, { type: "submit_bid", lotId: id, price: `${price}` })]),
    },
    { weight: 2, arbitrary: around("pause_lot", (id) => ({ type: "resume_lot", lotId: id })) },
    { weight: 2, arbitrary: byOwner((id, endsAt) => ({ type: "extend_lot", lotId: id, endsAt, ...why })) },
    { weight: 2, arbitrary: around("abort_lot", (id, opensAt) => ({ type: "replan_lot", lotId: id, opensAt })) },
    byOwner((id) => ({ type: "propose_award", lotId: id })),
    { weight: 2, arbitrary: byOwner((id) => ({ type: "accept_award", lotId: id, awardId: `${id}-a1` })) },
    byOwner((id) => ({ type: "accept_below_reserve", lotId: id })),
    {
      weight: 2,
      arbitrary: instants(start).map((date) => [
        sent(owner, {
          type: "amend_tender",
          tenderId,
          changes: { calendar: { submissionsUntil: date, auctionOpensAt: date } },
          ...why,
        }),
      ]),
    },
    periods.map((ms) => [sent(systemActor, { type: "report_outage", from: -ms * 1_000, to: 0 })]),
  );
};

export type Course = { readonly start: Micros; readonly terms: TenderTerms; readonly acts: readonly Act[] };

/** A draft, published where that is accepted, with companies that take part, and what happens then. */
export const courses: fc.Arbitrary<Course> = fc.constantFrom(...starts).chain((start) =>
  fc
    .record({ terms: tenderTerms(start), acts: fc.array(acts(start), { minLength: 15, maxLength: 40, size: "max" }) })
    .map(({ terms: written, acts: list }) => ({
      start,
      terms: written,
      acts: [
        sent(owner, creation(written)),
        sent(owner, { type: "publish_tender", tenderId, expectedVersion: 1 }),
        ...bidders.map((id) => sent(memberOf(id), { type: "request_admission", tenderId })),
        ...written.lots.flatMap((_, index) =>
          bidders.map((id, place) =>
            sent(memberOf(id), { type: "submit_initial_price", lotId: lotId(index + 1), price: `${9_500 - place}` }),
          ),
        ),
        ...list.flat(),
      ],
    })),
);
