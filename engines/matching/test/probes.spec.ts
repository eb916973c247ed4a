import { expect, test } from "vitest";
import { plays } from "./expecting.ts";
import { Script } from "./script.ts";

/* The faults that books are known for, one test each. */

test("a trade prints at the maker's price when the taker sells", () => {
  plays({}, "B1 buy 5 @101\nS1 sell 5 @99 => trade B1 S1 5 @101");
});

test("a trade prints at the maker's price when the taker buys", () => {
  plays({}, "S1 sell 5 @99\nB1 buy 5 @101 => trade S1 B1 5 @99");
});

test("what a sweep leaves rests at its own limit and is the best price at once", () => {
  plays({}, "S1 sell 5 @100\nB1 buy 8 @101 => trade S1 B1 5 @100\nS2 sell 2 @101 => trade B1 S2 2 @101", {
    buy: ["101: 1 B1"],
  });
});

test("a sweep goes through levels in the order of prices, and through each by time", () => {
  const makers = "S1 sell 1 @102\nS2 sell 1 @100\nS3 sell 1 @101\nS4 sell 1 @100\n";
  const trades = "trade S2 B1 1 @100; trade S4 B1 1 @100; trade S3 B1 1 @101; trade S1 B1 1 @102";
  plays({}, `${makers}B1 buy 4 @102 => ${trades}`, { buy: [], sell: [] });
});

test("the limit bounds every level of a sweep, not the first alone", () => {
  plays({}, "S1 sell 1 @100\nS2 sell 1 @101\nS3 sell 1 @102\nB1 buy 3 @101 => trade S1 B1 1 @100; trade S2 B1 1 @101", {
    buy: ["101: 1 B1"],
    sell: ["102: 1 S3"],
  });
});

test.each(["S1", "S2", "S3"])("a cancel of %s of three leaves the others in their order", (gone) => {
  const left = ["S1", "S2", "S3"].filter((name) => name !== gone);
  plays({}, `S1 sell 1 @100\nS2 sell 1 @100\nS3 sell 1 @100\ncancel ${gone} => cancelled ${gone} 1 user`, {
    sell: [`100: 2 ${left.join(" ")}`],
  });
});

test("a level that a cancel empties is gone: the next is the best", () => {
  plays({}, "B1 buy 5 @99\nB2 buy 5 @98\ncancel B1\nS1 sell 3 @99 =>", { buy: ["98: 5 B2"], sell: ["99: 3 S1"] });
});

test("a level that a trade empties is gone: the next is the best", () => {
  plays({}, "B1 buy 5 @99\nB2 buy 5 @98\nS1 sell 5 @99\nS2 sell 1 @98 => trade B2 S2 1 @98", { buy: ["98: 4 B2"] });
});

test("a level that was emptied can be filled again", () => {
  plays({}, "B1 buy 5 @99\ncancel B1\nB2 buy 4 @99\nS1 sell 9 @99 => trade B2 S1 4 @99", { sell: ["99: 5 S1"] });
});

test("an amended price that meets the other side trades and does not rest crossed", () => {
  plays({}, "B1 buy 5 @99\nS1 sell 5 @101\namend S1 @99 => amended S1 lost; trade B1 S1 5 @99", { buy: [], sell: [] });
});

test("a replacement that meets the other side trades and does not rest crossed", () => {
  plays({}, "B1 buy 5 @99\nS1 sell 5 @101\nreplace S1 S2 7 @99 => trade B1 S2 5 @99", { buy: [], sell: ["99: 2 S2"] });
});

test("an amended order drops no sibling of its level", () => {
  plays({}, "B1 buy 5 @100\nB2 buy 7 @100\nB3 buy 1 @100\namend B2 @99", { buy: ["100: 6 B1 B3", "99: 7 B2"] });
});

test("an amendment to the same price with less keeps the place", () => {
  plays(
    {},
    "S1 sell 9 @100\nS2 sell 9 @100\namend S1 quantity=4 => amended S1 kept\nB1 buy 5 @100 => trade S1 B1 4 @100; trade S2 B1 1 @100",
  );
});

test("an amendment with more goes to the back", () => {
  plays({}, "S1 sell 4 @100\nS2 sell 9 @100\namend S1 quantity=5 => amended S1 lost", { sell: ["100: 14 S2 S1"] });
});

test("a price that changes goes to the back of its new level", () => {
  plays({}, "S1 sell 5 @101\nS2 sell 5 @100\namend S1 @100 => amended S1 lost", { sell: ["100: 10 S2 S1"] });
});

test("a filled order cannot be cancelled", () => {
  plays({}, "S1 sell 5 @100\nB1 buy 5 @100\ncancel S1 => cancel_rejected S1 unknown_order");
});

test("a cancelled order cannot be cancelled again, nor amended", () => {
  plays(
    {},
    "S1 sell 5 @100\ncancel S1\ncancel S1 => cancel_rejected S1 unknown_order\namend S1 @99 => amend_rejected S1 unknown_order",
  );
});

test("a taker that was filled at once was never in the book", () => {
  plays({}, "S1 sell 5 @100\nB1 buy 5 @100\ncancel B1 => cancel_rejected B1 unknown_order");
});

test("a number that is not live any more can be used again", () => {
  plays({}, "S1 sell 5 @100\ncancel S1\nS1 sell 7 @101 =>", { sell: ["101: 7 S1"] });
});

