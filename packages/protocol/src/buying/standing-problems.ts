import type { ProblemKind } from "../problems.ts";
import type { StandingRefusalCode } from "./standing-refusals.ts";

const kind = (status: number, title: string): ProblemKind => ({ status, title, transient: false });

/** Every refusal of standing orders. */
export const standingRefusals = {
  standing_order_unknown: kind(404, "Your company has no such standing order."),
  standing_order_state_wrong: kind(409, "The standing order is in a state that does not allow this."),
  standing_order_without_dates: kind(422, "By its rule nothing would be ordered from now on."),
  standing_line_unknown: kind(422, "The standing order has no such line."),
  standing_date_unknown: kind(404, "The standing order has no such date, or none so far ahead yet."),
  standing_date_state_wrong: kind(409, "The date is in a state that does not allow this."),
  standing_date_out_of_order: kind(
    409,
    "A date is moved to a day to come, after the date before it and before the next.",
  ),
  price_consent_stale: kind(409, "Other prices are asked for by now."),
} as const satisfies Readonly<Record<StandingRefusalCode, ProblemKind>>;
