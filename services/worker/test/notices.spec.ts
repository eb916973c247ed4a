import type { Visibility } from "@kontor/protocol";
import { expect, test } from "vitest";
import { lotTerms, tenderTerms } from "./given-terms.ts";
import type { Told } from "./given-world.ts";
import { owner } from "./given-world.ts";
import { drafted, lotId, projected, tenderId } from "./projected.ts";

const nine = "2026-11-06T09:00:00.000000Z";
const terms = tenderTerms({ lots: [lotTerms(), lotTerms({ title: "Anodes" })] });
const requested = (companyId: string): Told => ({ type: "admission_requested", companyId, userId: "u" });
const publication: Told[] = [{ type: "tender_published", version: 1, terms, drawCommitment: "c0ffee" }];
const inTender: Told[] = [
  { type: "supplier_invited", companyId: "invited" },
  { type: "supplier_admitted", companyId: "admitted" },
  { type: "supplier_refused", companyId: "refused", reason: "no certificate" },
  { type: "supplier_excluded", companyId: "excluded", reason: "default" },
];

const amended = (of: ReturnType<typeof tenderTerms>, initialPricesInvalidated: boolean): Told[] => [
  {
    type: "tender_amended",
    version: 2,
    terms: of,
    changed: ["/lots/0/quantity"],
    reason: "more demand",
    initialPricesInvalidated,
  },
];

/** Whom the last entry told what. */
function told(...entries: Told[][]): [company: string, kind: string, data: unknown][] {
  const { notices } = projected([[drafted(terms)], publication, ...entries]);
  const last = entries.length + 2;
  return notices
    .filter(({ seq }) => seq === last)
    .map(({ companyId, kind, data: { tenderTitle: _title, ...data } }) => [companyId, kind, data]);
}

test("each supplier is told how it stands", () => {
  expect(told(inTender)).toEqual([
    ["invited", "supplier_invited", {}],
    ["admitted", "supplier_admitted", {}],
    ["refused", "supplier_refused", { reason: "no certificate" }],
    ["excluded", "supplier_excluded", { reason: "default" }],
  ]);
});

test("the owner is asked to decide on a request only where it decides", () => {
  expect(told([requested("one")])).toEqual([[owner, "admission_requested", { companyId: "one" }]]);
  const procedure = { ...terms.procedure, admission: { mode: "open", approval: "automatic" } } as const;
  const { notices } = projected([[drafted({ ...terms, procedure })], [requested("one")]]);
  expect(notices).toEqual([]);
});

test("an amendment is told to all that the tender still concerns, with what changed", () => {
  const data = { version: 2, changed: ["/lots/0/quantity"], reason: "more demand", initialPricesInvalidated: false };
  expect(told(inTender, amended(terms, true))).toEqual([
    ["admitted", "tender_amended", data],
    ["invited", "tender_amended", data],
  ]);
});

test("an amendment by an outage is told with its cause", () => {
  const [moved] = amended(terms, false);
  const entry = [{ ...moved, changed: ["/calendar/submissionsUntil"], reason: "line cut", cause: "outage" } as Told];
  const data = {
    version: 2,
    changed: ["/calendar/submissionsUntil"],
    reason: "line cut",
    initialPricesInvalidated: false,
    cause: "outage",
  };
  expect(told(inTender, entry)).toEqual([
    ["admitted", "tender_amended", data],
    ["invited", "tender_amended", data],
  ]);
});

test("an amendment's notice does not tell whether anybody has handed in a sealed price", () => {
  const sealed = { ...terms, procedure: { ...terms.procedure, initialPrices: "required" } } as const;
  const noticesOf = (handedIn: boolean) =>
    projected([[drafted(sealed)], inTender, amended(sealed, handedIn)]).notices.filter(
      ({ kind }) => kind === "tender_amended",
    );
  expect(noticesOf(true).map(({ data }) => data)).toMatchObject([
    { initialPricesInvalidated: true },
    { initialPricesInvalidated: true },
  ]);
  expect(noticesOf(false)).toEqual(noticesOf(true));
});

test("openings of many lots are one message", () => {
  const scheduled = (lot: number): Told => ({ type: "lot_scheduled", lot, opensAt: nine, endsAt: nine });
  const lots = [lotId, `${tenderId}-2`].map((id) => ({ lotId: id, opensAt: nine, endsAt: nine }));
  expect(told([requested("one")], [scheduled(1), scheduled(2)])).toEqual([["one", "lot_scheduled", { lots }]]);
});

