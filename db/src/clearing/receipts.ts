/** Receipts of one kind in an account, in whole quantity steps. */
export type ReceiptStock = {
  readonly accountId: string;
  readonly assetId: string;
  /** Null without end. */
  readonly expiresOn: string | null;
  readonly steps: bigint;
};

export type ReceiptPart = { readonly accountId: string; readonly assetId: string; readonly steps: bigint };

/** Those that expire first, up to so many steps; fewer where there are no more. */
export function earliestReceipts(stock: readonly ReceiptStock[], wanted: bigint): readonly ReceiptPart[] {
  const parts: ReceiptPart[] = [];
  let left = wanted;
  for (const { accountId, assetId, steps } of [...stock].sort(byExpiry)) {
    if (left <= 0n || steps <= 0n) continue;
    const isEnough = steps >= left;
    parts.push({ accountId, assetId, steps: isEnough ? left : steps });
    left = isEnough ? 0n : left - steps;
  }
  return parts;
}

/** Those without end come last, and of one day the lower id first, so that the order is always the same. */
function byExpiry(one: ReceiptStock, other: ReceiptStock): number {
  const [first, second] = [one.expiresOn ?? "9999", other.expiresOn ?? "9999"];
  if (first !== second) return first < second ? -1 : 1;
  return one.assetId < other.assetId ? -1 : 1;
}
