import { later } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { dates, dawn, day, hour, lotId, lotTerms, rules, sealedRules, tenderId, terms } from "./given.ts";
import { accepted, admitted, owner, published, typesOf } from "./venue.ts";

const amend = (changes: object, expectedVersion = 1) => ({ expectedVersion, changes, reason: "second thoughts" });
const priced = terms({ procedure: { initialPrices: "required" }, lots: [lotTerms(), lotTerms({ title: "Second" })] });

describe("an amendment", () => {
  test("raises the version and lists what changed", () => {
    const place = published();
    const answer = place.by(
      owner,
      "amend_tender",
      amend({ title: "Copper", calendar: { submissionsUntil: later(dawn, day + hour) } }),
    );
    expect(answer.reply).toEqual({ tenderId, version: 2 });
    expect(answer.events).toMatchObject([
      {
        type: "tender_amended",
        version: 2,
        changed: ["/title", "/calendar/submissionsUntil"],
        reason: "second thoughts",
        initialPricesInvalidated: false,
      },
    ]);
    expect(place.notice()).toMatchObject({
      version: 2,
      title: "Copper",
      amendments: { 2: { changed: ["/title", "/calendar/submissionsUntil"], reason: "second thoughts" } },
    });
    expect(place.by(owner, "amend_tender", amend({ title: "Tin" })).rejection).toEqual({
      code: "version_stale",
      actualVersion: 2,
    });
  });

  test("that changes nothing, or breaks the terms, is none", () => {
    const place = published();
    expect(place.by(owner, "amend_tender", amend({ title: terms().title })).rejection).toMatchObject({
      code: "terms_incomplete",
      rule: "nothing_changed",
    });
    expect(
      place.by(owner, "amend_tender", amend({ lots: [{ number: 1, rules: rules({ durationMs: 0 }) }] })).rejection,
    ).toMatchObject({
      code: "terms_incomplete",
      pointer: "/lots/0/rules/durationMs",
    });
    expect(place.by(owner, "amend_tender", amend({ lots: [{ number: 2, title: "?" }] })).rejection).toMatchObject({
      code: "lot_not_found",
      pointer: "/changes/lots/0/number",
    });
    expect(place.by("ada", "amend_tender", amend({ title: "Mine" })).rejection?.code).toBe("not_owner");
  });

  test("of a lot sets initial prices aside until they are handed in again", () => {
    const place = admitted(["ada", "bob"], priced);
    accepted(place.by("ada", "submit_initial_price", { price: "9900" }));
    const better = { number: 2, quantity: { value: "30", unit: "TNE" } };
    expect(accepted(place.by(owner, "amend_tender", amend({ lots: [better] })))).toMatchObject([
      { type: "tender_amended", changed: ["/lots/1/quantity"], initialPricesInvalidated: true },
    ]);
    expect(place.tender().own.get("ada")).toMatchObject({ initialPricesInvalidated: true });
    expect(place.tender().own.get("bob")).not.toHaveProperty("initialPricesInvalidated");
    expect(place.ownLot("ada")).not.toHaveProperty("initialPrice");
    expect(place.by("ada", "withdraw_initial_price").rejection?.code).toBe("initial_price_missing");
    accepted(place.by("ada", "submit_initial_price", { price: "9800" }));
    expect(place.tender().own.get("ada")).not.toHaveProperty("initialPricesInvalidated");
  });

  test("of texts and dates leaves initial prices alone", () => {
    const place = admitted(["ada"], priced);
    accepted(place.by("ada", "submit_initial_price", { price: "9900" }));
    accepted(place.by(owner, "amend_tender", amend({ description: "More words" })));
    expect(place.ownLot("ada").initialPrice).toBe("9900.00");
  });

  test("must come before the deadline and leave the announced lead until the new one", () => {
    const place = published(terms({ procedure: { amendmentLeadMs: 6 * hour } }));
    place.pass(2 * day - 5 * hour);
    expect(place.by(owner, "amend_tender", amend({ title: "Late" })).rejection).toEqual({
      code: "amendment_too_late",
      limit: 6 * hour,
    });
    const moved = { submissionsUntil: later(dawn, 3 * day), auctionOpensAt: later(dawn, 4 * day) };
    accepted(place.by(owner, "amend_tender", amend({ title: "In time", calendar: moved })));
    place.pass(5 * hour);
    expect(place.notice().phase).toBe("submission");
    place.pass(day);
    expect(place.by(owner, "amend_tender", amend({ title: "Too late" }, 2)).rejection?.code).toBe("submissions_closed");
  });

  test("may lengthen the question period after its end", () => {
    const place = published();
    place.pass(day + hour);
    expect(place.notice().phase).toBe("submission");
    const answer = place.by(
      owner,
      "amend_tender",
      amend({ calendar: { questionsUntil: later(dawn, day + 3 * hour) } }),
    );
    expect(typesOf(answer)).toEqual(["tender_amended", "phase_reached"]);
    expect(place.notice().phase).toBe("enquiries");
    accepted(place.by("ada", "ask_question", { text: "So?" }));
  });

  test("moves the openings that follow from it, and takes the opening of a lot that becomes sealed", () => {
    const place = published(terms({ procedure: { initialPrices: "required" }, lots: [lotTerms(), lotTerms()] }));
    const opensAt = later(dates.auctionOpensAt, day);
    expect(accepted(place.by(owner, "amend_tender", amend({ calendar: { auctionOpensAt: opensAt } })))).toMatchObject([
      { type: "tender_amended" },
      { type: "lot_scheduled", lotId: lotId(1), opensAt },
      { type: "lot_scheduled", lotId: lotId(2), opensAt },
    ]);
    accepted(place.by(owner, "amend_tender", amend({ lots: [{ number: 2, rules: sealedRules() }] }, 2)));
    expect(place.lotFor("public", 1)).toMatchObject({ phase: "scheduled", opensAt });
    expect(place.lotFor("public", 2)).toMatchObject({ phase: "planned", format: "sealed" });
    expect(place.lotFor("public", 2)).not.toHaveProperty("opensAt");
  });

  test("leaves a lot alone that has ended", () => {
    const place = published(terms({ lots: [lotTerms(), lotTerms()] }));
    accepted(place.by(owner, "cancel_lot", { reason: "sold" }));
    expect(place.by(owner, "amend_tender", amend({ lots: [{ number: 1, title: "Back again" }] })).rejection).toEqual({
      code: "wrong_stage",
      stage: "cancelled",
    });
  });
});
