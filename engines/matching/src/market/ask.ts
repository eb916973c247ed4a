import type { Actor, Micros } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import type { AllocateAssets, ExchangeCommandOf, ExchangePersonCommand, ExchangeRejection } from "@kontor/protocol";
import type { Command, MassCancel, NewOrder, Phase, Trail } from "../commands.ts";
import { readBands } from "./listing.ts";
import type { Instrument } from "./state.ts";
import { numberOf } from "./state.ts";
import type { Units } from "./units.ts";
import { unreadable, wholeOf } from "./units.ts";

/** Commands on an instrument itself, which its book knows nothing of. */
type OnListing = "draft_instrument" | "revise_instrument" | "list_instrument" | "delist_instrument" | "set_timetable";

/** Commands that the book decides. */
export type OnBook = Exclude<ExchangePersonCommand, { type: OnListing }> | AllocateAssets;

/** A command on an instrument that is there. */
export type Asked = {
  readonly instrument: Instrument;
  readonly command: OnBook;
  readonly actor: Actor;
  readonly at: Micros;
  /** Of the company that trades, or is meant; 0 where the command is about none. */
  readonly account: number;
};

export type Question = Command | { readonly rejection: ExchangeRejection };

/** Thrown by `amountsOf` and caught by `questionOf`: the first amount that the book has no number for. */
class Unfit extends Error {
  readonly rejection: ExchangeRejection;

  constructor(rejection: ExchangeRejection) {
    super(rejection.code);
    this.rejection = rejection;
  }
}

type Amounts = Readonly<Record<keyof Units, (text: string, pointer: string) => number>>;

function amountsOf(units: Units): Amounts {
  const reader = (kind: keyof Units) => (text: string, pointer: string) => {
    const whole = wholeOf(text, units[kind]);
    if (typeof whole === "object") throw new Unfit(unreadable(kind, pointer, whole));
    if (!Number.isSafeInteger(whole)) throw new Unfit({ code: "bad_scale", pointer });
    return whole;
  };
  return { price: reader("price"), quantity: reader("quantity"), money: reader("money") };
}

/** Whose end is to cancel the order must be told. */
const sessionMissing: ExchangeRejection = { code: "combination_not_allowed", pointer: "/session" };

/** What the book has to be asked, in its own numbers. */
export function questionOf(asked: Asked): Question {
  try {
    return toBook(asked, amountsOf(asked.instrument.units));
  } catch (error) {
    if (error instanceof Unfit) return { rejection: error.rejection };
    throw error;
  }
}

function toBook({ instrument, command, at, account }: Asked, amounts: Amounts): Question {
  switch (command.type) {
    case "submit_order":
      if (command.cancelOnDisconnect && command.session === undefined) return { rejection: sessionMissing };
      return { type: "new", at, order: instrument.ordersMade + 1, account, ...newOrder(command, amounts) };
    case "amend_order":
    case "replace_order":
      return changeOf({ command, at, account, order: numberOf(instrument, command.orderId), instrument }, amounts);
    case "cancel_order":
      return { type: "cancel", at, order: numberOf(instrument, command.orderId), account };
    case "cancel_orders":
      return { type: "mass_cancel", at, account, ...chosen(command) };
    case "set_phase":
      return { type: "phase", at, phase: command.phase, ...(command.purpose && { purpose: command.purpose }) };
    case "uncross_auction":
      return { type: "uncross", at, final: command.final, ...nextOf(instrument, command) };
    case "set_bands": {
      const bands = readBands(command.bands, instrument.units);
      if ("pointer" in bands) return { rejection: { code: "off_tick", pointer: bands.pointer } };
      return { type: "set_bands", at, ...bands };
    }
    case "set_reference":
      return { type: "set_reference", at, price: amounts.price(command.price, "/price") };
    case "block_trader":
      return { type: "block", at, account };
    case "unblock_trader":
      return { type: "unblock", at, account };
    case "bust_trade":
      return { type: "bust", at, trade: numberOf(instrument, command.tradeId) };
    case "correct_trade": {
      const trade = numberOf(instrument, command.tradeId);
      return { type: "correct", at, trade, price: amounts.price(command.price, "/price") };
    }
    case "allocate_assets": {
      const cash = amounts.money(command.money, "/money");
      return { type: "allocate", at, account, cash, goods: amounts.quantity(command.goods, "/goods") };
    }
  }
}

