import type { Input } from "@kontor/kernel";
import { reject } from "@kontor/kernel";
import type { TenderCommand, TenderCommandOf, TenderCommandType, TenderPersonCommand } from "@kontor/protocol";
import { mayKnow } from "./access.ts";
import type { LotCall, LotCommandType, TenderCall, TenderDecision } from "./call.ts";
import {
  admitSupplier,
  excludeSupplier,
  inviteSupplier,
  refuseSupplier,
  requestAdmission,
} from "./decide-admission.ts";
import { acceptAward, cancelAward, proposeAward, refuseAward, rejectAward, signContract } from "./decide-award.ts";
import { bid, steward } from "./decide-live.ts";
import { abortLot, acceptBelowReserve, cancelLot, replanLot } from "./decide-lot.ts";
import { amendTender, cancelTender, createTender, publishTender, reviseTender } from "./decide-notice.ts";
import { reportOutage } from "./decide-outage.ts";
import { disqualifyPrice, evaluatePrice, submitInitialPrice, withdrawInitialPrice } from "./decide-prices.ts";
import { answerQuestion, askQuestion } from "./decide-questions.ts";
import { advanceTime } from "./decide-time.ts";
import { earliestDue } from "./due.ts";
import { settled } from "./settle.ts";
import type { Tender, TenderState } from "./state.ts";

type HostCommand = Extract<TenderCommand, { type: "advance_time" | "report_outage" }>;
type PlainCommandType = Exclude<TenderCommandType, LotCommandType | "create_tender">;

const tenderHandlers: { readonly [Type in PlainCommandType]: (call: TenderCall<Type>) => TenderDecision } = {
  revise_tender: reviseTender,
  publish_tender: publishTender,
  amend_tender: amendTender,
  cancel_tender: cancelTender,
  invite_supplier: inviteSupplier,
  request_admission: requestAdmission,
  admit_supplier: admitSupplier,
  refuse_supplier: refuseSupplier,
  exclude_supplier: excludeSupplier,
  ask_question: askQuestion,
  answer_question: answerQuestion,
};

const lotHandlers: { readonly [Type in LotCommandType]: (call: LotCall<Type>) => TenderDecision } = {
  submit_initial_price: submitInitialPrice,
  withdraw_initial_price: withdrawInitialPrice,
  evaluate_price: evaluatePrice,
  disqualify_price: disqualifyPrice,
  propose_award: proposeAward,
  submit_bid: bid,
  set_proxy: bid,
  buy_now: bid,
  pause_lot: steward,
  resume_lot: steward,
  extend_lot: steward,
  void_bid: steward,
  cancel_lot: cancelLot,
  abort_lot: abortLot,
  replan_lot: replanLot,
  accept_below_reserve: acceptBelowReserve,
  accept_award: acceptAward,
  reject_award: rejectAward,
  refuse_award: refuseAward,
  cancel_award: cancelAward,
  sign_contract: signContract,
};

/** The facts that a command makes, or the first reason by precedence why there are none. */
export function decide(state: TenderState, input: Input<TenderCommand>): TenderDecision {
  const { command } = input;
  if (command.type === "advance_time" || command.type === "report_outage")
    return decideHost(state, { ...input, command });
  if (command.type === "create_tender") return createTender(state, { ...input, command });
  const { tender } = state;
  if (tender === null || !mayKnow(tender, input.actor)) return reject({ code: "tender_not_found" });
  return withConsequences(tender, input, decidePerson(tender, { ...input, command }));
}

type PersonCommand = Exclude<TenderPersonCommand, { type: "create_tender" }>;

function decidePerson(tender: Tender, { command, actor, at }: Input<PersonCommand>): TenderDecision {
  if ("lotId" in command) {
    const lot = tender.lots.get(command.lotId);
    if (lot === undefined) return reject({ code: "lot_not_found" });
    const handler = lotHandlers[command.type] as (call: LotCall) => TenderDecision;
    return handler({ tender, lot, command: command as TenderCommandOf<LotCommandType>, actor, at } as LotCall);
  }
  if (command.tenderId !== tender.tenderId) return reject({ code: "tender_not_found" });
  const handler = tenderHandlers[command.type] as (call: TenderCall) => TenderDecision;
  return handler({ tender, command, actor, at });
}

function decideHost({ tender }: TenderState, { command, actor, at }: Input<HostCommand>): TenderDecision {
  if (actor.kind !== "system") return reject({ code: "not_operator" });
  if (tender === null) return reject({ code: "nothing_due" });
  if (command.type === "report_outage") return reportOutage(tender, command);
  const deadline = earliestDue(tender)?.kind === "submissions";
  const decision = advanceTime(tender, at);
  if (decision.kind === "rejected") return decision;
  return { kind: "accepted", events: settled(tender, decision.events, { at, deadline }) };
}

function withConsequences(tender: Tender, { at }: Input<TenderCommand>, decision: TenderDecision): TenderDecision {
  if (decision.kind === "rejected") return decision;
  return { kind: "accepted", events: settled(tender, decision.events, { at, deadline: false }) };
}
