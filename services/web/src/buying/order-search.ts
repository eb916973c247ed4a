import type { PurchaseOrderState } from "@kontor/protocol";

export const orderStates = [
  "awaiting_approval",
  "placed",
  "answered",
  "confirmed",
  "disapproved",
  "refused",
  "cancelled",
  "expired",
] as const satisfies readonly PurchaseOrderState[];

/** What the list of orders shows, as it stands in the address. */
export type OrderSearch = { readonly state?: PurchaseOrderState };

export function readOrderSearch(given: Readonly<Record<string, unknown>>): OrderSearch {
  const state = orderStates.find((name) => name === given["state"]);
  return state === undefined ? {} : { state };
}