/** Which of a company's orders are meant. */
function chosen({ side, session, onDisconnect }: ExchangeCommandOf<"cancel_orders">): MassCancel {
  return { ...(side && { side }), ...(session !== undefined && { session }), ...(onDisconnect && { onDisconnect }) };
}

/** A call that the operator ends leads where it would have led by itself, unless he says where. */
function nextOf(
  { plan: { resumption } }: Instrument,
  { next }: ExchangeCommandOf<"uncross_auction">,
): { readonly next?: Phase } {
  if (next !== undefined) return { next };
  const phase = resumption?.into.phase;
  return phase === undefined || phase === "auction" || phase === "pre_open" ? {} : { next: phase };
}

type Change = {
  readonly instrument: Instrument;
  readonly command: ExchangeCommandOf<"amend_order"> | ExchangeCommandOf<"replace_order">;
  readonly at: Micros;
  readonly account: number;
  readonly order: number;
};

function changeOf({ instrument, command, at, account, order }: Change, { price, quantity }: Amounts): Command {
  const priced = command.price === undefined ? {} : { price: price(command.price, "/price") };
  if (command.type === "replace_order") {
    const newOrder = instrument.ordersMade + 1;
    return {
      type: "replace",
      at,
      order,
      account,
      newOrder,
      quantity: quantity(command.quantity, "/quantity"),
      ...priced,
    };
  }
  return {
    type: "amend",
    at,
    order,
    account,
    ...priced,
    ...(command.quantity !== undefined && { quantity: quantity(command.quantity, "/quantity") }),
    ...(command.display !== undefined && { display: quantity(command.display, "/display") }),
    ...(command.stopPrice !== undefined && { stopPrice: price(command.stopPrice, "/stopPrice") }),
  };
}

function newOrder(
  terms: ExchangeCommandOf<"submit_order">,
  { price, quantity }: Amounts,
): Omit<NewOrder, "order" | "account"> {
  const { side, kind, tif, allOrNone, postOnly, selfTrade, link, peg, trail, expiresAt, session } = terms;
  return {
    side,
    kind,
    quantity: quantity(terms.quantity, "/quantity"),
    tif,
    ...(terms.price !== undefined && { price: price(terms.price, "/price") }),
    ...(terms.stopPrice !== undefined && { stopPrice: price(terms.stopPrice, "/stopPrice") }),
    ...(terms.display !== undefined && { display: quantity(terms.display, "/display") }),
    ...(terms.minimum !== undefined && { minimum: quantity(terms.minimum, "/minimum") }),
    ...(expiresAt !== undefined && { expiresAt: microsOfInstant(expiresAt) ?? 0 }),
    ...(peg && { peg: { reference: peg.reference, offset: price(peg.offset, "/peg/offset") } }),
    ...(trail && { trail: trailOf(trail, price) }),
    ...(allOrNone && { allOrNone }),
    ...(postOnly && { postOnly }),
    ...(selfTrade && { selfTrade }),
    ...(link !== undefined && { link }),
    ...(session !== undefined && { session }),
    ...(terms.cancelOnDisconnect && { cancelOnDisconnect: true }),
  };
}

type TrailTerms = NonNullable<ExchangeCommandOf<"submit_order">["trail"]>;

function trailOf(trail: TrailTerms, price: Amounts["price"]): Trail {
  const step = price(trail.step, "/trail/step");
  if (trail.unit === "bps") return { unit: "bps", distance: trail.distance, step };
  return { unit: "ticks", distance: price(trail.distance, "/trail/distance"), step };
}
