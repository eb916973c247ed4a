import type { Amendment, Bands, Command, MassCancel, NewOrder, Phase } from "../commands.ts";
import { kinds, pegReferences, phases, postOnlyModes, purposes, selfTradeModes, timesInForce } from "./codes.ts";
import {
  commandTypes,
  M_ACCOUNT,
  M_DISPLAY,
  M_DYNAMIC,
  M_ENTRY,
  M_EXPIRES,
  M_FINAL,
  M_GROUP,
  M_LINK,
  M_MINIMUM,
  M_NEXT,
  M_ON_DISCONNECT,
  M_PEG,
  M_PRICE,
  M_PURPOSE,
  M_QUANTITY,
  M_SELF_TRADE,
  M_SESSION,
  M_SIDE,
  M_STATIC,
  M_STOP,
  M_TRAIL,
  R_ACCOUNT,
  R_AT,
  R_CASH,
  R_DISPLAY,
  R_DISTANCE,
  R_DYNAMIC,
  R_ENTRY,
  R_EXPIRES,
  R_GOODS,
  R_GROUP,
  R_LINK,
  R_MEMBERS,
  R_MINIMUM,
  R_NEW_ORDER,
  R_ORDER,
  R_PHASE,
  R_PRICE,
  R_PURPOSE,
  R_QUANTITY,
  R_SESSION,
  R_STATIC,
  R_STEP,
  R_STOP,
  R_TRADE,
  R_TRAITS,
  R_TYPE,
  RECORD_WORDS,
  writePair,
} from "./record.ts";
import {
  ALL_OR_NONE,
  KIND_SHIFT,
  MODE_SHIFT,
  ON_DISCONNECT,
  PEG_SHIFT,
  POST_SHIFT,
  SELLS,
  TIF_SHIFT,
  TRAILS_BY_BPS,
} from "./traits.ts";

const LARGEST = 2 ** 31 - 1;

/** A number that no word holds becomes the nearest one that does; the book's bounds are inside, so it is refused. */
const word = (value: number): number => Math.max(-LARGEST, Math.min(LARGEST, value));

/** Writes a command as a record of `RECORD_WORDS` words at the offset. */
export function encodeCommand(command: Command, words: Int32Array, offset: number): void {
  const record = words.subarray(offset, offset + RECORD_WORDS).fill(0);
  record[R_TYPE] = commandTypes.indexOf(command.type);
  writePair(record, R_AT, command.at);
  switch (command.type) {
    case "new":
      return encodeNew(command, record);
    case "cancel":
      record[R_ORDER] = command.order;
      record[R_ACCOUNT] = command.account;
      return;
    case "amend":
      return encodeAmendment(command, record);
    case "replace":
      record[R_ORDER] = command.order;
      record[R_ACCOUNT] = command.account;
      record[R_NEW_ORDER] = command.newOrder;
      give(record, R_QUANTITY, { bit: M_QUANTITY, value: command.quantity });
      return give(record, R_PRICE, { bit: M_PRICE, value: command.price });
    case "mass_cancel":
      return encodeMassCancel(command, record);
    default:
      return encodeOfBook(command, record);
  }
}

type Member = { readonly bit: number; readonly value: number | undefined };

function give(record: Int32Array, at: number, { bit, value }: Member): void {
  if (value === undefined) return;
  record[at] = word(value);
  record[R_MEMBERS] = (record[R_MEMBERS] as number) | bit;
}

