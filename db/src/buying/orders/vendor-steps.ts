import type { Actor, Micros } from "@kontor/kernel";
import type { LineAnswer, ProposalAnswerInput, PurchaseOrderRecord, VendorAnswerInput } from "@kontor/protocol";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import { present } from "../../repositories/record-members.ts";
import { spendBudgets } from "../budgets/budget-uses.ts";
import { lineReference } from "../carts/order-keys.ts";
import { frozenPriceOf, inStockUnit, progressOf } from "../deliveries/line-progress.ts";
import { shrinkStock } from "../deliveries/stock.ts";
import { reviseCommission } from "../money/commissions.ts";
import { millionthsIn } from "../number-texts.ts";
import type { OrderLineRow } from "./order-reads.ts";
import { boughtBy, soldBy } from "./order-reads.ts";
import type { LineChange, LockedOrder, Parts } from "./order-steps.ts";
import { changeLines, endOrder, moneyOf, setOrder, standing, stepOf, tell } from "./order-steps.ts";

type Answering<Input> = {
  readonly actor: Actor;
  readonly orderId: string;
  readonly input: Input;
  readonly at: Micros;
};

/** The vendor confirms lines, proposes another day or quantity, or refuses; the first two need no new price. */
export function answerOrder(
  parts: Parts,
  { actor, orderId, input, at }: Answering<VendorAnswerInput>,
): Promise<Answered<PurchaseOrderRecord>> {
  const step = { actor, orderId, mine: soldBy(actor), states: ["placed"], at } as const;
  return stepOf(parts, step, async (locked) => {
    const changes: LineChange[] = [];
    for (const answer of input.lines) {
      const line = standing(locked.lines).find(({ lineNo }) => lineNo === answer.lineNo);
      if (line === undefined) return refused("line_not_in_order", { lineNo: answer.lineNo });
      const change = changeFor(line, answer);
      if (!change.ok) return change;
      changes.push(change.value);
    }
    const named = new Set(changes.map(({ lineNo }) => lineNo));
    const others = standing(locked.lines).filter(({ lineNo }) => !named.has(lineNo));
    const all = [...changes, ...others.map(({ lineNo }) => ({ lineNo, state: "confirmed" as const }))];
    const after = await changeLines(locked, all);
    const proposes = after.some(({ state }) => state === "proposed");
    await tell(locked, { action: "answered", details: { lines: input.lines } });
    return await conclude({ ...locked, lines: after }, proposes ? "answered" : "confirmed");
  });
}

function changeFor(line: OrderLineRow, answer: LineAnswer): Answered<LineChange> {
  const { lineNo } = line;
  if (answer.answer === "confirm") return answered({ lineNo, state: "confirmed" });
  const { reason } = answer;
  if (answer.answer === "refuse") return answered({ lineNo, state: "refused", reason });
  const quantity = answer.quantity === undefined ? line.quantity : millionthsIn(answer.quantity);
  if (quantity === null) return refused("quantity_unreadable", { lineNo });
  if (quantity > line.quantity)
    return refused("proposal_above_order", { lineNo, limit: millionthsText(line.quantity) });
  const deliverOn = answer.deliverOn ?? line.deliverOn;
  if (quantity === line.quantity && deliverOn === line.deliverOn) return refused("proposal_empty", { lineNo });
  const other = quantity === line.quantity ? null : millionthsText(quantity);
  const proposal = present({ quantity: other, deliverOn: deliverOn === line.deliverOn ? null : deliverOn });
  return answered({ lineNo, state: "proposed", proposal, reason });
}

/** The buyer accepts proposals, at the price that the order has, or does without the line. */
export function answerProposals(
  parts: Parts,
  { actor, orderId, input, at }: Answering<ProposalAnswerInput>,
): Promise<Answered<PurchaseOrderRecord>> {
  const step = { actor, orderId, mine: boughtBy(actor), states: ["answered"], at } as const;
  return stepOf(parts, step, async (locked) => {
    const proposed = locked.lines.filter(({ state }) => state === "proposed");
    const strange = input.refusedLines.find((lineNo) => !proposed.some((line) => line.lineNo === lineNo));
    if (strange !== undefined) return refused("line_not_in_order", { lineNo: strange });
    const changes: LineChange[] = [];
    for (const line of proposed) {
      const { lineNo } = line;
      if (input.refusedLines.includes(lineNo)) changes.push({ lineNo, state: "cancelled" });
      else changes.push(await accepted(locked, line));
    }
    const after = await changeLines(locked, changes);
    for (const line of after.filter((one) => changed(one, proposed))) {
      const { lineNo, quantity, gross } = line;
      await reviseCommission(locked.tx, { orderId: locked.order.id, lineNo, base: gross });
      await shrinkStock(locked.tx, lineReference(locked.order.id, lineNo), inStockUnit(line, quantity));
    }
    await tell(locked, { action: "proposals_answered", details: { refusedLines: input.refusedLines } });
    return await conclude({ ...locked, lines: after }, "confirmed");
  });
}

const changed = (line: OrderLineRow, before: readonly OrderLineRow[]): boolean =>
  line.state === "confirmed" &&
  before.some(({ lineNo, quantity }) => lineNo === line.lineNo && quantity !== line.quantity);

/** The line as proposed, at the unit price that was frozen. */
async function accepted(locked: LockedOrder, line: OrderLineRow): Promise<LineChange> {
  const { lineNo, proposal } = line;
  const quantity =
    proposal?.quantity === undefined ? line.quantity : (millionthsIn(proposal.quantity) ?? line.quantity);
  const deliverOn = proposal?.deliverOn ?? line.deliverOn;
  const change = { lineNo, state: "confirmed", quantity, deliverOn, proposal: null } as const;
  if (quantity === line.quantity) return change;
  const { engine } = locked;
  const money = await moneyOf(locked);
  const { unitPrice, basis, priceMode, taxPercent } = frozenPriceOf(line);
  const amount = engine.amountOf({ unitPrice, basis, quantity }, money);
  return { ...change, ...engine.lineAmounts({ amount, priceMode, taxPercent }, money) };
}

/** With the last line gone nothing comes of the order; confirmed, its budgets are spent and its goods to be shipped. */
async function conclude(locked: LockedOrder, state: "answered" | "confirmed"): Promise<Answered<null>> {
  const { tx, engine, order, lines, at } = locked;
  const left = standing(lines);
  if (left.length === 0) {
    await endOrder(locked, { state: "refused", reason: lines.find(({ reason }) => reason !== null)?.reason ?? null });
    return answered(null);
  }
  if (state === "confirmed") {
    await spendBudgets(tx, order.id);
    await tell(locked, { action: "confirmed" });
  }
  const fulfilment = state === "confirmed" ? engine.fulfilmentOf(left.map(progressOf)) : null;
  await setOrder(locked, { state, fulfilment, updatedAt: at });
  return answered(null);
}
