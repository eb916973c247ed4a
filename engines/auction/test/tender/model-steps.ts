import type { Actor } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { LotFormat, LotPhase, LotRules, TenderCommand, TenderTerms } from "@kontor/protocol";
import { auditorOf, later, memberOf, operatorOf } from "@kontor/testkit";
import fc from "fast-check";
import { dates, forwardRules, hour, lotId, lotTerms, rules, sealedRules, tenderId, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, owner, system } from "./venue.ts";

/** Small numbers from which a step makes who acts, what he sends and how long he waited. */
export type Step = {
  readonly who: number;
  readonly what: number;
  readonly a: number;
  readonly b: number;
  readonly wait: number;
};

/** Small numbers must not come more often, or the walks would all be alike. */
const flat = (max: number): fc.Arbitrary<number> => fc.noBias(fc.nat(max));

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({ who: flat(11), what: flat(9999), a: flat(999), b: flat(999), wait: flat(19) }),
  { minLength: 80, maxLength: 160, size: "max" },
);

const choose = <Item>(items: readonly Item[], by: number): Item => items[by % items.length] as Item;

export type Setting = {
  readonly sell: boolean;
  readonly format: number;
  readonly lots: number;
  readonly initialPrices: number;
  readonly schedule: number;
  readonly invited: boolean;
  readonly byOwner: boolean;
  readonly singleBidder: number;
  readonly visibility: number;
  readonly softClose: number;
  readonly standstill: boolean;
  readonly bidders: number;
};

export const settings: fc.Arbitrary<Setting> = fc.record({
  sell: fc.boolean(),
  format: fc.nat(9),
  lots: fc.integer({ min: 1, max: 3 }),
  initialPrices: fc.nat(2),
  schedule: fc.nat(2),
  invited: fc.boolean(),
  byOwner: fc.boolean(),
  singleBidder: fc.nat(4),
  visibility: fc.nat(4),
  softClose: fc.nat(5),
  standstill: fc.boolean(),
  bidders: fc.integer({ min: 1, max: 4 }),
});

function rulesOf(setting: Setting, number: number): LotRules {
  const forward: readonly LotFormat[] = ["english_forward", "proxy_forward", "sealed"];
  const reverse: readonly LotFormat[] = ["english_reverse", "rank_reverse", "sealed"];
  const format = choose(setting.sell ? forward : reverse, setting.format + number);
  const visibility = choose(["full", "lead", "rank", "traffic", "sealed"] as const, setting.visibility);
  const variants = ["none", "extend_from_bid", "reset_in_window", "fixed_add", "restart", "random_end"] as const;
  const softClose = {
    ...rules().softClose,
    variant: choose(variants, setting.softClose),
    scope: choose(["lot", "event"] as const, setting.softClose + number),
  };
  if (format === "sealed") return sealedRules({ startPrice: setting.sell ? "1000" : "10000" });
  const tieRule = choose(["earlier", "equal_best", "equal_worst", "draw"] as const, setting.format);
  const changes = { format, visibility, softClose, tieRule };
  if (!setting.sell) return rules({ ...changes, clock: choose(["opening", "first_bid"] as const, number) });
  return forwardRules({
    ...changes,
    reserve: { price: "1500", shown: false },
    buyNowPrice: "9000",
    belowReserveMs: hour,
  });
}

/** Terms that can be published, so that the walk gets beyond the draft. */
export function termsOf(setting: Setting): TenderTerms {
  const lots = Array.from({ length: setting.lots }, (_, index) => lotTerms({ rules: rulesOf(setting, index) }));
  const live = lots.some((lot) => lot.rules.format !== "sealed");
  const sealed = lots.some((lot) => lot.rules.format === "sealed");
  const initialPrices = sealed ? "required" : choose(["none", "optional", "required"] as const, setting.initialPrices);
  const singleBidder = choose(["run", "run", "run", "skip", "fail"] as const, setting.singleBidder);
  return terms({
    direction: setting.sell ? "sell" : "buy",
    procedure: {
      admission: { mode: setting.invited ? "invited" : "open", approval: setting.byOwner ? "owner" : "automatic" },
      initialPrices,
      liveAuction: live,
      schedule: { mode: choose(["parallel", "staggered", "serial"] as const, setting.schedule), gapMs: 60_000 },
      singleBidder: initialPrices === "none" && singleBidder === "skip" ? "run" : singleBidder,
      standstillMs: setting.standstill ? 24 * hour : 0,
    },
    calendar: live ? {} : { auctionOpensAt: null },
    lots,
  });
}

