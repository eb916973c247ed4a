import type { ApprovalTier } from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";
import type { BuyingNotice, BuyingNoticeKind, LineAnswer } from "@kontor/protocol";
import { eq } from "drizzle-orm";
import type { Database } from "../../connect.ts";
import type { NewNotice } from "../../notices/write-notices.ts";
import { writeNotices } from "../../notices/write-notices.ts";
import { instantOf } from "../../repositories/record-members.ts";
import { purchaseOrders } from "../../schema/catalog-orders.ts";
import { peopleOf } from "../approvals/company-people.ts";
import { delegationsOf } from "../approvals/delegations.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { moneyText } from "../number-texts.ts";
import type { OrderLineRow, OrderRow } from "./order-reads.ts";

type Told = { readonly action: string; readonly details: Readonly<Record<string, unknown>> };
/** An order, and its lines as they were before the step. */
type Changed = { readonly order: OrderRow; readonly lines: readonly OrderLineRow[]; readonly at: Micros };
type DataOf<Kind extends BuyingNoticeKind> = Extract<BuyingNotice, { kind: Kind }>["data"];
type Exponents = Pick<BuyingEngine, "exponentOf">;

/** What is told of a step that an order's record has, by its action. */
export async function tellOfStep(tx: Database, engine: Exponents, changed: Changed & Told): Promise<void> {
  // As it is by now: a step may have changed its sums.
  const [order] = await tx.select().from(purchaseOrders).where(eq(purchaseOrders.id, changed.order.id));
  const notice = order === undefined ? null : noticeOf(engine, { ...changed, order });
  if (notice !== null)
    await writeNotices(tx, [{ ...notice, marketplaceId: changed.order.marketplaceId, at: changed.at }]);
}

type Addressed = BuyingNotice & Pick<NewNotice, "companyId" | "userId">;

function noticeOf(engine: Exponents, changed: Changed & Told): Addressed | null {
  const { order, action, details, lines } = changed;
  const about = orderData(engine, order);
  const reason = String(details["reason"] ?? "");
  const requester = { companyId: order.companyId, userId: order.requestedBy };
  const vendor = { companyId: order.vendorId };
  switch (action) {
    case "approved":
      return {
        kind: "purchase_order_approved",
        ...requester,
        data: { ...about, rejectedLines: linesIn(details, "rejectedLines") },
      };
    case "disapproved":
      return { kind: "purchase_order_disapproved", ...requester, data: { ...about, reason } };
    case "expired":
      return { kind: "purchase_order_expired", ...requester, data: about };
    case "placed":
      return { kind: "purchase_order_placed", ...vendor, data: about };
    case "answered":
      return { ...answerNotice(about, standingNos(lines), details), companyId: order.companyId };
    case "proposals_answered": {
      const refusedLines = linesIn(details, "refusedLines");
      const proposed = lines.filter(({ state }) => state === "proposed").map(({ lineNo }) => lineNo);
      const acceptedLines = proposed.filter((lineNo) => !refusedLines.includes(lineNo));
      return { kind: "proposals_answered", ...vendor, data: { ...about, acceptedLines, refusedLines } };
    }
    // Until it was placed the vendor knew nothing of it.
    case "cancelled":
      return order.placedAt === null
        ? null
        : { kind: "purchase_order_cancelled", ...vendor, data: { ...about, reason } };
    default:
      return deliveryNotice(about, action, details);
  }
}

