import type { PurchaseOrderRecord } from "@kontor/protocol";

export const recentDays = 90;
const dayMs = 86_400_000;

/** An article that was ordered lately, with what was ordered of it last. */
export type RecentLine = {
  readonly key: string;
  readonly offerId: string;
  readonly name: string;
  readonly vendorPartNo: string;
  readonly vendorId: string;
  readonly unit: string;
  readonly quantity: string;
  readonly lastAt: string;
  readonly times: number;
};

const neverBought = new Set(["disapproved", "refused", "expired", "cancelled"]);

/** Articles of the orders of the last 90 days, each once, the last ordered first. `nowMs` is UTC. */
export function recentLines(orders: readonly PurchaseOrderRecord[], nowMs: number): readonly RecentLine[] {
  const found = new Map<string, RecentLine>();
  const latestFirst = orders
    .filter(({ createdAt, state }) => nowMs - Date.parse(createdAt) <= recentDays * dayMs && !neverBought.has(state))
    .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  for (const { createdAt, vendorId, lines } of latestFirst)
    for (const { offerId, name, vendorPartNo, unit, quantity } of lines) {
      const key = `${offerId} ${unit}`;
      const known = found.get(key);
      found.set(
        key,
        known === undefined
          ? { key, offerId, name, vendorPartNo, vendorId, unit, quantity, lastAt: createdAt, times: 1 }
          : { ...known, times: known.times + 1 },
      );
    }
  return [...found.values()];
}
