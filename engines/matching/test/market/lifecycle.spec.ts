import { auditorOf, marketplace, memberOf, operatorOf, spec, testEntropy } from "@kontor/testkit";
import { describe, expect, test } from "vitest";
import { exchangeEngine } from "../../src/index.ts";
import { instrumentId, listedPit, openPit, pit, start, typesOf, wheat } from "./pit.ts";

const reason = "As planned.";
const order = { side: "buy", price: "210", quantity: "50" };
const terms = wheat();
const drafting = { type: "draft_instrument", marketplaceId: marketplace, instrumentId, terms } as const;
const drafted = {
  at: start,
  event: {
    type: "instrument_drafted",
    instrumentId,
    marketplaceId: marketplace,
    createdBy: "operator-user",
    version: 1,
    terms,
    drawSecret: testEntropy,
  },
} as const;

describe("a draft", () => {
  const { given } = spec(exchangeEngine);
  const later = { at: start + 1, actor: operatorOf() };

  test("keeps the entropy of its shard for draws", () => {
    given().when({ command: drafting, actor: operatorOf(), at: start, entropy: testEntropy }).yields(drafted.event);
    given().when({ command: drafting, actor: operatorOf(), at: start }).rejects({ code: "instrument_exists" });
  });

  test("is written by the operator of its marketplace", () => {
    const input = { command: drafting, at: start, entropy: testEntropy };
    for (const actor of [memberOf("ada"), auditorOf(), operatorOf("grain")]) {
      given()
        .when({ ...input, actor })
        .rejects({ code: "not_operator" });
    }
    given(drafted)
      .when({ command: drafting, ...later })
      .rejects({ code: "instrument_exists" });
    for (const actor of [memberOf("ada"), operatorOf("grain")]) {
      given(drafted)
        .when({ command: drafting, at: start + 1, actor })
        .rejects({ code: "instrument_not_found" });
    }
  });

  test("is revised whole, by who has read it last", () => {
    const changed = wheat({ title: "Feed wheat" });
    const revision = { type: "revise_instrument", instrumentId, expectedVersion: 1, terms: changed } as const;
    given(drafted)
      .when({ command: revision, ...later })
      .yields({ type: "instrument_revised", instrumentId, version: 2, terms: changed });
    const stale = { ...revision, expectedVersion: 2 };
    given(drafted)
      .when({ command: stale, ...later })
      .rejects({ code: "version_stale" });
    const faulty = { ...revision, terms: wheat({ minPrice: "50.10" }) };
    given(drafted)
      .when({ command: faulty, ...later })
      .rejects({ code: "terms_incomplete", pointer: "/minPrice" });
  });

  test("is no market: staff learn that, others that there is none", () => {
    const place = pit();
    place.draft();
    for (const [type, members] of [
      ["set_phase", { phase: "auction", reason }],
      ["delist_instrument", { reason }],
      ["set_timetable", { timetable: null, reason }],
    ] as const) {
      expect(typesOf(place.run(type, members))).toEqual(["instrument_not_listed"]);
      expect(typesOf(place.by("ada", type, members))).toEqual(["instrument_not_found"]);
    }
    expect(typesOf(place.by("ada", "submit_order", order))).toEqual(["instrument_not_found"]);
    expect(typesOf(place.run("submit_order", order))).toEqual(["not_trader"]);
    expect(typesOf(place.allocate("ada", "1.00", "0"))).toEqual(["instrument_not_listed"]);
    expect(typesOf(place.sendOwn({ type: "advance_time" }))).toEqual(["nothing_due"]);
    expect(exchangeEngine.wakeAt(place.state())).toBeNull();
  });

  test("is itself in a snapshot", () => {
    const place = pit();
    place.draft();
    const encoded = JSON.parse(JSON.stringify(exchangeEngine.encode(place.state())));
    expect(exchangeEngine.encode(exchangeEngine.decode(encoded))).toEqual(encoded);
  });
});

