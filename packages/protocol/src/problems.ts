import { buyingRefusals } from "./buying/problems.ts";
import { quoteRefusals } from "./buying/quote-problems.ts";
import { standingRefusals } from "./buying/standing-problems.ts";
import type { CommercialRefusalCode } from "./catalog/commercial-refusals.ts";
import type { CatalogRefusalCode } from "./catalog/refusals.ts";
import type { CatalogRejectionCode } from "./catalog/rejections.ts";
import type { ExchangeRejectionCode } from "./exchange/rejections.ts";
import { importRefusals } from "./imports/refusals.ts";
import type { ClearingRefusalCode, LedgerRefusalCode } from "./ledger/refusals.ts";
import type { Problem } from "./problem-document.ts";
import type { TenderRejectionCode } from "./tender/rejections.ts";

export type ProblemKind = {
  /** HTTP status. */
  readonly status: number;
  readonly title: string;
  /** Whether the same command may succeed later without a change of its own. */
  readonly transient: boolean;
};

const kind = (status: number, title: string, transient = false): ProblemKind => ({ status, title, transient });

/** Every rejection of the tender engine. */
const rejections = {
  tender_not_found: kind(404, "There is no such tender."),
  tender_exists: kind(409, "A tender with this id exists already."),
  lot_not_found: kind(404, "There is no such lot."),
  bid_not_found: kind(404, "There is no such bid in this lot."),
  question_not_found: kind(404, "There is no such question in this tender."),
  award_not_found: kind(404, "There is no such award in this lot."),
  contract_not_found: kind(404, "There is no such contract in this lot."),
  supplier_not_found: kind(404, "This company takes no part in the tender."),
  not_owner: kind(403, "Only the company that runs the tender may do this."),
  not_operator: kind(403, "Only an operator of the marketplace may do this."),
  own_lot: kind(403, "The company that runs the tender may not bid in it."),
  not_award_holder: kind(403, "The award belongs to another company."),
  not_contract_party: kind(403, "Only a party to the contract may sign it."),
  not_invited: kind(403, "This tender is by invitation."),
  not_admitted: kind(403, "Your company is not admitted to this tender."),
  already_requested: kind(409, "Your company has asked for admission already."),
  already_admitted: kind(409, "The company is admitted already."),
  bidder_excluded: kind(403, "The company was excluded from this tender."),
  tender_finished: kind(409, "The tender has ended."),
  version_stale: kind(412, "It was changed in the meantime; read it again."),
  tender_not_draft: kind(409, "The tender is published; amend it instead."),
  tender_not_published: kind(409, "The tender is still a draft."),
  terms_incomplete: kind(422, "The terms lack something or contradict each other."),
  questions_closed: kind(409, "The time for questions is over."),
  already_answered: kind(409, "The question has its answer already."),
  submissions_closed: kind(409, "The submission deadline has passed."),
  amendment_too_late: kind(409, "An amendment must leave more time until the submission deadline."),
  wrong_stage: kind(409, "The lot is at a stage that does not allow this."),
  initial_price_missing: kind(409, "An initial price is required before the live auction."),
  auction_not_open: kind(409, "The auction of this lot is not open yet.", true),
  auction_paused: kind(409, "The auction of this lot is paused.", true),
  auction_not_paused: kind(409, "The auction of this lot is not paused."),
  auction_closed: kind(409, "The auction of this lot is closed."),
  bid_already_voided: kind(409, "The bid is void already."),
  award_not_pending: kind(409, "The award is decided already."),
  award_not_active: kind(409, "The award is not in force."),
  award_already_proposed: kind(409, "The lot has an award that is pending or in force."),
  no_eligible_bid: kind(409, "No bid is left that could be awarded."),
  standstill_over: kind(409, "The standstill is over and the contract drawn up."),
  already_signed: kind(409, "Your side has signed already."),
  limit_reached: kind(409, "A limit of this tender is reached."),
  bad_format: kind(422, "The amount is not a decimal number."),
  bad_scale: kind(422, "The amount has more decimal places than this lot allows."),
  non_positive: kind(422, "The amount must be above zero."),
  instant_invalid: kind(422, "The instant is impossible or lies on the wrong side of another."),
  above_ceiling: kind(409, "The price is above the highest admissible one."),
  below_floor: kind(409, "The price is below the lowest admissible one."),
  below_opening: kind(409, "The first bid must reach the opening price."),
  not_on_grid: kind(409, "Prices in this lot are multiples of the grid."),
  buy_now_unavailable: kind(409, "The lot cannot be bought at once."),
  already_leading: kind(409, "Your company leads already."),
  not_better_than_own: kind(409, "The price must improve on your own."),
  not_better_than_reference: kind(409, "The price must improve on the reference.", true),
  tie_forbidden: kind(409, "The price equals a competitor's, which this lot does not allow.", true),
  step_too_small: kind(409, "The step is too small.", true),
  step_too_large: kind(409, "The step is too large.", true),
  nothing_due: kind(409, "Nothing is due at this time."),
} as const satisfies Readonly<Record<TenderRejectionCode, ProblemKind>>;

