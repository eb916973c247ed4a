import type { Visibility } from "@kontor/protocol";
import { LotView, OwnLotView, OwnTenderView, TenderView } from "@kontor/protocol";
import { at, testEntropy } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { dates, day, forwardRules, hour, lotId, lotTerms, rules, sealedTerms, terms } from "./given.ts";
import type { Venue } from "./venue.ts";
import { accepted, admitted, opened, owner } from "./venue.ts";

const companies = ["ada", "bob", "cid"] as const;

type Sight = { readonly who: string; readonly text: string };

/** Everything that somebody may read in the tender now, as text. */
function sights(place: Venue): Sight[] {
  const streams = [place.tender(), place.lot()];
  const text = (part: "public" | "participant" | "owner"): string =>
    JSON.stringify(streams.map((views) => views[part]));
  const own = companies.map((companyId) => ({
    who: companyId,
    text: JSON.stringify(streams.map((views) => [views.participant, views.own.get(companyId)])),
  }));
  return [
    { who: "public", text: text("public") },
    { who: "participant", text: text("participant") },
    { who: "owner", text: text("owner") },
    ...own,
  ];
}

const readers = (place: Venue, fact: string): readonly string[] =>
  sights(place).flatMap(({ who, text }) => (text.includes(fact) ? [who] : []));

/** Where a company's name stands as a value or key; "ada" inside another word does not count. */
const seesName = (place: Venue, companyId: string): readonly string[] => readers(place, `"${companyId}"`);

describe("sealed prices", () => {
  const place = admitted(companies, sealedTerms());
  accepted(place.by("ada", "submit_initial_price", { price: "8123.45" }));
  accepted(place.by("bob", "submit_initial_price", { price: "8234.56" }));

  test("are their maker's alone before the deadline", () => {
    place.moveTo(at(dates.submissionsUntil) - 1);
    expect(readers(place, "8123.45")).toEqual(["ada"]);
    expect(readers(place, "8234.56")).toEqual(["bob"]);
  });

  test("are the owner's to read after it, and still nobody else's", () => {
    place.moveTo(at(dates.submissionsUntil));
    expect(readers(place, "8123.45")).toEqual(["owner", "ada"]);
    expect(readers(place, "8234.56")).toEqual(["owner", "bob"]);
  });

  test("name the winner and his price to those who took part once the award is accepted", () => {
    accepted(place.by(owner, "propose_award"));
    expect(readers(place, "8123.45")).toEqual(["owner", "ada"]);
    accepted(place.by(owner, "accept_award", { awardId: `${lotId(1)}-a1` }));
    expect(readers(place, "8123.45")).toEqual(["participant", "owner", "ada", "bob", "cid"]);
    expect(readers(place, "8234.56")).toEqual(["owner", "bob"]);
    expect(seesName(place, "ada")).toEqual(["public", "participant", "owner", "ada", "bob", "cid"]);
    expect(place.ownLot("ada").rank).toBe(1);
    expect(place.ownLot("bob").rank).toBe(2);
  });
});

describe("before a live auction", () => {
  test("not even the owner learns who has handed in which price until the lot is closed", () => {
    const place = admitted(
      companies,
      terms({ procedure: { initialPrices: "required" }, lots: [lotTerms({ rules: rules({ visibility: "rank" }) })] }),
    );
    accepted(place.by("ada", "submit_initial_price", { price: "8123.45" }));
    accepted(place.by("bob", "submit_initial_price", { price: "8234.56" }));
    place.moveTo(at(dates.auctionOpensAt) - 1);
    expect(readers(place, "8123.45")).toEqual(["ada"]);
    place.moveTo(at(dates.auctionOpensAt));
    expect(readers(place, "8123.45")).toEqual(["owner", "ada"]);
    expect(JSON.stringify(place.lot().owner)).not.toMatch(/"(ada|bob|cid)"/);
    place.pass(hour);
    expect(place.lotFor("owner")).toMatchObject({
      initialPrices: { ada: { price: "8123.45" } },
      standings: { "Bidder #1": { companyId: "ada" }, "Bidder #2": { companyId: "bob" } },
    });
  });
});

const modes: readonly Visibility[] = ["full", "lead", "rank", "traffic", "sealed"];

function live(visibility: Visibility): Venue {
  const place = opened(companies, terms({ lots: [lotTerms({ rules: rules({ visibility, reference: "own" }) })] }));
  accepted(place.by("ada", "submit_bid", { price: "8123.45" }));
  accepted(place.by("bob", "submit_bid", { price: "8000.00" }));
  return place;
}

