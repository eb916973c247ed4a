import type { DecimalFault } from "@kontor/kernel";
import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { ExchangeRejection, InstrumentTerms } from "@kontor/protocol";

/** One of a book's whole numbers as it is written: `unit` minor units at `scale` for each. */
type Grain = { readonly unit: bigint; readonly scale: number };

/** How an instrument's decimal amounts and its book's whole numbers correspond. */
export type Units = { readonly price: Grain; readonly quantity: Grain; readonly money: Grain };

type Sizes = Pick<InstrumentTerms, "tickSize" | "quantityStep" | "currencyScale">;

export function unitsOf({ tickSize, quantityStep, currencyScale }: Sizes): Units {
  return { price: grainOf(tickSize), quantity: grainOf(quantityStep), money: { unit: 1n, scale: currencyScale } };
}

function grainOf(size: string): Grain {
  const point = size.indexOf(".");
  const scale = point < 0 ? 0 : size.length - point - 1;
  const unit = parseDecimal(size, scale);
  return { unit: typeof unit === "bigint" ? unit : 0n, scale };
}

/** Smallest units of money for one quantity step at one tick; null when they are no whole number. */
export function tickValueOf({ price, quantity, money }: Units): number | null {
  const product = price.unit * quantity.unit * 10n ** BigInt(money.scale);
  const divisor = 10n ** BigInt(price.scale + quantity.scale);
  return product > 0n && product % divisor === 0n ? Number(product / divisor) : null;
}

export type Unreadable = { readonly fault: DecimalFault | "between"; readonly nearest?: string };

/** The whole number that stands for the amount, or why none does. */
export function wholeOf(text: string, { unit, scale }: Grain): number | Unreadable {
  const minor = parseDecimal(text, scale);
  if (minor === "malformed") return { fault: minor };
  if (minor === "scale_exceeded") return { fault: "between" };
  const rest = minor % unit;
  return rest === 0n ? Number(minor / unit) : { fault: "between", nearest: formatDecimal(minor - rest, scale) };
}

/** The opposite of `wholeOf`. */
export function writtenOf(whole: number | bigint, { unit, scale }: Grain): string {
  return formatDecimal(BigInt(whole) * unit, scale);
}

const offGrain = { price: "off_tick", quantity: "off_quantity_step", money: "bad_scale" } as const;

/** The rejection of an amount that the book has no number for. */
export function unreadable(kind: keyof Units, pointer: string, { fault, nearest }: Unreadable): ExchangeRejection {
  if (fault === "malformed") return { code: "bad_format", pointer };
  return { code: offGrain[kind], pointer, ...(nearest === undefined ? {} : { limit: nearest }) };
}
