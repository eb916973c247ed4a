import type { CommandType } from "./person-commands.ts";

/** One mutation over HTTP: parameters in the path, the rest of the command in the body, the key in a header. */
export type CommandRoute = {
  readonly method: "POST" | "PUT";
  readonly path: string;
  /** 201 where the command makes something with an id of its own. */
  readonly status: 200 | 201;
  readonly summary: string;
  /** True when If-Match carries the command's `expectedVersion`. */
  readonly versioned?: true;
};

const post = (path: string, summary: string, status: 200 | 201 = 200): CommandRoute => ({
  method: "POST",
  path,
  status,
  summary,
});
const lot = "/v1/lots/:lotId";
const tender = "/v1/tenders/:tenderId";
const instrument = "/v1/instruments/:instrumentId";
const order = `${instrument}/orders/:orderId`;

const put = (path: string, summary: string): CommandRoute => ({ method: "PUT", path, status: 200, summary });

/** The same commands go over `/v1/live` with the same key space. */
export const commandRoutes: Readonly<Record<CommandType, CommandRoute>> = {
  create_tender: post("/v1/marketplaces/:marketplaceId/tenders", "Write a draft; a closed marketplace takes none", 201),
  revise_tender: { method: "PUT", path: tender, status: 200, summary: "Rewrite a draft", versioned: true },
  publish_tender: { ...post(`${tender}/publication`, "Publish the notice"), versioned: true },
  amend_tender: { ...post(`${tender}/amendments`, "Amend the published notice", 201), versioned: true },
  cancel_tender: post(`${tender}/cancellation`, "Cancel the tender"),
  invite_supplier: post(`${tender}/invitations`, "Invite a company of the directory's other side", 201),
  request_admission: post(`${tender}/admission-requests`, "Ask to be admitted", 201),
  admit_supplier: post(`${tender}/suppliers/:companyId/admission`, "Admit a supplier"),
  refuse_supplier: post(`${tender}/suppliers/:companyId/refusal`, "Refuse a supplier"),
  exclude_supplier: post(`${tender}/suppliers/:companyId/exclusion`, "Exclude a supplier; his bids become void"),
  ask_question: post(`${tender}/questions`, "Ask a question", 201),
  answer_question: post(`${tender}/questions/:questionId/answer`, "Answer a question"),
  submit_initial_price: {
    method: "PUT",
    path: `${lot}/initial-price`,
    status: 200,
    summary: "Hand in or replace the sealed initial price",
  },
  withdraw_initial_price: post(`${lot}/initial-price/withdrawal`, "Withdraw the sealed initial price"),
  evaluate_price: post(`${lot}/initial-prices/:companyId/evaluation`, "Set the evaluated price of an opened offer"),
  disqualify_price: post(`${lot}/initial-prices/:companyId/disqualification`, "Disqualify an opened offer"),
  propose_award: post(`${lot}/awards`, "Propose the award to the best eligible bid", 201),
  submit_bid: post(`${lot}/bids`, "Bid", 201),
  set_proxy: post(`${lot}/proxy`, "Set the maximum up to which the system bids"),
  buy_now: post(`${lot}/purchase`, "Take the lot at its buy-now price", 201),
  pause_lot: post(`${lot}/pause`, "Pause the live auction"),
  resume_lot: post(`${lot}/resumption`, "Resume the live auction"),
  extend_lot: post(`${lot}/extension`, "Move the end further out"),
  void_bid: post(`${lot}/bids/:bidId/voiding`, "Void a bid; ranks are computed anew"),
  cancel_lot: post(`${lot}/cancellation`, "Cancel the lot"),
  abort_lot: post(`${lot}/abortion`, "Abort the live auction for a technical reason"),
  replan_lot: post(`${lot}/replanning`, "Give an aborted lot a new opening"),
  accept_below_reserve: post(`${lot}/below-reserve-acceptance`, "Accept the best bid although the reserve is unmet"),
  accept_award: post(`${lot}/awards/:awardId/acceptance`, "Award; the standstill begins"),
  reject_award: post(`${lot}/awards/:awardId/rejection`, "Reject the proposed award; the next best follows"),
  refuse_award: post(`${lot}/awards/:awardId/refusal`, "Decline one's own award; the next best follows"),
  cancel_award: post(`${lot}/awards/:awardId/cancellation`, "Take an award back during the standstill"),
  sign_contract: post(`${lot}/contracts/:contractId/signature`, "Sign the contract"),
  draft_instrument: post("/v1/marketplaces/:marketplaceId/instruments", "Write an instrument's draft", 201),
  revise_instrument: { ...put(instrument, "Rewrite a draft"), versioned: true },
  list_instrument: { ...post(`${instrument}/listing`, "List the draft: its terms are fixed"), versioned: true },
  delist_instrument: post(`${instrument}/delisting`, "End trading for good; what rests is cancelled"),
  set_timetable: put(`${instrument}/timetable`, "Replace the timetable, or do without one"),
  set_phase: put(`${instrument}/phase`, "Move the market to a phase"),
  uncross_auction: post(`${instrument}/uncrossing`, "End the call: find its price and trade"),
  set_bands: put(`${instrument}/bands`, "Replace the price bands"),
  set_reference: put(`${instrument}/reference-price`, "Set the reference price"),
  block_trader: post(`${instrument}/traders/:companyId/blocking`, "Cancel a company's orders and take no more"),
  unblock_trader: post(`${instrument}/traders/:companyId/unblocking`, "Take a company's orders again"),
  bust_trade: post(`${instrument}/trades/:tradeId/busting`, "Take a trade back"),
  correct_trade: post(`${instrument}/trades/:tradeId/correction`, "Give a trade another price"),
  submit_order: post(`${instrument}/orders`, "Send an order", 201),
  amend_order: post(`${order}/amendments`, "Change an order; a smaller quantity keeps its place"),
  replace_order: post(`${order}/replacement`, "Cancel an order and send another in one step", 201),
  cancel_order: post(`${order}/cancellation`, "Cancel an order"),
  cancel_orders: post(`${instrument}/order-cancellations`, "Cancel all of one's orders that fit"),
};
