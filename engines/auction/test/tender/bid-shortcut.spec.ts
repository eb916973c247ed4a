import { canonicalJson } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { expect, test } from "vitest";
import type { TenderState } from "../../src/index.ts";
import { tenderEngine } from "../../src/index.ts";
import { forwardRules, lotTerms, rules, terms } from "./given.ts";
import { evolveShort } from "./shortcut.ts";
import type { Venue } from "./venue.ts";
import { accepted, opened } from "./venue.ts";

const companies = ["acme", "bolt"];

/** A state made from the events, and how many steps went the short way. */
function recover(place: Venue, textOf = JSON.stringify as (events: readonly TenderEvent[]) => string) {
  let state: TenderState = tenderEngine.create();
  let short = 0;
  for (const { decision, at } of place.entries) {
    const events = decision.kind === "accepted" ? decision.events : [];
    const next = evolveShort(state, textOf(events), at);
    if (next !== null) short++;
    state = next ?? events.reduce((before, event) => tenderEngine.evolve(before, event, at), state);
  }
  return { encoded: canonicalJson(tenderEngine.encode(state)), short };
}

function bidding(place: Venue, prices: readonly string[], type: "submit_bid" | "set_proxy" = "submit_bid"): Venue {
  const member = type === "submit_bid" ? "price" : "maximum";
  for (const [index, price] of prices.entries()) {
    accepted(place.by(companies[index % 2] ?? "", type, { [member]: price }));
  }
  return place;
}

test("bids of those who have bid before are read in the short way, to the same state", () => {
  const place = bidding(opened(companies), ["9000.00", "8900.00", "8800.00", "8700.00", "8600.00"]);
  const { encoded, short } = recover(place);
  expect(encoded).toBe(canonicalJson(tenderEngine.encode(place.state())));
  expect(short).toBe(3);
});

test("maxima too, while they move the lead", () => {
  const lots = [lotTerms({ rules: forwardRules({ format: "proxy_forward" }) })];
  const place = bidding(
    opened(companies, terms({ direction: "sell", lots })),
    ["1500.00", "2000.00", "2500.00", "3000.00"],
    "set_proxy",
  );
  const { encoded, short } = recover(place);
  expect(encoded).toBe(canonicalJson(tenderEngine.encode(place.state())));
  expect(short).toBeGreaterThan(0);
});

test("whatever else a text says is left to the caller", () => {
  const place = bidding(opened(companies, terms({ lots: [lotTerms({ rules: rules() })] })), [
    "9000.00",
    "8900.00",
    "8800.00",
  ]);
  const { encoded } = recover(place);
  const variants: ((text: string) => string)[] = [
    (text) => text.replace('"bid_accepted"', '"bid_voided"'),
    (text) => text.replace('"bid_accepted"', '"bid\\u005faccepted"'),
    (text) => text.replace("[{", "[ {"),
    (text) => text.replace('"userId":"acme', '"userId":"other'),
    (text) => text.replace('"source":"live"', '"source":"buy_now"'),
    (text) => text.replace("}]", '},{"type":"tick"}]'),
    (text) => text.replace(/-b\d+"/, '-b99"'),
  ];
  for (const vary of variants) {
    const { encoded: same, short } = recover(place, (events) => vary(JSON.stringify(events)));
    expect([short, same]).toEqual([0, encoded]);
  }
});
