import type { BuyingRefusalCode } from "./buying-refusals.ts";
import type { ProblemKind } from "./problems.ts";

const kind = (status: number, title: string, transient = false): ProblemKind => ({ status, title, transient });

/** Every refusal of buying. */
export const buyingRefusals = {
  division_unknown: kind(404, "Your company has no such division."),
  cost_center_unknown: kind(404, "Your company has no such cost centre in use."),
  cost_center_exists: kind(409, "Your company has a cost centre with this code already."),
  member_unknown: kind(422, "Nobody of your company has this id."),
  budget_unknown: kind(404, "Your company has no such budget."),
  budget_in_use: kind(409, "More than that is held or spent already."),
  budget_period_empty: kind(422, "The budget would end before it begins."),
  approval_rule_unknown: kind(404, "Your company has no such approval rule."),
  delegation_unknown: kind(404, "You have made no such delegation."),
  delegation_period_empty: kind(422, "The delegation would end before it begins."),
  delegation_to_oneself: kind(422, "Nobody delegates to himself."),
  exchange_rate_exists: kind(409, "There is another rate of these currencies for this instant."),
  exchange_rate_missing: kind(409, "No rate is stored between these currencies."),
  requisition_list_unknown: kind(404, "There is no such requisition list for you."),
  cart_line_unknown: kind(404, "There is no such line in your cart."),
  offer_not_available: kind(409, "The offer is not sold to your company."),
  quantity_unreadable: kind(422, "The quantity is no decimal number above zero with at most six decimals."),
  cart_too_large: kind(409, "The cart has as many lines as it may."),
  cart_empty: kind(409, "There is nothing in the cart."),
  checkout_reused: kind(409, "The id belongs to another checkout already."),
  checkout_blocked: kind(409, "Lines of the cart cannot be ordered as they are."),
  stock_insufficient: kind(409, "There is not as much in stock.", true),
  budget_exceeded: kind(409, "The budget has not as much left.", true),
  approval_expired: kind(409, "The order was not approved in time."),
  own_order_undecidable: kind(403, "Nobody decides on his own order."),
  decider_not_asked: kind(403, "You are not asked to decide on this order now."),
  decider_counted_already: kind(409, "You have decided on this order already."),
  line_not_in_order: kind(404, "There is no such line in the order any more."),
  purchase_order_unknown: kind(404, "There is no such purchase order for you."),
  order_state_wrong: kind(409, "The purchase order is in a state that does not allow this."),
  proposal_above_order: kind(422, "A vendor proposes what was ordered or less, in the quantities that were ordered."),
  proposal_empty: kind(422, "A proposal names another quantity or another day."),
  checkout_unknown: kind(404, "Nothing of such a checkout is confirmed in this currency."),
  payment_above_order: kind(409, "More is paid than the confirmed orders still cost."),
  payout_not_due: kind(409, "The vendor is owed nothing in this currency."),
} as const satisfies Readonly<Record<BuyingRefusalCode, ProblemKind>>;