describe("listing", () => {
  test("takes the draft as it was last read, once", () => {
    const place = pit();
    place.draft();
    place.run("revise_instrument", { expectedVersion: 1, terms: wheat({ title: "Feed wheat" }) });
    expect(typesOf(place.list(1))).toEqual(["version_stale"]);
    const listed = place.list(2);
    expect(listed.events).toEqual([{ type: "instrument_listed", instrumentId, version: 2 }]);
    expect(listed.reply).toEqual({ instrumentId, version: 2 });
    expect(place.book().phase).toBe("closed");
    expect(typesOf(place.list(2))).toEqual(["instrument_not_draft"]);
    expect(typesOf(place.list(1))).toEqual(["version_stale"]);
    expect(typesOf(place.run("revise_instrument", { expectedVersion: 2, terms }))).toEqual(["instrument_not_draft"]);
    expect(typesOf(place.draft())).toEqual(["instrument_exists"]);
  });

  test("is the operator's", () => {
    const place = pit();
    place.draft();
    expect(typesOf(place.send(auditorOf(), "list_instrument", { expectedVersion: 1 }))).toEqual(["not_operator"]);
    expect(typesOf(place.by("ada", "list_instrument", { expectedVersion: 1 }))).toEqual(["instrument_not_found"]);
  });
});

describe("delisting", () => {
  test("cancels every order, whatever it is and wherever, and closes for good", () => {
    const place = openPit();
    place.by("ada", "submit_order", order);
    place.by("bob", "submit_order", { side: "sell", kind: "stop", stopPrice: "205", quantity: "50" });
    place.by("eve", "submit_order", { side: "sell", price: "220", quantity: "50", tif: "auction" });
    const delisted = place.run("delist_instrument", { reason });
    expect(typesOf(delisted)).toEqual([
      "book_moved",
      "order_cancelled",
      "order_cancelled",
      "order_cancelled",
      "orders_cancelled",
      "book_moved",
      "market_phase_changed",
      "instrument_delisted",
    ]);
    expect(place.state().instrument?.orders.size).toBe(0);
    for (const answer of [
      place.by("ada", "submit_order", order),
      place.by("ada", "cancel_orders"),
      place.run("set_phase", { phase: "continuous", reason }),
      place.run("set_timetable", { timetable: null, reason }),
      place.run("delist_instrument", { reason }),
    ]) {
      expect(typesOf(answer)).toEqual(["instrument_delisted"]);
    }
    expect(exchangeEngine.isFinished(place.state())).toBe(true);
    expect(exchangeEngine.wakeAt(place.state())).toBeNull();
  });

  test.each(["auction", "halt", "closed", "cancel_only", "pre_open"])(
    "works in phase %s, and trades nothing",
    (phase) => {
      const place = openPit();
      place.run("set_phase", { phase: "auction", reason });
      place.by("ada", "submit_order", order);
      place.by("bob", "submit_order", { ...order, side: "sell" });
      place.run("set_phase", { phase, reason });
      const types = typesOf(place.run("delist_instrument", { reason }));
      expect(types).toContain("instrument_delisted");
      expect(types).not.toContain("auction_held");
      expect(place.book().phase).toBe("closed");
    },
  );

  test("is over when what was allocated has flowed out; trades can be put right until then", () => {
    const place = openPit({ holds: "allocated" });
    place.allocate("ada", "10500.00", "0");
    place.allocate("bob", "0", "50");
    place.by("ada", "submit_order", order);
    place.by("bob", "submit_order", { ...order, side: "sell" });
    place.run("delist_instrument", { reason });
    const finished = () => exchangeEngine.isFinished(place.state());
    expect(finished()).toBe(false);
    expect(typesOf(place.allocate("ada", "1.00", "0"))).toEqual(["instrument_delisted"]);
    expect(typesOf(place.run("correct_trade", { tradeId: `${instrumentId}-t1`, price: "211", reason }))).toContain(
      "trade_corrected",
    );
    expect(typesOf(place.run("bust_trade", { tradeId: `${instrumentId}-t2`, reason }))).toContain("trade_busted");
    expect(place.allocate("ada", "0", "-50").rejection).toBeNull();
    expect(finished()).toBe(false);
    expect(place.allocate("bob", "-10500.00", "0").rejection).toBeNull();
    expect(finished()).toBe(true);
  });
});

test("money and goods are allocated by the services alone", () => {
  const place = listedPit();
  const command = { type: "allocate_assets", instrumentId, companyId: "ada", money: "1.00", goods: "0" } as const;
  const { given } = spec(exchangeEngine);
  for (const actor of [operatorOf(), memberOf("ada")]) {
    given(...place.facts())
      .when({ command, actor, at: start + 9 })
      .rejects({ code: "not_operator" });
  }
});
