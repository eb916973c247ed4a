import { never } from "@kontor/db";
import { describe, expect, test } from "vitest";
import { lotTerms, tenderTerms } from "./given-terms.ts";
import type { Told } from "./given-world.ts";
import { instant, owner } from "./given-world.ts";
import { at, drafted, lotId, projected, tenderId } from "./projected.ts";

const nine = "2026-11-06T09:00:00.000000Z";
const quarterPast = "2026-11-06T09:15:00.000000Z";
const publishedNow: Told = { type: "tender_published", version: 1, terms: tenderTerms(), drawCommitment: "c0ffee" };
const scheduled: Told = { type: "lot_scheduled", lot: 1, opensAt: nine, endsAt: quarterPast };
const opened: Told = { type: "lot_opened", lot: 1, opensAt: nine, endsAt: quarterPast, aliases: { one: 1, two: 2 } };
const live: readonly Told[] = [publishedNow, scheduled, opened];

function bid(number: number, companyId: string, price: string): Told {
  const bidId = `${lotId}-b${number}`;
  const leader = { companyId, bidId, price };
  return { type: "bid_accepted", lot: 1, bidId, companyId, userId: "u", price, source: "live", rank: 1, leader };
}

const closed = (outcome: "sold" | "no_bids" | "reserve_unmet"): Told => ({
  type: "lot_closed",
  lot: 1,
  outcome,
  ...(outcome === "no_bids" ? {} : { leader: { companyId: "one", bidId: `${lotId}-b1`, price: "9400.00" } }),
  bids: outcome === "no_bids" ? 0 : 1,
});

describe("tenders", () => {
  const tenderAfter = (...entries: Told[][]) => projected(entries).tenders.get(tenderId);

  test("a draft has its dates, its place in lists and no secret", () => {
    const tender = tenderAfter([drafted()]);
    expect(tender).toMatchObject({
      stage: "draft",
      ownerCompanyId: owner,
      listedAt: at(1),
      publishedAt: null,
      deadlineAt: instant("2026-11-05T12:00:00Z"),
      lotsCount: 1,
      drawSecret: null,
    });
    expect(JSON.stringify(tender)).not.toContain("secret-of-the-shard");
  });

  test("without a submission deadline the opening is the deadline, and without both there is none", () => {
    const calendar = { questionsUntil: null, submissionsUntil: null, auctionOpensAt: "2026-11-06T09:00:00Z" };
    expect(tenderAfter([drafted(tenderTerms({ calendar }))])?.deadlineAt).toBe(instant(nine));
    const none = { ...calendar, auctionOpensAt: null };
    expect(tenderAfter([drafted(tenderTerms({ calendar: none }))])?.deadlineAt).toBe(never);
  });

  test("publication moves it to the top of lists", () => {
    expect(tenderAfter([drafted()], [publishedNow])).toMatchObject({
      stage: "published",
      publishedAt: at(2),
      listedAt: at(2),
      drawCommitment: "c0ffee",
    });
  });

  test("an amendment changes the terms and is kept with its reason", () => {
    const terms = tenderTerms({ title: "More cathodes" });
    const amended: Told = {
      type: "tender_amended",
      version: 2,
      terms,
      changed: ["/title"],
      reason: "more demand",
      initialPricesInvalidated: false,
    };
    expect(tenderAfter([drafted()], [publishedNow], [amended])).toMatchObject({
      title: "More cathodes",
      version: 2,
      amendments: [{ version: 2, at: "2026-11-01T08:00:03.000000Z", changed: ["/title"], reason: "more demand" }],
    });
  });

  test("an outage's amendment moves the dates that are listed", () => {
    const calendar = { questionsUntil: null, submissionsUntil: nine, auctionOpensAt: quarterPast };
    const amended: Told = {
      type: "tender_amended",
      version: 2,
      terms: tenderTerms({ calendar }),
      changed: ["/calendar/submissionsUntil", "/calendar/auctionOpensAt"],
      reason: "Nothing could be handed in.",
      initialPricesInvalidated: false,
      cause: "outage",
    };
    expect(tenderAfter([drafted()], [publishedNow], [amended])).toMatchObject({
      version: 2,
      submissionsUntil: instant(nine),
      auctionOpensAt: instant(quarterPast),
      deadlineAt: instant(nine),
      amendments: [{ version: 2, reason: "Nothing could be handed in." }],
    });
  });

  test.each([
    ["enquiries", "published"],
    ["submission", "published"],
    ["waiting", "published"],
    ["auction", "auction"],
    ["evaluation", "evaluation"],
    ["standstill", "standstill"],
  ] as const)("phase %s is stage %s", (phase, stage) => {
    expect(tenderAfter([drafted()], [publishedNow, { type: "phase_reached", phase }])?.stage).toBe(stage);
  });

  test("a cancelled tender takes its lots along, but not those that ended before", () => {
    const terms = tenderTerms({ lots: [lotTerms(), lotTerms()] });
    const records = projected([
      [drafted(terms)],
      [{ ...publishedNow, terms } as Told],
      [{ type: "lot_unsuccessful", lot: 2, reason: "too_few_bidders" }],
      [{ type: "tender_cancelled", reason: "no money" }],
    ]);
    expect(records.tenders.get(tenderId)).toMatchObject({
      stage: "cancelled",
      finishedAt: at(4),
      cancelledReason: "no money",
    });
    expect(records.lots.get(lotId)).toMatchObject({ phase: "cancelled", outcome: "cancelled", reason: "no money" });
    expect(records.lots.get(`${tenderId}-2`)).toMatchObject({ phase: "unsuccessful", outcome: "unsuccessful" });
  });
});

