import type {
  ApprovalDecisionInput,
  CartFilled,
  CartLineChange,
  CartLineInput,
  CartRecord,
  CheckoutInput,
  CheckoutRecord,
  PaymentInput,
  PaymentRecord,
  PayoutInput,
  PayoutQuery,
  PayoutRecord,
  ProposalAnswerInput,
  PurchaseOrderQuery,
  PurchaseOrderRecord,
  PurchaseOrderSummary,
  QuickOrderFileInput,
  QuickOrderInput,
  QuickOrderRecord,
  RefundInput,
  RequisitionListInput,
  RequisitionListRecord,
  VendorAnswerInput,
  VendorEntryQuery,
  VendorEntryRecord,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";
import type { BuyingTermsApi } from "./buying-terms-api.ts";
import { createBuyingTermsApi } from "./buying-terms-api.ts";
import type { OrderDeliveryApi } from "./order-delivery-api.ts";
import { createOrderDeliveryApi } from "./order-delivery-api.ts";

/** One's own open cart, for the company or one of its divisions. */
export type CartKey = { readonly marketplaceId: string; readonly divisionId?: string };
/** Columns are found by their names where none are told. */
type QuickOrderFile = Omit<QuickOrderFileInput, "columns"> & Partial<Pick<QuickOrderFileInput, "columns">>;
type LineKey = CartKey & { readonly lineId: string };
type OrderKey = { readonly marketplaceId: string; readonly orderId: string };
type ListKey = { readonly marketplaceId: string; readonly listId: string };
type Checkout = Pick<CheckoutInput, "checkoutId"> & Partial<CheckoutInput>;

/** Prices of a cart are those of the moment in which it is read. */
export type CartApi = {
  readonly read: (cart: CartKey) => Promise<Result<CartRecord>>;
  readonly add: (cart: CartKey, line: CartLineInput) => Promise<Result<CartRecord>>;
  readonly change: (line: LineKey, change: CartLineChange) => Promise<Result<CartRecord>>;
  readonly remove: (line: LineKey) => Promise<Result<CartRecord>>;
  readonly quickOrder: (marketplaceId: string, input: QuickOrderInput) => Promise<Result<QuickOrderRecord>>;
  /** By a CSV or XLSX file of at most one mebibyte, in base64; rows are told by their numbers in it. */
  readonly quickOrderFile: (marketplaceId: string, file: QuickOrderFile) => Promise<Result<QuickOrderRecord>>;
  /** `version` is the cart's that was read; the same checkout again gives the same orders. */
  readonly checkOut: (marketplaceId: string, checkout: Checkout, version: number) => Promise<Result<CheckoutRecord>>;
};

export type RequisitionListApi = {
  readonly list: (marketplaceId: string) => Pages<Omit<RequisitionListRecord, "lines">>;
  readonly get: (key: ListKey) => Promise<Result<RequisitionListRecord>>;
  readonly create: (marketplaceId: string, list: RequisitionListInput) => Promise<Result<RequisitionListRecord>>;
  readonly change: (
    key: ListKey,
    list: RequisitionListInput,
    version: number,
  ) => Promise<Result<RequisitionListRecord>>;
  readonly remove: (key: ListKey, version: number) => Promise<Result<void>>;
  readonly toCart: (key: ListKey & { readonly divisionId?: string }) => Promise<Result<CartFilled>>;
};

export type PurchaseOrderApi = {
  readonly list: (marketplaceId: string, query?: Partial<PurchaseOrderQuery>) => Pages<PurchaseOrderSummary>;
  readonly get: (key: OrderKey) => Promise<Result<PurchaseOrderRecord>>;
  readonly decide: (key: OrderKey, decision: ApprovalDecisionInput) => Promise<Result<PurchaseOrderRecord>>;
  readonly cancel: (key: OrderKey, reason: string) => Promise<Result<PurchaseOrderRecord>>;
  /** As the vendor; lines that are not named are confirmed. */
  readonly answer: (key: OrderKey, answer: VendorAnswerInput) => Promise<Result<PurchaseOrderRecord>>;
  /** As the buyer; proposals that are not named are accepted. */
  readonly answerProposals: (key: OrderKey, answer: ProposalAnswerInput) => Promise<Result<PurchaseOrderRecord>>;
  readonly reorder: (key: OrderKey, lines?: number[]) => Promise<Result<CartFilled>>;
};

/** For operators; a vendor reads his own entries and payouts. */
export type OrderMoneyApi = {
  readonly capture: (marketplaceId: string, payment: PaymentInput) => Promise<Result<PaymentRecord>>;
  readonly refund: (marketplaceId: string, refund: RefundInput) => Promise<Result<VendorEntryRecord>>;
  readonly payOut: (marketplaceId: string, payout: PayoutInput) => Promise<Result<PayoutRecord>>;
  readonly entries: (marketplaceId: string, query?: Partial<VendorEntryQuery>) => Pages<VendorEntryRecord>;
  readonly payouts: (marketplaceId: string, query?: Partial<PayoutQuery>) => Pages<PayoutRecord>;
};

/** From the cart to the payout. */
export type BuyingApi = {
  readonly cart: CartApi;
  readonly requisitionLists: RequisitionListApi;
  readonly orders: PurchaseOrderApi;
  readonly deliveries: OrderDeliveryApi;
  readonly money: OrderMoneyApi;
  readonly terms: BuyingTermsApi;
};

const inMarketplace = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;

export function createBuyingApi(requester: Requester): BuyingApi {
  return {
    cart: cartApi(requester),
    requisitionLists: requisitionListApi(requester),
    orders: purchaseOrderApi(requester),
    deliveries: createOrderDeliveryApi(requester),
    money: orderMoneyApi(requester),
    terms: createBuyingTermsApi(requester),
  };
}

function forDivision({ divisionId }: { readonly divisionId?: string }): string {
  return divisionId === undefined ? "" : `?${new URLSearchParams({ divisionId })}`;
}

function cartApi(requester: Requester): CartApi {
  const at = (cart: CartKey): string => `${inMarketplace(cart.marketplaceId)}/cart`;
  const ofLine = (line: LineKey): string => `${at(line)}/lines/${encodeURIComponent(line.lineId)}${forDivision(line)}`;
  return {
    read: (cart) => readPath(requester, at(cart) + forDivision(cart)),
    add: (cart, body) => mutate(requester, { method: "POST", path: `${at(cart)}/lines${forDivision(cart)}`, body }),
    change: (line, body) => mutate(requester, { method: "PATCH", path: ofLine(line), body }),
    remove: (line) => mutate(requester, { method: "DELETE", path: ofLine(line) }),
    quickOrder: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${at({ marketplaceId })}/quick-order`, body }),
    quickOrderFile: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${at({ marketplaceId })}/quick-order/file`, body }),
    checkOut: (marketplaceId, body, version) => {
      const path = `${inMarketplace(marketplaceId)}/checkouts`;
      return mutate(requester, { method: "POST", path, body, headers: ifMatch(version) });
    },
  };
}

