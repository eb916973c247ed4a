import type { TenderRejectionCode } from "@kontor/protocol";
import { tenderRejectionCodes } from "@kontor/protocol";
import { memberOf } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { day, hour, lotId, lotTerms, rules, sealedRules, sealedTerms, tenderId, terms } from "./given.ts";
import type { TenderAnswer, Venue } from "./venue.ts";
import { accepted, admitted, drafted, opened, owner, published } from "./venue.ts";

/**
 * A walk: in each situation that code applies and every later one of the walk as far as they can go together. The first
 * is answered, so precedence falls as faults are mended one by one.
 */
type Walk = readonly (readonly [TenderRejectionCode, () => TenderAnswer])[];

const over = (place: Venue): Venue => {
  accepted(place.by(owner, "cancel_tender", { reason: "over" }));
  return place;
};
const stranger = memberOf("ada", { marketplaceId: "grain" });
const bad = { price: "x" };

const sealed = (): Venue => {
  const limits = sealedRules({ floorPrice: "100", grid: "0.50" });
  const place = admitted(["ada", "bob"], sealedTerms({ lots: [lotTerms({ rules: limits })] }));
  accepted(place.by(owner, "exclude_supplier", { companyId: "bob", reason: "cartel" }));
  return place;
};
const afterDeadline = (): Venue => {
  const place = sealed();
  accepted(place.by("ada", "submit_initial_price", { price: "9000" }));
  place.pass(2 * day);
  return place;
};
const handIn = (place: Venue, who: string, price = "x"): TenderAnswer =>
  place.by(who, "submit_initial_price", { price });

const initialPrice: Walk = [
  ["tender_not_found", () => over(sealed()).by(stranger, "submit_initial_price", bad)],
  ["lot_not_found", () => over(sealed()).by("owner", "submit_initial_price", { ...bad, lot: 2 })],
  ["own_lot", () => handIn(over(sealed()), "owner")],
  ["not_admitted", () => handIn(over(sealed()), "eve")],
  ["bidder_excluded", () => handIn(over(sealed()), "bob")],
  ["tender_finished", () => handIn(over(afterDeadline()), "ada")],
  ["submissions_closed", () => handIn(afterDeadline(), "ada")],
  ["wrong_stage", () => handIn(admitted(["ada"]), "ada")],
  ["bad_format", () => handIn(sealed(), "ada", "10000.001x")],
  ["bad_scale", () => handIn(sealed(), "ada", "-10000.001")],
  ["non_positive", () => handIn(sealed(), "ada", "-0.3")],
  ["above_ceiling", () => handIn(sealed(), "ada", "10000.30")],
  ["below_floor", () => handIn(sealed(), "ada", "99.30")],
  ["not_on_grid", () => handIn(sealed(), "ada", "100.30")],
];

const liveTerms = terms({
  procedure: { initialPrices: "required" },
  lots: [lotTerms({ rules: rules({ grid: "0.50" }) })],
});
const live = (): Venue => {
  const place = admitted(["ada", "bob", "cid", "dan"], liveTerms);
  for (const [company, price] of [
    ["ada", "9000"],
    ["bob", "9100"],
    ["dan", "9200"],
  ] as const)
    accepted(place.by(company, "submit_initial_price", { price }));
  return place;
};
const running = (): Venue => {
  const place = live();
  place.pass(2 * day + hour);
  accepted(place.by(owner, "exclude_supplier", { companyId: "dan", reason: "cartel" }));
  return place;
};
const paused = (): Venue => {
  const place = running();
  accepted(place.by(owner, "pause_lot", { reason: "line down" }));
  return place;
};
const bid = (place: Venue, who: string, price = "x"): TenderAnswer => place.by(who, "submit_bid", { price });

const liveBid: Walk = [
  ["tender_not_found", () => over(running()).by(stranger, "submit_bid", bad)],
  ["lot_not_found", () => over(running()).by("owner", "submit_bid", { ...bad, lot: 2 })],
  ["own_lot", () => bid(over(running()), "owner")],
  ["not_admitted", () => bid(over(running()), "eve")],
  ["bidder_excluded", () => bid(over(running()), "dan")],
  ["tender_finished", () => bid(over(running()), "cid")],
  [
    "wrong_stage",
    () => {
      const place = running();
      accepted(place.by(owner, "abort_lot", { reason: "power cut" }));
      return bid(place, "cid");
    },
  ],
  ["initial_price_missing", () => bid(live(), "cid")],
  ["auction_not_open", () => bid(live(), "ada")],
  ["auction_paused", () => bid(paused(), "ada")],
  ["bad_format", () => bid(running(), "ada", "-10000.001x")],
  ["bad_scale", () => bid(running(), "ada", "-10000.001")],
  ["non_positive", () => bid(running(), "ada", "-0.3")],
  ["above_ceiling", () => bid(running(), "ada", "10000.30")],
  ["not_on_grid", () => bid(running(), "ada", "9050.30")],
  ["already_leading", () => bid(running(), "ada", "9050")],
  ["not_better_than_own", () => bid(running(), "bob", "9150")],
  ["not_better_than_reference", () => bid(running(), "bob", "9050")],
  ["step_too_small", () => bid(running(), "bob", "8990")],
];

/** Nobody bid and dan is out: the auction's end ended the tender. */
const unsold = (): Venue => {
  const place = admitted(["ada", "dan"]);
  place.pass(2 * day + hour);
  accepted(place.by(owner, "exclude_supplier", { companyId: "dan", reason: "cartel" }));
  place.pass(hour);
  return place;
};