function encodeNew(order: NewOrder, record: Int32Array): void {
  const { trail, peg } = order;
  let traits = order.side === "sell" ? SELLS : 0;
  traits |= kinds.indexOf(order.kind) << KIND_SHIFT;
  traits |= timesInForce.indexOf(order.tif ?? "gtc") << TIF_SHIFT;
  if (order.selfTrade !== undefined) traits |= selfTradeModes.indexOf(order.selfTrade) << MODE_SHIFT;
  if (order.postOnly !== undefined) traits |= (postOnlyModes.indexOf(order.postOnly) + 1) << POST_SHIFT;
  if (order.allOrNone === true) traits |= ALL_OR_NONE;
  if (order.cancelOnDisconnect === true) traits |= ON_DISCONNECT;
  if (peg !== undefined) traits |= pegReferences.indexOf(peg.reference) << PEG_SHIFT;
  if (trail?.unit === "bps") traits |= TRAILS_BY_BPS;
  record[R_ORDER] = order.order;
  record[R_ACCOUNT] = order.account;
  record[R_TRAITS] = traits;
  give(record, R_PRICE, { bit: M_PRICE, value: order.price });
  give(record, R_QUANTITY, { bit: M_QUANTITY, value: order.quantity });
  give(record, R_GROUP, { bit: M_GROUP, value: order.ownerGroup });
  give(record, R_SESSION, { bit: M_SESSION, value: order.session });
  give(record, R_STOP, { bit: M_STOP, value: order.stopPrice });
  give(record, R_DISPLAY, { bit: M_DISPLAY, value: order.display });
  give(record, R_MINIMUM, { bit: M_MINIMUM, value: order.minimum });
  give(record, R_LINK, { bit: M_LINK, value: order.link });
  give(record, R_DISTANCE, { bit: M_PEG, value: peg?.offset });
  give(record, R_DISTANCE, { bit: M_TRAIL, value: trail?.distance });
  give(record, R_STEP, { bit: M_TRAIL, value: trail?.step });
  give(record, R_TRAITS, { bit: M_SELF_TRADE, value: order.selfTrade === undefined ? undefined : traits });
  give(record, R_EXPIRES, { bit: M_EXPIRES, value: order.expiresAt });
  if (order.expiresAt !== undefined) writePair(record, R_EXPIRES, order.expiresAt);
}

function encodeAmendment(amendment: Amendment, record: Int32Array): void {
  record[R_ORDER] = amendment.order;
  record[R_ACCOUNT] = amendment.account;
  give(record, R_PRICE, { bit: M_PRICE, value: amendment.price });
  give(record, R_QUANTITY, { bit: M_QUANTITY, value: amendment.quantity });
  give(record, R_DISPLAY, { bit: M_DISPLAY, value: amendment.display });
  give(record, R_STOP, { bit: M_STOP, value: amendment.stopPrice });
}

function encodeMassCancel(command: MassCancel, record: Int32Array): void {
  give(record, R_ACCOUNT, { bit: M_ACCOUNT, value: command.account });
  give(record, R_GROUP, { bit: M_GROUP, value: command.ownerGroup });
  give(record, R_SESSION, { bit: M_SESSION, value: command.session });
  if (command.side !== undefined) give(record, R_TRAITS, { bit: M_SIDE, value: command.side === "sell" ? SELLS : 0 });
  if (command.onDisconnect === true) give(record, R_PURPOSE, { bit: M_ON_DISCONNECT, value: 1 });
}

type OfBook = Exclude<Command, { readonly type: "new" | "cancel" | "amend" | "replace" | "mass_cancel" }>;

function encodeOfBook(command: OfBook, record: Int32Array): void {
  switch (command.type) {
    case "block":
    case "unblock":
      record[R_ACCOUNT] = command.account;
      return;
    case "phase":
      record[R_PHASE] = phases.indexOf(command.phase);
      if (command.purpose === undefined) return;
      return give(record, R_PURPOSE, { bit: M_PURPOSE, value: purposes.indexOf(command.purpose) });
    case "uncross":
      return encodeUncross(command, record);
    case "set_bands":
      return encodeBands(command, record);
    case "set_reference":
      record[R_PRICE] = word(command.price);
      return;
    case "bust":
      return writePair(record, R_TRADE, command.trade);
    case "correct":
      record[R_PRICE] = word(command.price);
      return writePair(record, R_TRADE, command.trade);
    case "allocate":
      record[R_ACCOUNT] = command.account;
      writePair(record, R_CASH, command.cash);
      return writePair(record, R_GOODS, command.goods);
    case "indicative":
    case "clock":
      return;
  }
}

function encodeUncross(command: { next?: Phase; final?: boolean }, record: Int32Array): void {
  if (command.next !== undefined) give(record, R_PHASE, { bit: M_NEXT, value: phases.indexOf(command.next) });
  if (command.final === true) record[R_MEMBERS] = (record[R_MEMBERS] as number) | M_FINAL;
}

function encodeBands(bands: Bands, record: Int32Array): void {
  give(record, R_ENTRY, { bit: M_ENTRY, value: bands.entry?.low });
  give(record, R_ENTRY + 1, { bit: M_ENTRY, value: bands.entry?.high });
  give(record, R_DYNAMIC, { bit: M_DYNAMIC, value: bands.dynamic?.down });
  give(record, R_DYNAMIC + 1, { bit: M_DYNAMIC, value: bands.dynamic?.up });
  give(record, R_STATIC, { bit: M_STATIC, value: bands.static?.down });
  give(record, R_STATIC + 1, { bit: M_STATIC, value: bands.static?.up });
}