describe("lots", () => {
  const lotAfter = (...entries: (readonly Told[])[]) => projected([[drafted()], live, ...entries]).lots.get(lotId);

  test("a revision that leaves lots out removes them", () => {
    const before = tenderTerms({ lots: [lotTerms(), lotTerms()] });
    const records = projected([[drafted(before)], [{ type: "tender_revised", version: 2, terms: tenderTerms() }]]);
    expect([...records.lots.all()].map(({ number }) => number)).toEqual([1]);
    expect([...records.removedLotIds]).toEqual([`${tenderId}-2`]);
  });

  test("a lot that an amendment makes sealed has no opening any more", () => {
    const terms = tenderTerms({ lots: [lotTerms({ rules: { format: "sealed" } })] });
    const amended: Told = {
      type: "tender_amended",
      version: 2,
      terms,
      changed: ["/lots/0/rules/format"],
      reason: "simpler",
      initialPricesInvalidated: false,
    };
    const records = projected([[drafted()], [publishedNow, scheduled], [amended]]);
    expect(records.lots.get(lotId)).toMatchObject({ phase: "planned", opensAt: never, endsAt: null, format: "sealed" });
  });

  test("the leader's price is the best, extensions count, the first bid's start of the clock does not", () => {
    const extended = (cause: "first_bid" | "soft_close"): Told => ({
      type: "lot_extended",
      lot: 1,
      endsAt: "2026-11-06T09:20:00.000000Z",
      cause,
    });
    expect(lotAfter([bid(1, "one", "9400.00"), extended("first_bid"), extended("soft_close")])).toMatchObject({
      phase: "open",
      bestPrice: "9400.00",
      leaderCompanyId: "one",
      bidCount: 1,
      extensions: 1,
      endsAt: instant("2026-11-06T09:20:00Z"),
    });
  });

  test("a pause shows its reason until the lot goes on", () => {
    const paused: Told = { type: "lot_paused", lot: 1, remainingMs: 1_000, reason: "question" };
    expect(lotAfter([paused])).toMatchObject({ phase: "paused", reason: "question" });
    expect(lotAfter([paused], [{ type: "lot_resumed", lot: 1, endsAt: quarterPast }])).toMatchObject({
      phase: "open",
      reason: null,
    });
  });

  test("an abortion takes the bids along; a new opening starts from nothing", () => {
    const entries: Told[][] = [
      [drafted()],
      [...live],
      [bid(1, "one", "9400.00")],
      [{ type: "lot_aborted", lot: 1, reason: "line cut" }],
    ];
    const records = projected(entries);
    expect(records.lots.get(lotId)).toMatchObject({
      phase: "aborted",
      bestPrice: null,
      bidCount: 0,
      reason: "line cut",
    });
    expect(records.bids.get(`${lotId}-b1`)).toMatchObject({ voided: true, voidReason: "line cut" });
    expect(records.fallenBids).toEqual([{ lotId, reason: "line cut", seq: 4 }]);
    const replanned = projected([...entries, [{ type: "lot_replanned", lot: 1, opensAt: nine, endsAt: quarterPast }]]);
    expect(replanned.lots.get(lotId)).toMatchObject({ phase: "scheduled", reason: null, outcome: null });
  });

  test("a close is no result yet", () => {
    expect(lotAfter([bid(1, "one", "9400.00")], [closed("sold")])).toMatchObject({
      phase: "closed",
      bestPrice: "9400.00",
      outcome: null,
      revealed: false,
      closedAt: at(4),
    });
  });

  test("a purchase ends the lot at its own time, a late tick at the planned one", () => {
    expect(lotAfter([closed("sold")])?.endsAt).toBe(at(3));
    const early = "2026-11-01T08:00:02.000000Z";
    const records = projected([[drafted()], [publishedNow, { ...opened, endsAt: early } as Told], [closed("no_bids")]]);
    expect(records.lots.get(lotId)?.endsAt).toBe(instant(early));
  });

  test("what bidders see is the format's own where it leaves no choice", () => {
    const visibilityOf = (rules: object) => {
      const terms = tenderTerms({ lots: [lotTerms({ rules })] });
      return projected([[drafted(terms)]]).lots.get(lotId)?.visibility;
    };
    expect(visibilityOf({ visibility: "full" })).toBe("full");
    expect(visibilityOf({ visibility: "full", format: "rank_reverse" })).toBe("rank");
    expect(visibilityOf({ visibility: "full", format: "sealed" })).toBe("sealed");
  });

  test.each([
    ["no_bids", "no_bids"],
    ["reserve_unmet", "reserve_unmet"],
    ["too_few_bidders", "unsuccessful"],
    ["all_rejected", "unsuccessful"],
  ] as const)("unsuccessful because of %s is outcome %s", (reason, outcome) => {
    expect(lotAfter([{ type: "lot_unsuccessful", lot: 1, reason }])).toMatchObject({
      phase: "unsuccessful",
      outcome,
      reason,
      revealed: true,
    });
  });
});

