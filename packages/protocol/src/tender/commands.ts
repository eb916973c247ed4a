import { z } from "zod";
import {
  AwardId,
  BidId,
  CompanyId,
  ContractId,
  Decimal,
  Instant,
  LotId,
  MarketplaceId,
  MicrosAt,
  PositiveDecimal,
  QuestionId,
  Reason,
  TenderId,
  Text,
} from "../primitives.ts";
import { TenderChanges, TenderTerms } from "./terms.ts";

const tender = { tenderId: TenderId };
const lot = { lotId: LotId };
const reason = { reason: Reason.min(1) };
const text = { text: Text.min(1) };
const version = { expectedVersion: z.int().min(1) };

/** Commands of people; each is a route and a live command. The owner's, the suppliers' and the operator's share one list. */
export const tenderCommands = {
  // The owner writes and publishes. The id is made by the client, so that a repeated creation is the same tender.
  create_tender: z.strictObject({
    type: z.literal("create_tender"),
    marketplaceId: MarketplaceId,
    ...tender,
    terms: TenderTerms,
  }),
  revise_tender: z.strictObject({ type: z.literal("revise_tender"), ...tender, ...version, terms: TenderTerms }),
  publish_tender: z.strictObject({ type: z.literal("publish_tender"), ...tender, ...version }),
  amend_tender: z.strictObject({
    type: z.literal("amend_tender"),
    ...tender,
    ...version,
    changes: TenderChanges,
    ...reason,
  }),
  cancel_tender: z.strictObject({ type: z.literal("cancel_tender"), ...tender, ...reason }),

  // Admission.
  invite_supplier: z.strictObject({ type: z.literal("invite_supplier"), ...tender, companyId: CompanyId }),
  request_admission: z.strictObject({ type: z.literal("request_admission"), ...tender }),
  admit_supplier: z.strictObject({ type: z.literal("admit_supplier"), ...tender, companyId: CompanyId }),
  refuse_supplier: z.strictObject({ type: z.literal("refuse_supplier"), ...tender, companyId: CompanyId, ...reason }),
  exclude_supplier: z.strictObject({ type: z.literal("exclude_supplier"), ...tender, companyId: CompanyId, ...reason }),

  // Questions and answers.
  ask_question: z.strictObject({ type: z.literal("ask_question"), ...tender, ...text }),
  answer_question: z.strictObject({
    type: z.literal("answer_question"),
    ...tender,
    questionId: QuestionId,
    ...text,
    published: z.boolean(),
  }),

  // Sealed initial prices.
  submit_initial_price: z.strictObject({ type: z.literal("submit_initial_price"), ...lot, price: Decimal }),
  withdraw_initial_price: z.strictObject({ type: z.literal("withdraw_initial_price"), ...lot }),
  evaluate_price: z.strictObject({
    type: z.literal("evaluate_price"),
    ...lot,
    companyId: CompanyId,
    evaluatedPrice: PositiveDecimal,
    note: Reason,
  }),
  disqualify_price: z.strictObject({ type: z.literal("disqualify_price"), ...lot, companyId: CompanyId, ...reason }),
  propose_award: z.strictObject({ type: z.literal("propose_award"), ...lot }),

  // The live auction.
  submit_bid: z.strictObject({ type: z.literal("submit_bid"), ...lot, price: Decimal }),
  set_proxy: z.strictObject({ type: z.literal("set_proxy"), ...lot, maximum: Decimal }),
  buy_now: z.strictObject({ type: z.literal("buy_now"), ...lot }),
  pause_lot: z.strictObject({ type: z.literal("pause_lot"), ...lot, ...reason }),
  resume_lot: z.strictObject({ type: z.literal("resume_lot"), ...lot }),
  extend_lot: z.strictObject({ type: z.literal("extend_lot"), ...lot, endsAt: Instant, ...reason }),
  void_bid: z.strictObject({ type: z.literal("void_bid"), ...lot, bidId: BidId, ...reason }),
  cancel_lot: z.strictObject({ type: z.literal("cancel_lot"), ...lot, ...reason }),
  abort_lot: z.strictObject({ type: z.literal("abort_lot"), ...lot, ...reason }),
  replan_lot: z.strictObject({ type: z.literal("replan_lot"), ...lot, opensAt: Instant }),
  accept_below_reserve: z.strictObject({ type: z.literal("accept_below_reserve"), ...lot }),

  // Award and contract.
  accept_award: z.strictObject({ type: z.literal("accept_award"), ...lot, awardId: AwardId }),
  reject_award: z.strictObject({ type: z.literal("reject_award"), ...lot, awardId: AwardId, ...reason }),
  refuse_award: z.strictObject({ type: z.literal("refuse_award"), ...lot, awardId: AwardId, ...reason }),
  cancel_award: z.strictObject({ type: z.literal("cancel_award"), ...lot, awardId: AwardId, ...reason }),
  sign_contract: z.strictObject({ type: z.literal("sign_contract"), ...lot, contractId: ContractId }),
} as const;

/** Commands of the host itself; no route and no live message leads to them. */
export const tenderHostCommands = {
  advance_time: z.strictObject({ type: z.literal("advance_time") }),
  report_outage: z.strictObject({ type: z.literal("report_outage"), from: MicrosAt, to: MicrosAt }),
} as const;

export type TenderCommandType = keyof typeof tenderCommands;
export type TenderCommandOf<Type extends TenderCommandType> = z.output<(typeof tenderCommands)[Type]>;
export type TenderPersonCommand = { [Type in TenderCommandType]: TenderCommandOf<Type> }[TenderCommandType];
export type TenderPersonCommandInput = {
  [Type in TenderCommandType]: z.input<(typeof tenderCommands)[Type]>;
}[TenderCommandType];
export type AdvanceTime = z.output<typeof tenderHostCommands.advance_time>;
export type ReportOutage = z.output<typeof tenderHostCommands.report_outage>;
export type TenderCommand = TenderPersonCommand | AdvanceTime | ReportOutage;

const [first, ...rest] = Object.values(tenderCommands);
/** Any command of a person. */
export const TenderPersonCommandSchema = z.discriminatedUnion("type", [
  first as (typeof tenderCommands)["create_tender"],
  ...(rest as never[]),
]) as unknown as z.ZodType<TenderPersonCommand>;
