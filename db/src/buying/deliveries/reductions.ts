import type { PurchaseOrderRecord, ReductionAnswerInput, ReductionInput, UndeliverableInput } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import { orderReductionLines, orderReductions } from "../../schema/catalog-deliveries.ts";
import { acceptReduction, withAccounts } from "../money/reduction-money.ts";
import { boughtBy, soldBy } from "../orders/order-reads.ts";
import type { LockedOrder, Parts } from "../orders/order-steps.ts";
import { setOrder, stepOf, tell } from "../orders/order-steps.ts";
import type { LinePart } from "./asked-lines.ts";
import { partsOf } from "./asked-lines.ts";
import type { ReductionRow } from "./delivery-reads.ts";
import { progressOf } from "./line-progress.ts";
import type { OrderStep } from "./shipments.ts";

/** Cancellations and returns can be answered while the order is confirmed, and closed when nothing is left of it. */
const answerable = ["confirmed", "cancelled"] as const;

/** The buyer asks to do without what was not shipped, or to give back what was; the vendor answers. */
export function askReduction(parts: Parts, step: OrderStep<ReductionInput>): Promise<Answered<PurchaseOrderRecord>> {
  const mine = boughtBy(step.actor);
  return stepOf(parts, { ...step, mine, states: ["confirmed"] }, async (locked) => {
    const { kind, reason, lines } = step.input;
    const pending = await askedSoFar(locked, kind);
    const { openOf, returnableOf } = locked.engine;
    const available = kind === "cancellation" ? openOf : returnableOf;
    const free = (part: Pick<LinePart, "line">): bigint =>
      available(progressOf(part.line)) - (pending.get(part.line.lineNo) ?? 0n);
    const wanted = partsOf(locked, { lines, available });
    if (!wanted.ok) return wanted;
    const tooMuch = wanted.value.find((part) => part.quantity <= 0n || part.quantity > free(part));
    if (tooMuch !== undefined) {
      const code = kind === "cancellation" ? "quantity_not_open" : "quantity_not_arrived";
      return refused(code, { lineNo: tooMuch.line.lineNo, limit: millionthsText(free(tooMuch)) });
    }
    const no = await writeReduction(locked, { kind, side: "buyer", reason, parts: wanted.value });
    await setOrder(locked, { updatedAt: locked.at });
    await tell(locked, { action: `${kind}_asked`, details: { reductionNo: no, reason, lines: told(wanted.value) } });
    return answered(null);
  });
}

/** The vendor cancels what he cannot deliver: the buyer need not agree, and is told. */
export function cancelUndeliverable(
  parts: Parts,
  step: OrderStep<UndeliverableInput>,
): Promise<Answered<PurchaseOrderRecord>> {
  return withAccounts(parts, step, (paying) =>
    stepOf(parts, { ...step, mine: soldBy(step.actor), states: ["confirmed"] }, async (locked) => {
      const { reason, lines } = step.input;
      const wanted = partsOf(locked, { lines, available: locked.engine.openOf });
      if (!wanted.ok) return wanted;
      const no = await writeReduction(locked, { kind: "cancellation", side: "vendor", reason, parts: wanted.value });
      const done = await acceptReduction(locked, paying, { no, kind: "cancellation", reason, parts: wanted.value });
      if (!done.ok) return done;
      await tell(locked, { action: "undeliverable", details: { reductionNo: no, reason, lines: told(wanted.value) } });
      return answered(null);
    }),
  );
}

export type ReductionStep<Input> = OrderStep<Input> & { readonly reductionNo: number };

/** The vendor accepts what the buyer asked for, with all that follows, or refuses it with a reason. */
export function answerReduction(
  parts: Parts,
  step: ReductionStep<ReductionAnswerInput>,
): Promise<Answered<PurchaseOrderRecord>> {
  const { actor, input, reductionNo } = step;
  return withAccounts(parts, step, (paying) =>
    stepOf(parts, { ...step, mine: soldBy(actor), states: answerable }, async (locked) => {
      const asked = await askedReduction(locked, reductionNo);
      if (!asked.ok) return asked;
      const { no, kind, reason } = asked.value;
      if (input.answer === "refuse") {
        await close(locked, no, { state: "refused", answer: input.reason });
        await tell(locked, { action: `${kind}_refused`, details: { reductionNo: no, reason: input.reason } });
        return answered(null);
      }
      const wanted = await partsIn(locked, no);
      const done = await acceptReduction(locked, paying, { no, kind, reason, parts: wanted });
      if (!done.ok) return done;
      await tell(locked, { action: `${kind}_accepted`, details: { reductionNo: no, lines: told(wanted) } });
      return answered(null);
    }),
  );
}

