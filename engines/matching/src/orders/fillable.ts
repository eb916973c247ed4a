import type { Walk } from "../matching/apart.ts";
import { comeBy, isPassedOver, nextApart, walkOf } from "../matching/apart.ts";
import { guardAt } from "../matching/guards.ts";
import { isOwn } from "../matching/self-trade.ts";
import { priceWith } from "../matching/trading.ts";
import type { Core } from "../store/core.ts";
import { UNINTERRUPTED } from "../store/core.ts";
import { linkOf } from "../store/link-rings.ts";
import { DISPLAY, LEAVES, NEXT, PRICE, SHOWN, TRAITS } from "../store/pool.ts";
import { CANCEL_BOTH, CANCEL_NEWEST, CANCEL_OLDEST } from "../wire/codes.ts";
import { LINKED, modeOf } from "../wire/traits.ts";

/*
 * What could trade: the walk of matching without its effects.
 */

type Count = {
  readonly walk: Walk;
  readonly mode: number;
  counted: number;
  /** Price of the last trade, as it would be. */
  last: number;
  ended: boolean;
  /** Links of which a member has counted, each with that member: the others of it would be cancelled. */
  readonly links: { link: number; member: number }[];
};

/** The quantity that an order with the given limit would trade if it matched now. */
export function tradable(core: Core, taker: number): number {
  const { words } = core.pool;
  const walk = walkOf(core, taker);
  const limit = walk.levels.keyOf(words[taker + PRICE] as number);
  walk.wanted = words[taker + LEAVES] as number;
  const mode = modeOf(words[taker + TRAITS] as number);
  const count: Count = { walk, mode, counted: 0, last: core.last, ended: false, links: [] };
  let key = walk.levels.best;
  while (!count.ended && walk.wanted > 0) {
    const apart = core.allOrNone.count === 0 ? 0 : nextApart(core, walk, key <= limit ? key - 1 : limit);
    if (apart !== 0) {
      comeBy(core, walk, apart);
      if (!isPassedOver(core, walk, apart) && !isLeftOut(core, count, apart)) meet(core, count, apart);
    } else if (key > limit) break;
    else {
      countLevel(core, count, walk.levels.headOf(key));
      key = walk.levels.after(key);
    }
  }
  return count.counted;
}

/** First what the queue shows, then round by round what its icebergs would show next. */
function countLevel(core: Core, count: Count, head: number): void {
  const { words } = core.pool;
  const { walk } = count;
  const hidden: Hidden[] = [];
  for (let maker = head; maker !== 0 && walk.wanted > 0; maker = words[maker + NEXT] as number) {
    if (isLeftOut(core, count, maker)) continue;
    if (isOwn(core, walk.taker, maker) && count.mode === CANCEL_OLDEST) continue;
    const shown = words[maker + SHOWN] as number;
    take(core, count, { maker, quantity: shown });
    if (count.ended) return;
    const left = (words[maker + LEAVES] as number) - shown;
    if (left > 0) hidden.push({ maker, left });
  }
  countHidden(core, count, hidden);
}

type Hidden = { readonly maker: number; left: number };

function countHidden(core: Core, count: Count, hidden: Hidden[]): void {
  const { words } = core.pool;
  const isMine = (maker: number): boolean => isOwn(core, count.walk.taker, maker);
  // Without own ones among them the turns make no difference to the sum.
  const inTurns = hidden.some(({ maker }) => isMine(maker));
  while (count.walk.wanted > 0 && hidden.some(({ left }) => left > 0)) {
    for (const part of hidden) {
      if (part.left === 0 || count.walk.wanted === 0) continue;
      const size = inTurns ? Math.min(part.left, words[part.maker + DISPLAY] as number) : part.left;
      part.left = isLeftOut(core, count, part.maker) ? 0 : part.left - size;
      if (!isLeftOut(core, count, part.maker)) take(core, count, { maker: part.maker, quantity: size });
      if (count.ended) return;
    }
  }
}

function meet(core: Core, count: Count, maker: number): void {
  take(core, count, { maker, quantity: core.pool.words[maker + LEAVES] as number });
}

/** One maker's turn with so much of it; ends the walk where matching would end. */
function take(core: Core, count: Count, turn: { maker: number; quantity: number }): void {
  const { maker } = turn;
  const { walk } = count;
  const quantity = Math.min(walk.wanted, turn.quantity);
  if (isOwn(core, walk.taker, maker)) {
    if (count.mode === CANCEL_NEWEST || count.mode === CANCEL_BOTH) count.ended = true;
    else walk.wanted -= quantity;
    return;
  }
  const price = priceWith(core, maker);
  if (core.guarded && guardAt(core, price, count.last) !== UNINTERRUPTED) {
    count.ended = true;
    return;
  }
  count.last = price;
  count.counted += quantity;
  walk.wanted -= quantity;
  remember(core, count, walk.taker);
  remember(core, count, maker);
  // Left out after its own trade: it is of the link of the taker, which goes with it.
  if (isLeftOut(core, count, maker)) count.ended = true;
}

function remember(core: Core, count: Count, member: number): void {
  const { words } = core.pool;
  if (((words[member + TRAITS] as number) & LINKED) === 0) return;
  const link = linkOf(core, member);
  if (!count.links.some((known) => known.link === link)) count.links.push({ link, member });
}

function isLeftOut(core: Core, count: Count, maker: number): boolean {
  if (count.links.length === 0) return false;
  const { words } = core.pool;
  if (((words[maker + TRAITS] as number) & LINKED) === 0) return false;
  const link = linkOf(core, maker);
  return count.links.some((known) => known.link === link && known.member !== maker);
}
