import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { Decimal, Direction, LotRules, TenderRejection } from "@kontor/protocol";

/** Minor units of a published bound; publication has checked that it parses. */
function bound(text: Decimal | null, scale: number): bigint | null {
  const minor = text === null ? null : parseDecimal(text, scale);
  return typeof minor === "bigint" ? minor : null;
}

/** A price as handed in: minor units at the lot's scale, or why it is none. */
export function parsePrice(text: string, scale: number): bigint | TenderRejection {
  const price = parseDecimal(text, scale);
  if (price === "malformed") return { code: "bad_format", pointer: "/price" };
  if (price === "scale_exceeded") return { code: "bad_scale", pointer: "/price", scale };
  return price > 0n ? price : { code: "non_positive", pointer: "/price" };
}

/** The absolute limits of the notice; no competitor's price plays a part. Null when the price keeps them. */
export function limitRefusal(rules: LotRules, direction: Direction, price: bigint): TenderRejection | null {
  const { priceScale: scale } = rules;
  const [high, low] =
    direction === "buy" ? [rules.startPrice, rules.floorPrice] : [rules.ceilingPrice, rules.startPrice];
  const ceiling = bound(high, scale);
  if (high !== null && ceiling !== null && price > ceiling)
    return { code: "above_ceiling", limit: high, nearest: high };
  const floor = bound(low, scale);
  if (low !== null && floor !== null && price < floor) {
    return { code: direction === "buy" ? "below_floor" : "below_opening", limit: low, nearest: low };
  }
  const grid = bound(rules.grid, scale);
  if (rules.grid === null || grid === null || price % grid === 0n) return null;
  const below = price - (price % grid);
  return { code: "not_on_grid", limit: rules.grid, nearest: formatDecimal(below > 0n ? below : grid, scale) };
}
