import { sha256Hex } from "@kontor/kernel";
import type { TenderTerms } from "@kontor/protocol";
import { auditorOf, later, memberOf, operatorOf, spec, testEntropy } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import {
  creation,
  dates,
  dawn,
  day,
  forwardRules,
  hour,
  lotId,
  lotTerms,
  rules,
  sealedRules,
  sealedTerms,
  tenderId,
  terms,
} from "./given.ts";
import { accepted, admitted, drafted, opened, owner, published, typesOf, venue } from "./venue.ts";

const { given } = spec(tenderEngine);
const start = 1_900_000_000_000_000;

describe("a draft", () => {
  const written = terms();
  const drafting = { command: creation(written), actor: owner, at: start, entropy: testEntropy };

  test("keeps the entropy of its shard as the secret of all draws", () =>
    given().when(drafting).yields({
      type: "tender_drafted",
      tenderId,
      marketplaceId: "metals",
      ownerCompanyId: "owner",
      createdBy: "owner-user",
      version: 1,
      terms: written,
      drawSecret: testEntropy,
    }));

  test("is written by a company, in its own marketplace, under a fresh id", () => {
    given()
      .when({ ...drafting, actor: operatorOf() })
      .rejects({ code: "not_owner" });
    given()
      .when({ ...drafting, actor: memberOf("owner", { marketplaceId: "grain" }) })
      .rejects({ code: "tender_not_found" });
    given()
      .when({ ...drafting, entropy: null })
      .rejects({ code: "tender_exists", rule: "id_spent" });
    expect(drafted().by(owner, "create_tender", creation()).rejection?.code).toBe("tender_exists");
    expect(published().by("bob", "create_tender", creation()).rejection?.code).toBe("tender_exists");
  });

  test("exists for nobody but its owner", () => {
    const place = drafted();
    for (const actor of [memberOf("bob"), operatorOf(), auditorOf(), memberOf("owner", { marketplaceId: "grain" })]) {
      expect(place.by(actor, "cancel_tender", { reason: "?" }).rejection?.code).toBe("tender_not_found");
      expect(place.by(actor, "submit_bid", { price: "1" }).rejection?.code).toBe("tender_not_found");
      const { marketplaceId } = actor;
      expect(place.by(actor, "create_tender", { ...creation(), marketplaceId }).rejection?.code).toBe(
        "tender_not_found",
      );
    }
    const { owner: own, ...others } = place.tender();
    expect(own).toBeDefined();
    expect(others).toMatchObject({ own: new Map() });
    expect(others).not.toHaveProperty("public");
    expect(others).not.toHaveProperty("participant");
  });

  test("is rewritten as a whole, each time under the version that was read", () => {
    const place = drafted();
    const two = terms({ lots: [lotTerms(), lotTerms({ title: "Second" })] });
    expect(place.by(owner, "revise_tender", { expectedVersion: 2, terms: two }).rejection).toEqual({
      code: "version_stale",
      actualVersion: 1,
    });
    expect(place.by(owner, "revise_tender", { expectedVersion: 1, terms: two }).reply).toEqual({
      tenderId,
      version: 2,
    });
    expect(Object.keys(place.notice().lots)).toEqual([lotId(1), lotId(2)]);
    expect(place.notice()).toMatchObject({ version: 2, phase: "draft" });
  });

  test("has no deadlines, no bidding and no amendments yet", () => {
    const place = drafted();
    expect(tenderEngine.wakeAt(place.state())).toBeNull();
    expect(place.by(owner, "cancel_lot", { reason: "x" }).rejection?.code).toBe("tender_not_published");
    expect(
      place.by(owner, "amend_tender", { expectedVersion: 1, changes: { title: "x" }, reason: "y" }).rejection?.code,
    ).toBe("tender_not_published");
    expect(place.by(owner, "invite_supplier", { companyId: "ada" }).rejection?.code).toBe("tender_not_published");
  });

  test("may be thrown away, and stays hidden", () => {
    const place = drafted();
    accepted(place.by(owner, "cancel_tender", { reason: "not needed" }));
    expect(tenderEngine.isFinished(place.state())).toBe(true);
    expect(place.by("bob", "request_admission").rejection?.code).toBe("tender_not_found");
    expect(place.by(owner, "revise_tender", { expectedVersion: 1, terms: terms() }).rejection?.code).toBe(
      "tender_finished",
    );
  });
});

