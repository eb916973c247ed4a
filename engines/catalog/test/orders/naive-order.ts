import { roundRatio } from "../../src/quantities/rounding.ts";

/** What became of one piece. */
export type Fate = "open" | "cancelled" | "underway" | "received" | "damaged" | "missing" | "returned";

export type NaiveLine = {
  /** In cents, of one piece, net, with a fraction of a thousandth. */
  readonly priceThousandths: bigint;
  readonly taxPercent: bigint;
  readonly feePercent: bigint;
  readonly pieces: Fate[];
  goodwill: bigint;
};

/**
 * An order as somebody would follow it who has a sheet of paper per piece: whatever happens, everything is counted and
 * priced again from the pieces that are left.
 */
export type NaiveOrder = {
  readonly lines: readonly NaiveLine[];
  readonly charges: bigint;
  paid: bigint;
  isSold: boolean;
};

const vatOnFees = 20n;

export function grossOf({ priceThousandths, taxPercent }: NaiveLine, pieces: number): bigint {
  const net = roundRatio(priceThousandths * BigInt(pieces), 1_000n, "half_up");
  return net + roundRatio(net * taxPercent, 100n, "half_up");
}

const isPaidFor = (fate: Fate): boolean => fate !== "cancelled" && fate !== "returned";
export const countOf = ({ pieces }: NaiveLine, ...fates: readonly Fate[]): number =>
  pieces.filter((fate) => fates.includes(fate)).length;

export function leftOf(line: NaiveLine): bigint {
  const left = grossOf(line, line.pieces.filter(isPaidFor).length) - line.goodwill;
  return left > 0n ? left : 0n;
}

export function dueNow({ lines, charges }: NaiveOrder): bigint {
  const isOff = lines.every(({ pieces }) => pieces.every((fate) => fate === "cancelled"));
  return lines.reduce((sum, line) => sum + leftOf(line), isOff ? 0n : charges);
}

/** Where all money is, when `paid` came of the buyer and nothing else moved. */
export function booksOf(order: NaiveOrder) {
  const { paid, isSold } = order;
  if (!isSold) return { buyer: -paid, held: paid, fees: 0n, vat: 0n, vendor: 0n };
  const whole = order.lines.map((line) => {
    const base = grossOf(line, line.pieces.length);
    const fee = roundRatio(base * line.feePercent, 100n, "half_up");
    const vat = roundRatio(fee * vatOnFees, 100n, "half_up");
    const part = (of: bigint): bigint => (base === 0n ? 0n : roundRatio(of * leftOf(line), base, "half_up"));
    return { fee: part(fee), vat: part(vat) };
  });
  const fees = whole.reduce((sum, { fee }) => sum + fee, 0n);
  const vat = whole.reduce((sum, one) => sum + one.vat, 0n);
  return { buyer: -paid, held: 0n, fees, vat, vendor: paid - fees - vat };
}

/** What is due may have fallen below what was paid, or to it. */
export function settle(order: NaiveOrder): void {
  const due = dueNow(order);
  if (order.paid > due) order.paid = due;
  if (due > 0n && order.paid === due) order.isSold = true;
}