/** What becomes of a confirmed order is told to the other side. */
function deliveryNotice(about: OrderData, action: string, details: Told["details"]): Addressed | null {
  const [buyer, vendor] = [{ companyId: about.buyerId }, { companyId: about.vendorId }];
  const reason = String(details["reason"] ?? "");
  const numbers = { shipmentNo: Number(details["shipmentNo"] ?? 0), reductionNo: Number(details["reductionNo"] ?? 0) };
  const { shipmentNo, reductionNo } = numbers;
  const named = (details["lines"] ?? []) as readonly { readonly lineNo: number }[];
  const lines = named.map(({ lineNo }) => lineNo);
  switch (action) {
    case "shipped":
      return { kind: "purchase_order_shipped", ...buyer, data: { ...about, shipmentNo } };
    case "received":
      return { kind: "shipment_received", ...vendor, data: { ...about, shipmentNo } };
    case "undeliverable":
      return { kind: "purchase_order_undeliverable", ...buyer, data: { ...about, reductionNo, lines, reason } };
    case "cancellation_asked":
    case "return_asked": {
      const reduction = action === "return_asked" ? "return" : "cancellation";
      return { kind: "reduction_asked", ...vendor, data: { ...about, reductionNo, reduction, lines, reason } };
    }
    case "cancellation_accepted":
    case "return_accepted":
      return { kind: "reduction_answered", ...buyer, data: { ...about, reductionNo, verdict: "accepted", reason } };
    case "cancellation_refused":
    case "return_refused":
      return { kind: "reduction_answered", ...buyer, data: { ...about, reductionNo, verdict: "refused", reason } };
    default:
      return null;
  }
}

type OrderData = DataOf<"purchase_order_placed">;

function orderData({ exponentOf }: Exponents, order: OrderRow): OrderData {
  const { id: orderId, number, buyerNumber, companyId: buyerId, vendorId, currency, total } = order;
  return { orderId, number, buyerNumber, buyerId, vendorId, currency, total: moneyText(total, exponentOf(currency)) };
}

const linesIn = (details: Told["details"], name: string): number[] => [...((details[name] ?? []) as readonly number[])];

const standingNos = (lines: readonly OrderLineRow[]): readonly number[] =>
  lines.filter(({ state }) => state === "open").map(({ lineNo }) => lineNo);

/** Lines that the vendor does not name are confirmed. */
function answerNotice(about: OrderData, standing: readonly number[], details: Told["details"]): BuyingNotice {
  const answers = (details["lines"] ?? []) as readonly LineAnswer[];
  const of = (answer: LineAnswer["answer"]) =>
    answers.filter((one) => one.answer === answer).map(({ lineNo }) => lineNo);
  const [proposedLines, refusedLines] = [of("propose"), of("refuse")];
  if (proposedLines.length > 0) {
    return { kind: "purchase_order_proposed", data: { ...about, proposedLines, refusedLines } };
  }
  if (refusedLines.length === 0) return { kind: "purchase_order_confirmed", data: about };
  if (refusedLines.length < standing.length) {
    return { kind: "purchase_order_part_confirmed", data: { ...about, refusedLines } };
  }
  const refusal = answers.find((one) => one.answer === "refuse");
  return {
    kind: "purchase_order_refused",
    data: { ...about, reason: refusal?.answer === "refuse" ? refusal.reason : "" },
  };
}

type Asking = {
  readonly order: OrderRow;
  readonly tiers: readonly ApprovalTier[];
  readonly tier: number;
  readonly at: Micros;
};

/** Asks each who may decide in the tier now, for himself or for who delegated to him. */
export async function askDeciders(
  tx: Database,
  engine: BuyingEngine,
  { order, tiers, tier, at }: Asking,
): Promise<void> {
  const asked = tiers[tier];
  if (asked === undefined || order.expiresAt === null) return;
  const people = await peopleOf(tx, order.companyId);
  const circumstances = {
    requesterId: order.requestedBy,
    delegations: await delegationsOf(tx, order, people),
    at,
  };
  const deciders = [...people.values()].filter(
    (person) => engine.capacityOf(person, asked, circumstances).covers.length > 0,
  );
  const { marketplaceId, companyId, requestedBy, expiresAt } = order;
  const data = { ...orderData(engine, order), requestedBy, tier, expiresAt: instantOf(expiresAt) };
  await writeNotices(
    tx,
    deciders.map(({ userId }) => ({ kind: "approval_asked", marketplaceId, companyId, userId, at, data })),
  );
}