function requisitionListApi(requester: Requester): RequisitionListApi {
  const base = (marketplaceId: string): string => `${inMarketplace(marketplaceId)}/requisition-lists`;
  const at = ({ marketplaceId, listId }: ListKey): string => `${base(marketplaceId)}/${encodeURIComponent(listId)}`;
  return {
    list: (marketplaceId) => new Pages(requester, base(marketplaceId), {}),
    get: (key) => readPath(requester, at(key)),
    create: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    change: (key, body, version) =>
      mutate(requester, { method: "PUT", path: at(key), body, headers: ifMatch(version) }),
    remove: (key, version) => mutate(requester, { method: "DELETE", path: at(key), headers: ifMatch(version) }),
    toCart: (key) => mutate(requester, { method: "POST", path: `${at(key)}/cart${forDivision(key)}` }),
  };
}

function purchaseOrderApi(requester: Requester): PurchaseOrderApi {
  const base = (marketplaceId: string): string => `${inMarketplace(marketplaceId)}/purchase-orders`;
  const at = ({ marketplaceId, orderId }: OrderKey): string => `${base(marketplaceId)}/${encodeURIComponent(orderId)}`;
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    get: (key) => readPath(requester, at(key)),
    decide: (key, body) => mutate(requester, { method: "POST", path: `${at(key)}/decision`, body }),
    cancel: (key, reason) => mutate(requester, { method: "POST", path: `${at(key)}/cancellation`, body: { reason } }),
    answer: (key, body) => mutate(requester, { method: "POST", path: `${at(key)}/answer`, body }),
    answerProposals: (key, body) => mutate(requester, { method: "POST", path: `${at(key)}/proposal-answer`, body }),
    reorder: (key, lines) =>
      mutate(requester, { method: "POST", path: `${at(key)}/cart`, body: lines === undefined ? {} : { lines } }),
  };
}

function orderMoneyApi(requester: Requester): OrderMoneyApi {
  return {
    capture: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${inMarketplace(marketplaceId)}/payments`, body }),
    refund: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${inMarketplace(marketplaceId)}/refunds`, body }),
    payOut: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${inMarketplace(marketplaceId)}/payouts`, body }),
    entries: (marketplaceId, query = {}) =>
      new Pages(requester, `${inMarketplace(marketplaceId)}/vendor-entries`, query),
    payouts: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/payouts`, query),
  };
}