describe("publication", () => {
  test("commits to the secret and announces every opening", () => {
    const place = drafted();
    expect(accepted(place.by(owner, "publish_tender", { expectedVersion: 1 }))).toEqual([
      { type: "tender_published", tenderId, version: 1, terms: terms(), drawCommitment: sha256Hex(testEntropy) },
      { type: "phase_reached", tenderId, phase: "enquiries" },
      {
        type: "lot_scheduled",
        tenderId,
        lotId: lotId(1),
        opensAt: dates.auctionOpensAt,
        endsAt: later(dates.auctionOpensAt, 600_000),
      },
    ]);
    expect(place.notice()).toMatchObject({ drawCommitment: sha256Hex(testEntropy) });
    expect(JSON.stringify([place.notice(), place.lot()])).not.toContain(testEntropy);
  });

  test("happens once", () => {
    const place = published();
    expect(place.by(owner, "publish_tender", { expectedVersion: 1 }).rejection?.code).toBe("tender_not_draft");
    expect(place.by(owner, "revise_tender", { expectedVersion: 1, terms: terms() }).rejection?.code).toBe(
      "tender_not_draft",
    );
    expect(place.by("bob", "publish_tender", { expectedVersion: 1 }).rejection?.code).toBe("not_owner");
  });

  test("without questions of its own starts in the submission phase", () => {
    const place = drafted(terms({ calendar: { questionsUntil: null } }));
    expect(typesOf(place.by(owner, "publish_tender", { expectedVersion: 1 }))).toContain("phase_reached");
    expect(place.notice().phase).toBe("submission");
  });

  const lot = (changes: Parameters<typeof rules>[0]) => ({ lots: [lotTerms({ rules: rules(changes) })] });
  const sale = (changes: Parameters<typeof rules>[0]) => ({
    direction: "sell" as const,
    lots: [lotTerms({ rules: forwardRules(changes) })],
  });
  const cases: readonly [string, TenderTerms, readonly [pointer: string, rule: string]][] = [
    [
      "an impossible date",
      terms({ calendar: { questionsUntil: "2031-02-30T00:00:00Z" } }),
      ["/calendar/questionsUntil", "date_impossible"],
    ],
    [
      "a past date",
      terms({ calendar: { submissionsUntil: later(dawn, -day) } }),
      ["/calendar/submissionsUntil", "date_past"],
    ],
    [
      "dates in the wrong order",
      terms({ calendar: { auctionOpensAt: later(dawn, hour) } }),
      ["/calendar/auctionOpensAt", "date_order"],
    ],
    ["no opening", terms({ calendar: { auctionOpensAt: null } }), ["/calendar/auctionOpensAt", "date_missing"]],
    [
      "no deadline for prices",
      terms({ procedure: { initialPrices: "optional" }, calendar: { submissionsUntil: null } }),
      ["/calendar/submissionsUntil", "date_missing"],
    ],
    [
      "a sale in a purchase",
      terms({ lots: [lotTerms({ rules: forwardRules() })] }),
      ["/lots/0/rules/format", "direction"],
    ],
    ["a purchase in a sale", terms({ direction: "sell" }), ["/lots/0/rules/format", "direction"]],
    ["a price finer than the scale", terms(lot({ startPrice: "10000.001" })), ["/lots/0/rules/startPrice", "scale"]],
    ["a floor above the ceiling", terms(lot({ floorPrice: "10000.01" })), ["/lots/0/rules/startPrice", "order"]],
    [
      "a buy-now price below the reserve",
      terms(sale({ reserve: { price: "2000", shown: true }, buyNowPrice: "1900" })),
      ["/lots/0/rules/buyNowPrice", "order"],
    ],
    [
      "a table that falls",
      terms(
        lot({
          stepMin: {
            kind: "table",
            rows: [
              { from: "100", amount: "5" },
              { from: "0", amount: "1" },
            ],
          },
        }),
      ),
      ["/lots/0/rules/stepMin/rows/1/from", "order"],
    ],
    ["another currency", terms(lot({ currency: "USD" })), ["/lots/0/rules/currency", "currency_differs"]],
    [
      "no live auction for live lots",
      terms({ procedure: { liveAuction: false } }),
      ["/lots/0/rules/format", "live_auction_off"],
    ],
    [
      "no live lots for a live auction",
      sealedTerms({ procedure: { liveAuction: true } }),
      ["/procedure/liveAuction", "live_lot_missing"],
    ],
    [
      "sealed lots without prices",
      sealedTerms({ procedure: { initialPrices: "optional" } }),
      ["/procedure/initialPrices", "sealed_needs_initial_prices"],
    ],
    [
      "a sealed purchase with a floor above its ceiling",
      sealedTerms({ lots: [lotTerms({ rules: sealedRules({ floorPrice: "10001" }) })] }),
      ["/lots/0/rules/startPrice", "order"],
    ],
    [
      "skipping an auction without initial prices",
      terms({ procedure: { singleBidder: "skip" } }),
      ["/procedure/singleBidder", "skip_needs_initial_prices"],
    ],
  ];

  test.each(cases)("is refused for %s", (_, written, [pointer, rule]) => {
    const place = drafted(written);
    const { rejection } = place.by(owner, "publish_tender", { expectedVersion: 1 });
    expect(rejection).toMatchObject({ code: "terms_incomplete", pointer, rule });
    expect(rejection?.faults?.[0]).toEqual({ pointer, rule });
  });

  test("names every fault at once, in the order of the document", () => {
    const place = drafted(
      terms({
        calendar: { auctionOpensAt: null },
        lots: [lotTerms({ rules: rules({ currency: "USD", durationMs: 0 }) })],
      }),
    );
    expect(
      place.by(owner, "publish_tender", { expectedVersion: 1 }).rejection?.faults?.map(({ pointer }) => pointer),
    ).toEqual(["/calendar/auctionOpensAt", "/lots/0/rules/durationMs", "/lots/0/rules/currency"]);
  });
});

