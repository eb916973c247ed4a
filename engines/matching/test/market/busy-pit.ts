import type { ExchangeEvent } from "@kontor/protocol";
import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";
import type { Pit } from "./pit.ts";
import { instrumentId, listedPit } from "./pit.ts";

const reason = "As planned.";
const companies = ["ada", "bob", "eve", "joe"] as const;

type Busy = { readonly place: Pit; readonly random: Random };

const price = (random: Random): string => (200 + random.between(-6, 6) * 0.25).toFixed(2);
const quantity = (random: Random): string => String(50 * random.between(1, 6));

/** One that is there, was there, or will be. */
const someOrder = ({ place, random }: Busy): string =>
  `${instrumentId}-o${random.between(1, (place.state().instrument?.ordersMade ?? 0) + 1)}`;
const someTrade = ({ place, random }: Busy): string =>
  `${instrumentId}-t${random.between(1, (place.state().instrument?.data.tape.latest ?? 0) + 1)}`;

function anyOrder(random: Random) {
  const terms = { side: random.pick(["buy", "sell"]), quantity: quantity(random) };
  const kind = random.weighted({
    limit: 14,
    market: 2,
    stop: 1,
    stop_limit: 1,
    pegged: 1,
    iceberg: 2,
    aon: 1,
    call: 1,
  });
  switch (kind) {
    case "market":
      return { ...terms, kind };
    case "stop":
      return { ...terms, kind, stopPrice: price(random) };
    case "stop_limit":
      return { ...terms, kind, stopPrice: price(random), price: price(random) };
    case "pegged":
      return { ...terms, kind, peg: { reference: "primary", offset: "0" } };
    case "iceberg":
      return { ...terms, price: price(random), quantity: "300", display: "50" };
    case "aon":
      return { ...terms, price: price(random), allOrNone: true };
    case "call":
      return { ...terms, price: price(random), tif: "auction" };
    default:
      return { ...terms, price: price(random), tif: random.pick(["gtc", "gtc", "gtc", "day", "ioc"]) };
  }
}

function operate({ place, random }: Busy) {
  const companyId = random.pick(companies);
  switch (random.weighted({ phase: 6, uncross: 6, bust: 2, correct: 2, block: 1, unblock: 2, bands: 1, allocate: 1 })) {
    case "phase": {
      const phase = random.pick(["continuous", "continuous", "continuous", "auction", "closed", "halt", "pre_open"]);
      return place.run("set_phase", { phase, reason });
    }
    case "uncross":
      return place.run("uncross_auction", { final: true });
    case "bust":
      return place.run("bust_trade", { tradeId: someTrade({ place, random }), reason });
    case "correct":
      return place.run("correct_trade", { tradeId: someTrade({ place, random }), price: price(random), reason });
    case "block":
      return place.run("block_trader", { companyId, reason });
    case "unblock":
      return place.run("unblock_trader", { companyId, reason });
    case "bands":
      return place.run("set_bands", { bands: random.pick([{}, { entry: { low: "199.50", high: "200.50" } }]), reason });
    default:
      return place.allocate(companyId, "100000000.00", "100000");
  }
}

function act(busy: Busy) {
  const { place, random } = busy;
  const company = random.pick(companies);
  switch (random.weighted({ order: 24, cancel: 6, amend: 4, replace: 4, cancelAll: 1, operator: 4, wait: 3 })) {
    case "order":
      return place.by(company, "submit_order", anyOrder(random));
    case "cancel":
      return place.by(company, "cancel_order", { orderId: someOrder(busy) });
    case "amend": {
      const priced = random.chance(30) ? { price: price(random) } : {};
      return place.by(company, "amend_order", { orderId: someOrder(busy), quantity: quantity(random), ...priced });
    }
    case "replace": {
      const terms = { quantity: quantity(random), price: price(random) };
      return place.by(company, "replace_order", { orderId: someOrder(busy), ...terms });
    }
    case "cancelAll":
      return place.by(company, "cancel_orders");
    case "wait":
      return place.pass(random.between(1, 900) * 1_000);
    default:
      return operate(busy);
  }
}

/** An instrument on which companies and the operator do whatever comes to mind; the same seed, the same. */
export function busyPit(seed: number): { readonly place: Pit; readonly step: () => readonly ExchangeEvent[] } {
  const random = createRandom(seed);
  const place = listedPit({
    maxExtensions: 0,
    fees: { makerBps: -1, takerBps: 3, auctionBps: 2 },
    selfTrade: random.pick(["none", "cancel_newest", "cancel_oldest", "cancel_both", "decrement", "transfer"]),
  });
  return {
    place,
    step() {
      const from = place.entries.length;
      act({ place, random });
      return place.entries.slice(from).flatMap(({ decision }) => (decision.kind === "accepted" ? decision.events : []));
    },
  };
}