test("lots that a bid shifts are told of when they are announced anew, not with every bid", () => {
  const shifted: Told = { type: "lots_shifted", lotIds: [lotId], opensAt: nine };
  expect(told([requested("one")], [{ type: "lot_scheduled", lot: 1, opensAt: nine, endsAt: nine }], [shifted])).toEqual(
    [],
  );
});

test("an answer goes to the asker, and to all when it is published", () => {
  const questionId = `${tenderId}-q1`;
  const asked: Told[] = [{ type: "question_asked", questionId, companyId: "admitted", text: "Which harbour?" }];
  const answered = (published: boolean): Told[] => [
    { type: "question_answered", questionId, text: "Rotterdam", published },
  ];
  expect(told(inTender, asked)).toEqual([[owner, "question_asked", { questionId }]]);
  expect(told(inTender, asked, answered(false)).map(([company]) => company)).toEqual(["admitted"]);
  expect(told(inTender, asked, answered(true)).map(([company]) => company)).toEqual(["admitted", "invited"]);
});

test("who is excluded is not told of each bid that falls", () => {
  const bidId = `${lotId}-b1`;
  const voided = (companyId: string): Told => ({ type: "bid_voided", lot: 1, bidId, companyId, reason: "error" });
  expect(told(inTender, [voided("excluded")])).toEqual([]);
  expect(told(inTender, [voided("admitted")])).toEqual([
    ["admitted", "bid_voided", { bidId, reason: "error", lotNumber: 1, lotTitle: "Copper cathode" }],
  ]);
});

test("a refusal of the award is the owner's to know, a rejection the bidder's", () => {
  const award = { lot: 1, awardId: `${lotId}-a1`, companyId: "one", reason: "sold out" } as const;
  const proposed: Told[] = [{ type: "award_proposed", ...award, price: "1.00", rank: 1 }];
  const receivers = (type: "award_refused" | "award_rejected" | "award_cancelled") =>
    told(proposed, [{ type, ...award }]).map(([company]) => company);
  expect(receivers("award_refused")).toEqual([owner]);
  expect(receivers("award_rejected")).toEqual(["one"]);
  expect(receivers("award_cancelled")).toEqual(["one"]);
});

const closes: readonly (readonly [Visibility, "sold" | "reserve_unmet", readonly [first: object, second: object]])[] = [
  [
    "full",
    "sold",
    [
      { outcome: "sold", standing: "won" },
      { outcome: "sold", standing: "lost" },
    ],
  ],
  [
    "lead",
    "reserve_unmet",
    [
      { outcome: "reserve_unmet", standing: "undecided" },
      { outcome: "reserve_unmet", standing: "lost" },
    ],
  ],
  ["rank", "sold", [{ standing: "won" }, { standing: "lost" }]],
  ["rank", "reserve_unmet", [{ standing: "undecided" }, { standing: "lost" }]],
  ["sealed", "sold", [{}, {}]],
];

test.each(closes)("a close in visibility %s with %s tells bidders what they may know", (visibility, outcome, data) => {
  const [first, second] = data;
  const leader = { companyId: "one", bidId: `${lotId}-b1`, price: "9400.00" };
  const bids = ["one", "two"].map((companyId, index): Told => {
    const bidId = `${lotId}-b${index + 1}`;
    return {
      type: "bid_accepted",
      lot: 1,
      bidId,
      companyId,
      userId: "u",
      price: "9400.00",
      source: "live",
      rank: 1,
      leader,
    };
  });
  const shown = tenderTerms({ lots: [lotTerms({ rules: { visibility } })] });
  const { notices } = projected([[drafted(shown)], bids, [{ type: "lot_closed", lot: 1, outcome, leader, bids: 2 }]]);
  const about = { tenderTitle: shown.title, lotNumber: 1, lotTitle: "Copper cathode" };
  expect(Object.fromEntries(notices.map((notice) => [notice.companyId, notice.data]))).toEqual({
    [owner]: { ...about, outcome, bids: 2 },
    one: { ...about, ...first },
    two: { ...about, ...second },
  });
});

test("an overdue award reminds the owner", () => {
  expect(
    told([{ type: "award_overdue", lot: 1, awardId: `${lotId}-a1` }]).map(([company, kind]) => [company, kind]),
  ).toEqual([[owner, "award_overdue"]]);
});
