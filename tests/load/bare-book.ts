import type { OrderFlow } from "./order-flow.ts";

/** Room for prices around those of a flow: an order may be carried a little beyond them. */
const margin = 64;

/**
 * Matching with nothing else: typed arrays indexed by the flow's dense ids and prices, no identity checked beyond whether
 * an order still rests, no event, no level total. What the engine does for every command besides is what the bench shows.
 *
 * @returns trades made
 */
export function runBare(flow: OrderFlow): number {
  const { count, maxId, minPrice, maxPrice, op, side, ioc, id, newId, price, quantity } = flow;
  const low = minPrice - margin;
  const levels = maxPrice - minPrice + 2 * margin;
  const heads = [new Int32Array(levels), new Int32Array(levels)] as const;
  const tails = [new Int32Array(levels), new Int32Array(levels)] as const;
  const levelOf = new Int32Array(maxId + 1);
  const leaves = new Int32Array(maxId + 1);
  const sides = new Uint8Array(maxId + 1);
  const next = new Int32Array(maxId + 1);
  const previous = new Int32Array(maxId + 1);
  let bestBuy = -1;
  let bestSell = levels;
  let trades = 0;

  function unlink(order: number): void {
    const own = sides[order] as number;
    const level = levelOf[order] as number;
    const head = heads[own as 0 | 1];
    const before = previous[order] as number;
    const after = next[order] as number;
    if (before !== 0) next[before] = after;
    else head[level] = after;
    if (after !== 0) previous[after] = before;
    else tails[own as 0 | 1][level] = before;
    leaves[order] = 0;
    if (head[level] !== 0) return;
    if (own === 0) while (bestBuy >= 0 && heads[0][bestBuy] === 0) bestBuy--;
    else while (bestSell < levels && heads[1][bestSell] === 0) bestSell++;
  }

  function rest(order: number, own: 0 | 1, level: number): void {
    const tail = tails[own][level] as number;
    levelOf[order] = level;
    sides[order] = own;
    previous[order] = tail;
    next[order] = 0;
    if (tail !== 0) next[tail] = order;
    else heads[own][level] = order;
    tails[own][level] = order;
    if (own === 0) {
      if (level > bestBuy) bestBuy = level;
    } else if (level < bestSell) bestSell = level;
  }

  function enter(order: number, own: 0 | 1, at: number): void {
    const level = (price[at] as number) - low;
    let left = quantity[at] as number;
    while (left > 0) {
      const best = own === 0 ? bestSell : bestBuy;
      if (own === 0 ? best > level : best < level) break;
      const maker = heads[own === 0 ? 1 : 0][best] as number;
      const there = leaves[maker] as number;
      trades++;
      if (there > left) {
        leaves[maker] = there - left;
        left = 0;
      } else {
        left -= there;
        unlink(maker);
      }
    }
    if (left === 0 || ioc[at] === 1) return;
    leaves[order] = left;
    rest(order, own, level);
  }

  for (let at = 0; at < count; at++) {
    const order = id[at] as number;
    const kind = op[at] as number;
    if (kind === 1) enter(order, side[at] as 0 | 1, at);
    else if (leaves[order] !== 0) {
      const own = sides[order] as 0 | 1;
      unlink(order);
      if (kind === 3) enter(newId[at] as number, own, at);
    }
  }
  return trades;
}