const lateBid: Walk = [
  ["tender_not_found", () => unsold().by(stranger, "submit_bid", bad)],
  ["own_lot", () => bid(unsold(), "owner")],
  ["not_admitted", () => bid(unsold(), "eve")],
  ["bidder_excluded", () => bid(unsold(), "dan")],
  ["auction_closed", () => bid(unsold(), "ada")],
];

const contradictory = { lots: [{ number: 1, rules: rules({ durationMs: 0 }) }] };
const leadTerms = terms({ procedure: { amendmentLeadMs: 40 * hour }, lots: [lotTerms(), lotTerms()] });
const amending = (): Venue => {
  const place = published(leadTerms);
  accepted(place.by(owner, "cancel_lot", { reason: "sold" }));
  return place;
};
type Amending = { readonly changes: object; readonly expectedVersion?: number };
const amend = (place: Venue, actor: string, { changes, expectedVersion = 1 }: Amending): TenderAnswer =>
  place.by(actor, "amend_tender", { expectedVersion, changes, reason: "second thoughts" });
const onlyTitle = { lots: [{ number: 1, title: "New" }] };

const amendment: Walk = [
  [
    "tender_not_found",
    () => over(amending()).by(stranger, "amend_tender", { expectedVersion: 9, changes: contradictory, reason: "?" }),
  ],
  ["lot_not_found", () => amend(over(amending()), "ada", { changes: { lots: [{ number: 3 }] }, expectedVersion: 9 })],
  ["not_owner", () => amend(over(amending()), "ada", { changes: contradictory, expectedVersion: 9 })],
  ["tender_finished", () => amend(over(amending()), "owner", { changes: contradictory, expectedVersion: 9 })],
  ["version_stale", () => amend(amending(), "owner", { changes: contradictory, expectedVersion: 9 })],
  ["tender_not_published", () => amend(drafted(leadTerms), "owner", { changes: contradictory })],
  [
    "terms_incomplete",
    () => {
      const place = amending();
      place.pass(2 * day);
      return amend(place, "owner", { changes: contradictory });
    },
  ],
  [
    "submissions_closed",
    () => {
      const place = amending();
      place.pass(2 * day);
      return amend(place, "owner", { changes: onlyTitle });
    },
  ],
  [
    "amendment_too_late",
    () => {
      const place = amending();
      place.pass(day);
      return amend(place, "owner", { changes: onlyTitle });
    },
  ],
  ["wrong_stage", () => amend(amending(), "owner", { changes: onlyTitle })],
];

const awarded = (): Venue => {
  const place = opened(["ada", "bob"]);
  accepted(place.by("ada", "submit_bid", { price: "9000" }));
  place.pass(hour);
  return place;
};
const awardId = `${lotId(1)}-a1`;
const refuse = (place: Venue, who: string, id = awardId): TenderAnswer =>
  place.by(who, "refuse_award", { awardId: id, reason: "sold out" });

const refusal: Walk = [
  ["tender_not_found", () => over(awarded()).by(stranger, "refuse_award", { awardId: "?", reason: "?" })],
  ["lot_not_found", () => over(awarded()).by("bob", "refuse_award", { lot: 2, awardId: "?", reason: "?" })],
  ["award_not_found", () => refuse(over(awarded()), "bob", `${lotId(1)}-a2`)],
  ["not_award_holder", () => refuse(over(awarded()), "owner")],
  ["tender_finished", () => refuse(over(awarded()), "ada")],
  [
    "standstill_over",
    () => {
      const place = awarded();
      accepted(place.by(owner, "accept_award", { awardId }));
      place.pass(11 * day);
      return refuse(place, "ada");
    },
  ],
];

const publish = (place: Venue, who: string, expectedVersion = 9): TenderAnswer =>
  place.by(who, "publish_tender", { expectedVersion });

const publication: Walk = [
  ["tender_not_found", () => publish(drafted(terms({ direction: "sell" })), "ada")],
  ["not_owner", () => publish(over(published()), "ada")],
  ["tender_finished", () => publish(over(published()), "owner")],
  ["version_stale", () => publish(published(), "owner")],
  ["tender_not_draft", () => publish(published(), "owner", 1)],
  ["terms_incomplete", () => publish(drafted(terms({ direction: "sell" })), "owner", 1)],
];

const admission: Walk = [
  ["tender_not_found", () => over(published()).by(stranger, "request_admission")],
  ["own_lot", () => over(published()).by("owner", "request_admission")],
  [
    "not_invited",
    () =>
      over(published(terms({ procedure: { admission: { mode: "invited", approval: "automatic" } } }))).by(
        "ada",
        "request_admission",
      ),
  ],
  ["already_admitted", () => over(admitted(["ada"])).by("ada", "request_admission")],
  ["bidder_excluded", () => over(sealed()).by("bob", "request_admission")],
  ["tender_finished", () => over(published()).by("ada", "request_admission")],
  [
    "submissions_closed",
    () => {
      const place = published();
      place.pass(2 * day);
      return place.by("ada", "request_admission");
    },
  ],
];

const walks: Readonly<Record<string, Walk>> = {
  admission,
  amendment,
  initialPrice,
  lateBid,
  liveBid,
  publication,
  refusal,
};

describe.each(Object.entries(walks))("the walk of %s", (_, walk) => {
  test("falls through the codes in the order of the registry", () => {
    const places = walk.map(([code]) => tenderRejectionCodes.indexOf(code));
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
  });

  test.each(walk)("%s", (code, situation) => {
    expect(situation().rejection?.code).toBe(code);
  });
});

test("a command for another tender finds none here", () => {
  const place = published();
  const other = tenderId.replace("7e4d", "7e4e");
  expect(place.by(owner, "cancel_tender", { tenderId: other, reason: "?" }).rejection?.code).toBe("tender_not_found");
});
