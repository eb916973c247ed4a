import type { LineProgress, ProgressStep } from "@kontor/catalog";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import { millionthsIn } from "../number-texts.ts";
import type { OrderLineRow } from "../orders/order-reads.ts";
import type { LockedOrder } from "../orders/order-steps.ts";
import { bought, progressOf } from "./line-progress.ts";

/** A line of the order with so much of it. */
export type LinePart = { readonly line: OrderLineRow; readonly quantity: bigint };

type Asked = {
  readonly lines: readonly { readonly lineNo: number; readonly quantity: string }[];
  /** How much of a line there is for it: all of that is meant where no line is named. */
  readonly available: (progress: LineProgress) => bigint;
};

/** The lines that somebody names, or all of which there is something; not yet judged by quantity. */
export function partsOf({ lines }: Pick<LockedOrder, "lines">, asked: Asked): Answered<readonly LinePart[]> {
  const own = bought(lines);
  if (asked.lines.length === 0) {
    const parts = own.map((line) => ({ line, quantity: asked.available(progressOf(line)) }));
    const some = parts.filter(({ quantity }) => quantity > 0n);
    return answered(some.length > 0 ? some : parts.slice(0, 1));
  }
  const parts: LinePart[] = [];
  for (const { lineNo, quantity: text } of asked.lines) {
    const line = own.find((one) => one.lineNo === lineNo);
    if (line === undefined) return refused("line_not_in_order", { lineNo });
    const quantity = millionthsIn(text);
    if (quantity === null) return refused("quantity_unreadable", { lineNo });
    parts.push({ line, quantity });
  }
  return answered(parts);
}

/** The line one step further, or why not. */
export function advanced(
  { engine }: Pick<LockedOrder, "engine">,
  line: OrderLineRow,
  step: ProgressStep,
): Answered<LineProgress> {
  const answer = engine.progressAfter(progressOf(line), step);
  if (answer.kind === "progress") return answered(answer.progress);
  const { code, ...data } = answer.rejection;
  return refused(code, { ...data, lineNo: line.lineNo });
}
