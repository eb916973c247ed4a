import type { LockedPrice } from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import type { QuoteAcceptanceRecord, QuoteAgreementInput } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { millionthsIn } from "../buying/number-texts.ts";
import { isOwned } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { allOf } from "../repositories/scope.ts";
import {
  acceptedQuoteLines,
  quoteAcceptances,
  quotedTiers,
  quoteRequests,
  quotes,
  quoteVersions,
} from "../schema/catalog-quotes.ts";
import { tellAccepted } from "./quote-notices.ts";
import type { TierRow, VersionRow } from "./quote-reads.ts";
import { acceptancesOf, tiersOf } from "./quote-reads.ts";

export type Accepting<Input extends QuoteAgreementInput = QuoteAgreementInput> = {
  readonly actor: Actor;
  readonly quoteId: string;
  readonly input: Input;
  readonly at: Micros;
};

/** A line of a quote that the buyer takes: the offer, how much of it, and the price that it was quoted at. */
export type TakenLine = {
  readonly lineNo: number;
  readonly offerId: string;
  readonly quantity: bigint;
  readonly unit: string;
  readonly locked: LockedPrice;
  readonly tier: TierRow;
};

/** A quote that is held for its buyer, with what he takes of its newest version. */
export type TakenQuote = {
  readonly quote: typeof quotes.$inferSelect;
  readonly request: typeof quoteRequests.$inferSelect;
  readonly version: VersionRow;
  readonly lines: readonly TakenLine[];
};

type Taking = TakenQuote | { readonly again: QuoteAcceptanceRecord };

/** Holds the quote and finds what was accepted at the quoted prices, whatever lists say by now; or the answer of before. */
export async function takeQuote(
  tx: Database,
  engine: Pick<BuyingEngine, "lockQuoted">,
  { actor, quoteId, input, at }: Accepting,
): Promise<Answered<Taking>> {
  const held = await holdQuote(tx, actor, quoteId);
  if (held === undefined) return refused("quote_unknown");
  const { quote, request } = held;
  const [known] = await acceptancesOf(tx, eq(quoteAcceptances.id, input.acceptanceId));
  if (known !== undefined) return known.quoteId === quoteId ? answered({ again: known }) : reused(input);
  if (request.state === "cancelled") return refused("quote_request_state_wrong", { state: request.state });
  const { version: newest } = quote;
  if (input.version > newest) return refused("quote_unknown", { version: input.version });
  if (input.version < newest) return refused("quote_superseded", { version: newest });
  const [version] = await tx
    .select()
    .from(quoteVersions)
    .where(and(eq(quoteVersions.quoteId, quoteId), eq(quoteVersions.no, newest)));
  if (version === undefined) return refused("quote_unknown");
  const tiers = await tiersOf(tx, allOf(eq(quotedTiers.quoteId, quoteId), eq(quotedTiers.no, newest)));
  const before = await tx.select().from(acceptedQuoteLines).where(eq(acceptedQuoteLines.quoteId, quoteId));
  const taken = new Set(before.map(({ lineNo }) => lineNo));
  const seen = new Set<number>();
  const lines: TakenLine[] = [];
  for (const [index, line] of input.lines.entries()) {
    const pointer = `/lines/${index}`;
    const { lineNo } = line;
    if (seen.has(lineNo)) return refused("quote_line_repeated", { lineNo, pointer });
    seen.add(lineNo);
    const offered = tiers.filter((tier) => tier.lineNo === lineNo);
    if (offered.length === 0) return refused("quote_line_unknown", { lineNo, pointer });
    const found = takenLine(engine, { version, offered, line, at });
    if (!found.ok) return refused(found.code, { ...found.data, lineNo, pointer });
    if (taken.has(lineNo)) return refused("quote_line_accepted", { lineNo, pointer });
    lines.push(found.value);
  }
  return answered({ quote, request, version, lines });
}

const reused = ({ acceptanceId }: QuoteAgreementInput) => refused("acceptance_reused", { acceptanceId });

async function holdQuote(tx: Database, actor: Actor, quoteId: string) {
  const [held] = await tx
    .select({ quote: quotes, request: quoteRequests })
    .from(quotes)
    .innerJoin(quoteRequests, eq(quoteRequests.id, quotes.requestId))
    .where(allOf(isOwned(actor, quoteRequests), eq(quotes.id, quoteId)))
    .for("update", { of: quotes });
  return held;
}

type OneLine = {
  readonly version: VersionRow;
  readonly offered: readonly TierRow[];
  readonly line: QuoteAgreementInput["lines"][number];
  readonly at: Micros;
};

function takenLine(
  engine: Pick<BuyingEngine, "lockQuoted">,
  { version, offered, line, at }: OneLine,
): Answered<TakenLine> {
  const { lineNo, unit } = line;
  const quantity = millionthsIn(line.quantity);
  if (quantity === null) return refused("quantity_unreadable");
  const inUnit = offered.filter((tier) => tier.unit === unit);
  const [tier] = inUnit;
  if (tier === undefined) {
    return refused("unit_not_sold", { unit, choices: [...new Set(offered.map((one) => one.unit))].sort() });
  }
  const { quoteId, currency, validUntil } = version;
  const tiers = inUnit.map((one) => ({ ...one, unitPrice: one.price }));
  const quoted = { reference: quoteId, currency, unit, priceMode: "net", tiers, validUntil } as const;
  const answer = engine.lockQuoted(quoted, quantity, at);
  if (answer.kind === "rejected") return refused(answer.rejection.code, { ...answer.rejection });
  const { offerId } = tier;
  if (offerId === null) return refused("quote_line_without_offer");
  const { price: locked } = answer;
  const chosen = inUnit.find((one) => one.price === locked.unitPrice && fits(one, quantity)) ?? tier;
  return answered({ lineNo, offerId, quantity, unit, locked, tier: chosen });
}

const fits = (tier: TierRow, quantity: bigint): boolean =>
  tier.quantity === quantity || (tier.allowsMore && tier.quantity < quantity);

type Outcome = Pick<typeof quoteAcceptances.$inferInsert, "outcome" | "outcomeId"> & { readonly taken: TakenQuote };

/** Puts down what was taken. The database takes a line of a quote once. */
export async function recordAcceptance(
  tx: Database,
  { actor, quoteId, input, at }: Accepting,
  { outcome, outcomeId, taken }: Outcome,
): Promise<Answered<QuoteAcceptanceRecord>> {
  const { acceptanceId: id } = input;
  const [made] = await tx
    .insert(quoteAcceptances)
    .values({ id, quoteId, no: taken.version.no, outcome, outcomeId, by: actor.userId, at })
    .onConflictDoNothing()
    .returning();
  if (made === undefined) return reused(input);
  const rows = taken.lines.map(({ lineNo, quantity, unit }) => ({ acceptanceId: id, quoteId, lineNo, quantity, unit }));
  await tx.insert(acceptedQuoteLines).values(rows);
  await tellAccepted(tx, { taken, outcome, at });
  const [record] = await acceptancesOf(tx, eq(quoteAcceptances.id, id));
  return record === undefined ? refused("internal") : answered(record);
}