/** The buyer takes back what nobody has answered. */
export function withdrawReduction(
  parts: Parts,
  step: Omit<ReductionStep<null>, "input">,
): Promise<Answered<PurchaseOrderRecord>> {
  const mine = boughtBy(step.actor);
  return stepOf(parts, { ...step, mine, states: answerable }, async (locked) => {
    const asked = await askedReduction(locked, step.reductionNo);
    if (!asked.ok) return asked;
    const { no, kind } = asked.value;
    await close(locked, no, { state: "withdrawn", answer: null });
    await tell(locked, { action: `${kind}_withdrawn`, details: { reductionNo: no } });
    return answered(null);
  });
}

const told = (parts: readonly LinePart[]) =>
  parts.map(({ line: { lineNo }, quantity }) => ({ lineNo, quantity: millionthsText(quantity) }));

type Writing = Pick<ReductionRow, "kind" | "side" | "reason"> & { readonly parts: readonly LinePart[] };

async function writeReduction(locked: LockedOrder, { kind, side, reason, parts }: Writing): Promise<number> {
  const { tx, order, by, at } = locked;
  const [last] = await tx
    .select({ no: sql<number>`coalesce(max(${orderReductions.no}), 0)` })
    .from(orderReductions)
    .where(eq(orderReductions.orderId, order.id));
  const no = (last?.no ?? 0) + 1;
  const orderId = order.id;
  await tx.insert(orderReductions).values({ orderId, no, kind, side, state: "asked", reason, by, at });
  const lines = parts.map(({ line: { lineNo }, quantity }) => ({ orderId, no, lineNo, quantity }));
  await tx.insert(orderReductionLines).values(lines);
  return no;
}

/** By line, how much is asked for and not answered. */
async function askedSoFar({ tx, order }: LockedOrder, kind: ReductionRow["kind"]): Promise<Map<number, bigint>> {
  const rows = await tx
    .select({ lineNo: orderReductionLines.lineNo, quantity: orderReductionLines.quantity })
    .from(orderReductionLines)
    .innerJoin(
      orderReductions,
      and(eq(orderReductions.orderId, orderReductionLines.orderId), eq(orderReductions.no, orderReductionLines.no)),
    )
    .where(
      and(eq(orderReductions.orderId, order.id), eq(orderReductions.kind, kind), eq(orderReductions.state, "asked")),
    );
  const sums = new Map<number, bigint>();
  for (const { lineNo, quantity } of rows) sums.set(lineNo, (sums.get(lineNo) ?? 0n) + quantity);
  return sums;
}

async function askedReduction({ tx, order }: LockedOrder, no: number): Promise<Answered<ReductionRow>> {
  const [row] = await tx
    .select()
    .from(orderReductions)
    .where(and(eq(orderReductions.orderId, order.id), eq(orderReductions.no, no)));
  if (row === undefined) return refused("reduction_unknown", { reductionNo: no });
  return row.state === "asked" ? answered(row) : refused("reduction_decided", { reductionNo: no, state: row.state });
}

async function partsIn({ tx, order, lines }: LockedOrder, no: number): Promise<readonly LinePart[]> {
  const rows = await tx
    .select()
    .from(orderReductionLines)
    .where(and(eq(orderReductionLines.orderId, order.id), eq(orderReductionLines.no, no)));
  return lines.flatMap((line) => {
    const row = rows.find(({ lineNo }) => lineNo === line.lineNo);
    return row === undefined ? [] : [{ line, quantity: row.quantity }];
  });
}

type Closing = { readonly state: "refused" | "withdrawn"; readonly answer: string | null };

async function close(locked: LockedOrder, no: number, closing: Closing): Promise<void> {
  const { tx, order, by, at } = locked;
  await tx
    .update(orderReductions)
    .set({ ...closing, decidedBy: by, decidedAt: at })
    .where(and(eq(orderReductions.orderId, order.id), eq(orderReductions.no, no)));
  await setOrder(locked, { updatedAt: at });
}
