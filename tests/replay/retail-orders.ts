import type { Commission, CommissionRule, LineProgress, Money } from "@kontor/catalog";
import {
  amountOf,
  commissionOf,
  creditOf,
  dueOf,
  lineAmounts,
  paidForOf,
  progressAfter,
  refundOf,
  returnableOf,
  settlementOf,
} from "@kontor/catalog";
import type { RetailRow, RowClass } from "./retail-records.ts";
import { classOf } from "./retail-records.ts";

const money: Money = { currency: "GBP", exponent: 2, rounding: "half_up" };
const basis = { priceBaseQuantity: 1_000_000n, unit: "C62", ratio: { num: 1n, den: 1n } };
const everything = { vendorId: null, brandId: null, classId: null };
const rule: CommissionRule = { id: "all", scope: everything, percent: 80_000n, bounds: new Map() };
const terms = { rule, vatPercent: 200_000n };

export type RetailLine = {
  readonly row: RetailRow;
  readonly sale: Commission;
  progress: LineProgress;
  refunded: bigint;
};

export type RetailOrder = {
  readonly invoice: string;
  readonly customer: string;
  readonly lines: RetailLine[];
  readonly charges: bigint;
  readonly total: bigint;
  credited: bigint;
  /** What came back of it, line by line as it was booked. */
  readonly returns: { readonly line: RetailLine; readonly quantity: bigint }[];
};

/** What a credit came to. */
type Credited = "credit_returned" | "credit_returned_in_part" | "credit_without_original";
export type RetailCounts = Record<Exclude<RowClass, "credit"> | Credited, number>;

export type RetailBooks = {
  readonly orders: ReadonlyMap<string, RetailOrder>;
  readonly counts: RetailCounts;
  /** Cents; all of them sum to zero. */
  readonly accounts: Readonly<Record<"buyers" | "vendor" | "fees" | "vat" | "notes" | "adjustments", bigint>>;
};

/** What a row comes to, rounded once. */
const amountOfRow = ({ quantity, price }: Pick<RetailRow, "quantity" | "price">): bigint =>
  amountOf({ unitPrice: price, basis, quantity }, money);

/**
 * All rows as purchase orders of one vendor: each invoice is ordered, sent, received and paid whole; a credit takes back
 * what the customer was sold last of the article at the price, and what he never was is a credit note beside the orders.
 */
export function replayRetail(rows: readonly RetailRow[]): RetailBooks {
  const orders = new Map<string, RetailOrder>();
  const sold = new Map<string, { readonly order: RetailOrder; readonly line: RetailLine }[]>();
  const accounts = { buyers: 0n, vendor: 0n, fees: 0n, vat: 0n, notes: 0n, adjustments: 0n };
  const counts: RetailCounts = {
    ...{ adjustment: 0, stock_correction: 0, carriage: 0, free: 0, service: 0, sale: 0 },
    ...{ credit_returned: 0, credit_returned_in_part: 0, credit_without_original: 0 },
  };
  for (const [invoice, ofInvoice] of Map.groupBy(rows, (row) => row.invoice)) {
    const known = ofInvoice.map((row) => [classOf(row), row] as const);
    for (const [kind, row] of known) {
      if (kind !== "credit") counts[kind] += 1;
      if (kind === "credit") counts[creditRow(row, sold.get(articleOf(row)) ?? [], accounts)] += 1;
      if (kind === "adjustment") book(accounts, { adjustments: amountOfRow(row), buyers: -amountOfRow(row) });
    }
    const order = orderOf(invoice, known);
    if (order === null) continue;
    orders.set(invoice, order);
    settle(order, accounts);
    for (const line of order.lines) {
      const key = articleOf(line.row);
      if (line.row.customer !== "") sold.set(key, [...(sold.get(key) ?? []), { order, line }]);
    }
  }
  return { orders, counts, accounts };
}

const articleOf = ({ customer, code, price }: RetailRow): string => `${customer} ${code} ${price}`;

type Accounts = { -readonly [Name in keyof RetailBooks["accounts"]]: bigint };

