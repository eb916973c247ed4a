import { derivedId } from "../../clearing/derived-id.ts";

/** A line of a purchase order, as a stock reservation names what it is kept for. */
export const lineReference = (orderId: string, lineNo: number): string => `purchase_order ${orderId} ${lineNo}`;

/** The purchase order of one vendor of a checkout: the same when the checkout is asked for again. */
export const derivedOrderId = (checkoutId: string, vendorId: string): string =>
  derivedId("purchase-order", checkoutId, vendorId);