/** Every rejection of the matching engine that is not one of the tender engine too. */
const exchangeRejections = {
  instrument_not_found: kind(404, "There is no such instrument."),
  instrument_exists: kind(409, "An instrument with this id exists already."),
  not_trader: kind(403, "Only a company that trades in the marketplace may do this."),
  instrument_not_draft: kind(409, "The instrument is listed; its terms are fixed."),
  instrument_not_listed: kind(409, "The instrument is still a draft."),
  instrument_delisted: kind(409, "The instrument is delisted."),
  order_rate_exceeded: kind(429, "Your company sends orders faster than the instrument takes them.", true),
  order_to_trade_exceeded: kind(429, "Your company has sent too many orders for what it has traded today."),
  off_tick: kind(422, "Prices are whole ticks of the instrument."),
  off_quantity_step: kind(422, "Quantities are whole steps of the instrument."),
  unknown_order: kind(404, "There is no such order of yours."),
  duplicate_order: kind(409, "An order with this number is in the book already."),
  account_blocked: kind(403, "The account is blocked from trading."),
  phase_closed_to_orders: kind(409, "The market takes no such order in this phase.", true),
  combination_not_allowed: kind(422, "These members of an order do not go together."),
  tif_not_allowed_in_phase: kind(409, "A call takes no order that must trade at once.", true),
  post_only_not_allowed_in_phase: kind(409, "Post-only orders are taken in continuous trading alone.", true),
  all_or_none_not_allowed_in_phase: kind(409, "All-or-none orders are taken in continuous trading alone.", true),
  expiry_passed: kind(422, "The order would have expired already."),
  quantity_off_step: kind(422, "Quantities are multiples of the instrument's step."),
  quantity_too_small: kind(422, "The quantity is below the least allowed."),
  quantity_too_large: kind(422, "The quantity is above the most allowed."),
  price_off_step: kind(422, "Prices are multiples of the step of their range."),
  price_out_of_range: kind(422, "The price is outside what the instrument can have."),
  price_outside_band: kind(409, "The price is outside the band of the day."),
  price_not_closing_price: kind(409, "The closing cross trades at the closing price alone."),
  value_too_large: kind(422, "The value of the order is above the most allowed."),
  stop_already_triggered: kind(409, "The stop price has been reached already."),
  linked_prices_invalid: kind(422, "The prices of linked orders must lie around the last trade."),
  link_in_call: kind(409, "In a call only one order of a link may be in the book.", true),
  call_orders_exceeded: kind(409, "The account has as many orders in this call as it may.", true),
  call_quantity_exceeded: kind(409, "The account has as much quantity in this call as it may.", true),
  post_only_would_trade: kind(409, "The post-only order would have traded.", true),
  insufficient_funds: kind(409, "The account has not enough money available.", true),
  insufficient_goods: kind(409, "The account has not enough goods available.", true),
  balance_too_large: kind(422, "The account cannot hold that much."),
  not_in_call: kind(409, "There is no call auction now."),
  phase_not_allowed: kind(422, "An auction cannot end in this phase."),
  book_crossed: kind(409, "The book is crossed; an auction has to uncross it first."),
  no_reference: kind(409, "There is no reference price."),
  unknown_trade: kind(404, "There is no such trade that could be changed."),
} as const satisfies Readonly<Record<Exclude<ExchangeRejectionCode, TenderRejectionCode>, ProblemKind>>;

