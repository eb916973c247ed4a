import { describe, expect, test } from "vitest";
import { plays } from "./expecting.ts";
import { Script } from "./script.ts";

const phases = ["pre_open", "auction", "continuous", "closing_cross", "halt", "cancel_only", "closed"] as const;
const closed = "phase_closed_to_orders";

/** What each kind of order meets in each phase: nothing where it is accepted, else where it goes or why it is refused. */
const table: readonly (readonly [string, readonly string[]])[] = [
  ["buy 1 @100", ["", "", "", "", closed, closed, closed]],
  ["buy 1 @100 ioc", ["tif_not_allowed_in_phase", "tif_not_allowed_in_phase", "ioc", "ioc", closed, closed, closed]],
  ["buy 1 @100 fok", ["tif_not_allowed_in_phase", "tif_not_allowed_in_phase", "fok", "fok", closed, closed, closed]],
  ["buy 1 @100 auction", ["", "", "parked", "parked", "parked", closed, closed]],
  ["buy 1 @100 at_open", ["", "parked", "parked", "parked", "parked", closed, closed]],
  ["buy 1 @100 at_close", ["parked", "parked", "parked", "parked", "parked", closed, closed]],
  ["buy 1 market", ["", "", "no_liquidity", "no_liquidity", closed, closed, closed]],
  [
    "buy 1 @100 post=reject",
    [
      "post_only_not_allowed_in_phase",
      "post_only_not_allowed_in_phase",
      "",
      "post_only_not_allowed_in_phase",
      closed,
      closed,
      closed,
    ],
  ],
  [
    "buy 1 @100 aon",
    [
      "all_or_none_not_allowed_in_phase",
      "all_or_none_not_allowed_in_phase",
      "",
      "all_or_none_not_allowed_in_phase",
      closed,
      closed,
      closed,
    ],
  ],
  ["buy 1 stop stop=110", ["", "", "", closed, "", closed, closed]],
  ["buy 1 pegged peg=primary", ["parked", "parked", "parked", closed, closed, closed, closed]],
];

describe.each(table)("%s", (order, outcomes) => {
  test.each(phases.map((phase, at) => [phase, outcomes[at] ?? ""] as const))("in %s: %s", (phase, outcome) => {
    const script = new Script({ last: 100, reference: 100 });
    if (phase !== "continuous") script.run(`phase ${phase}`);
    script.events.length = 0;
    script.run(`O1 ${order}`);
    const last = script.events.at(-1);
    const words = last?.type === "accepted" ? "" : last?.type;
    const reason = last?.type === "rejected" ? last.code : undefined;
    const cancelled = last?.type === "cancelled" ? last.reason : undefined;
    expect(reason ?? cancelled ?? words).toBe(outcome);
  });
});

describe("phases", () => {
  test("continuous is refused while the book is crossed or holds a market order", () => {
    plays({ phase: "auction" }, "B1 buy 1 @101\nS1 sell 1 @100\nphase continuous => command_rejected book_crossed");
    plays({ phase: "auction" }, "B1 buy 1 market\nphase closing_cross => command_rejected book_crossed");
  });

  test("the closing cross needs a reference, and an order with a limit that very price", () => {
    plays({}, "phase closing_cross => command_rejected no_reference");
    plays(
      { reference: 100, phase: "closing_cross" },
      "B1 buy 1 @99 => rejected B1 price_not_closing_price 100 price\nB2 buy 2 @100\nS1 sell 1 market => trade B2 S1 1 @100",
    );
  });

  test("an order of the opening waits for it and dies with it", () => {
    const lines = [
      "phase halt",
      "B1 buy 5 @100 at_open => parked B1",
      "phase auction intraday => phase auction intraday",
      "phase auction opening => phase auction opening; unparked B1",
      "S1 sell 2 @100",
      "uncross => auction 2 @100 buy 3; fill B1 2 @100; fill S1 2 @100; cancelled B1 3 auction_end; phase continuous",
    ];
    plays({}, lines.join("\n"), { buy: [], sell: [] });
  });

  test("resting pegs are parked when continuous trading ends and come back with it", () => {
    const lines = [
      "B1 buy 5 @99",
      "P1 buy 5 pegged peg=primary",
      "phase halt => phase halt; parked P1",
      "phase continuous => phase continuous; repriced P1 @99",
    ];
    plays({}, lines.join("\n"), { buy: ["99: 10 B1 P1"] });
  });
});

