import type { Core } from "../store/core.ts";
import type { Levels } from "../store/levels.ts";
import { LEAVES, NEXT } from "../store/pool.ts";

/** What could trade at one price: what would be bought, sold, the smaller of both, and what would be left over. */
export type Candidate = {
  readonly price: number;
  readonly buy: number;
  readonly sell: number;
  readonly executable: number;
  readonly surplus: number;
};

/** Of one side in a call: its limits, best first, with all the quantity behind them, and its market orders. */
type Demand = { readonly levels: { price: number; quantity: number }[]; readonly market: number };

export type CallTable = {
  readonly candidates: readonly Candidate[];
  readonly marketBuy: number;
  readonly marketSell: number;
};

/** Quantity of a whole queue, hidden parts included. */
function quantityOf(core: Core, head: number): number {
  const { words } = core.pool;
  let quantity = 0;
  for (let order = head; order !== 0; order = words[order + NEXT] as number)
    quantity += words[order + LEAVES] as number;
  return quantity;
}

function demandOf(core: Core, side: Levels): Demand {
  const levels: { price: number; quantity: number }[] = [];
  for (let key = side.best; key < side.count; key = side.after(key)) {
    levels.push({ price: side.priceOf(key), quantity: quantityOf(core, side.headOf(key)) });
  }
  return { levels, market: quantityOf(core, side.marketHead) };
}

/** All limits in the book, lowest first, each with what it would do. */
export function callTable(core: Core): CallTable {
  const buys = demandOf(core, core.buys);
  const sells = demandOf(core, core.sells);
  const prices = [...new Set([...buys.levels, ...sells.levels].map(({ price }) => price))].sort((a, b) => a - b);
  let buy = buys.market;
  for (const { quantity } of buys.levels) buy += quantity;
  let sell = sells.market;
  let nextSell = 0;
  let worstBuy = buys.levels.length - 1;
  const candidates: Candidate[] = [];
  for (const price of prices) {
    for (let level = buys.levels[worstBuy]; level !== undefined && level.price < price; level = buys.levels[worstBuy]) {
      buy -= level.quantity;
      worstBuy--;
    }
    for (
      let level = sells.levels[nextSell];
      level !== undefined && level.price <= price;
      level = sells.levels[nextSell]
    ) {
      sell += level.quantity;
      nextSell++;
    }
    candidates.push(candidateOf(price, buy, sell));
  }
  return { candidates, marketBuy: buys.market, marketSell: sells.market };
}

const candidateOf = (price: number, buy: number, sell: number): Candidate => ({
  price,
  buy,
  sell,
  executable: Math.min(buy, sell),
  surplus: buy - sell,
});

/** What any price would do, also one that is nobody's limit. */
export function candidateAt(core: Core, price: number): Candidate {
  const buys = demandOf(core, core.buys);
  const sells = demandOf(core, core.sells);
  let buy = buys.market;
  for (const level of buys.levels) if (level.price >= price) buy += level.quantity;
  let sell = sells.market;
  for (const level of sells.levels) if (level.price <= price) sell += level.quantity;
  return candidateOf(price, buy, sell);
}