/** Every refusal of the ledger and of clearing that is not one of an engine too. */
const ledgerRefusals = {
  batch_size_invalid: kind(422, "The ledger takes fewer operations at once."),
  id_malformed: kind(422, "Ids of the ledger are UUIDs in lower case."),
  reference_malformed: kind(422, "A reference is one line of text."),
  amount_invalid: kind(422, "The ledger takes amounts above zero, up to a limit."),
  leg_count_invalid: kind(422, "A transfer has two legs or more, up to a limit."),
  leg_repeated: kind(422, "An account stands in one leg of a transfer at most."),
  hold_repeated: kind(422, "A transfer names each of its holds once."),
  asset_malformed: kind(422, "The asset is not described as assets are."),
  asset_unknown: kind(404, "The marketplace keeps no such asset in its books."),
  account_unknown: kind(404, "There is no such account."),
  purpose_malformed: kind(422, "The purpose of an account is one line of text."),
  account_exists: kind(409, "The owner has this account already."),
  account_closed: kind(409, "The account is closed."),
  account_not_empty: kind(409, "There is something in the account."),
  credit_limit_in_use: kind(409, "The account uses more than this limit."),
  id_reused: kind(409, "The id belongs to something else already."),
  marketplace_mixed: kind(422, "Nothing is posted from one marketplace to another."),
  transfer_unbalanced: kind(422, "The legs of a transfer do not sum to zero."),
  insufficient_balance: kind(409, "The account has not as much available.", true),
  balance_out_of_range: kind(409, "The account cannot keep that much."),
  hold_unknown: kind(404, "There is no such hold in the account."),
  hold_resolved: kind(409, "The hold has been resolved already."),
  hold_exceeded: kind(409, "The transfer takes more than its holds keep."),
  transfer_unknown: kind(404, "There is no such transfer."),
  transfer_reversed: kind(409, "The transfer is reversed already."),
  reversal_final: kind(409, "A reversal is not reversed."),
  amount_scale_exceeded: kind(422, "The amount has more decimal places than the asset."),
  amount_missing: kind(422, "Say how much money, or which receipts."),
  request_unknown: kind(404, "There is no such deposit or withdrawal."),
  request_decided: kind(409, "The deposit or withdrawal is decided already."),
  request_not_confirmed: kind(409, "Only what was confirmed can be reversed."),
  allocation_not_needed: kind(409, "Orders in this instrument need nothing allocated."),
  asset_unfit: kind(422, "The receipts, or the currency, do not fit the instrument."),
  allocation_unsettled: kind(409, "Part of it is not settled yet, or was never there.", true),
  settlement_not_ready: kind(409, "The day's trades are not all known yet, or there were none.", true),
  obligation_unknown: kind(404, "The company owes nothing of these trades, and is owed nothing."),
  obligation_settled: kind(409, "The obligation is settled."),
  obligation_disputed: kind(409, "The obligation is in dispute already."),
  obligation_not_disputed: kind(409, "The obligation is not in dispute."),
  obligation_not_failed: kind(409, "The company does not owe goods that are overdue."),
  statement_too_large: kind(409, "The day has too many lines for one statement; read them page by page."),
} as const satisfies Readonly<
  Record<Exclude<LedgerRefusalCode | ClearingRefusalCode, TenderRejectionCode | ExchangeRejectionCode>, ProblemKind>
>;

/** Every rejection of the catalogue engine. */
const catalogRejections = {
  buyer_node_required: kind(422, "Name the company or division that you buy for."),
  agreement_not_in_force: kind(409, "The agreement is not in force with this vendor."),
  agreement_ambiguous: kind(409, "There are several agreements with this vendor; name one."),
  quote_expired: kind(409, "The quote has expired."),
  quote_quantity_not_offered: kind(409, "The quote offers other quantities."),
  unit_not_sold: kind(422, "The offer is not sold in this unit."),
  quantity_not_positive: kind(422, "The quantity must be above zero."),
  quantity_scale_exceeded: kind(422, "The quantity has more decimal places than its unit."),
  quantity_below_minimum: kind(409, "The quantity is below the least that is sold."),
  quantity_above_maximum: kind(409, "The quantity is above the most that is sold."),
  quantity_not_multiple: kind(409, "The quantity is not a multiple of what is sold at a time."),
  price_on_request: kind(409, "There is no price for this; ask the vendor for a quote."),
  price_changed: kind(409, "The price has changed since it was shown; agree to the new one."),
  discount_above_total: kind(422, "The discount is not between zero and the total."),
  order_minimum_not_reached: kind(409, "The vendor takes no order as small as this."),
  refund_above_order: kind(409, "The refund is not between zero and what is left of the sale."),
  quantity_not_open: kind(409, "Not as much of the line is left that is neither shipped nor cancelled."),
  quantity_not_underway: kind(409, "Not as much of the line is on its way."),
  quantity_not_arrived: kind(409, "Not as much of the line has arrived that was not returned yet."),
  price_ladder_rises: kind(422, "A larger quantity must not cost more apiece."),
} as const satisfies Readonly<Record<CatalogRejectionCode, ProblemKind>>;

