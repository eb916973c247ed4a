import type { Side } from "../../src/commands.ts";

/** An order of a call; `limit` is null for market orders, `quantity` all of it, hidden part included. */
type CallOrder = { readonly side: Side; readonly limit: number | null; readonly quantity: number };

type Call = {
  readonly orders: readonly CallOrder[];
  readonly reference: number | null;
  /** Where an auction of market orders alone may be held. */
  readonly lowest: number;
  readonly highest: number;
  readonly pressureBoundBps?: number | undefined;
};

export type CallPrice = {
  readonly price: number | null;
  readonly quantity: number;
  readonly surplus: number;
  readonly surplusSide: Side | null;
};

type Row = { readonly price: number; readonly executable: number; readonly imbalance: number };

const noPrice: CallPrice = { price: null, quantity: 0, surplus: 0, surplusSide: null };

/** The price of a call auction by counting every order at every candidate; "Call auction" in SPEC.md. */
export function bruteForceAuction(call: Call): CallPrice {
  const price = priceOf(call);
  if (price === null) return noPrice;
  const { executable, imbalance } = rowAt(call.orders, price);
  const side = imbalance > 0 ? "buy" : "sell";
  const surplusSide = imbalance === 0 ? null : side;
  return { price, quantity: executable, surplus: Math.abs(imbalance), surplusSide };
}

function rowAt(orders: readonly CallOrder[], price: number): Row {
  let buys = 0;
  let sells = 0;
  for (const { side, limit, quantity } of orders) {
    if (side === "buy" && (limit === null || limit >= price)) buys += quantity;
    if (side === "sell" && (limit === null || limit <= price)) sells += quantity;
  }
  return { price, executable: Math.min(buys, sells), imbalance: buys - sells };
}

function priceOf(call: Call): number | null {
  const rows: Row[] = [];
  for (const { limit } of call.orders) {
    if (limit !== null) rows.push(rowAt(call.orders, limit));
  }
  if (rows.length === 0) {
    const { reference, lowest, highest } = call;
    if (reference === null || reference < lowest || reference > highest) return null;
    return rowAt(call.orders, reference).executable > 0 ? reference : null;
  }
  // Of two rows the better one trades more, or as much with less left over.
  const isBetter = (a: Row, b: Row): boolean =>
    a.executable > b.executable || (a.executable === b.executable && Math.abs(a.imbalance) < Math.abs(b.imbalance));
  const left = rows.filter((row) => !rows.some((other) => isBetter(other, row)));
  if (left.some((row) => row.executable === 0)) return null;
  return decide(call, left);
}

function decide(call: Call, left: readonly Row[]): number {
  const ends = (rows: readonly Row[]): { low: number; high: number } => {
    const sorted = rows.map((row) => row.price).sort((a, b) => a - b);
    return { low: sorted.at(0) ?? 0, high: sorted.at(-1) ?? 0 };
  };
  const { low, high } = ends(left);
  const signs = new Set(left.map((row) => Math.sign(row.imbalance)));
  if (signs.has(1) && signs.has(-1)) {
    const from = ends(left.filter((row) => row.imbalance > 0)).high;
    const to = ends(left.filter((row) => row.imbalance < 0)).low;
    return between(call.reference, from, to);
  }
  if (signs.has(0)) return between(call.reference, low, high);
  const pushed = signs.has(1) ? high : low;
  if (call.pressureBoundBps === undefined || call.reference === null) return pushed;
  const reach = Number((BigInt(call.reference) * BigInt(call.pressureBoundBps)) / 10_000n);
  let price = pushed;
  if (price > call.reference + reach) price = call.reference + reach;
  if (price < call.reference - reach) price = call.reference - reach;
  if (price < low) price = low;
  if (price > high) price = high;
  return price;
}

function between(reference: number | null, from: number, to: number): number {
  if (reference === null) return (from + to - ((from + to) % 2)) / 2;
  const [, nearest] = [from, reference, to].sort((a, b) => a - b);
  return nearest ?? from;
}