test("a live number is refused and its order untouched", () => {
  plays({}, "S1 sell 5 @100\nS1 sell 7 @101 => rejected S1 duplicate_order", { sell: ["100: 5 S1"] });
});

test("a maker that is partly filled stays at the head of its queue", () => {
  plays({}, "S1 sell 10 @100\nS2 sell 10 @100\nB1 buy 4 @100\nB2 buy 8 @100 => trade S1 B2 6 @100; trade S2 B2 2 @100");
});

test("the quantity of a level shrinks with each partial fill", () => {
  plays({}, "S1 sell 10 @100\nS2 sell 10 @100\nB1 buy 4 @100", { sell: ["100: 16 S1 S2"] });
});

test("what an ioc order leaves does not rest", () => {
  plays({}, "S1 sell 5 @100\nB1 buy 8 @100 ioc => trade S1 B1 5 @100; cancelled B1 3 ioc", { buy: [] });
});

test("an ioc order that meets nobody is cancelled whole", () => {
  plays({}, "S1 sell 5 @101\nB1 buy 8 @100 ioc => cancelled B1 8 ioc", { buy: [], sell: ["101: 5 S1"] });
});

test("fok asks all makers and levels together", () => {
  const makers = "S1 sell 5 @100\nS2 sell 3 @100\nS3 sell 4 @101\n";
  plays({}, `${makers}B1 buy 12 @101 fok => trade S1 B1 5 @100; trade S2 B1 3 @100; trade S3 B1 4 @101`, { sell: [] });
});

test("fok that cannot be filled whole trades nothing", () => {
  plays({}, "S1 sell 5 @100\nS2 sell 4 @102\nB1 buy 9 @101 fok => cancelled B1 9 fok", {
    sell: ["100: 5 S1", "102: 4 S2"],
  });
});

test("a foreign account cannot cancel, amend or replace, and does not learn that the order is there", () => {
  const lines = [
    "S1 sell 5 @100 by=a",
    "cancel S1 by=b => cancel_rejected S1 unknown_order",
    "amend S1 @99 by=b => amend_rejected S1 unknown_order",
    "replace S1 S2 5 by=b => amend_rejected S1 unknown_order",
  ];
  plays({}, lines.join("\n"), { sell: ["100: 5 S1"] });
});

test("stops that fire stops go on until none fires", () => {
  const book = "B1 buy 1 @99\nB2 buy 5 @97\nB3 buy 5 @94\nT1 sell 5 stop stop=99\nT2 sell 5 stop stop=97\n";
  const cascade = "trade B1 S1 1 @99; triggered T1; trade B2 T1 5 @97; triggered T2; trade B3 T2 5 @94";
  plays({ last: 100 }, `${book}S1 sell 1 @99 => ${cascade}`);
});

test("a taker is done before any stop fires", () => {
  const book = "T1 sell 4 stop stop=99\nB1 buy 2 @99\nB2 buy 6 @98\n";
  const events = "trade B1 S1 2 @99; trade B2 S1 4 @98; triggered T1; trade B2 T1 2 @98; cancelled T1 2 no_liquidity";
  plays({ last: 100 }, `${book}S1 sell 6 @98 => ${events}`);
});

test("the fills of one order are told one by one, not as an average", () => {
  plays({}, "S1 sell 1 @99\nS2 sell 1 @101\nB1 buy 2 @101 => trade S1 B1 1 @99; trade S2 B1 1 @101");
});

test("orders at the ends of the range of prices are kept", () => {
  plays(
    { minPrice: 10, maxPrice: 20 },
    "B1 buy 1 @10\nS1 sell 1 @20\nB2 buy 1 @9 => rejected B2 price_out_of_range 10 price",
    {
      buy: ["10: 1 B1"],
      sell: ["20: 1 S1"],
    },
  );
});

test("the best price is found across a wide gap", () => {
  const wide = { minPrice: 1, maxPrice: 4_194_305, maxQuantity: 100 };
  plays(wide, "S1 sell 1 @4194305\nS2 sell 1 @3\nB1 buy 2 @4194305 => trade S2 B1 1 @3; trade S1 B1 1 @4194305");
});

test("self-trade prevention leaves nothing of the newest in the book", () => {
  const lines =
    "S1 sell 3 @100\nS2 sell 5 @100 by=a\nB1 buy 10 @100 by=a => trade S1 B1 3 @100; prevented S2 B1 5 @100; cancelled B1 7 self_trade";
  plays({ selfTrade: "cancel_newest" }, lines, { buy: [], sell: ["100: 5 S2"] });
});

test("fok does not count what self-trade prevention would take away", () => {
  plays({}, "S1 sell 5 @100 by=a\nS2 sell 5 @100\nB1 buy 10 @100 fok self=cancel_oldest by=a => cancelled B1 10 fok");
});

test("one deep level gives all its orders in turn", () => {
  const script = new Script();
  const count = 5_000;
  for (let at = 1; at <= count; at++) script.run(`S${at} sell 1 @100`);
  for (let at = 2; at <= count; at += 2) script.run(`cancel S${at}`);
  script.run(`B1 buy ${count} @100`);
  const makers = script.events.flatMap((event) =>
    event.type === "trade" ? [script.names.orders.nameOf(event.maker)] : [],
  );
  expect(makers).toEqual(Array.from({ length: count / 2 }, (_, at) => `S${at * 2 + 1}`));
});