describe.each(modes)("a live lot in mode %s", (visibility) => {
  test("names no competitor to anybody, and no bidder to the owner", () => {
    const place = live(visibility);
    for (const companyId of companies) expect(seesName(place, companyId)).toEqual(["owner", companyId]);
    expect(JSON.stringify(place.lot().owner)).not.toMatch(/"(ada|bob|cid)"/);
  });

  test("shows each audience what the table says", () => {
    const place = live(visibility);
    const [open, shared, own] = [place.lotFor("public"), place.lotFor("participant"), place.ownLot("ada")];
    const shown = {
      bestPrice: shared.bestPrice !== undefined,
      prices: shared.standings !== undefined,
      bidders: shared.bidderCount !== undefined,
      rank: own.rank !== undefined,
      standing: own.standing !== undefined,
      publicBest: open.bestPrice !== undefined,
      publicPrices: open.standings !== undefined,
    };
    const full = visibility === "full";
    const lead = full || visibility === "lead";
    const rank = lead || visibility === "rank";
    expect(shown).toEqual({
      bestPrice: lead,
      prices: full,
      bidders: lead,
      rank,
      standing: rank || visibility === "traffic",
      publicBest: full,
      publicPrices: full,
    });
    expect(place.lotFor("owner")).toMatchObject({
      bestPrice: "8000.00",
      bidderCount: 2,
      standings: { "Bidder #1": {} },
    });
    for (const view of [open, shared, place.lotFor("owner")]) expect(view.endsAt).toBeDefined();
    const seen = full ? ["public", "participant", "owner", ...companies] : ["owner", "ada"];
    expect(readers(place, "8123.45")).toEqual(seen);
  });

  test("names the winner to all with the award, the price only to whom the mode shows it", () => {
    const place = live(visibility);
    place.pass(hour);
    for (const companyId of ["ada", "cid"]) expect(seesName(place, companyId)).toEqual(["owner", companyId]);
    expect(seesName(place, "bob")).toEqual(["owner", "bob"]);
    accepted(place.by(owner, "accept_award", { awardId: `${lotId(1)}-a1` }));
    expect(seesName(place, "bob")).toEqual(["public", "participant", "owner", ...companies]);
    expect(seesName(place, "ada")).toEqual(["owner", "ada"]);
    const told = (part: "public" | "participant") => place.lotFor(part).result?.price !== undefined;
    expect(told("public")).toBe(visibility === "full");
    expect(told("participant")).toBe(!["rank", "traffic"].includes(visibility));
  });
});

test("proxy maxima, estimates and the secret stay where they belong", () => {
  const sale = forwardRules({ format: "proxy_forward", visibility: "full" });
  const place = opened(companies, terms({ direction: "sell", lots: [lotTerms({ rules: sale })] }));
  accepted(place.by("ada", "set_proxy", { maximum: "2987.65" }));
  accepted(place.by("bob", "set_proxy", { maximum: "1500" }));
  const watch = (): void => {
    expect(readers(place, "2987.65")).toEqual(["ada"]);
    expect(readers(place, "217777.77")).toEqual(["owner"]);
    expect(readers(place, testEntropy)).toEqual([]);
  };
  watch();
  place.pass(hour);
  watch();
});

test("a hidden reserve is the owner's secret, met or not", () => {
  const sale = forwardRules({ reserve: { price: "2345.67", shown: false } });
  const place = opened(companies, terms({ direction: "sell", lots: [lotTerms({ rules: sale })] }));
  for (const price of ["2000", "3000"]) {
    accepted(place.by(price === "2000" ? "ada" : "bob", "submit_bid", { price }));
    expect(place.lotFor("public").reserveMet).toBe(price === "3000");
    expect(readers(place, "2345.67")).toEqual(["owner"]);
  }
  expect(place.by("cid", "submit_bid", { price: "1" }).rejection).not.toMatchObject({ limit: "2345.67" });
});

test("a reserve that is shown is everybody's to read", () => {
  const sale = forwardRules({ reserve: { price: "2345.67", shown: true } });
  const place = opened(companies, terms({ direction: "sell", lots: [lotTerms({ rules: sale })] }));
  expect(readers(place, "2345.67")).toEqual(["public", "participant", "owner", ...companies]);
});

test("an award that is not accepted is told to its holder alone", () => {
  const place = live("full");
  place.pass(hour);
  accepted(place.by(owner, "reject_award", { awardId: `${lotId(1)}-a1`, reason: "forged certificate" }));
  expect(readers(place, "forged certificate")).toEqual(["owner", "bob"]);
  expect(place.ownLot("ada").award).toMatchObject({ status: "pending" });
  expect(place.lotFor("participant").result).toBeUndefined();
});

test("views keep to their schemas and hold no nulls", () => {
  const place = live("full");
  for (const pause of [0, hour, 11 * day]) {
    place.pass(pause);
    if (pause === hour) accepted(place.by(owner, "accept_award", { awardId: `${lotId(1)}-a1` }));
    for (const part of ["public", "participant", "owner"] as const) {
      LotView.strict().parse(place.lot()[part]);
      TenderView.strict().parse(place.tender()[part]);
    }
    for (const own of place.lot().own.values()) OwnLotView.strict().parse(own);
    for (const own of place.tender().own.values()) OwnTenderView.strict().parse(own);
    for (const { text } of sights(place)) expect(text).not.toContain("null");
  }
});
