import { feeOf } from "../matching/fees.ts";
import { settleFill } from "../matching/holds.ts";
import { cancelLinked } from "../orders/linked-orders.ts";
import type { Core } from "../store/core.ts";
import { F_FEE, F_QUANTITY, F_VALUE, levelsOf } from "../store/core.ts";
import type { Levels } from "../store/levels.ts";
import { FILLED, LEAVES, NUMBER, PRICE, SHOWN, TRAITS } from "../store/pool.ts";
import { NO_PRICE } from "../store/settings.ts";
import { drop, takeOut } from "../store/standing.ts";
import { E_LEAVES, E_ORDER, E_PRICE, E_QUANTITY, N_FIRST } from "../wire/event-ring.ts";
import { FILL } from "../wire/event-types.ts";
import { LINKED } from "../wire/traits.ts";

export type AuctionVolume = { readonly price: number; readonly quantity: number };

/** Fills one side at one price until the volume is used up: market orders, better limits, earlier times first. */
export function fillSide(core: Core, side: Levels, { price, quantity }: AuctionVolume): void {
  let left = quantity;
  while (left > 0) {
    const head = side.marketHead !== 0 ? side.marketHead : side.headOf(side.best);
    // A level behind the last has no orders: what is told to trade is always there.
    if (head === 0) return;
    const filled = Math.min(left, core.pool.words[head + LEAVES] as number);
    fill(core, head, { price, quantity: filled });
    left -= filled;
  }
}

function fill(core: Core, order: number, { price, quantity }: AuctionVolume): void {
  const { settings } = core;
  const { words } = core.pool;
  const leaves = (words[order + LEAVES] as number) - quantity;
  const value = price * quantity * settings.tickValue;
  const fee = core.charges ? feeOf(settings, value, settings.fees.auctionBps) : 0;
  words[order + LEAVES] = leaves;
  words[order + FILLED] = (words[order + FILLED] as number) + quantity;
  const at = core.ring.add(FILL);
  core.ring.words[at + E_ORDER] = words[order + NUMBER] as number;
  core.ring.words[at + E_PRICE] = price;
  core.ring.words[at + E_QUANTITY] = quantity;
  core.ring.words[at + E_LEAVES] = leaves;
  core.ring.numbers[(at >> 1) + N_FIRST] = fee;
  core.fill[F_QUANTITY] = quantity;
  core.fill[F_VALUE] = value;
  core.fill[F_FEE] = fee;
  if (core.charges) settleFill(core, order);
  if (((words[order + TRAITS] as number) & LINKED) !== 0) cancelLinked(core, order);
  if (leaves === 0) {
    takeOut(core, order);
    drop(core, order);
  } else keepShown(core, order, leaves);
}

/** No more is shown than there is. */
function keepShown(core: Core, order: number, leaves: number): void {
  const { words } = core.pool;
  const shown = words[order + SHOWN] as number;
  if (shown <= leaves) return;
  words[order + SHOWN] = leaves;
  const price = words[order + PRICE] as number;
  if (price !== NO_PRICE) levelsOf(core, words[order + TRAITS] as number).shownChanged(price, leaves - shown);
}
