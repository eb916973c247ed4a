import type { TenderCommandOf, TenderCommandType, TenderPersonCommandInput } from "@kontor/protocol";
import { commandRoutes } from "@kontor/protocol";
import { newId } from "@kontor/sdk";
import type { RawRequest } from "../../world/raw-http.ts";
import { lot, reverseRules, termsOf } from "../../world/terms.ts";
import type { RecordIds } from "./decided-lot.ts";

/** What requests are about; any of it may be an id that does not exist. */
export type Place = {
  readonly marketplaceId: string;
  readonly tenderId: string;
  /** A supplier of the tender. */
  readonly companyId: string;
  /** Of some lot in the marketplace. */
  readonly records: RecordIds;
};

const reason = "because";
const opensAt = "2031-01-01T00:00:00Z";

/** One well-formed command of each type. */
export function exampleCommand(type: TenderCommandType, place: Place): TenderPersonCommandInput {
  const { marketplaceId, tenderId, companyId } = place;
  const lotId = `${tenderId}-1`;
  const terms = termsOf({ lots: [lot(reverseRules())] });
  const awardId = `${lotId}-a1`;
  const members: { readonly [Type in TenderCommandType]: Partial<TenderCommandOf<Type>> | object } = {
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
  };
  return { type, ...members[type] } as TenderPersonCommandInput;
}

/** The same command as a request, by the table of routes: path members in the path, its version in If-Match. */
export function requestOf(command: TenderPersonCommandInput, key: string): RawRequest {
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