function book(accounts: Accounts, legs: Partial<Accounts>): void {
  for (const [name, amount] of Object.entries(legs)) accounts[name as keyof Accounts] += amount;
}

function orderOf(invoice: string, rows: readonly (readonly [RowClass, RetailRow])[]): RetailOrder | null {
  const lines: RetailLine[] = [];
  let charges = 0n;
  for (const [kind, row] of rows) {
    if (kind === "carriage") charges += amountOfRow(row);
    if (kind === "sale" || kind === "service" || kind === "free") lines.push(lineOf(row));
  }
  const [first] = rows;
  if (first === undefined || (lines.length === 0 && charges === 0n)) return null;
  const total = lines.reduce((sum, { sale }) => sum + sale.base, charges);
  return { invoice, customer: first[1].customer, lines, charges, total, credited: 0n, returns: [] };
}

/** Sent and received whole. */
function lineOf(row: RetailRow): RetailLine {
  const { quantity } = row;
  const { gross } = lineAmounts({ amount: amountOfRow(row), priceMode: "net", taxPercent: 0n }, money);
  const none = { cancelled: 0n, shipped: 0n, received: 0n, damaged: 0n, missing: 0n, returned: 0n };
  const shipped = advance({ quantity, ...none }, { kind: "ship", quantity });
  const progress = advance(shipped, { kind: "receive", received: quantity, damaged: 0n, missing: 0n });
  return { row, sale: commissionOf(gross, terms, money), progress, refunded: 0n };
}

function advance(before: LineProgress, step: Parameters<typeof progressAfter>[1]): LineProgress {
  const answer = progressAfter(before, step);
  if (answer.kind === "rejected") throw new Error(answer.rejection.code);
  return answer.progress;
}

function settle(order: RetailOrder, accounts: Accounts): void {
  const { overpaid, sells } = settlementOf({ ...order, captured: order.total, refunded: 0n, isSold: false });
  if (overpaid !== 0n || sells !== order.total > 0n) throw new Error(`invoice ${order.invoice} is not paid whole`);
  const fees = order.lines.reduce((sum, { sale }) => sum + sale.fee, 0n);
  const vat = order.lines.reduce((sum, { sale }) => sum + sale.vat, 0n);
  book(accounts, { buyers: -dueOf(order), fees, vat, vendor: dueOf(order) - fees - vat });
}

type Sold = { readonly order: RetailOrder; readonly line: RetailLine };

function creditRow(row: RetailRow, sold: readonly Sold[], accounts: Accounts): Credited {
  const { quantity, price } = row;
  let rest = -quantity;
  for (const { order, line } of sold.toReversed()) {
    const there = returnableOf(line.progress);
    // biome-ignore lint/complexity/useMathMinMax: it knows no large integers.
    const taken = there < rest ? there : rest;
    if (taken === 0n) continue;
    takeBack({ order, line }, taken, accounts);
    rest -= taken;
  }
  if (rest === 0n) return "credit_returned";
  const note = amountOfRow({ quantity: rest, price });
  book(accounts, { buyers: note, notes: -note });
  return rest === -quantity ? "credit_without_original" : "credit_returned_in_part";
}

function takeBack({ order, line }: Sold, quantity: bigint, accounts: Accounts): void {
  const before = line.progress;
  const after = advance(before, { kind: "return", quantity });
  const price = { unitPrice: line.row.price, basis, priceMode: "net" as const, taxPercent: 0n };
  const left = line.sale.base - line.refunded;
  const asked = { price, before: paidForOf(before), after: paidForOf(after), left };
  const { gross } = creditOf(asked, money);
  line.progress = after;
  order.credited += gross;
  order.returns.push({ line, quantity });
  if (gross === 0n) return;
  const refund = refundOf(line.sale, { amount: gross, before: line.refunded }, money);
  if (refund.kind === "rejected") throw new Error(refund.rejection.code);
  line.refunded += gross;
  const { buyer: buyers, vendor, commission: fees, vat } = refund.entry;
  book(accounts, { buyers, vendor, fees, vat });
}
