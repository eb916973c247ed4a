import type { Core } from "../store/core.ts";
import { F_FEE, F_QUANTITY, F_VALUE } from "../store/core.ts";
import { ACCOUNT, GROUP, LEAVES, NUMBER, PREVENTED_QUANTITY, rareNumberAt, SHOWN, TRAITS } from "../store/pool.ts";
import { cancel } from "../store/standing.ts";
import { BY_SELF_TRADE, CANCEL_BOTH, CANCEL_NEWEST, CANCEL_OLDEST, TRANSFER } from "../wire/codes.ts";
import { E_ORDER, E_OTHER, E_PRICE, E_QUANTITY } from "../wire/event-ring.ts";
import { CANCELLED, PREVENTED_TRADE, REDUCED, TRANSFERRED } from "../wire/event-types.ts";
import { MODE_MASK, modeOf, PREVENTED } from "../wire/traits.ts";
import { moveFill, release } from "./holds.ts";
import { finishMaker, priceWith, takeShown } from "./trading.ts";

/** Keeps taker and maker of one group apart as the taker's mode says. */
export function prevent(core: Core, taker: number, maker: number): void {
  const { words } = core.pool;
  const mode = modeOf(words[taker + TRAITS] as number);
  const quantity = Math.min(words[taker + LEAVES] as number, words[maker + SHOWN] as number);
  const pair: Pair = { taker, maker, quantity };
  say(core, PREVENTED_TRADE, pair);
  remember(core, taker, quantity);
  remember(core, maker, quantity);
  if (mode === CANCEL_OLDEST || mode === CANCEL_BOTH) cancel(core, maker, BY_SELF_TRADE);
  if (mode === CANCEL_NEWEST || mode === CANCEL_BOTH) cancel(core, taker, BY_SELF_TRADE);
  if (mode <= CANCEL_BOTH) return;
  if (mode === TRANSFER && transfers(core, pair)) transfer(core, pair);
  decrement(core, pair);
}

type Pair = { readonly taker: number; readonly maker: number; readonly quantity: number };

function say(core: Core, type: number, { taker, maker, quantity }: Pair): void {
  const at = core.ring.add(type);
  const { words } = core.pool;
  const events = core.ring.words;
  events[at + E_ORDER] = words[maker + NUMBER] as number;
  events[at + E_OTHER] = words[taker + NUMBER] as number;
  events[at + E_PRICE] = priceWith(core, maker);
  events[at + E_QUANTITY] = quantity;
}

function remember(core: Core, order: number, quantity: number): void {
  const { words, rareNumbers } = core.pool;
  const at = rareNumberAt(order) + PREVENTED_QUANTITY;
  const traits = words[order + TRAITS] as number;
  const before = (traits & PREVENTED) === 0 ? 0 : (rareNumbers[at] as number);
  words[order + TRAITS] = traits | PREVENTED;
  rareNumbers[at] = before + quantity;
}

function transfers(core: Core, { taker, maker }: Pair): boolean {
  const { words } = core.pool;
  const both = modeOf(words[maker + TRAITS] as number) === TRANSFER;
  return both && words[taker + ACCOUNT] !== words[maker + ACCOUNT];
}

/** Between accounts of one group, at the price of the trade that is prevented, without fee and outside the fills. */
function transfer(core: Core, pair: Pair): void {
  const { quantity } = pair;
  say(core, TRANSFERRED, pair);
  core.fill[F_QUANTITY] = quantity;
  core.fill[F_VALUE] = priceWith(core, pair.maker) * quantity * core.settings.tickValue;
  core.fill[F_FEE] = 0;
  moveFill(core, pair.maker);
  moveFill(core, pair.taker);
}

function decrement(core: Core, { taker, maker, quantity }: Pair): void {
  takeOff(core, maker, quantity);
  takeShown(core, maker, quantity);
  finishMaker(core, maker);
  takeOff(core, taker, quantity);
}

/** Off the order's quantity: neither filled nor left. */
function takeOff(core: Core, order: number, quantity: number): void {
  const { words } = core.pool;
  release(core, order, quantity);
  const leaves = (words[order + LEAVES] as number) - quantity;
  words[order + LEAVES] = leaves;
  const at = core.ring.add(leaves === 0 ? CANCELLED : REDUCED);
  const events = core.ring.words;
  events[at + E_ORDER] = words[order + NUMBER] as number;
  events[at + E_OTHER] = BY_SELF_TRADE;
  events[at + E_QUANTITY] = quantity;
}

/** Whether both are of one group and the taker minds. */
export function isOwn(core: Core, taker: number, maker: number): boolean {
  const { words } = core.pool;
  return words[taker + GROUP] === words[maker + GROUP] && ((words[taker + TRAITS] as number) & MODE_MASK) !== 0;
}
