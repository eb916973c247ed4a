import { describe, test } from "vitest";
import { plays } from "./expecting.ts";

describe("amend", () => {
  test("takes the new quantity as the total: what has traded counts", () => {
    plays({}, "S1 sell 10 @100\nB1 buy 6 @100\namend S1 quantity=8 => amended S1 kept", { sell: ["100: 2 S1"] });
  });

  test("to no more than has traded cancels", () => {
    plays({}, "S1 sell 10 @100\nB1 buy 6 @100\namend S1 quantity=6 => cancelled S1 4 amend", { sell: [] });
  });

  test("that is refused leaves the order and its place", () => {
    plays({}, "S1 sell 10 @100\nS2 sell 10 @100\namend S1 @20000 => amend_rejected S1 price_out_of_range 10000 price", {
      sell: ["100: 20 S1 S2"],
    });
  });

  test("takes off an iceberg's hidden part first", () => {
    plays(
      {},
      "S1 sell 30 @100 display=10\namend S1 quantity=12 => amended S1 kept\namend S1 quantity=7 display=7 => amended S1 kept",
      {
        sell: ["100: 7 S1"],
      },
    );
  });

  test("with more on display loses its place", () => {
    plays({}, "S1 sell 30 @100 display=10\nS2 sell 1 @100\namend S1 display=11 => amended S1 lost", {
      sell: ["100: 12 S2 S1"],
    });
  });

  test("of what the kind does not have is refused", () => {
    plays({}, "S1 sell 30 @100\namend S1 stop=90 => amend_rejected S1 combination_not_allowed stopPrice");
  });

  test("of a dormant stop leaves it dormant", () => {
    plays(
      { last: 100 },
      "T1 buy 5 stop stop=105\namend T1 quantity=3 stop=106 => amended T1 lost\ncancel T1 => cancelled T1 3 user",
    );
  });

  test("of a post-only order is checked at its new price", () => {
    plays(
      {},
      "S1 sell 5 @100\nB1 buy 5 @99 post=reject\namend B1 @100 => amend_rejected B1 post_only_would_trade 100 price",
      {
        buy: ["99: 5 B1"],
      },
    );
  });

  test("in a halt is refused", () => {
    plays({}, "S1 sell 5 @100\nphase halt\namend S1 quantity=3 => amend_rejected S1 phase_closed_to_orders");
  });
});

describe("replace", () => {
  test("is a new order in every way but its members", () => {
    plays({}, "S1 sell 10 @100\nB1 buy 6 @100\nreplace S1 S2 9 => \ncancel S1 => cancel_rejected S1 unknown_order", {
      sell: ["100: 9 S2"],
    });
  });

  test("that is refused leaves the old order", () => {
    const lines = "S1 sell 10 @100\nS2 sell 1 @100\nreplace S1 S2 9 => amend_rejected S1 duplicate_order";
    plays({}, lines, { sell: ["100: 11 S1 S2"] });
  });

  test("uses what the old one held", () => {
    const lines =
      "allocate a cash=1000\nB1 buy 10 @100 by=a\nreplace B1 B2 11 @100 => amend_rejected B1 insufficient_funds 1000\nreplace B1 B2 10 @99 =>";
    plays({}, lines, { buy: ["99: 10 B2"] });
  });
});

describe("mass cancel", () => {
  const book =
    "B1 buy 5 @99 by=a session=1 volatile\nS1 sell 5 @101 by=a group=9\nT1 sell 5 stop stop=90 by=a session=1\nB2 buy 5 @98 by=b group=9\n";

  test.each([
    ["by=a", "cancelled B1 5 mass_cancel; cancelled S1 5 mass_cancel; cancelled T1 5 mass_cancel; mass_cancelled 3"],
    ["by=a side=buy", "cancelled B1 5 mass_cancel; mass_cancelled 1"],
    ["group=9", "cancelled S1 5 mass_cancel; cancelled B2 5 mass_cancel; mass_cancelled 2"],
    ["session=1", "cancelled B1 5 mass_cancel; cancelled T1 5 mass_cancel; mass_cancelled 2"],
    ["session=1 volatile", "cancelled B1 5 mass_cancel; mass_cancelled 1"],
    ["by=c", "mass_cancelled 0"],
  ])("of %s", (which, events) => {
    plays({ last: 100 }, `${book}mass ${which} => ${events}`);
  });

  test("with a block keeps the account out until it is unblocked", () => {
    const lines = [
      "B1 buy 5 @99 by=a",
      "block a => cancelled B1 5 mass_cancel; mass_cancelled 1; blocked a",
      "B2 buy 5 @99 by=a => rejected B2 account_blocked",
      "unblock a => unblocked a",
      "B3 buy 5 @99 by=a =>",
    ];
    plays({}, lines.join("\n"), { buy: ["99: 5 B3"] });
  });
});

describe("links", () => {
  test("a trade of one cancels the others", () => {
    plays(
      { last: 100 },
      "L1 sell 5 @105 link=1\nT1 sell 5 stop stop=95 link=1\nB1 buy 1 @105 => trade L1 B1 1 @105; cancelled T1 5 linked",
    );
  });

  test("a stop that fires cancels the others before it trades", () => {
    const lines = "L1 sell 5 @105 link=1\nT1 sell 5 stop stop=95 link=1\nB1 buy 1 @95\nB2 buy 9 @94\n";
    plays(
      { last: 100 },
      `${lines}S1 sell 1 @95 => trade B1 S1 1 @95; triggered T1; cancelled L1 5 linked; trade B2 T1 5 @94`,
    );
  });

  test("those of the taker go before those of the maker", () => {
    const lines = "M1 sell 5 @100 link=1\nM2 sell 5 @110 link=1\nK1 buy 1 @90 link=2\n";
    plays({}, `${lines}K2 buy 5 @100 link=2 => trade M1 K2 5 @100; cancelled K1 1 linked; cancelled M2 5 linked`);
  });

  test("a pair of limit and stop lies on either side of the last trade", () => {
    plays(
      { last: 100 },
      "L1 sell 5 @105 link=1\nT1 sell 5 stop stop=101 link=1 => rejected T1 linked_prices_invalid 100 link",
    );
  });

  test("in a call one of them rests, the others are parked until it ends", () => {
    const lines = [
      "L1 sell 5 @105 link=1",
      "L2 sell 5 @106 link=1",
      "phase auction => phase auction intraday; parked L2",
      "L3 sell 5 @107 link=1 => rejected L3 link_in_call link",
      "phase continuous => phase continuous; unparked L2",
    ];
    plays({}, lines.join("\n"), { sell: ["105: 5 L1", "106: 5 L2"] });
  });
});
