import type { CatalogRejection, CatalogRejectionCode } from "@kontor/protocol";
import { quantityText } from "../quantities/exact-text.ts";

/** How far a confirmed line is, in its own unit: whole millionths that are not negative. */
export type LineProgress = {
  /** What was confirmed; it never changes. */
  readonly quantity: bigint;
  readonly cancelled: bigint;
  readonly shipped: bigint;
  /** Of what was shipped: arrived well, arrived damaged, did not arrive. */
  readonly received: bigint;
  readonly damaged: bigint;
  readonly missing: bigint;
  /** Of what the buyer has told of: given back, or never had. */
  readonly returned: bigint;
};

export type ProgressStep =
  | { readonly kind: "ship" | "cancel" | "return"; readonly quantity: bigint }
  | { readonly kind: "receive"; readonly received: bigint; readonly damaged: bigint; readonly missing: bigint };

export type ProgressAnswer =
  | { readonly kind: "progress"; readonly progress: LineProgress }
  | { readonly kind: "rejected"; readonly rejection: CatalogRejection };

/** Neither shipped nor cancelled yet. */
export const openOf = ({ quantity, cancelled, shipped }: LineProgress): bigint => quantity - cancelled - shipped;
/** Shipped, and the buyer has not said what came of it. */
export const underwayOf = ({ shipped, ...line }: LineProgress): bigint => shipped - arrivedOf(line);
/** What may still be returned. */
export const returnableOf = ({ returned, ...line }: LineProgress): bigint => arrivedOf(line) - returned;
/** What the buyer pays for: neither cancelled nor returned. */
export const paidForOf = ({ quantity, cancelled, returned }: LineProgress): bigint => quantity - cancelled - returned;

type Arrived = Pick<LineProgress, "received" | "damaged" | "missing">;
const arrivedOf = ({ received, damaged, missing }: Arrived): bigint => received + damaged + missing;

/** The line one step further; more than there is for the step is refused with what there is. */
export function progressAfter(line: LineProgress, step: ProgressStep): ProgressAnswer {
  switch (step.kind) {
    case "ship":
      return within(step.quantity, { code: "quantity_not_open", limit: openOf(line) }, () => ({
        ...line,
        shipped: line.shipped + step.quantity,
      }));
    case "cancel":
      return within(step.quantity, { code: "quantity_not_open", limit: openOf(line) }, () => ({
        ...line,
        cancelled: line.cancelled + step.quantity,
      }));
    case "return":
      return within(step.quantity, { code: "quantity_not_arrived", limit: returnableOf(line) }, () => ({
        ...line,
        returned: line.returned + step.quantity,
      }));
    case "receive":
      return received(line, step);
  }
}

function received(line: LineProgress, step: Arrived): ProgressAnswer {
  const limit = underwayOf(line);
  if ([step.received, step.damaged, step.missing].some((part) => part < 0n))
    return refused("quantity_not_underway", limit);
  return within(arrivedOf(step), { code: "quantity_not_underway", limit }, () => ({
    ...line,
    received: line.received + step.received,
    damaged: line.damaged + step.damaged,
    missing: line.missing + step.missing,
  }));
}

type Bounded = { readonly code: CatalogRejectionCode; readonly limit: bigint };

function within(quantity: bigint, { code, limit }: Bounded, then: () => LineProgress): ProgressAnswer {
  return quantity > 0n && quantity <= limit ? { kind: "progress", progress: then() } : refused(code, limit);
}

const refused = (code: CatalogRejectionCode, limit: bigint): ProgressAnswer => ({
  kind: "rejected",
  rejection: { code, limit: quantityText(limit) },
});

export type Fulfilment = "open" | "partly_shipped" | "shipped" | "received";

/** Of an order, from its confirmed lines; null where nothing is left that is or was to be delivered. */
export function fulfilmentOf(lines: readonly LineProgress[]): Fulfilment | null {
  const left = lines.filter(({ quantity, cancelled }) => cancelled < quantity);
  if (left.length === 0) return null;
  if (left.every(({ shipped }) => shipped === 0n)) return "open";
  if (left.some((line) => openOf(line) > 0n)) return "partly_shipped";
  return left.some((line) => underwayOf(line) > 0n) ? "shipped" : "received";
}