describe("bids", () => {
  test("a company that came after the opening takes the next alias", () => {
    const records = projected([[drafted()], live, [bid(1, "late", "9400.00")], [bid(2, "later", "9300.00")]]);
    expect(records.bids.get(`${lotId}-b1`)?.alias).toBe(3);
    expect(records.bids.get(`${lotId}-b2`)?.alias).toBe(4);
  });

  test("a voided bid gives the lead back", () => {
    const leader = { companyId: "one", bidId: `${lotId}-b1`, price: "9400.00" };
    const voided: Told = {
      type: "bid_voided",
      lot: 1,
      bidId: `${lotId}-b2`,
      companyId: "two",
      reason: "error",
      leader,
    };
    const records = projected([[drafted()], live, [bid(1, "one", "9400.00")], [bid(2, "two", "940.00")], [voided]]);
    expect(records.lots.get(lotId)).toMatchObject({ bestPrice: "9400.00", leaderCompanyId: "one", bidCount: 1 });
    expect(records.bids.get(`${lotId}-b2`)).toMatchObject({ voided: true, voidReason: "error" });
  });

  test("a new maximum is a bid at the price it shows", () => {
    const bidId = `${lotId}-b1`;
    const changed: Told = {
      type: "proxy_changed",
      lot: 1,
      bidId,
      companyId: "one",
      userId: "u",
      maximum: "9000.00",
      rank: 1,
      leader: { companyId: "one", bidId, price: "9400.00" },
    };
    expect(projected([[drafted()], live, [changed]]).bids.get(bidId)).toMatchObject({
      price: "9400.00",
      maximum: "9000.00",
      source: "live",
    });
  });
});

describe("awards", () => {
  const ids = { lot: 1, awardId: `${lotId}-a1`, companyId: "one" } as const;
  const proposed: Told = { type: "award_proposed", ...ids, price: "9400.00", rank: 1 };
  const accepted: Told = { type: "award_accepted", ...ids, price: "9400.00", standstillEndsAt: quarterPast };

  test("acceptance names the winner", () => {
    const records = projected([[drafted()], live, [closed("sold"), proposed], [accepted]]);
    expect(records.lots.get(lotId)).toMatchObject({
      phase: "standstill",
      winnerCompanyId: "one",
      resultPrice: "9400.00",
    });
    expect(records.awards.get(ids.awardId)).toMatchObject({ status: "accepted", decidedAt: at(4) });
  });

  test.each([
    ["award_rejected", "rejected"],
    ["award_refused", "refused"],
    ["award_cancelled", "cancelled"],
  ] as const)("%s makes it %s and the lot has no winner", (type, status) => {
    const undone: Told = { type, ...ids, reason: "sold out" };
    const records = projected([[drafted()], live, [closed("sold"), proposed], [accepted], [undone]]);
    expect(records.awards.get(ids.awardId)).toMatchObject({ status, reason: "sold out" });
    expect(records.lots.get(lotId)).toMatchObject({
      phase: "evaluation",
      outcome: null,
      resultPrice: null,
      winnerCompanyId: null,
      revealed: true,
    });
  });
});

describe("initial prices", () => {
  test("rows come with the opening and carry what was judged", () => {
    const price = { companyId: "one", price: "8765.43", at: at(1) };
    const records = projected(
      [
        [drafted(tenderTerms({ lots: [lotTerms({ rules: { format: "sealed" } })] }))],
        [{ type: "initial_prices_opened", lot: 1, count: 1 }],
        [{ type: "price_evaluated", lot: 1, companyId: "one", evaluatedPrice: "8800.00", note: "freight" }],
        [{ type: "price_disqualified", lot: 1, companyId: "one", reason: "grade" }],
      ],
      new Map([[lotId, [price]]]),
    );
    expect(records.lots.get(lotId)?.phase).toBe("evaluation");
    expect([...records.initialPrices.all()]).toMatchObject([
      { ...price, evaluatedPrice: "8800.00", note: "freight", disqualified: "grade" },
    ]);
  });
});
