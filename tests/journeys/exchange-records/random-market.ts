import type { Actor, Micros } from "@kontor/kernel";
import { exchangeEngine } from "@kontor/matching";
import type { ExchangeEvent } from "@kontor/protocol";
import { exchangeCommands, InstrumentTerms } from "@kontor/protocol";
import type { Random } from "@kontor/testkit";
import { at, createRandom, drive, marketplace, memberOf, operatorOf, wheatTerms } from "@kontor/testkit";

export const instrumentId = "0192f0a0-0000-7000-8000-00000000000a";
const companies = ["ada", "bob", "cal", "dee"] as const;

/** One step at one tick is a cent. */
const terms = wheatTerms({
  grade: "Milling wheat",
  quantityStep: "0.04",
  minPrice: "190",
  maxPrice: "230",
  maxQuantity: "50",
  reference: "210",
  bands: { dynamic: { up: "6", down: "6" } },
  fees: { makerBps: -1, takerBps: 3, auctionBps: 2 },
});

type Type = keyof typeof exchangeCommands;
type Members = Readonly<Record<string, unknown>>;

/** What became of some weeks of random trading in one instrument: the entries of its journal that have events. */
export function randomMarket(seed: number, commands: number): readonly Happened[] {
  const random = createRandom(seed);
  // Ten minutes before midnight: the first orders make trades of two days.
  const driven = drive(exchangeEngine, at("2031-03-02T23:50:00Z"));
  const made = { trades: 0 };
  const send = (actor: Actor, [type, members]: Asked): void => {
    const { events } = driven.send(exchangeCommands[type].parse({ type, instrumentId, ...members }), actor);
    for (const event of events) {
      if ("tradeId" in event) made.trades = Math.max(made.trades, numberIn(event.tradeId ?? ""));
    }
  };
  const operator = operatorOf();
  send(operator, ["draft_instrument", { marketplaceId: marketplace, terms: InstrumentTerms.parse(terms) }]);
  send(operator, ["list_instrument", { expectedVersion: 1 }]);
  send(operator, ["set_phase", { phase: "continuous", reason }]);
  for (let count = 0; count < commands; count++) {
    driven.pass(restOf(random));
    if (random.next() < 0.12) send(operator, operation(random, made.trades));
    else if (random.next() < 0.7) send(memberOf(random.pick(companies)), newOrder(random));
    else send(...change(random, [...(driven.state().instrument?.orders ?? [])]));
  }
  return driven.entries.flatMap(({ at: stamp, decision }) =>
    decision.kind === "accepted" ? [{ at: stamp, events: decision.events }] : [],
  );
}

/** One entry of the journal. */
export type Happened = { readonly at: Micros; readonly events: readonly ExchangeEvent[] };

type Asked = readonly [Type, Members];

const reason = "At random.";
const numberIn = (id: string): number => Number(/-t(\d+)$/.exec(id)?.[1] ?? 0);

/** Mostly within a minute, now and then over lunch, seldom over a weekend. */
function restOf(random: Random): number {
  const kind = random.next();
  if (kind < 0.9) return random.below(20_000);
  return random.below(kind < 0.99 ? 3 * 3_600_000 : 60 * 3_600_000);
}

/** Around 210 in ticks of a quarter. */
const priceBy = (random: Random, spread = 12): string => String(210 + (random.below(2 * spread + 1) - spread) / 4);
const quantityBy = (random: Random): string => ((1 + random.below(250)) * 0.04).toFixed(2);

/** Of the last twenty. */
const recent = (random: Random, last: number): number => Math.max(1, last - random.below(20));

function operation(random: Random, trades: number): Asked {
  const tradeId = `${instrumentId}-t${recent(random, trades)}`;
  const phase = random.pick(["auction", "auction", "auction", "halt", "closed"]);
  return random.pick<Asked>([
    ["set_phase", { phase, ...(phase === "auction" && { purpose: "intraday" }), reason }],
    ["set_phase", { phase: "continuous", reason }],
    ["uncross_auction", { final: true }],
    ["uncross_auction", { final: true }],
    ["bust_trade", { tradeId, reason }],
    ["correct_trade", { tradeId, price: priceBy(random), reason }],
    ["set_reference", { price: priceBy(random), reason }],
    ["set_bands", { bands: { dynamic: { up: "6", down: "6" } }, reason }],
  ]);
}

function newOrder(random: Random): Asked {
  const side = random.pick(["buy", "sell"]);
  const price = priceBy(random);
  const stopPrice = priceBy(random);
  const selfTrade = random.pick(["none", "cancel_newest", "cancel_oldest", "cancel_both", "decrement", "transfer"]);
  const trail = { unit: "price", distance: "1", step: "0.25" };
  const kinds: readonly Members[] = [
    { price },
    { price },
    { price },
    { price, tif: random.pick(["ioc", "fok", "day", "auction"]) },
    { price, display: "0.80" },
    { price, allOrNone: true },
    { price, postOnly: "reprice" },
    { kind: "market", tif: random.pick(["gtc", "ioc", "auction"]) },
    { kind: "stop", stopPrice },
    { kind: "stop_limit", stopPrice, price },
    { kind: "trailing", stopPrice, trail },
    { kind: "pegged", peg: { reference: random.pick(["primary", "market", "mid"]) } },
  ];
  return ["submit_order", { side, quantity: quantityBy(random), selfTrade, ...random.pick(kinds) }];
}

/** An order that lives, changed by its own company; when none does, all of one company's. */
function change(random: Random, live: readonly (readonly [number, { readonly companyId: string }])[]): [Actor, Asked] {
  if (live.length === 0) return [memberOf(random.pick(companies)), ["cancel_orders", {}]];
  const [number, { companyId }] = random.pick(live);
  const orderId = `${instrumentId}-o${number}`;
  const price = random.next() < 0.5 ? { price: priceBy(random) } : {};
  const asked = random.pick<Asked>([
    ["amend_order", { orderId, quantity: quantityBy(random), ...price }],
    ["amend_order", { orderId, quantity: quantityBy(random) }],
    ["amend_order", { orderId, stopPrice: priceBy(random) }],
    ["replace_order", { orderId, quantity: quantityBy(random), ...price }],
    ["cancel_order", { orderId }],
    ["cancel_orders", { side: "buy" }],
  ]);
  return [memberOf(companyId), asked];
}