const bidders = ["ada", "bob", "cid", "dan"] as const;

/** Mostly the people whom the command is for. */
function actorOf(step: Step, by: "owner" | "bidder"): Actor {
  if (step.who === 0 && step.b % 2 === 0) return choose([operatorOf(), auditorOf(), system, memberOf("eve")], step.a);
  if (step.who === 1 && step.b % 2 === 0) return by === "owner" ? memberOf(choose(bidders, step.a)) : owner;
  return by === "owner" ? owner : memberOf(choose(bidders, step.who));
}

/** A price near those that stand; now and then one that cannot be. */
function priceOf(place: Venue, { a, b }: Step, lot: number): string {
  if (b % 29 === 0) return choose(["x", "-1", "0", "1.001", "99999999"], a);
  const { bestPrice, startPrice = "1000" } = place.lotFor("owner", lot);
  const base = Number(bestPrice ?? startPrice);
  const change = b % 6 === 0 ? -20 : 50 + (a % 20) * 5;
  return Math.max(1, base + (place.notice().direction === "buy" ? -change : change)).toFixed(b % 3);
}

type Kind = { readonly by: "owner" | "bidder"; readonly make: (place: Venue, step: Step, lot: number) => object };
const lotScoped = (
  by: Kind["by"],
  type: string,
  rest: (place: Venue, step: Step, lot: number) => object = () => ({}),
): Kind => ({
  by,
  make: (place, step, lot) => ({ type, lotId: lotId(lot), ...rest(place, step, lot) }),
});
const tenderScoped = (by: Kind["by"], type: string, rest: (place: Venue, step: Step) => object = () => ({})): Kind => ({
  by,
  make: (place, step) => ({ type, tenderId, ...rest(place, step) }),
});
const why = { reason: "so it came" };
const company = (_: Venue, step: Step): object => ({ companyId: choose([...bidders, "eve"], step.b), ...why });
const award = (place: Venue, step: Step, lot: number): object => {
  const count = Object.keys(place.lotFor("owner", lot).awards ?? {}).length;
  return { awardId: `${lotId(lot)}-a${step.b % 4 === 0 ? 1 + (step.b % 3) : Math.max(1, count)}`, ...why };
};
const price = (place: Venue, step: Step, lot: number): object => ({ price: priceOf(place, step, lot) });
const soon = (place: Venue, step: Step): string => instantOfMicros(place.now() + (step.b - 100) * 10_000_000);

const amendments = [
  { title: "New title" },
  { calendar: { submissionsUntil: later(dates.submissionsUntil, hour / 2) } },
  { lots: [{ number: 1, delivery: "FCA Hamburg" }] },
  { lots: [{ number: 2, quantity: { value: "7", unit: "TNE" } }] },
];

const voidable = (_: Venue, step: Step, lot: number): object => ({
  bidId: `${lotId(lot)}-b${1 + (step.b % 9)}`,
  ...why,
});
const later10 = (place: Venue, step: Step): object => ({
  opensAt: soon(place, step),
  endsAt: soon(place, step),
  ...why,
});
const contract = (_: Venue, __: Step, lot: number): object => ({ contractId: `${lotId(lot)}-c1` });
const times = (count: number, kind: Kind): readonly Kind[] => Array.from({ length: count }, () => kind);

