import { formatDecimal, limits, parseDecimal } from "@kontor/kernel";
import type { Asset } from "../ledger/ledger-repository.ts";
import type { Answered } from "./answered.ts";
import { answered, refused } from "./answered.ts";

/** The amount in the asset's smallest unit; above zero, unless zero is allowed. */
export function amountIn(text: string, scale: number, { zero = false } = {}): Answered<bigint> {
  const amount = parseDecimal(text, scale);
  if (amount === "scale_exceeded") return refused("amount_scale_exceeded", { scale });
  const max = limits.ledgerAmountMax;
  const fits = amount !== "malformed" && amount <= max && (amount > 0n || (zero && amount === 0n));
  return fits ? answered(amount) : refused("amount_invalid", { max: formatDecimal(max, scale) });
}

export const writtenIn = (amount: bigint, { scale }: Pick<Asset, "scale">): string => formatDecimal(amount, scale);

/** The same amount with other decimal places; there must be enough of them. */
export function rescaled(amount: bigint, from: number, to: number): bigint {
  return to >= from ? amount * 10n ** BigInt(to - from) : amount / 10n ** BigInt(from - to);
}
