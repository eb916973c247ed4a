import { ceilDivide, formatDecimal, roundDivide } from "@kontor/kernel";
import type { Decimal, OwnOrderView } from "@kontor/protocol";
import type { BookLevel } from "@kontor/sdk";
import type { Grid } from "./instrument-grid.ts";
import {
  larger,
  moneyOfProduct,
  moneyText,
  priceOf,
  priceText,
  quantityOf,
  quantityText,
  tickAt,
} from "./instrument-grid.ts";

export type Side = "buy" | "sell";
/** So many ticks of price make one row. */
export const groupings = [1, 2, 5, 10] as const;
export type Grouping = (typeof groupings)[number];

/** One row of a ladder; bigints are pieces of the grid. */
export type BookRow = {
  readonly side: Side;
  readonly price: Decimal;
  readonly quantity: bigint;
  /** With all better rows. */
  readonly cumulative: bigint;
  /** Sum of price times quantity up to here, at the levels' own prices. */
  readonly product: bigint;
  readonly own: bigint;
  /** Of the deeper side's cumulative quantity, in thousandths: the length of the bar. */
  readonly depth: number;
};

/** Bids and asks, each best first. */
export type BookRows = {
  readonly bids: readonly BookRow[];
  readonly asks: readonly BookRow[];
  /** Null where a side is empty. */
  readonly spread: Decimal | null;
};

export const noRows: BookRows = { bids: [], asks: [], spread: null };

type BookSource = {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly own: readonly OwnOrderView[];
  readonly grouping: Grouping;
  /** Rows of a side. */
  readonly rowsMax: number;
};

export function bookRows(grid: Grid, source: BookSource): BookRows {
  const bids = sideRows(grid, "buy", source);
  const asks = sideRows(grid, "sell", source);
  const deepest = larger(bids.at(-1)?.cumulative ?? 0n, asks.at(-1)?.cumulative ?? 0n);
  const withDepth = (rows: readonly Omit<BookRow, "depth">[]): readonly BookRow[] =>
    rows.map((row) => ({ ...row, depth: deepest === 0n ? 0 : Number((row.cumulative * 1000n) / deepest) }));
  return { bids: withDepth(bids), asks: withDepth(asks), spread: spreadOf(grid, source) };
}

/** What taking everything up to a row comes to: for the line under the pointer. */
export type RowReach = { readonly quantity: Decimal; readonly average: Decimal; readonly total: Decimal };

/** The average has two digits more than a price. */
export function reachOf(grid: Grid, row: BookRow): RowReach {
  const scale = grid.priceScale + 2;
  const average = row.cumulative === 0n ? 0n : roundDivide(row.product * 100n, row.cumulative);
  return {
    quantity: quantityText(grid, row.cumulative),
    average: formatDecimal(average, scale),
    total: moneyText(grid, moneyOfProduct(grid, row.product)),
  };
}

function sideRows(grid: Grid, side: Side, source: BookSource): readonly Omit<BookRow, "depth">[] {
  const own = ownByRow(grid, side, source);
  const rows: Omit<BookRow, "depth">[] = [];
  let [cumulative, product] = [0n, 0n];
  for (const level of side === "buy" ? source.bids : source.asks) {
    const [price, quantity] = [priceOf(grid, level.price), quantityOf(grid, level.quantity)];
    if (price === null || quantity === null) continue;
    const at = priceText(grid, rowPrice(grid, side, { price, grouping: source.grouping }));
    const last = rows.at(-1);
    if (last?.price !== at && rows.length === source.rowsMax) break;
    cumulative += quantity;
    product += price * quantity;
    const row = { side, price: at, quantity, cumulative, product, own: own.get(at) ?? 0n };
    if (last?.price === at) rows[rows.length - 1] = { ...row, quantity: last.quantity + quantity };
    else rows.push(row);
  }
  return rows;
}

/** Rows go away from the middle, so that a row never promises a better price than it has. */
function rowPrice(
  grid: Grid,
  side: Side,
  { price, grouping }: { readonly price: bigint; readonly grouping: Grouping },
): bigint {
  const width = tickAt(grid, price) * BigInt(grouping);
  return side === "buy" ? price - (price % width) : ceilDivide(price, width) * width;
}

function ownByRow(grid: Grid, side: Side, { own, grouping }: BookSource): ReadonlyMap<Decimal, bigint> {
  const sums = new Map<Decimal, bigint>();
  for (const order of own) {
    const [price, leaves] = [priceOf(grid, order.price), quantityOf(grid, order.leaves)];
    if (order.side !== side || order.state !== "resting" || price === null || leaves === null) continue;
    const at = priceText(grid, rowPrice(grid, side, { price, grouping }));
    sums.set(at, (sums.get(at) ?? 0n) + leaves);
  }
  return sums;
}

function spreadOf(grid: Grid, { bids, asks }: BookSource): Decimal | null {
  const [bid, ask] = [priceOf(grid, bids[0]?.price), priceOf(grid, asks[0]?.price)];
  return bid === null || ask === null ? null : priceText(grid, ask - bid);
}
