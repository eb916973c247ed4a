import type { Side } from "../commands.ts";
import type { BookEvent, Rejection } from "../events.ts";
import { FOR_BREAKER, FOR_VOLATILITY } from "../operator/phase-change.ts";
import { rejectionCodes } from "../rejections.ts";
import { NO_PRICE } from "../store/settings.ts";
import { cancelReasons, extensionReasons, fields, phases, purposes } from "./codes.ts";
import type { EventRing } from "./event-ring.ts";
import {
  E_LEAVES,
  E_ORDER,
  E_OTHER,
  E_OTHER_LEAVES,
  E_PRICE,
  E_QUANTITY,
  E_SIDE,
  EVENT_WORDS,
  N_FIRST,
  N_SECOND,
  N_THIRD,
} from "./event-ring.ts";
import { eventTypes, LEVEL } from "./event-types.ts";

/** The facts of the last group as objects, without the levels and the mark that close it. */
export function decodeGroup(ring: EventRing): BookEvent[] {
  const events: BookEvent[] = [];
  for (let at = ring.start; at < ring.end; at += EVENT_WORDS) {
    if ((ring.words[at] as number) >= LEVEL) break;
    events.push(decodeEvent(ring, at));
  }
  return events;
}

type Reader = {
  readonly word: (index: number) => number;
  readonly double: (index: number) => number;
};

function decodeEvent(ring: EventRing, at: number): BookEvent {
  const reader: Reader = {
    word: (index) => ring.words[at + index] as number,
    double: (index) => ring.numbers[(at >> 1) + index] as number,
  };
  const type = eventTypes[ring.words[at] as number] as BookEvent["type"];
  return decodeOrderEvent(type, reader) ?? decodeBookEvent(type, reader);
}

const sideNamed = (side: number): Side => (side === 0 ? "buy" : "sell");

function decodeOrderEvent(type: BookEvent["type"], reader: Reader): BookEvent | undefined {
  const { word } = reader;
  const order = word(E_ORDER);
  switch (type) {
    case "accepted":
    case "triggered":
    case "parked":
    case "unparked":
      return { type, order };
    case "rejected":
    case "cancel_rejected":
    case "amend_rejected":
      return { type, order, ...rejectionOf(reader) };
    case "trade":
      return decodeTrade(reader);
    case "prevented":
    case "transferred":
      return { type, maker: order, taker: word(E_OTHER), price: word(E_PRICE), quantity: word(E_QUANTITY) };
    case "reduced":
      return { type, order, quantity: word(E_QUANTITY), reason: "self_trade" };
    case "cancelled": {
      const reason = cancelReasons[word(E_OTHER)] as (typeof cancelReasons)[number];
      return { type, order, quantity: word(E_QUANTITY), reason };
    }
    case "amended":
      return { type, order, keptPriority: word(E_OTHER) === 1 };
    case "replaced":
      return { type, order, newOrder: word(E_OTHER) };
    case "trailed":
      return { type, order, stopPrice: word(E_PRICE) };
    case "refilled":
      return { type, order, shown: word(E_QUANTITY) };
    case "repriced":
      return { type, order, price: word(E_PRICE) };
    case "fill":
      return decodeFill(reader);
    default:
      return undefined;
  }
}

function rejectionOf({ word, double }: Reader): Rejection {
  const code = rejectionCodes[word(E_OTHER)] as Rejection["code"];
  const field = fields[word(E_SIDE)];
  return {
    code,
    ...(word(E_PRICE) === 1 ? { limit: double(N_FIRST) } : {}),
    ...(field === undefined ? {} : { field }),
  };
}

function decodeTrade({ word, double }: Reader): BookEvent {
  return {
    type: "trade",
    trade: double(N_FIRST),
    maker: word(E_ORDER),
    taker: word(E_OTHER),
    takerSide: sideNamed(word(E_SIDE)),
    price: word(E_PRICE),
    quantity: word(E_QUANTITY),
    makerLeaves: word(E_LEAVES),
    takerLeaves: word(E_OTHER_LEAVES),
    makerFee: double(N_SECOND),
    takerFee: double(N_THIRD),
  };
}

function decodeFill({ word, double }: Reader): BookEvent {
  return {
    type: "fill",
    order: word(E_ORDER),
    price: word(E_PRICE),
    quantity: word(E_QUANTITY),
    leaves: word(E_LEAVES),
    fee: double(N_FIRST),
  };
}

function decodeBookEvent(type: BookEvent["type"], reader: Reader): BookEvent {
  const { word, double } = reader;
  switch (type) {
    case "mass_cancelled":
      return { type, count: word(E_ORDER) };
    case "blocked":
    case "unblocked":
      return { type, account: word(E_ORDER) };
    case "phase":
      return decodePhase(reader);
    case "indicative":
    case "auction":
      return decodeDetermined(type, reader);
    case "extended": {
      const reason = extensionReasons[word(E_OTHER)] as (typeof extensionReasons)[number];
      return { type, reason, indicative: word(E_PRICE) === NO_PRICE ? null : word(E_PRICE) };
    }
    case "reference_changed":
      return { type, price: word(E_PRICE) };
    case "busted":
      return { type, trade: double(N_FIRST), price: word(E_PRICE), quantity: double(N_SECOND) };
    case "corrected":
      return { type, trade: double(N_FIRST), replaces: double(N_SECOND), price: word(E_PRICE) };
    case "allocated":
      return { type, account: word(E_ORDER), cash: double(N_FIRST), goods: double(N_SECOND) };
    case "command_rejected":
      return { type, ...rejectionOf(reader) };
    default:
      return { type: "bands_changed" };
  }
}

function decodePhase({ word, double }: Reader): BookEvent {
  const purpose = purposes[word(E_OTHER)];
  const reason = word(E_SIDE);
  return {
    type: "phase",
    phase: phases[word(E_ORDER)] as (typeof phases)[number],
    ...(purpose === undefined ? {} : { purpose }),
    ...(reason === FOR_VOLATILITY ? { reason: "volatility" } : {}),
    ...(reason === FOR_BREAKER ? { reason: "circuit_breaker", resumesAt: double(N_FIRST) } : {}),
  };
}

function decodeDetermined(type: "indicative" | "auction", { word, double }: Reader): BookEvent {
  const sign = word(E_SIDE);
  const trade = double(N_THIRD);
  const sideOfSurplus = sign > 0 ? "buy" : "sell";
  return {
    type,
    price: word(E_PRICE) === NO_PRICE ? null : word(E_PRICE),
    quantity: double(N_FIRST),
    surplus: double(N_SECOND),
    surplusSide: sign === 0 ? null : sideOfSurplus,
    ...(trade === 0 ? {} : { trade }),
  };
}