describe("what comes back", () => {
  test("one order at a time enters when the market opens; after an interruption the others wait on", () => {
    plays(
      { last: 100, bands: { dynamic: { up: 2, down: 2 } } },
      `
      A1 sell 5 @120 link=1
      B1 sell 5 @121 link=2
      A2 sell 5 @104 link=1
      B2 sell 5 @105 link=2
      phase auction => phase auction intraday; parked A2; parked B2
      C1 buy 5 @104
      phase continuous => phase continuous; unparked A2; phase auction volatility volatility; parked A2
      `,
      { sell: ["120: 5 A1", "121: 5 B1"] },
    );
  });

  test("the closing cross prints at its one price and brings nothing back", () => {
    plays(
      { reference: 100 },
      `
      A1 sell 5 @98 link=1
      A2 sell 5 @99 link=1
      phase auction => phase auction intraday; parked A2
      uncross next=closing_cross => auction 0 @none; phase closing_cross
      C1 buy 3 @100 => trade A1 C1 3 @100; cancelled A2 5 linked
      `,
    );
  });

  test("an order waits on for its call while another of its link rests there", () => {
    plays(
      {},
      `
      A1 sell 5 @105 link=1
      A2 sell 5 @106 link=1 auction => parked A2
      phase auction => phase auction intraday
      cancel A1
      phase auction => phase auction intraday; unparked A2
      `,
    );
  });
});

describe("bands", () => {
  test("an entry band bounds limits; orders outside a new one are parked and come back", () => {
    const lines = [
      "B1 buy 5 @90",
      "bands entry=95..105 => bands_changed; parked B1",
      "B2 buy 5 @94 => rejected B2 price_outside_band 95 price",
      "bands entry=85..105 => bands_changed; unparked B1",
    ];
    plays({}, lines.join("\n"), { buy: ["90: 5 B1"] });
  });

  test("or are cancelled", () => {
    plays({ outsideBand: "cancel" }, "B1 buy 5 @90\nbands entry=95..105 => bands_changed; cancelled B1 5 outside_band");
  });

  test("a trade outside the dynamic band does not print and begins a call", () => {
    const lines = "S1 sell 5 @104\nS2 sell 5 @111\n";
    plays(
      { last: 100, bands: { dynamic: { up: 5, down: 5 } } },
      `${lines}B1 buy 8 @112 => trade S1 B1 5 @104; phase auction volatility volatility`,
      {
        buy: ["112: 3 B1"],
        sell: ["111: 5 S2"],
      },
    );
  });

  test("what an ioc order leaves then is cancelled after the phase has changed", () => {
    const rules = { last: 100, bands: { dynamic: { up: 5, down: 5 } } };
    plays(
      rules,
      "S1 sell 5 @111\nB1 buy 8 @112 ioc => phase auction volatility volatility; cancelled B1 8 interruption",
    );
  });

  test("a market order is cancelled then", () => {
    plays(
      { last: 100, bands: { dynamic: { up: 2, down: 2 } } },
      `
      B1 buy 5 @97
      S1 sell 5 market => phase auction volatility volatility; cancelled S1 5 interruption
      `,
    );
  });

  test("what a buy holds by stays: market orders that could cost more go, stops and pegs stay within it", () => {
    plays(
      { last: 100, bands: { entry: { low: 90, high: 110 } } },
      `
      P1 buy 2 pegged peg=market => parked P1
      T1 buy 2 stop stop=105
      phase auction => phase auction intraday
      M1 buy 2 market
      bands entry=90..120 => bands_changed; cancelled M1 2 outside_band
      phase continuous
      S1 sell 5 @115 => repriced P1 @110
      S2 sell 1 @105 => trade P1 S2 1 @110; triggered T1; cancelled T1 2 no_liquidity
      `,
    );
  });

  test("the static band is measured from the reference", () => {
    const rules = { last: 105, reference: 100, bands: { static: { up: 8, down: 8 } } };
    plays(rules, "S1 sell 1 @109\nB1 buy 1 @109 => phase auction volatility volatility");
  });

  test("a circuit breaker halts once, and again after the close", () => {
    const rules = { reference: 100, breakers: [{ bps: 500, pauseMicros: 1000 }] };
    const lines = [
      "at 7",
      "S1 sell 1 @106",
      "S2 sell 1 @110",
      "B1 buy 1 @106 => phase halt circuit_breaker 1007",
      "cancel B1",
      "phase continuous",
      "B2 buy 1 @106 => trade S1 B2 1 @106",
      "phase closed",
      "phase continuous",
      "B3 buy 1 @110 => phase halt circuit_breaker 1007",
    ];
    plays(rules, lines.join("\n"));
  });
});
