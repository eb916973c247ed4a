import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { Direction, LotRules, TenderRejection } from "@kontor/protocol";
import { limitsOf } from "../live/compiled-rules.ts";
import { brokenLimit, nearestPrice } from "../live/limits.ts";

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
  const limits = limitsOf(rules, direction === "sell");
  const broken = brokenLimit(limits, price);
  if (broken === null) return null;
  const free = { limits, scale, windows: [{ low: null, high: null }], isTaken: () => false };
  const nearest = nearestPrice(free, price);
  return {
    code: broken.code,
    pointer: "/price",
    limit: formatDecimal(broken.limit, scale),
    ...(nearest === null ? {} : { nearest: formatDecimal(nearest, scale) }),
  };
}