describe("cancellation", () => {
  test("by the owner or the operator ends everything at once", () => {
    const place = opened(["ada", "bob"]);
    expect(place.by("ada", "cancel_tender", { reason: "no" }).rejection?.code).toBe("not_owner");
    expect(place.by(auditorOf(), "cancel_tender", { reason: "no" }).rejection?.code).toBe("not_owner");
    accepted(place.by(operatorOf(), "cancel_tender", { reason: "Mine flooded" }));
    expect(place.notice()).toMatchObject({ phase: "cancelled", cancelledReason: "Mine flooded" });
    expect(place.lotFor("public")).toMatchObject({ phase: "cancelled", result: { outcome: "cancelled" } });
    expect(tenderEngine.wakeAt(place.state())).toBeNull();
    expect(place.by("ada", "submit_bid", { price: "9000" }).rejection?.code).toBe("tender_finished");
    expect(place.by(owner, "cancel_tender", { reason: "again" }).rejection?.code).toBe("tender_finished");
  });

  test("does not undo a contract that is drawn up", () => {
    const place = opened(["ada", "bob"], terms({ procedure: { standstillMs: 0 } }));
    accepted(place.by("ada", "submit_bid", { price: "9000" }));
    place.pass(hour);
    accepted(place.by(owner, "accept_award", { awardId: `${lotId(1)}-a1` }));
    expect(place.by(owner, "cancel_tender", { reason: "regret" }).rejection).toEqual({
      code: "wrong_stage",
      stage: "contract",
    });
  });

  test("of one lot leaves the others; of the last one ends the tender", () => {
    const place = admitted(["ada"], terms({ lots: [lotTerms(), lotTerms()] }));
    expect(typesOf(place.by(owner, "cancel_lot", { reason: "sold elsewhere" }))).toEqual(["lot_cancelled"]);
    expect(place.by(owner, "cancel_lot", { reason: "again" }).rejection).toMatchObject({
      code: "wrong_stage",
      stage: "cancelled",
    });
    expect(place.by(owner, "cancel_lot", { lot: 3, reason: "?" }).rejection?.code).toBe("lot_not_found");
    expect(accepted(place.by(operatorOf(), "cancel_lot", { lot: 2, reason: "too" }))).toEqual([
      { type: "lot_cancelled", tenderId, lotId: lotId(2), reason: "too" },
      { type: "tender_finished", tenderId, outcome: "unsuccessful", drawSecret: testEntropy },
    ]);
    expect(place.notice()).toMatchObject({ phase: "unsuccessful", drawSecret: testEntropy });
  });
});

test("a venue without a tender knows nothing", () => {
  const place = venue();
  expect(place.by("ada", "submit_bid", { price: "1" }).rejection?.code).toBe("tender_not_found");
  expect(tenderEngine.views(place.state(), `tender:${tenderId}`)).toBeNull();
  expect(tenderEngine.streamsOf(place.state(), [])).toEqual([]);
});
