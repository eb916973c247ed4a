import { describe, expect, test } from "vitest";
import {
  ask,
  assign,
  bookOf,
  buyer,
  ladder,
  list,
  offer,
  percent,
  requirePriced,
  six,
  today,
  told,
  traced,
} from "./given.ts";

const grouped = (...groups: string[]) => buyer({ customerGroups: new Set(groups) });

describe("which list", () => {
  test("no price is converted from another currency", () => {
    const book = bookOf({ lists: [list("base", { currency: "USD" })], rows: ladder("base", [["1", "10"]]) });
    const answer = ask(book, "1");
    expect(told(answer)).toBe("on request: no_price");
    expect(traced(answer)).toEqual(["base base currency_differs"]);
  });

  const stepped = (exclusive: boolean) =>
    bookOf({
      lists: [list("base"), list("gold", { exclusive })],
      assignments: [assign("gold", ["customer_group", "gold"])],
      rows: [...ladder("base", [["10", "10"]]), ...ladder("gold", [["100", "9"]])],
    });

  test("a quantity below the lowest rung falls through to the next list, and below the last to a request", () => {
    const steps = ["100", "99", "9"].map((quantity) => ask(stepped(false), quantity, { buyer: grouped("gold") }));
    expect(steps.map(told)).toEqual(["9", "10", "on request: no_price"]);
    expect(steps.map(traced)[1]).toEqual(["customer_group gold below_lowest_rung", "base base chosen"]);
  });

  test("an exclusive list ends that", () => {
    const answer = ask(stepped(true), "99", { buyer: grouped("gold") });
    expect(told(answer)).toBe("on request: exclusive");
    expect(traced(answer)).toEqual(["customer_group gold below_lowest_rung", "base base behind_exclusive"]);
  });

  test("an exclusive list that is over, or of another vendor, ends nothing", () => {
    const over = { from: null, to: today };
    const lists = [
      list("base"),
      list("gold", { exclusive: true, period: over }),
      list("rival", { exclusive: true, vendorId: "rival" }),
    ];
    const assignments = [assign("gold", ["customer_group", "gold"]), assign("rival", ["customer_group", "gold"])];
    const answer = ask(bookOf({ lists, assignments, rows: ladder("base", [["1", "10"]]) }), "1", {
      buyer: grouped("gold"),
    });
    expect(told(answer)).toBe("10");
    expect(traced(answer)).toEqual(["customer_group gold not_in_period", "base base chosen"]);
  });

  test("channel, country and marketplace are one level", () => {
    const book = bookOf({
      lists: [list("web"), list("german"), list("all"), list("base")],
      assignments: [
        assign("web", ["channel", "web"], 1),
        assign("german", ["country", "DE"], 2),
        assign("all", ["marketplace", "market"], 3),
      ],
      rows: [
        ...ladder("web", [["1", "7"]]),
        ...ladder("german", [["1", "8"]]),
        ...ladder("all", [["100", "9"]]),
        ...ladder("base", [["1", "10"]]),
      ],
    });
    const german = buyer({ channelId: "web", country: "DE" });
    expect(told(ask(book, "100", { buyer: german }))).toBe("9");
    expect(told(ask(book, "1", { buyer: german }))).toBe("8");
    expect(told(ask(book, "1", { buyer: buyer({ channelId: "web" }) }))).toBe("7");
    expect(told(ask(book, "1"))).toBe("10");
  });

  test("ties end: row before percent, cheaper without tax, later start, id", () => {
    const [early, late] = [
      { from: today - 2, to: null },
      { from: today - 1, to: null },
    ];
    const tie = (a: Partial<ReturnType<typeof list>>, b: Partial<ReturnType<typeof list>>, prices = ["9", "9"]) => {
      const book = bookOf({
        lists: [list("a", a), list("b", b), list("base")],
        assignments: [assign("a", ["customer_group", "gold"]), assign("b", ["customer_group", "gold"])],
        rows: [
          ...(a.adjustment === undefined ? ladder("a", [["1", prices[0] ?? ""]]) : []),
          ...ladder("b", [["1", prices[1] ?? ""]]),
          ...ladder("base", [["1", "10"]]),
        ],
      });
      return requirePriced(ask(book, "1", { buyer: grouped("gold"), taxPercent: percent("21") })).listId;
    };
    const bands = [{ scope: { kind: "all" } as const, minQuantity: 0n, percent: -percent("50") }];
    expect(tie({ adjustment: { baseListId: null, bands } }, {})).toBe("b");
    expect(tie({}, {}, ["9", "8.99"])).toBe("b");
    expect(tie({ priceMode: "gross" }, {}, ["10", "8.27"])).toBe("a");
    expect(tie({ priceMode: "gross" }, {}, ["10", "8.26"])).toBe("b");
    expect(tie({ period: early }, { period: late })).toBe("b");
    expect(tie({}, {})).toBe("a");
  });

  test("an offer or vendor out of action has no price, and the trace says so for every list", () => {
    const out = (changes: Parameters<typeof offer>[1]) =>
      ask(bookOf({ offers: [offer("screw", changes)], rows: ladder("base", [["1", "10"]]) }), "1");
    expect(told(out({ active: false }))).toBe("on request: offer_inactive");
    expect(traced(out({ vendorActive: false }))).toEqual(["base base vendor_inactive"]);
    expect(told(ask(bookOf({}), "1", { offerId: "unknown" }))).toBe("on request: offer_unknown");
  });
});

describe("derived prices", () => {
  const bands = [
    { scope: { kind: "all" } as const, minQuantity: 0n, percent: -percent("5") },
    { scope: { kind: "all" } as const, minQuantity: six("100"), percent: -percent("7.5") },
    { scope: { kind: "brand", brandId: "acme" } as const, minQuantity: 0n, percent: -percent("20") },
  ];
  const book = bookOf({
    offers: [offer("screw"), offer("nail", { brandId: "acme" }), offer("bolt")],
    lists: [list("base"), list("gold", { adjustment: { baseListId: null, bands } })],
    assignments: [assign("gold", ["customer_group", "gold"])],
    rows: [
      ...ladder("base", [
        ["1", "0.333333"],
        ["100", "0.30"],
      ]),
      ...ladder("base", [["1", "10"]], { offerId: "nail" }),
      ...ladder("base", [["1", "10"]], { offerId: "bolt" }),
      ...ladder("gold", [["1", "9.90"]], { offerId: "bolt" }),
    ],
  });
  const price = (offerId: string, quantity: string) => ask(book, quantity, { offerId, buyer: grouped("gold") });

  test("the percentage of the highest band on the base list's own rung, kept to six decimals", () => {
    expect(told(price("screw", "1"))).toBe("0.316666");
    expect(told(price("screw", "100"))).toBe("0.2775");
    expect(requirePriced(price("screw", "100"))).toMatchObject({ source: "percent", percent: -percent("7.5") });
  });

  test("a narrower band goes before one for all", () => {
    expect(told(price("nail", "100"))).toBe("8");
  });

  test("a row of the list is its price; no percentage applies to it", () => {
    expect(told(price("bolt", "100"))).toBe("9.9");
  });
});
