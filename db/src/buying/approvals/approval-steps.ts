import type { PendingApproval } from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import { systemActor } from "@kontor/kernel";
import type { ApprovalDecisionInput, PurchaseOrderRecord } from "@kontor/protocol";
import { and, asc, eq, lte } from "drizzle-orm";
import { orderMinimumsFor } from "../../catalog/price-terms.ts";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import { approvalDecisions, orderApprovals, purchaseOrders } from "../../schema/catalog-orders.ts";
import { lineReference } from "../carts/order-keys.ts";
import { keepStock } from "../deliveries/stock.ts";
import { freezeCommissions } from "../money/commissions.ts";
import { askDeciders } from "../orders/order-notices.ts";
import type { OrderLineRow } from "../orders/order-reads.ts";
import { boughtBy } from "../orders/order-reads.ts";
import type { LockedOrder, Parts } from "../orders/order-steps.ts";
import { changeLines, endOrder, lockOrder, moneyOf, setOrder, standing, stepOf, tell } from "../orders/order-steps.ts";
import { peopleOf } from "./company-people.ts";
import { delegationsOf } from "./delegations.ts";

export type ApprovalDecision = {
  readonly actor: Actor;
  readonly orderId: string;
  readonly input: ApprovalDecisionInput;
  readonly at: Micros;
};

/** One decision on an order that waits for approval; the last one places it. */
export function decideOrder(
  parts: Parts,
  { actor, orderId, input, at }: ApprovalDecision,
): Promise<Answered<PurchaseOrderRecord>> {
  const step = { actor, orderId, mine: boughtBy(actor), states: ["awaiting_approval"], at } as const;
  return stepOf(parts, step, (locked) => decide(locked, input));
}

async function decide(locked: LockedOrder, input: ApprovalDecisionInput): Promise<Answered<null>> {
  const { tx, engine, order, lines, at, by } = locked;
  const pending = await pendingOf(locked);
  if (pending === undefined) return refused("order_state_wrong", { state: order.state });
  const people = await peopleOf(tx, order.companyId);
  const delegations = await delegationsOf(tx, order, people);
  const person = people.get(by) ?? { userId: by, roles: [] };
  const rejected = input.verdict === "approve" ? input.rejectedLines : [];
  const decision =
    input.verdict === "approve"
      ? { verdict: input.verdict, rejectedLineIds: rejected.map(String) }
      : { verdict: input.verdict };
  const answer = engine.decideApproval(pending, { person, decision, delegations, at });
  if (answer.kind === "refused") return refused(answer.code, { tier: pending.tier, rules: rulesOf(pending) });
  const { reason } = input;
  const given = answer.kind === "approved" ? answer.approval : { covers: [], onBehalfOf: answer.onBehalfOf };
  await tx.insert(approvalDecisions).values({
    ...{ orderId: order.id, tier: pending.tier, by, reason, at },
    verdict: answer.kind === "approved" ? "approve" : "reject",
    covers: [...given.covers],
    onBehalfOf: [...given.onBehalfOf],
    rejectedLines: [...rejected],
  });
  if (answer.kind === "rejected") {
    await endOrder(locked, { state: "disapproved", reason });
    await tell(locked, { action: "disapproved", details: { reason } });
    return answered(null);
  }
  const changes = rejected.map((lineNo) => ({ lineNo, state: "disapproved" as const, reason }));
  const rest = standing(lines).filter(({ lineNo }) => !rejected.includes(lineNo));
  const tooLittle = rejected.length === 0 ? null : await belowMinimum(locked, rest);
  if (tooLittle !== null) return refused(tooLittle.code, { ...tooLittle });
  if (rejected.length > 0) await changeLines(locked, changes);
  const tier = answer.tier ?? pending.tiers.length;
  await tx.update(orderApprovals).set({ tier }).where(eq(orderApprovals.orderId, order.id));
  await tell(locked, {
    action: answer.tier === null ? "approved" : "approved_in_part",
    details: { tier: pending.tier, rejectedLines: rejected },
  });
  if (answer.tier === null) await place(locked, rest);
  else if (answer.tier > pending.tier) await askDeciders(tx, engine, { ...pending, order, tier: answer.tier, at });
  return answered(null);
}

async function pendingOf({ tx, order, lines }: LockedOrder): Promise<PendingApproval | undefined> {
  const [route] = await tx.select().from(orderApprovals).where(eq(orderApprovals.orderId, order.id));
  if (route === undefined || order.expiresAt === null) return undefined;
  const given = await tx
    .select()
    .from(approvalDecisions)
    .where(eq(approvalDecisions.orderId, order.id))
    .orderBy(asc(approvalDecisions.at));
  return {
    requesterId: order.requestedBy,
    tiers: route.tiers,
    tier: route.tier,
    given: given.map(({ tier, by, covers, onBehalfOf }) => ({ tier, by, covers, onBehalfOf })),
    lineIds: standing(lines).map(({ lineNo }) => String(lineNo)),
    expiresAt: order.expiresAt,
  };
}

const rulesOf = ({ tiers, tier }: PendingApproval) => tiers[tier]?.rules ?? [];

/** The rest of an order has to reach the vendor's least as the whole had to. */
async function belowMinimum(locked: LockedOrder, rest: readonly OrderLineRow[]) {
  const { tx, engine, order } = locked;
  const { marketplaceId, vendorId } = order;
  const agreementIds = [
    ...new Set(
      rest.flatMap(({ frozen }) => {
        const agreement = frozen["agreement"] as { readonly agreementId: string } | null;
        return agreement === null ? [] : [agreement.agreementId];
      }),
    ),
  ];
  const found = await orderMinimumsFor(tx, { marketplaceId, vendorIds: [vendorId], agreementIds });
  const minimums = found.toSorted((a, b) => Number(a.agreementId === null) - Number(b.agreementId === null));
  const net = rest.reduce((sum, line) => sum + line.net, 0n);
  return engine.checkOrderMinimum(net, minimums, await moneyOf(locked)).rejection;
}

async function place(locked: LockedOrder, rest: readonly OrderLineRow[]): Promise<void> {
  const { tx, engine, order, at } = locked;
  await keepStock(
    tx,
    rest.map(({ lineNo }) => lineReference(order.id, lineNo)),
  );
  await setOrder(locked, { state: "placed", placedAt: at, expiresAt: null, updatedAt: at });
  await freezeCommissions(tx, engine, order.id);
  await tell(locked, { action: "placed" });
}

/**
 * Ends orders that nobody approved in time; what they held is free again. Several workers may do it: each order is ended
 * once. Answers with how many it ended.
 */
export async function expireOrders(
  { db, engine }: Parts,
  { at, limit }: { readonly at: Micros; readonly limit: number },
): Promise<number> {
  const isDue = and(eq(purchaseOrders.state, "awaiting_approval"), lte(purchaseOrders.expiresAt, at));
  const due = await db
    .select({ id: purchaseOrders.id })
    .from(purchaseOrders)
    .where(isDue)
    .orderBy(asc(purchaseOrders.expiresAt))
    .limit(limit);
  let ended = 0;
  for (const { id } of due) {
    const done = await wholly(db, async (tx) => {
      const here = and(eq(purchaseOrders.id, id), isDue);
      const found = here && (await lockOrder(tx, here));
      if (found === undefined) return answered(false);
      const locked = { tx, engine, ...found, at, by: systemActor.userId };
      await endOrder(locked, { state: "expired", reason: null });
      await tell(locked, { action: "expired" });
      return answered(true);
    });
    if (done.ok && done.value) ended += 1;
  }
  return ended;
}
