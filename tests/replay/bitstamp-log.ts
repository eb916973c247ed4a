import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Command, Side } from "@kontor/matching";

/** The log's smallest quantities, 1e-8, in one of ours: its largest order then fits into 31 bits. */
export const logUnits = 10;
/** A trade's row is never farther from the rows of what it took than this. */
const reach = 5;

/** One row: what an order is now, or a trade. Prices in cents, quantities as the log has them, in 1e-8. */
export type LogRow = {
  readonly index: number;
  readonly at: number;
  readonly type: "created" | "changed" | "deleted" | "trade";
  readonly order: number;
  readonly side: Side;
  readonly price: number;
  readonly quantity: number;
};

const types: Readonly<Record<string, LogRow["type"]>> = { N: "created", X: "changed", D: "deleted", T: "trade" };

export function readLog(folder: string): readonly LogRow[] {
  const name = readdirSync(folder).find((file) => file.endsWith(".csv.gz")) ?? "";
  const [, ...lines] = gunzipSync(readFileSync(join(folder, name)))
    .toString("utf8")
    .trim()
    .split("\n");
  let at = 0;
  return lines.map((line, index) => {
    const [ms, type = "", id, side, price, quantity] = line.split(",");
    at = Math.max(at, Number(ms) * 1_000);
    return {
      index,
      at,
      type: types[type] ?? "trade",
      order: Number(id),
      side: side === "B" ? "buy" : "sell",
      price: Number(price),
      quantity: Number(quantity),
    };
  });
}

/** Both orders of a trade, as far as they were created in the log. */
export type LogTrade = {
  readonly price: number;
  readonly quantity: number;
  readonly buy: number | null;
  readonly sell: number | null;
};

type Loss = { readonly index: number; readonly order: number; readonly side: Side; readonly quantity: number };

/** A trade's row names no order. They are those that lost just as much next to it: of each side the nearest. */
export function tradesIn(rows: readonly LogRow[]): readonly LogTrade[] {
  const losses = lossesIn(rows);
  const used = new Set<Loss>();
  const nearest = (trade: LogRow, side: Side): number | null => {
    const fitting = losses.filter(
      (loss) =>
        loss.side === side &&
        loss.quantity === trade.quantity &&
        Math.abs(loss.index - trade.index) <= reach &&
        !used.has(loss),
    );
    const [found] = fitting.sort((a, b) => Math.abs(a.index - trade.index) - Math.abs(b.index - trade.index));
    if (found !== undefined) used.add(found);
    return found?.order ?? null;
  };
  const trades = rows.filter(({ type }) => type === "trade");
  return trades.map((trade) => {
    const { price, quantity } = trade;
    return { price, quantity, buy: nearest(trade, "buy"), sell: nearest(trade, "sell") };
  });
}

/** What created orders lost by rows that do not cancel them. */
function lossesIn(rows: readonly LogRow[]): readonly Loss[] {
  const left = new Map<number, number>();
  const losses: Loss[] = [];
  for (const { index, type, order, side, quantity } of rows) {
    if (type === "created") left.set(order, quantity);
    const known = left.get(order);
    if (type === "trade" || known === undefined) continue;
    const isCancelled = type === "deleted" && quantity > 0;
    if (!isCancelled && known > quantity) losses.push({ index, order, side, quantity: known - quantity });
    left.set(order, quantity);
  }
  return losses;
}

function unitsOf(quantity: number): number {
  return Math.round(quantity / logUnits);
}

/** An order as our book has it. */
export type Standing = { readonly leaves: number; readonly filled: number };

/** What a row says about an order beside what our book has of it. */
export type Note =
  /** The row is about an order from before the log's start. */
  | "unknown"
  /** The log had deleted the order before. */
  | "told_again"
  /** Our matching came to the same; or but for one unit, which rounding makes. */
  | "agreed"
  /** The log's order traded with one that our book does not have: ours is made as small. */
  | "traded_elsewhere"
  /** Our order has traded what the log's did not, or not yet: it stays. */
  | "traded_here"
  | "repriced"
  | "created"
  | "cancelled";

export type Told = { readonly note: Note; readonly command?: Command };

/** Turns rows into what a book is asked for. */
export class LogReader {
  readonly #prices = new Map<number, number>();
  readonly #deleted = new Set<number>();

  /** @param standing of the row's order, undefined when it is not live */
  read(row: LogRow, standing: Standing | undefined): Told {
    const { at, type, order, side, price } = row;
    const quantity = unitsOf(row.quantity);
    const named = { at, order, account: order };
    if (type === "created") {
      this.#prices.set(order, price);
      return { note: "created", command: { type: "new", ...named, side, kind: "limit", price, quantity } };
    }
    const before = this.#prices.get(order);
    if (before === undefined) return { note: "unknown" };
    if (this.#deleted.has(order)) return { note: "told_again" };
    this.#prices.set(order, price);
    if (type === "deleted") {
      this.#deleted.add(order);
      return deleted({ type: "cancel", ...named }, quantity, standing);
    }
    if (standing === undefined) return { note: quantity <= 1 ? "agreed" : "traded_here" };
    const { leaves, filled } = standing;
    const total = filled + Math.min(leaves, quantity);
    if (before !== price) {
      return { note: "repriced", command: { type: "amend", ...named, price, quantity: total } };
    }
    if (leaves < quantity) return { note: quantity - leaves <= 1 ? "agreed" : "traded_here" };
    const note = leaves - quantity <= 1 ? "agreed" : "traded_elsewhere";
    return leaves === quantity ? { note } : { note, command: { type: "amend", ...named, quantity: total } };
  }
}

function deleted(cancel: Command, quantity: number, standing: Standing | undefined): Told {
  if (standing === undefined) return { note: quantity <= 1 ? "agreed" : "traded_here" };
  if (quantity > 0) return { note: "cancelled", command: cancel };
  return { note: standing.leaves <= 1 ? "agreed" : "traded_elsewhere", command: cancel };
}