/** Every refusal of what is kept of products, classes, offers and findings. */
const catalogRefusals = {
  class_unknown: kind(422, "The scheme has no such class."),
  class_parent_unknown: kind(422, "A class above is not in the scheme; send it first."),
  class_parent_cyclic: kind(422, "A class cannot stand below itself."),
  class_attribute_repeated: kind(422, "An attribute stands in a class once."),
  unit_unknown: kind(422, "There is no such unit of measure."),
  unit_repeated: kind(422, "A unit stands in a variant once."),
  unit_not_of_variant: kind(422, "The variant has no such unit."),
  unit_in_use: kind(409, "Offers are sold in this unit, or stock is counted in it."),
  unit_ratio_invalid: kind(422, "The ratio of the unit has too many digits."),
  gtin_invalid: kind(422, "The number is no GTIN."),
  gtin_repeated: kind(422, "A GTIN stands for one packaging level of one variant of a product."),
  attribute_repeated: kind(422, "An attribute is told once."),
  attribute_unknown: kind(422, "The product's classes have no such attribute."),
  attribute_not_parting: kind(422, "Variants of a product do not differ in this attribute."),
  attribute_kind_wrong: kind(422, "The attribute has values of another kind."),
  attribute_unit_wrong: kind(422, "The value is not in a unit of the attribute."),
  attribute_choice_unknown: kind(422, "The value is none of the attribute's choices."),
  attribute_missing: kind(422, "An active product must tell this attribute."),
  text_repeated: kind(422, "A product has one text in each language."),
  primary_class_missing: kind(422, "One class of a product is its primary one."),
  variant_unknown: kind(422, "There is no such variant."),
  variant_not_distinct: kind(409, "Variants of a product differ in their attributes."),
  variants_too_many: kind(409, "The product has as many variants as it may."),
  product_merged: kind(409, "The product was merged into another one."),
  product_not_active: kind(409, "The product or the variant is not active."),
  product_private: kind(409, "The product is another company's own; only that company may list it."),
  file_content_invalid: kind(422, "The content is not base64, or not what its media type says."),
  files_too_many: kind(409, "The product has as many files as it may."),
  quantity_terms_inconsistent: kind(422, "Minimum, multiple and maximum contradict each other."),
  delivery_place_missing: kind(422, "A delivery term says nothing without its place."),
  validity_empty: kind(422, "The offer would end before it begins."),
  offer_exists: kind(409, "Your company has an offer with this number already."),
  offer_state_wrong: kind(409, "The offer is in a state that does not allow this."),
  stock_promised: kind(409, "More than that is promised already."),
  finding_decided: kind(409, "The finding was decided otherwise already."),
  finding_not_mergeable: kind(409, "These cannot be made one."),
} as const satisfies Readonly<Record<CatalogRefusalCode, ProblemKind>>;

