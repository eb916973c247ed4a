import { describe, test } from "vitest";
import { plays } from "./expecting.ts";

describe("market orders", () => {
  test("sweep and never rest", () => {
    plays({}, "S1 sell 5 @100\nB1 buy 9 market => trade S1 B1 5 @100; cancelled B1 4 no_liquidity", { buy: [] });
  });

  test("stop at the protection, which is taken when they enter", () => {
    const makers = "S1 sell 5 @100\nS2 sell 5 @110\nS3 sell 5 @111\n";
    const events = "trade S1 B1 5 @100; trade S2 B1 5 @110; cancelled B1 5 no_liquidity";
    plays({ marketProtection: 10 }, `${makers}B1 buy 15 market => ${events}`, { sell: ["111: 5 S3"] });
  });

  test("stop at the end of the entry band", () => {
    const makers = "S1 sell 5 @100\nbands entry=90..100\nS2 sell 5 @100\n";
    plays({}, `${makers}B1 buy 9 market => trade S1 B1 5 @100; trade S2 B1 4 @100`);
  });

  test("with ioc end for want of liquidity too, with fok for fok", () => {
    plays(
      {},
      "S1 sell 5 @100\nB1 buy 6 market fok => cancelled B1 6 fok\nB2 buy 6 market ioc => trade S1 B2 5 @100; cancelled B2 1 no_liquidity",
    );
  });
});

describe("times in force", () => {
  test("gtd expires with the first command at its time, before the command is looked at", () => {
    const lines =
      "S1 sell 5 @100 gtd expires=50\nS2 sell 5 @101 gtd expires=40\nat 49 =>\nat 50 => cancelled S2 5 expired; cancelled S1 5 expired";
    plays({}, lines.replace("at 49 =>\n", ""), { sell: [] });
  });

  test("gtd with a time that has passed is refused with the first that would do", () => {
    plays({}, "at 9\nS1 sell 5 @100 gtd expires=9 => rejected S1 expiry_passed 10 expiresAt");
  });

  test("day and all that are not gtc or gtd go at the close, by time, dormant and parked ones too", () => {
    const lines = "B1 buy 5 @99 day\nB2 buy 5 @98\nT1 sell 5 stop stop=90 day\nA1 buy 1 @99 at_close\n";
    plays(
      { last: 100 },
      `${lines}phase closed => phase closed; cancelled B1 5 expired; cancelled T1 5 expired; cancelled A1 1 expired`,
      {
        buy: ["98: 5 B2"],
      },
    );
  });

  test("a minimum is met by several makers together, or nothing trades", () => {
    const makers = "S1 sell 4 @100\nS2 sell 4 @101\n";
    const events = "trade S1 B2 4 @100; trade S2 B2 4 @101; cancelled B2 2 ioc";
    plays(
      {},
      `${makers}B1 buy 10 @101 ioc minimum=9 => cancelled B1 10 minimum\nB2 buy 10 @101 ioc minimum=8 => ${events}`,
    );
  });
});

describe("icebergs", () => {
  test("show a part, refill behind the others, and trade hidden parts in turn", () => {
    const makers = "S1 sell 30 @100 display=10\nS2 sell 20 @100 display=5\n";
    const events = [
      "trade S1 B1 10 @100; refilled S1 10",
      "trade S2 B1 5 @100; refilled S2 5",
      "trade S1 B1 10 @100; refilled S1 10",
      "trade S2 B1 5 @100; refilled S2 5",
      "trade S1 B1 2 @100",
    ];
    plays({}, `${makers}B1 buy 32 @100 => ${events.join("; ")}`, { sell: ["100: 13 S1 S2"] });
  });

  test("enter with all of themselves", () => {
    plays({}, "S1 sell 20 @100\nB1 buy 30 @100 display=5 => trade S1 B1 20 @100", { buy: ["100: 5 B1"] });
  });

  test("keep what is left of a shown part", () => {
    plays({}, "S1 sell 30 @100 display=10\nB1 buy 4 @100", { sell: ["100: 6 S1"] });
  });

  test("count whole for fok", () => {
    plays(
      {},
      "S1 sell 30 @100 display=10\nB1 buy 30 @100 fok => trade S1 B1 10 @100; refilled S1 10; trade S1 B1 10 @100; refilled S1 10; trade S1 B1 10 @100",
    );
  });

  test("ahead of an own order that ends matching count with what they show alone", () => {
    const makers = "S1 sell 30 @100 display=10\nS2 sell 5 @100 by=a\n";
    plays({ selfTrade: "cancel_newest" }, `${makers}B1 buy 20 @100 fok by=a => cancelled B1 20 fok`);
  });
});