const early: readonly Kind[] = [
  ...times(2, tenderScoped("bidder", "request_admission")),
  ...times(2, tenderScoped("owner", "invite_supplier", company)),
  ...times(3, tenderScoped("owner", "admit_supplier", company)),
  tenderScoped("owner", "refuse_supplier", company),
  tenderScoped("bidder", "ask_question", () => ({ text: "Why?" })),
  tenderScoped("owner", "answer_question", (_, step) => ({
    questionId: `${tenderId}-q1`,
    text: "So.",
    published: step.b % 2 === 0,
  })),
  tenderScoped("owner", "amend_tender", (place, step) => ({
    expectedVersion: place.notice().version,
    changes: choose(amendments, step.b),
    ...why,
  })),
  ...times(8, lotScoped("bidder", "submit_initial_price", price)),
  lotScoped("bidder", "withdraw_initial_price"),
];
const live: readonly Kind[] = [
  ...times(14, lotScoped("bidder", "submit_bid", price)),
  ...times(
    4,
    lotScoped("bidder", "set_proxy", (place, step, lot) => ({ maximum: priceOf(place, step, lot) })),
  ),
  lotScoped("bidder", "buy_now"),
  lotScoped("owner", "pause_lot", () => why),
  ...times(2, lotScoped("owner", "resume_lot")),
  lotScoped("owner", "extend_lot", later10),
  ...times(2, lotScoped("owner", "void_bid", voidable)),
  lotScoped("owner", "abort_lot", () => why),
];
const late: readonly Kind[] = [
  lotScoped("owner", "replan_lot", later10),
  lotScoped("owner", "replan_lot", later10),
  lotScoped("owner", "evaluate_price", (place, step) => ({
    ...company(place, step),
    evaluatedPrice: "1234.567",
    note: "",
  })),
  lotScoped("owner", "disqualify_price", company),
  ...times(2, lotScoped("owner", "propose_award")),
  ...times(2, lotScoped("owner", "accept_below_reserve")),
  ...times(3, lotScoped("owner", "accept_award", award)),
  lotScoped("owner", "reject_award", award),
  lotScoped("bidder", "refuse_award", award),
  lotScoped("owner", "cancel_award", award),
  ...times(2, lotScoped("owner", "sign_contract", contract)),
  ...times(5, lotScoped("bidder", "sign_contract", contract)),
];
const rare: readonly Kind[] = [
  ...times(3, tenderScoped("owner", "exclude_supplier", company)),
  lotScoped("owner", "cancel_lot", () => why),
  tenderScoped("owner", "cancel_tender", () => why),
  ...times(3, {
    by: "owner",
    make: (place) => ({ type: "report_outage", from: place.now() - 60_000_000, to: place.now() }),
  }),
];

/** Mostly what fits the lot's phase, sometimes anything. */
function kindFor(phase: LotPhase, { what }: Step): Kind {
  const all = [...early, ...live, ...late];
  if (what % 40 === 39) return choose(rare, Math.trunc(what / 40));
  if (what % 8 === 7) return choose(all, what);
  if (phase === "planned" || phase === "scheduled") return choose(early, what);
  return choose(phase === "open" || phase === "paused" ? live : late, what);
}

export function commandOf(place: Venue, step: Step): { readonly command: TenderCommand; readonly actor: Actor } {
  const lot = 1 + (step.a % Object.keys(place.notice().lots).length);
  const kind = kindFor(place.lotFor("owner", lot).phase, step);
  const command = kind.make(place, step, lot) as TenderCommand;
  return { command, actor: command.type === "report_outage" ? system : actorOf(step, kind.by) };
}

/** Mostly seconds; now and then to the next date, oftener once nobody can bid any more. */
export function wait(place: Venue, { wait: by, b }: Step, wakeAt: number | null): void {
  const jumps =
    { evaluation: 17, standstill: 17, auction: b % 3 === 0 ? 19 : 20 }[place.notice().phase as string] ?? 17;
  if (by < jumps) place.pass(b * 12);
  else place.moveTo(Math.max(place.now(), wakeAt ?? place.now()));
}

/** Some companies are in, and have handed in where they may, before the walk starts. */
export function prelude(place: Venue, { bidders: count, invited, byOwner, lots }: Setting): void {
  for (const companyId of bidders.slice(0, count)) {
    if (invited) accepted(place.by(owner, "invite_supplier", { companyId }));
    accepted(place.by(companyId, "request_admission"));
    if (byOwner) accepted(place.by(owner, "admit_supplier", { companyId }));
    if (place.notice().procedure.initialPrices === "none") continue;
    for (let lot = 1; lot <= lots; lot++)
      accepted(place.by(companyId, "submit_initial_price", { lot, price: `${1100 + 50 * companyId.charCodeAt(0)}` }));
  }
}
