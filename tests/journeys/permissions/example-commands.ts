import type { CommandType, PersonCommandInput } from "@kontor/protocol";
import { commandRoutes } from "@kontor/protocol";
import { newId } from "@kontor/sdk";
import { wheatTerms } from "@kontor/testkit";
import type { RawRequest } from "../../world/raw-http.ts";
import { lot, reverseRules, termsOf } from "../../world/terms.ts";
import type { RecordIds } from "./decided-lot.ts";

/** What requests are about; any of it may be an id that does not exist. */
export type Place = {
  readonly marketplaceId: string;
  readonly tenderId: string;
  /** Listed in the marketplace. */
  readonly instrumentId: string;
  /** A supplier of the tender. */
  readonly companyId: string;
  /** Of some lot in the marketplace. */
  readonly records: RecordIds;
};

const reason = "because";
const opensAt = "2031-01-01T00:00:00Z";

/** One well-formed command of each type. */
export function exampleCommand(type: CommandType, place: Place): PersonCommandInput {
  const { marketplaceId, tenderId, instrumentId, companyId } = place;
  const lotId = `${tenderId}-1`;
  const terms = termsOf({ lots: [lot(reverseRules())] });
  const awardId = `${lotId}-a1`;
  const orderId = `${instrumentId}-o1`;
  const tradeId = `${instrumentId}-t1`;
  const members: Readonly<Record<CommandType, object>> = {
    create_tender: { marketplaceId, tenderId: newId(), terms },
    revise_tender: { tenderId, expectedVersion: 1, terms },
    publish_tender: { tenderId, expectedVersion: 1 },
    amend_tender: { tenderId, expectedVersion: 1, changes: { title: "New" }, reason },
    cancel_tender: { tenderId, reason },
    invite_supplier: { tenderId, companyId },
    request_admission: { tenderId },
    admit_supplier: { tenderId, companyId },
    refuse_supplier: { tenderId, companyId, reason },
    exclude_supplier: { tenderId, companyId, reason },
    ask_question: { tenderId, text: "Why?" },
    answer_question: { tenderId, questionId: `${tenderId}-q1`, text: "So.", published: true },
    submit_initial_price: { lotId, price: "8900.00" },
    withdraw_initial_price: { lotId },
    evaluate_price: { lotId, companyId, evaluatedPrice: "8900.00", note: "" },
    disqualify_price: { lotId, companyId, reason },
    propose_award: { lotId },
    submit_bid: { lotId, price: "8900.00" },
    set_proxy: { lotId, maximum: "8900.00" },
    buy_now: { lotId },
    pause_lot: { lotId, reason },
    resume_lot: { lotId },
    extend_lot: { lotId, endsAt: opensAt, reason },
    void_bid: { lotId, bidId: `${lotId}-b1`, reason },
    cancel_lot: { lotId, reason },
    abort_lot: { lotId, reason },
    replan_lot: { lotId, opensAt },
    accept_below_reserve: { lotId },
    accept_award: { lotId, awardId },
    reject_award: { lotId, awardId, reason },
    refuse_award: { lotId, awardId, reason },
    cancel_award: { lotId, awardId, reason },
    sign_contract: { lotId, contractId: `${lotId}-c1` },
    draft_instrument: { marketplaceId, instrumentId: newId(), terms: wheatTerms() },
    revise_instrument: { instrumentId, expectedVersion: 1, terms: wheatTerms() },
    list_instrument: { instrumentId, expectedVersion: 1 },
    delist_instrument: { instrumentId, reason },
    set_timetable: { instrumentId, timetable: null, reason },
    set_phase: { instrumentId, phase: "continuous", reason },
    uncross_auction: { instrumentId },
    set_bands: { instrumentId, bands: {}, reason },
    set_reference: { instrumentId, price: "212.50", reason },
    block_trader: { instrumentId, companyId, reason },
    unblock_trader: { instrumentId, companyId, reason },
    bust_trade: { instrumentId, tradeId, reason },
    correct_trade: { instrumentId, tradeId, price: "212.50", reason },
    submit_order: { instrumentId, side: "buy", price: "212.50", quantity: "50" },
    amend_order: { instrumentId, orderId, quantity: "50" },
    replace_order: { instrumentId, orderId, quantity: "50" },
    cancel_order: { instrumentId, orderId },
    cancel_orders: { instrumentId },
  };
  return { type, ...members[type] } as PersonCommandInput;
}

/** The same command as a request, by the table of routes: path members in the path, its version in If-Match. */
export function requestOf(command: PersonCommandInput, key: string): RawRequest {
  const { type, ...members } = command;
  const { method, path: pattern } = commandRoutes[type];
  const body: Record<string, unknown> = { ...members };
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(body[name]);
    delete body[name];
    return value;
  });
  const { expectedVersion, ...rest } = body;
  const match = expectedVersion === undefined ? {} : { "if-match": `"${String(expectedVersion)}"` };
  return { method, path, body: rest, headers: { "idempotency-key": key, ...match } };
}