describe("post-only", () => {
  test("is refused when it would trade", () => {
    plays({}, "S1 sell 5 @100\nB1 buy 5 @100 post=reject => rejected B1 post_only_would_trade 100 price");
  });

  test("rests when it would not", () => {
    plays({}, "S1 sell 5 @100\nB1 buy 5 @99 post=reject =>", { buy: ["99: 5 B1"] });
  });

  test("is refused for an all-or-none order that nobody sees", () => {
    plays({}, "S1 sell 5 @100 aon\nB1 buy 5 @100 post=reject => rejected B1 post_only_would_trade price");
  });

  test("is repriced one tick behind", () => {
    plays({}, "S1 sell 5 @100\nB1 buy 5 @103 post=reprice => repriced B1 @99", { buy: ["99: 5 B1"] });
  });

  test("is repriced to a valid step away from the other side", () => {
    const rules = { priceSteps: [{ from: 1, step: 5 }] };
    plays(
      rules,
      "S1 sell 5 @100\nB1 buy 5 @105 post=reprice => repriced B1 @95\nB2 buy 1 @50\nS2 sell 5 @95 post=reprice => repriced S2 @100",
    );
  });
});

describe("all-or-none", () => {
  test("is passed over by a smaller taker and not seen", () => {
    plays(
      {},
      "S1 sell 10 @100 aon\nS2 sell 5 @100\nB1 buy 5 @100 => trade S2 B1 5 @100\nB2 buy 10 @100 => trade S1 B2 10 @100",
      { sell: [] },
    );
  });

  test("comes behind the queue at its price", () => {
    plays({}, "S1 sell 2 @100 aon\nS2 sell 5 @100\nB1 buy 7 @100 => trade S2 B1 5 @100; trade S1 B1 2 @100");
  });

  test("trades when the other side has come to be enough", () => {
    plays({}, "B1 buy 10 @100 aon\nS1 sell 6 @100 =>\nS2 sell 4 @99 => trade S2 B1 4 @99; trade S1 B1 6 @100", {
      buy: [],
      sell: [],
    });
  });
});

describe("pegs", () => {
  test("follow the best of their own side that is no peg", () => {
    const lines = [
      "B1 buy 5 @99",
      "P1 buy 5 pegged peg=primary => parked P1; repriced P1 @99",
      "B2 buy 5 @100 => repriced P1 @100",
      "S1 sell 6 @100 => trade B2 S1 5 @100; trade P1 S1 1 @100; repriced P1 @99",
    ];
    plays({}, lines.join("\n"), { buy: ["99: 9 B1 P1"] });
  });

  test("go to the middle, rounded to their own side", () => {
    const lines = [
      "B1 buy 5 @99",
      "S1 sell 5 @102",
      "P1 buy 3 pegged peg=mid => parked P1; repriced P1 @100",
      "P2 sell 3 pegged peg=mid => parked P2; repriced P2 @101",
    ];
    plays({}, lines.join("\n"));
  });

  test("do not pass their cap, and are parked without a reference", () => {
    const lines = [
      "B1 buy 5 @99",
      "P1 buy 3 pegged peg=primary @97 => parked P1; repriced P1 @97",
      "cancel B1 => cancelled B1 5 user; parked P1",
    ];
    plays({}, lines.join("\n"), { buy: [] });
  });

  test("that reach the other side trade", () => {
    plays({}, "S1 sell 5 @101\nP1 buy 3 pegged peg=market => parked P1; repriced P1 @101; trade S1 P1 3 @101");
  });
});
