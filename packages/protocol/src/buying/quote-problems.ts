import type { ProblemKind } from "../problems.ts";
import type { QuoteRefusalCode } from "./quote-refusals.ts";

const kind = (status: number, title: string): ProblemKind => ({ status, title, transient: false });

/** Every refusal of requests for quotes, quotes and estimates. */
export const quoteRefusals = {
  estimate_unknown: kind(404, "Your company has no such project estimate, or no such version of it."),
  quote_request_unknown: kind(404, "There is no such request for quotes for you."),
  quote_request_state_wrong: kind(409, "The request for quotes is in a state that does not allow this."),
  quote_request_over: kind(409, "The time for quotes is over."),
  vendor_unfit: kind(422, "The company does not sell in this marketplace, or is the buyer itself."),
  quote_unknown: kind(404, "There is no such quote for you."),
  quote_line_unknown: kind(422, "There is no such line."),
  quote_line_repeated: kind(422, "A line is named once."),
  acceptance_reused: kind(409, "The id belongs to another acceptance already."),
  quote_superseded: kind(409, "The vendor has sent a newer version."),
  quote_line_accepted: kind(409, "The line of the quote was accepted already."),
  quote_line_without_offer: kind(409, "The vendor names no offer for this line; ask for a version that does."),
  quote_offer_repeated: kind(422, "Two lines mean the same offer; an agreement has one price for it."),
  quote_makes_no_agreement: kind(409, "The vendor does not offer an agreement with this quote."),
} as const satisfies Readonly<Record<QuoteRefusalCode, ProblemKind>>;
