import { describe, expect, test } from "vitest";
import { plays } from "./expecting.ts";

const call = { phase: "auction", reference: 100 } as const;

describe("the price of a call", () => {
  test.each([
    ["volume", "B1 buy 10 @103\nB2 buy 10 @101\nS1 sell 20 @101", 101, "indicative 20 @101"],
    ["surplus", "B1 buy 10 @102\nB2 buy 5 @101\nS1 sell 10 @101", 102, "indicative 10 @102"],
    ["buy_pressure", "B1 buy 20 @105\nS1 sell 10 @100", 105, "indicative 10 @105 buy 10"],
    ["sell_pressure", "B1 buy 10 @105\nS1 sell 20 @100", 100, "indicative 10 @100 sell 10"],
    ["reference", "B1 buy 10 @105\nS1 sell 10 @95", 100, "indicative 10 @100"],
    ["interval", "B1 buy 10 @99\nS1 sell 10 @95", 99, "indicative 10 @99"],
    ["market_only", "B1 buy 10 market\nS1 sell 6 market", 100, "indicative 6 @100 buy 4"],
    ["none", "B1 buy 10 @99\nS1 sell 10 @101", null, "indicative 0 @none"],
  ])("by %s", (rule, ...[orders, price, told]) => {
    const script = plays(call, `${orders}\nindicative => ${told}`);
    expect(script.book.explainAuction()).toMatchObject({ state: "standing", rule, price });
  });

  test("without a reference is the middle of the interval, rounded down", () => {
    plays({ phase: "auction" }, "B1 buy 10 @106\nS1 sell 10 @95\nindicative => indicative 10 @100");
  });

  test("is held back where pressure would push it too far", () => {
    plays(
      { ...call, pressureBoundBps: 200 },
      "B1 buy 20 @105\nS1 sell 10 @100\nindicative => indicative 10 @102 buy 10",
    );
  });

  test("counts icebergs whole and leaves all-or-none orders out", () => {
    const lines = "S0 sell 9 @90 aon\nphase auction\nS1 sell 30 @100 display=10\nB1 buy 25 @100\n";
    plays(
      { reference: 100 },
      `${lines}uncross => auction 25 @100 sell 5; fill B1 25 @100; fill S1 25 @100; phase continuous`,
      {
        sell: ["100: 5 S1"],
      },
    );
  });

  test("is explained with the table of its candidates", () => {
    const script = plays(call, "B1 buy 20 @105\nS1 sell 10 @100\nuncross");
    expect(script.book.explainAuction()).toMatchObject({
      state: "ended",
      rule: "buy_pressure",
      table: {
        candidates: [
          { price: 100, buy: 20, sell: 10, executable: 10, surplus: 10 },
          { price: 105, buy: 20, sell: 10, executable: 10, surplus: 10 },
        ],
      },
    });
  });
});

describe("uncross", () => {
  test("fills market orders first, then better limits, then earlier times", () => {
    const orders = "B1 buy 5 @101\nB2 buy 5 @102\nB3 buy 5 @102\nB4 buy 5 market\nS1 sell 12 @100\n";
    const fills = "fill B4 5 @102; fill B2 5 @102; fill B3 2 @102; fill S1 12 @102";
    plays(call, `${orders}uncross => auction 12 @102 buy 3; ${fills}; phase continuous`, {
      buy: ["102: 3 B3", "101: 5 B1"],
    });
  });

  test("is extended by a price beyond the collar, then goes on", () => {
    const orders = "B1 buy 5 @120\nS1 sell 5 @120\n";
    const ended = "auction 5 @120; fill B1 5 @120; fill S1 5 @120; phase continuous";
    plays({ ...call, auctionCollar: 10 }, `${orders}uncross => extended price @120\nuncross => ${ended}`);
  });

  test("is extended by a wide price until it is final", () => {
    const orders = "B1 buy 5 @120\nS1 sell 5 @120\nuncross => extended wide_price @120\n";
    plays({ ...call, wideCollar: 15 }, `${orders}uncross => extended wide_price @120\nuncross final`, { buy: [] });
  });

  test("is extended by market orders that would go without", () => {
    plays(
      { ...call, marketOrderExtension: true },
      "B1 buy 10 market\nS1 sell 4 @100\nuncross => extended market_orders @100",
    );
  });

  test("may lead to another phase, but to no call", () => {
    plays(
      call,
      "uncross next=auction => command_rejected phase_not_allowed next\nuncross next=halt => auction 0 @none; phase halt",
    );
  });

  test("outside an auction is refused, in pre_open too", () => {
    plays(
      {},
      "uncross => command_rejected not_in_call\nindicative => command_rejected not_in_call\nphase pre_open\nuncross => command_rejected not_in_call",
    );
  });

  test("cancels linked orders after each fill", () => {
    const lines = "L1 buy 5 @100 link=1\nT1 buy 5 stop stop=110 link=1\nS1 sell 5 @100\n";
    plays(
      call,
      `${lines}uncross => auction 5 @100; fill L1 5 @100; cancelled T1 5 linked; fill S1 5 @100; phase continuous`,
    );
  });

  test("bounds what one account may rest in a call", () => {
    const rules = { ...call, callLimits: { orders: 2, quantity: 10 } };
    const lines = [
      "B1 buy 4 @100 by=a",
      "B2 buy 7 @100 by=a => rejected B2 call_quantity_exceeded 10 quantity",
      "B3 buy 4 @100 by=a",
      "B4 buy 1 @100 by=a => rejected B4 call_orders_exceeded 2",
    ];
    plays(rules, lines.join("\n"));
  });
});

describe("bust and correct", () => {
  const trades = "S1 sell 5 @100\nS2 sell 5 @101\nB1 buy 10 @101\n";

  test("last is the price of the latest trade that stands", () => {
    const lines = "bust 2 => busted 2 5 @101\nbust 2 => command_rejected unknown_trade trade\n";
    expect(plays({}, trades + lines).book.lastPrice).toBe(100);
    expect(plays({}, `${trades}bust 2\nbust 1 => busted 1 5 @100`).book.lastPrice).toBeNull();
  });

  test("a correction comes in the place of what it corrects", () => {
    expect(plays({}, `${trades}correct 1 @99 => corrected 3 for 1 @99`).book.lastPrice).toBe(101);
    expect(plays({}, `${trades}correct 2 @103 => corrected 3 for 2 @103`).book.lastPrice).toBe(103);
    plays({}, `${trades}correct 1 @99\nbust 1 => command_rejected unknown_trade trade\nbust 3 => busted 3 5 @99`);
  });

  test("an auction can be busted and not corrected", () => {
    const lines =
      "B1 buy 5 @100\nS1 sell 5 @100\nuncross\ncorrect 1 @99 => command_rejected unknown_trade trade\nbust 1 => busted 1 5 @100";
    plays(call, lines);
  });
});
