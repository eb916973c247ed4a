import type { Random } from "@kontor/testkit";
import { at, createRandom } from "@kontor/testkit";
import { expect, test } from "vitest";
import { exchangeEngine } from "../../src/index.ts";
import { paris } from "./days.ts";
import type { Pit } from "./pit.ts";
import { instrumentId, pit } from "./pit.ts";

/*
 * Markets that live by all their rules at once, for some days. Whatever they did is decided again from a snapshot taken
 * anywhere, and must come to the same.
 */

const reason = "As planned.";
const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
const minute = 60_000;

function lively(random: Random): Pit {
  const some = <Value>(percent: number, value: Value): Partial<Value> => (random.chance(percent) ? value : {});
  const steps = paris.steps.map((step) => ({ ...step, randomMs: random.pick([0, 0, 90_000]) }));
  const changes = {
    reference: "210",
    holds: random.pick(["none", "allocated"] as const),
    ...some(80, { timetable: { ...paris, steps } }),
    ...some(60, { volatilityCall: { lengthMs: 5 * minute, randomMs: random.pick([0, 30_000]) } }),
    ...some(60, { reopening: { cancelOnlyMs: random.pick([0, minute]), callMs: 2 * minute } }),
    ...some(60, { bands: { dynamic: { up: "1.5", down: "1.5" } } }),
    ...some(40, { breakers: [{ bps: 200, pauseMs: 10 * minute }] }),
    ...some(30, { auctionCollar: { value: "6" } }),
    ...some(30, { wideCollar: { value: "9" } }),
    ...some(50, { orderRate: { perSecond: 1, burst: 4 } }),
    ...some(50, { orderToTrade: { ratio: 2, free: 12 } }),
  };
  return pit(changes, at(random.pick(["2031-03-03T06:00:00Z", "2031-03-03T10:00:00Z", "2031-03-28T16:00:00Z"])));
}

const phases = [
  "continuous",
  "continuous",
  "continuous",
  "auction",
  "closed",
  "halt",
  "cancel_only",
  "pre_open",
] as const;

function order(random: Random): Readonly<Record<string, unknown>> {
  const price = (210 + random.between(-24, 24) * 0.25).toFixed(2);
  const terms = { side: random.pick(["buy", "sell"]), quantity: String(50 * random.between(1, 4)) };
  const session = random.chance(30) ? { session: random.between(1, 2), cancelOnDisconnect: random.chance(50) } : {};
  if (random.chance(10)) return { ...terms, kind: "stop", stopPrice: price, ...session };
  return { ...terms, price, tif: random.pick(["gtc", "day", "ioc", "at_close", "at_open"]), ...session };
}

function act(place: Pit, random: Random): void {
  const company = random.pick(["ada", "bob", "eve"]);
  const someOrder = `${instrumentId}-o${random.between(1, 1 + (place.state().instrument?.ordersMade ?? 0))}`;
  const deed = random.weighted({ order: 30, amend: 3, cancel: 2, wait: 7, phase: 2, uncross: 1, outage: 1, other: 2 });
  if (deed === "order") place.by(company, "submit_order", order(random));
  if (deed === "amend") place.by(company, "amend_order", { orderId: someOrder, quantity: "50" });
  if (deed === "cancel")
    place.by(company, "cancel_orders", random.chance(50) ? { session: 1, onDisconnect: true } : {});
  if (deed === "wait") place.pass(random.pick([200, 3_000, minute, 7 * minute, 60 * minute, 11 * 60 * minute]));
  if (deed === "phase") place.run("set_phase", { phase: random.pick(phases), reason });
  if (deed === "uncross") place.run("uncross_auction", { final: random.chance(50) });
  if (deed === "outage") place.sendOwn({ type: "report_outage", from: 1, to: 2 });
  if (deed !== "other") return;
  if (random.chance(60)) place.allocate(company, "900000.00", "2000");
  else if (random.chance(70)) place.run("set_timetable", { timetable: random.pick([paris, null]), reason });
  else if (random.chance(20)) place.run("delist_instrument", { reason });
}

function lived(seed: number): { readonly place: Pit; readonly random: Random } {
  const random = createRandom(seed);
  const place = lively(random);
  place.draft();
  for (let count = 0; count < 160; count++) {
    act(place, random);
    if (count === 3) place.list();
    if (count === 5 && random.chance(50)) place.run("set_phase", { phase: "continuous", reason });
  }
  return { place, random };
}

const encoded = (state: ReturnType<Pit["state"]>) => JSON.parse(JSON.stringify(exchangeEngine.encode(state)));

test.each(seeds)("from any snapshot a market goes on as it did: seed %i", (seed) => {
  const { place, random } = lived(seed);
  const { entries } = place;
  const live = encoded(place.state());
  const cut = random.between(1, entries.length);
  let state = exchangeEngine.create();
  for (const [index, entry] of entries.entries()) {
    if (index === cut) state = exchangeEngine.decode(encoded(state));
    // Up to the snapshot the facts alone are taken in, as by recovery; from then on everything is decided again.
    if (index >= cut) expect(exchangeEngine.decide(state, entry)).toEqual(entry.decision);
    if (entry.decision.kind === "rejected") continue;
    for (const event of entry.decision.events) state = exchangeEngine.evolve(state, event, entry.at);
  }
  expect(encoded(state)).toEqual(live);
  expect(exchangeEngine.wakeAt(state)).toBe(exchangeEngine.wakeAt(place.state()));
});

test("these markets see every way in which one moves", () => {
  const seen = new Set<string>();
  for (const seed of seeds) {
    for (const { decision } of lived(seed).place.entries) {
      if (decision.kind === "rejected") seen.add(decision.rejection.code);
      else
        for (const event of decision.events) {
          seen.add(event.type);
          if (event.type === "schedule_changed" && event.resumption !== null) seen.add(event.resumption.cause);
        }
    }
  }
  for (const what of [
    "volatility",
    "circuit_breaker",
    "outage",
    "timetable",
    "instrument_delisted",
    "timetable_changed",
  ]) {
    expect(seen).toContain(what);
  }
  for (const code of ["order_rate_exceeded", "order_to_trade_exceeded", "insufficient_funds", "instrument_not_found"]) {
    expect(seen).toContain(code);
  }
});
