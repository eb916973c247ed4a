import { ceilDivide, floorDivide, formatDecimal, roundDivide } from "@kontor/kernel";
import type { Decimal, InstrumentTerms, OwnAccountView } from "@kontor/protocol";
import type { BookLevel } from "@kontor/sdk";
import type { Side } from "./book-rows.ts";
import type { Grid } from "./instrument-grid.ts";
import {
  larger,
  moneyOf,
  moneyOfProduct,
  moneyText,
  priceOf,
  priceText,
  quantityOf,
  quantityText,
  smaller,
} from "./instrument-grid.ts";

/** An order as the outlook sees it: a limit and a quantity, in pieces of the grid. */
export type PlannedOrder = {
  readonly side: Side;
  readonly limit: bigint;
  readonly quantity: bigint;
  /** Whether what does not trade at once stays in the book. */
  readonly rests: boolean;
};

/** What would come of an order if the book stayed as it is shown. A rebate is a negative fee. */
export type Outlook = {
  readonly tradesNow: Decimal;
  readonly restsAfter: Decimal;
  /** In tenths of a percent of the quantity, rounded down. */
  readonly shareNow: number;
  readonly average: Decimal | null;
  /** The worst price it can get: of what trades now the last level's, of what rests the limit. */
  readonly worst: Decimal;
  readonly total: Decimal;
  readonly fees: Decimal;
  readonly levelsEmptied: number;
};

type Fees = InstrumentTerms["fees"];

export function outlookOf(
  grid: Grid,
  order: PlannedOrder,
  { opposite, fees }: { readonly opposite: readonly BookLevel[]; readonly fees: Fees },
): Outlook {
  const walk = walked(grid, order, opposite);
  const left = order.quantity - walk.quantity;
  const restsAfter = order.rests ? left : 0n;
  const restValue = moneyOfProduct(grid, order.limit * restsAfter);
  const nowValue = moneyOfProduct(grid, walk.product);
  const takerFee = walk.quantity === 0n ? 0n : feeOf(grid, nowValue, { bps: fees.takerBps, minimum: fees.minimum });
  const makerFee = restsAfter === 0n ? 0n : feeOf(grid, restValue, { bps: fees.makerBps, minimum: fees.minimum });
  return {
    tradesNow: quantityText(grid, walk.quantity),
    restsAfter: quantityText(grid, restsAfter),
    shareNow: order.quantity === 0n ? 0 : Number((walk.quantity * 1000n) / order.quantity),
    average:
      walk.quantity === 0n ? null : formatDecimal(roundDivide(walk.product * 100n, walk.quantity), grid.priceScale + 2),
    worst: priceText(grid, restsAfter > 0n || walk.worst === null ? order.limit : walk.worst),
    total: moneyText(grid, nowValue + restValue),
    fees: moneyText(grid, takerFee + makerFee),
    levelsEmptied: walk.levelsEmptied,
  };
}

export type CreditAfter =
  /** Nothing was allocated and nothing needs to be: trade is on trust. */
  | { readonly kind: "on_trust" }
  | {
      readonly kind: "money" | "goods";
      readonly available: Decimal;
      readonly after: Decimal;
      /** What is missing; null when it is enough. */
      readonly short: Decimal | null;
    };

/** What would be free afterwards: money for a buy, goods for a sell. A buy holds its limit and the highest fee. */
export function creditAfter(
  grid: Grid,
  order: PlannedOrder,
  { own, terms }: { readonly own: OwnAccountView; readonly terms: Pick<InstrumentTerms, "fees" | "holds"> },
): CreditAfter {
  const kind = order.side === "buy" ? "money" : "goods";
  const has = kind === "money" ? own.money : own.goods;
  const held = kind === "money" ? own.moneyHeld : own.goodsHeld;
  if (has === undefined && terms.holds === "none") return { kind: "on_trust" };
  const read = kind === "money" ? moneyOf : quantityOf;
  const text = kind === "money" ? moneyText : quantityText;
  const available = (read(grid, has) ?? 0n) - (read(grid, held) ?? 0n);
  const needed = kind === "goods" ? order.quantity : holdOf(grid, order, terms.fees);
  const after = available - needed;
  return {
    kind,
    available: text(grid, available),
    after: text(grid, after),
    short: after < 0n ? text(grid, -after) : null,
  };
}

/** Of one own order that the planned one would meet: neither may trade with the other. */
export function crossedOwn(
  grid: Grid,
  order: PlannedOrder,
  own: OwnAccountView["orders"],
): { readonly name: string; readonly price: Decimal } | null {
  for (const [name, one] of Object.entries(own)) {
    const price = priceOf(grid, one.price);
    if (one.side === order.side || one.state !== "resting" || one.price === undefined || price === null) continue;
    if (order.side === "buy" ? price <= order.limit : price >= order.limit) return { name, price: one.price };
  }
  return null;
}

function walked(grid: Grid, order: PlannedOrder, opposite: readonly BookLevel[]) {
  let [quantity, product, worst, levelsEmptied] = [0n, 0n, null as bigint | null, 0];
  for (const level of opposite) {
    const [price, there] = [priceOf(grid, level.price), quantityOf(grid, level.quantity)];
    if (price === null || there === null || quantity === order.quantity) break;
    if (order.side === "buy" ? price > order.limit : price < order.limit) break;
    const taken = smaller(there, order.quantity - quantity);
    quantity += taken;
    product += price * taken;
    worst = price;
    if (taken === there) levelsEmptied += 1;
  }
  return { quantity, product, worst, levelsEmptied };
}

/** Rounded half up, at least the minimum where the rate is above zero. */
function feeOf(grid: Grid, value: bigint, rate: { readonly bps: number; readonly minimum: Decimal }): bigint {
  const fee = floorDivide(value * BigInt(rate.bps) + 5_000n, 10_000n);
  const minimum = moneyOf(grid, rate.minimum) ?? 0n;
  return rate.bps > 0 && fee < minimum ? minimum : fee;
}

/** At least what the venue holds of a buy: by step, the highest of the three rates rounded up. */
function holdOf(grid: Grid, order: PlannedOrder, fees: Fees): bigint {
  const rate = BigInt(Math.max(fees.makerBps, fees.takerBps, fees.auctionBps));
  const value = moneyOfProduct(grid, order.limit * order.quantity);
  if (rate <= 0n) return value;
  const steps = order.quantity / grid.step;
  const ofStep = ceilDivide(moneyOfProduct(grid, order.limit * grid.step) * rate, 10_000n);
  const minimum = moneyOf(grid, fees.minimum) ?? 0n;
  return value + larger(ofStep, minimum) * steps;
}
