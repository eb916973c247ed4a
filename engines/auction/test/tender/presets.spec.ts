import type { Direction, LotRules, PresetName, TenderTerms } from "@kontor/protocol";
import { procedurePresets } from "@kontor/protocol";
import { at } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { tenderEngine } from "../../src/index.ts";
import { dates, day, forwardRules, lotId, lotTerms, rules, sealedRules, tenderId, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, drafted, factsOfType, owner } from "./venue.ts";

const names = Object.keys(procedurePresets) as PresetName[];

function rulesFor(name: PresetName, direction: Direction): LotRules {
  const { format, visibility, durationMs, softClose } = procedurePresets[name].lots;
  if (format === "sealed") return sealedRules();
  const written = direction === "sell" ? forwardRules() : rules();
  const fitting = direction === "sell" && format === "english_reverse" ? "english_forward" : format;
  return { ...written, format: fitting, visibility, durationMs, softClose };
}

function termsFor(name: PresetName, direction: Direction): TenderTerms {
  const { procedure } = procedurePresets[name];
  const lot = lotTerms({ rules: rulesFor(name, direction) });
  const auctionOpensAt = procedure.liveAuction ? dates.auctionOpensAt : null;
  return terms({
    direction,
    procedure: { ...procedure, amendmentLeadMs: 0 },
    calendar: { auctionOpensAt },
    lots: [lot, lot],
  });
}

/** Two suppliers, each by the way this procedure admits them. */
function admit(place: Venue, written: TenderTerms): void {
  const { mode, approval } = written.procedure.admission;
  for (const companyId of ["ada", "bob"]) {
    if (mode === "invited") accepted(place.by(owner, "invite_supplier", { companyId }));
    accepted(place.by(companyId, "request_admission"));
    if (approval === "owner") accepted(place.by(owner, "admit_supplier", { companyId }));
  }
}

const directions = (name: PresetName): readonly Direction[] => {
  const { direction } = procedurePresets[name];
  return direction === null ? ["buy", "sell"] : [direction];
};

describe.each(names.flatMap((name) => directions(name).map((direction) => ({ name, direction }))))(
  "$name, $direction",
  ({ name, direction }) => {
    const [first, second] = direction === "buy" ? ["9000", "8000"] : ["1500", "1600"];

    test("runs from the draft to a signed contract for every lot", () => {
      const written = termsFor(name, direction);
      const place = drafted(written);
      accepted(place.by(owner, "publish_tender", { expectedVersion: 1 }));
      admit(place, written);
      if (written.procedure.initialPrices !== "none") {
        for (const lot of [1, 2]) {
          accepted(place.by("ada", "submit_initial_price", { lot, price: first }));
          accepted(place.by("bob", "submit_initial_price", { lot, price: second }));
        }
      } else {
        for (const lot of [1, 2]) {
          place.moveTo(Math.max(place.now(), at(place.lotFor("owner", lot).opensAt ?? dates.auctionOpensAt)));
          accepted(place.by("ada", "submit_bid", { lot, price: first }));
          accepted(place.by("bob", "submit_bid", { lot, price: second }));
          if (written.procedure.schedule.mode === "serial") place.pass(procedurePresets[name].lots.durationMs + 60_000);
        }
      }
      place.pass(10 * day);
      for (const number of [1, 2]) {
        const lot = number;
        if (place.lotFor("owner", lot).format === "sealed") accepted(place.by(owner, "propose_award", { lot }));
        accepted(place.by(owner, "accept_award", { lot, awardId: `${lotId(lot)}-a1` }));
      }
      place.pass(11 * day);
      for (const lot of [1, 2])
        for (const party of [owner, "bob"])
          accepted(place.by(party, "sign_contract", { lot, contractId: `${lotId(lot)}-c1` }));
      expect(factsOfType(place, "contract_drawn").map(({ companyId }) => companyId)).toEqual(["bob", "bob"]);
      expect(factsOfType(place, "tender_finished")).toMatchObject([{ tenderId, outcome: "complete" }]);
      expect(tenderEngine.isFinished(place.state())).toBe(true);
    });
  },
);

test("a preset whose notice gives less than its lead for amendments would contradict itself", () => {
  for (const name of names) {
    const { days, procedure } = procedurePresets[name];
    if (days.submissions !== null) expect(procedure.amendmentLeadMs).toBeLessThan(days.submissions * day);
    if (days.questions !== null)
      expect(days.questions).toBeLessThanOrEqual(days.submissions ?? Number.POSITIVE_INFINITY);
  }
});
