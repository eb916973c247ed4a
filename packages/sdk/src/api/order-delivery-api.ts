import type { PurchaseOrderRecord, ReductionAnswerInput, ReductionInput, ShipmentInput } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import { mutate } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

type OrderVersion = {
  readonly marketplaceId: string;
  readonly orderId: string;
  /** Of the order that was read. */
  readonly version: number;
};
type Answer = Promise<Result<PurchaseOrderRecord>>;
type Lines = { readonly lines?: { readonly lineNo: number; readonly quantity: string }[] };
type Receipt = { lineNo: number; received: string; damaged?: string; reason: string };

/** What becomes of confirmed purchase orders. Without lines, all that there is for the step is meant. */
export type OrderDeliveryApi = {
  /** As the vendor. */
  readonly ship: (order: OrderVersion, shipment: Pick<ShipmentInput, "shippedOn"> & Partial<ShipmentInput>) => Answer;
  /** As the buyer; lines that are not named arrived well. */
  readonly receive: (order: OrderVersion, shipmentNo: number, lines?: Receipt[]) => Answer;
  /** As the buyer, until the vendor has answered. */
  readonly ask: (order: OrderVersion, reduction: Pick<ReductionInput, "kind" | "reason"> & Lines) => Answer;
  readonly withdraw: (order: OrderVersion, reductionNo: number) => Answer;
  /** As the vendor. */
  readonly answer: (order: OrderVersion, reductionNo: number, answer: ReductionAnswerInput) => Answer;
  readonly cancelUndeliverable: (order: OrderVersion, why: { readonly reason: string } & Lines) => Answer;
};

export function createOrderDeliveryApi(requester: Requester): OrderDeliveryApi {
  const post = ({ marketplaceId, orderId, version }: OrderVersion, path: string, body?: unknown): Answer => {
    const base = `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/purchase-orders/${encodeURIComponent(orderId)}`;
    const request = { method: "POST", path: `${base}/${path}`, headers: ifMatch(version) } as const;
    return mutate(requester, body === undefined ? request : { ...request, body });
  };
  return {
    ship: (order, shipment) => post(order, "shipments", shipment),
    receive: (order, shipmentNo, lines = []) => post(order, `shipments/${shipmentNo}/receipt`, { lines }),
    ask: (order, reduction) => post(order, "reductions", reduction),
    withdraw: (order, reductionNo) => post(order, `reductions/${reductionNo}/withdrawal`),
    answer: (order, reductionNo, answer) => post(order, `reductions/${reductionNo}/answer`, answer),
    cancelUndeliverable: (order, why) => post(order, "undeliverable", why),
  };
}
