import { describe, expect, test } from "vitest";
import { plays } from "./expecting.ts";

const book = "S1 sell 5 @100 by=a\nS2 sell 5 @100\n";

describe("self-trade prevention", () => {
  test.each([
    ["none", "trade S1 B1 5 @100; trade S2 B1 2 @100", ["100: 3 S2"]],
    ["cancel_newest", "prevented S1 B1 5 @100; cancelled B1 7 self_trade", ["100: 10 S1 S2"]],
    ["cancel_oldest", "prevented S1 B1 5 @100; cancelled S1 5 self_trade; trade S2 B1 5 @100", []],
    ["cancel_both", "prevented S1 B1 5 @100; cancelled S1 5 self_trade; cancelled B1 7 self_trade", ["100: 5 S2"]],
    ["decrement", "prevented S1 B1 5 @100; cancelled S1 5 self_trade; reduced B1 5; trade S2 B1 2 @100", ["100: 3 S2"]],
  ])("%s", (mode, events, sell) => {
    plays({}, `${book}B1 buy 7 @100 self=${mode} by=a => ${events}`, { sell });
  });

  test("decrement of equal sizes ends both", () => {
    plays(
      { selfTrade: "decrement" },
      `${book}B1 buy 5 @100 by=a => prevented S1 B1 5 @100; cancelled S1 5 self_trade; cancelled B1 5 self_trade`,
      {
        buy: [],
        sell: ["100: 5 S2"],
      },
    );
  });

  test("decrement that takes a shown part refills it", () => {
    const events = "prevented S1 B1 10 @100; reduced S1 10; refilled S1 10; cancelled B1 10 self_trade";
    plays({ selfTrade: "decrement" }, `S1 sell 30 @100 display=10 by=a\nB1 buy 10 @100 by=a => ${events}`, {
      sell: ["100: 10 S1"],
    });
  });

  test("transfer moves between accounts of one group, where both want it", () => {
    const lines = [
      "allocate a goods=10",
      "allocate b cash=1000",
      "S1 sell 5 @100 by=a group=9 self=transfer",
      "B1 buy 5 @100 by=b group=9 self=transfer => prevented S1 B1 5 @100; transferred S1 B1 5 @100; cancelled S1 5 self_trade; cancelled B1 5 self_trade",
    ];
    const script = plays({}, lines.join("\n"));
    expect(script.book.account(1)).toEqual({ cash: 500, goods: 5, cashHeld: 0, goodsHeld: 0 });
    expect(script.book.account(2)).toEqual({ cash: 500, goods: 5, cashHeld: 0, goodsHeld: 0 });
  });

  test("a fired stop keeps its mode", () => {
    const lines = "T1 buy 5 stop stop=102 by=a\nS1 sell 1 @102\nS2 sell 5 @103 by=a\n";
    const events = "trade S1 B1 1 @102; triggered T1; prevented S2 T1 5 @103; cancelled T1 5 self_trade";
    plays({ last: 100, selfTrade: "cancel_newest" }, `${lines}B1 buy 1 @102 => ${events}`);
  });

  test("nobody is kept from trading with himself in an auction", () => {
    const lines = "S1 sell 5 @100 by=a\nB1 buy 5 @100 by=a\n";
    const events = "auction 5 @100; fill B1 5 @100; fill S1 5 @100; phase continuous";
    plays({ phase: "auction", selfTrade: "cancel_newest" }, `${lines}uncross => ${events}`);
  });
});
