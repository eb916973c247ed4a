import type { Problem } from "@kontor/protocol";
import type { CommandOutcome } from "@kontor/sdk";
import { grouped } from "../lot/lines.ts";

/** What a person asks for in one typed line. */
export type TypedOrder =
  | { readonly kind: "order"; readonly side: "buy" | "sell"; readonly quantity: string; readonly price?: string }
  | { readonly kind: "cancel" }
  | { readonly kind: "unreadable" };

export const orderHint = "b 100 212.50 buys at a limit, s 100 sells at the market, c cancels all. Ctrl-C leaves.";
const form = /^(?<side>[bs])\s+(?<quantity>\d[\d.]*)(?:\s+(?<price>\d[\d.]*))?$/;

export function typedOrder(line: string): TypedOrder {
  if (line.trim() === "c") return { kind: "cancel" };
  const { side, quantity, price } = form.exec(line.trim())?.groups ?? {};
  if (side === undefined || quantity === undefined) return { kind: "unreadable" };
  return { kind: "order", side: side === "b" ? "buy" : "sell", quantity, ...(price !== undefined && { price }) };
}

type OrderResult = {
  readonly fills?: readonly { readonly price: string; readonly quantity: string }[];
  readonly cancelled?: { readonly quantity: string; readonly cause: string };
  readonly count?: number;
};

/** What came of it, in one line. */
export function orderOutcomeWords(outcome: CommandOutcome): string {
  if (!outcome.ok) return `Refused: ${refusalWords(outcome.problem)}`;
  const { fills = [], cancelled, count } = outcome.receipt.result as OrderResult;
  if (count !== undefined) return `Cancelled ${count} of your orders.`;
  const traded = fills.map(({ price, quantity }) => `${grouped(quantity)} at ${grouped(price)}`);
  const rest = cancelled === undefined ? "" : ` The rest, ${grouped(cancelled.quantity)}, was cancelled.`;
  if (traded.length > 0) return `Traded ${traded.join(", ")}.${rest}`;
  return cancelled === undefined ? "In the book." : `Not traded.${rest}`;
}

function refusalWords({ code, title, limit }: Problem): string {
  if (code === "request_invalid") return `this is no order. ${orderHint}`;
  return typeof limit === "string" ? `${title} The limit is ${grouped(limit)}.` : title;
}
