import { describe, test } from "vitest";
import { plays } from "./expecting.ts";

describe("stops", () => {
  test("do not fire on quotes", () => {
    plays({ last: 100 }, "T1 sell 5 stop stop=95\nB1 buy 5 @90\nS1 sell 5 @94 =>");
  });

  test("that are true at entry fire, or are refused", () => {
    plays({ last: 100 }, "B1 buy 5 @99\nT1 sell 5 stop stop=101 => triggered T1; trade B1 T1 5 @99");
    plays(
      { last: 100, stopAtEntry: "reject" },
      "T1 sell 5 stop stop=100 => rejected T1 stop_already_triggered 100 stopPrice",
    );
  });

  test("with a limit rest at it when they have fired", () => {
    plays(
      { last: 100 },
      "T1 buy 5 stop_limit stop=102 @103\nS1 sell 2 @102\nB1 buy 2 @102 => trade S1 B1 2 @102; triggered T1",
      {
        buy: ["103: 5 T1"],
      },
    );
  });

  test("the nearest fires first, of equals the earlier", () => {
    const lines = "T1 buy 1 stop stop=102\nT2 buy 1 stop stop=101\nT3 buy 1 stop stop=101\nS1 sell 9 @102\n";
    const events = [
      "trade S1 B1 1 @102",
      "triggered T2; trade S1 T2 1 @102",
      "triggered T3; trade S1 T3 1 @102",
      "triggered T1; trade S1 T1 1 @102",
    ];
    plays({ last: 100 }, `${lines}B1 buy 1 @102 => ${events.join("; ")}`);
  });

  test("sleep through a call and fire on its price", () => {
    const lines = "phase auction\nT1 sell 2 stop stop=99\nB1 buy 5 @99\nS1 sell 3 @99\n";
    const events =
      "auction 3 @99 buy 2; fill B1 3 @99; fill S1 3 @99; phase continuous; triggered T1; trade B1 T1 2 @99";
    plays({ last: 100 }, `${lines}uncross => ${events}`);
  });

  test("trail the best price by whole steps and never go back", () => {
    const lines = [
      "T1 sell 5 trailing stop=90 trail=10/2",
      "S1 sell 9 @105",
      "B1 buy 1 @105 => trade S1 B1 1 @105; trailed T1 94",
      "B2 buy 1 @100",
      "S2 sell 1 @100 => trade B2 S2 1 @100",
    ];
    plays({ last: 100 }, lines.join("\n"));
  });

  test("trail by basis points, rounded up", () => {
    const lines =
      "T1 buy 5 trailing stop=150 trail=250bps/1 => trailed T1 103\nS1 sell 1 @90\nB1 buy 1 @90 => trade S1 B1 1 @90; trailed T1 93";
    plays({ last: 100 }, lines);
  });
});
