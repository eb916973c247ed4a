import type { Actor, Micros } from "@kontor/kernel";
import type {
  CartLineInput,
  CheckoutRecord,
  ProposalAnswerInput,
  PurchaseOrderQuery,
  PurchaseOrderRecord,
  PurchaseOrderSummary,
  ReductionAnswerInput,
  ReductionInput,
  ShipmentInput,
  UndeliverableInput,
  VendorAnswerInput,
} from "@kontor/protocol";
import { and, asc, eq, inArray } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Answered } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { oneOf } from "../../repositories/filters.ts";
import { pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { allOf, seesAll } from "../../repositories/scope.ts";
import { purchaseOrderLines, purchaseOrders } from "../../schema/catalog-orders.ts";
import type { ApprovalDecision } from "../approvals/approval-steps.ts";
import { decideOrder } from "../approvals/approval-steps.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import type { CheckoutOrder } from "../carts/checkout.ts";
import { checkOut } from "../carts/checkout.ts";
import type { ReductionStep } from "../deliveries/reductions.ts";
import { answerReduction, askReduction, cancelUndeliverable, withdrawReduction } from "../deliveries/reductions.ts";
import type { OrderStep, ReceiptStep } from "../deliveries/shipments.ts";
import { receiveShipment, shipOrder } from "../deliveries/shipments.ts";
import { boughtBy, readOrders, seesOrder, soldBy, summaryOf } from "./order-reads.ts";
import { endOrder, stepOf, tell } from "./order-steps.ts";
import { newestFirst } from "./own-company.ts";
import { answerOrder, answerProposals } from "./vendor-steps.ts";

type On<Input> = { readonly actor: Actor; readonly orderId: string; readonly input: Input; readonly at: Micros };

/** Purchase orders. What the actor may not see counts as missing. */
export type PurchaseOrderRepository = {
  /** The same checkout again gives the same orders. */
  readonly checkOut: (actor: Actor, order: CheckoutOrder) => Promise<Answered<CheckoutRecord>>;
  /** Newest first, without their lines. */
  readonly list: (actor: Actor, query: Query<PurchaseOrderQuery>) => Promise<Listing<PurchaseOrderSummary>>;
  readonly find: (actor: Actor, orderId: string) => Promise<PurchaseOrderRecord | undefined>;
  readonly decide: (decision: ApprovalDecision) => Promise<Answered<PurchaseOrderRecord>>;
  /** By the buyer, before the vendor has confirmed. */
  readonly cancel: (order: On<{ readonly reason: string }>) => Promise<Answered<PurchaseOrderRecord>>;
  readonly answer: (order: On<VendorAnswerInput>) => Promise<Answered<PurchaseOrderRecord>>;
  readonly answerProposals: (order: On<ProposalAnswerInput>) => Promise<Answered<PurchaseOrderRecord>>;
  /** By the vendor, on a confirmed order. */
  readonly ship: (order: OrderStep<ShipmentInput>) => Promise<Answered<PurchaseOrderRecord>>;
  /** By the buyer. */
  readonly receive: (order: ReceiptStep) => Promise<Answered<PurchaseOrderRecord>>;
  readonly askReduction: (order: OrderStep<ReductionInput>) => Promise<Answered<PurchaseOrderRecord>>;
  readonly withdrawReduction: (order: Omit<ReductionStep<null>, "input">) => Promise<Answered<PurchaseOrderRecord>>;
  /** By the vendor. */
  readonly answerReduction: (order: ReductionStep<ReductionAnswerInput>) => Promise<Answered<PurchaseOrderRecord>>;
  readonly cancelUndeliverable: (order: OrderStep<UndeliverableInput>) => Promise<Answered<PurchaseOrderRecord>>;
  /** What a cart takes to order the same again; for the buyer. */
  readonly linesToReorder: (
    actor: Actor,
    order: { readonly orderId: string; readonly lineNos?: readonly number[] | undefined },
  ) => Promise<{ readonly divisionId: string | null; readonly lines: readonly CartLineInput[] } | undefined>;
};

const sides = { buyer: boughtBy, vendor: soldBy } as const;
const newest = newestFirst("purchase_orders", { at: purchaseOrders.createdAt, id: purchaseOrders.id });

export function createPurchaseOrderRepository(db: Database, engine: BuyingEngine): PurchaseOrderRepository {
  const parts = { db, engine };
  return {
    checkOut: (actor, order) => checkOut(db, engine, { actor, order }),

    list: (actor, { side = "buyer", state, fulfilment, checkoutId, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(purchaseOrders)
            .where(
              allOf(
                seesOrder(actor),
                seesAll(actor) ? undefined : sides[side](actor),
                oneOf(purchaseOrders.state, state),
                // A cancelled order is not on its way any more, however far it was.
                fulfilment === undefined ? undefined : eq(purchaseOrders.state, "confirmed"),
                oneOf(purchaseOrders.fulfilment, fulfilment),
                checkoutId === undefined ? undefined : eq(purchaseOrders.checkoutId, checkoutId),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: (order) => summaryOf(order, engine),
      }),

    async find(actor, orderId) {
      const [record] = await readOrders(parts, actor, eq(purchaseOrders.id, orderId));
      return record;
    },

    decide: (decision) => decideOrder(parts, decision),

    cancel({ actor, orderId, input: { reason }, at }) {
      const states = ["awaiting_approval", "placed", "answered"] as const;
      return stepOf(parts, { actor, orderId, mine: boughtBy(actor), states, at }, async (locked) => {
        await endOrder(locked, { state: "cancelled", reason });
        await tell(locked, { action: "cancelled", details: { reason } });
        return { ok: true, value: null };
      });
    },

    answer: (order) => answerOrder(parts, order),
    answerProposals: (order) => answerProposals(parts, order),
    ship: (order) => shipOrder(parts, order),
    receive: (order) => receiveShipment(parts, order),
    askReduction: (order) => askReduction(parts, order),
    withdrawReduction: (order) => withdrawReduction(parts, order),
    answerReduction: (order) => answerReduction(parts, order),
    cancelUndeliverable: (order) => cancelUndeliverable(parts, order),

    async linesToReorder(actor, { orderId, lineNos }) {
      const [order] = await db
        .select({ divisionId: purchaseOrders.divisionId })
        .from(purchaseOrders)
        .where(allOf(seesOrder(actor), boughtBy(actor), eq(purchaseOrders.id, orderId)));
      if (order === undefined) return undefined;
      const wanted = lineNos === undefined ? undefined : inArray(purchaseOrderLines.lineNo, [...lineNos]);
      const lines = await db
        .select()
        .from(purchaseOrderLines)
        .where(and(eq(purchaseOrderLines.orderId, orderId), wanted))
        .orderBy(asc(purchaseOrderLines.lineNo));
      return {
        divisionId: order.divisionId,
        lines: lines.map(({ offerId, quantity, unit, costCenterId }) => {
          const center = costCenterId === null ? {} : { costCenterId };
          return { offerId, quantity: millionthsText(quantity), unit, ...center };
        }),
      };
    },
  };
}