/** Every refusal of what is kept of divisions, price lists and agreements. */
const commercialRefusals = {
  division_too_deep: kind(409, "Divisions of a company stand eight deep at most."),
  division_cyclic: kind(422, "A division cannot stand below itself."),
  division_in_use: kind(409, "Other divisions stand below it, or agreements are for it."),
  time_zone_unknown: kind(422, "There is no such time zone."),
  period_invalid: kind(422, "A bound is no day or instant of the calendar, or the period ends before it begins."),
  export_header_unfit: kind(422, "The format has no room for this catalogue's language or currency."),
  price_list_unknown: kind(422, "There is no such price list of the same owner."),
  price_list_nested: kind(422, "A list derives from one with prices of its own, and never from itself."),
  assignment_target_unknown: kind(422, "There is nothing here to which the list could be given."),
  offer_unknown: kind(422, "There is no such offer of yours."),
  rung_repeated: kind(422, "A ladder has one rung for a unit, a quantity and a start."),
  rungs_too_many: kind(409, "The ladder has as many rungs as it may."),
  price_unit_unknown: kind(422, "The offer's variant has no such unit."),
  amount_too_fine: kind(422, "The amount has more decimal places than its currency."),
  customer_group_unknown: kind(422, "There is no such customer group."),
  buyer_unfit: kind(422, "The company does not buy in this marketplace, or is the vendor itself."),
  agreement_currency_differs: kind(422, "Lists and minimums of an agreement are in its currency."),
  agreement_state_wrong: kind(409, "The agreement is in a state that does not allow this."),
  quantity_rule_repeated: kind(422, "An agreement has one rule of quantities for an offer, and one for all."),
} as const satisfies Readonly<Record<CommercialRefusalCode, ProblemKind>>;

/** Refusals of the shell: gateway, host and bus. */
const refusals = {
  request_invalid: kind(400, "The request does not fit its schema."),
  body_unreadable: kind(400, "The body is not readable as JSON."),
  key_missing: kind(400, "The Idempotency-Key header is missing."),
  key_malformed: kind(400, "The idempotency key must be 8 to 64 letters, digits, hyphens or underscores."),
  cursor_malformed: kind(400, "The page cursor is not one of ours."),
  unauthenticated: kind(401, "Sign in or send an API key."),
  forbidden: kind(403, "Your role does not allow this."),
  origin_refused: kind(403, "This origin may not open a live connection."),
  company_required: kind(403, "Choose the company you act for."),
  not_found: kind(404, "There is nothing at this address for you."),
  method_not_allowed: kind(405, "This address does not take that method."),
  conflict: kind(409, "The change conflicts with what is stored."),
  in_progress: kind(409, "The same command is still being decided; ask again.", true),
  secret_not_repeated: kind(409, "The key was made and shown; it is not shown again."),
  too_many_api_keys: kind(409, "Your company has as many API keys as it may; revoke one first."),
  precondition_failed: kind(412, "The document was changed in the meantime; read it again."),
  body_too_large: kind(413, "The body is too large."),
  media_type_unsupported: kind(415, "Send application/json."),
  key_reused: kind(422, "This key was used for another command."),
  command_stale: kind(422, "The command came after its validUntil and was not executed."),
  precondition_required: kind(428, "Send the version you read in If-Match."),
  rate_limited: kind(429, "Too many requests; wait and ask again.", true),
  too_many_subscriptions: kind(429, "This connection has as many subscriptions as it may."),
  internal: kind(500, "Something failed on our side; the command may be repeated with the same key.", true),
  overloaded: kind(503, "Too much is waiting; nothing was executed. Ask again after the hint.", true),
  unavailable: kind(503, "The service cannot answer now; ask again with the same key.", true),
  search_warming: kind(503, "The marketplace's search is being made ready; ask again after the hint.", true),
  shutting_down: kind(503, "The server is going down; connect again.", true),
  outcome_unknown: kind(504, "No answer in time; ask again with the same key to learn the outcome.", true),
} as const satisfies Readonly<Record<string, ProblemKind>>;

export const problemKinds = {
  ...rejections,
  ...exchangeRejections,
  ...ledgerRefusals,
  ...catalogRejections,
  ...catalogRefusals,
  ...commercialRefusals,
  ...buyingRefusals,
  ...quoteRefusals,
  ...standingRefusals,
  ...importRefusals,
  ...refusals,
} as const;
export type ProblemCode = keyof typeof problemKinds;
export type RefusalCode = keyof typeof refusals;
export const problemCodes = Object.keys(problemKinds) as readonly ProblemCode[];

/** The problem document of a code with its data. */
export function problemOf(code: ProblemCode, data: Readonly<Record<string, unknown>> = {}): Problem {
  const { status, title } = problemKinds[code];
  return { ...data, type: `urn:kontor:problem:${code}`, title, status, code };
}
