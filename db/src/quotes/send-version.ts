import type { Actor, Micros } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import type { QuoteVersionInput } from "@kontor/protocol";
import { and, eq, inArray, sql } from "drizzle-orm";
import { millionthsIn } from "../buying/number-texts.ts";
import type { OwnCompany } from "../buying/orders/own-company.ts";
import { ownCompanyOf } from "../buying/orders/own-company.ts";
import { boundIn } from "../catalog/periods.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { allOf } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import {
  quotedTiers,
  quoteInvitations,
  quoteRequestLines,
  quoteRequests,
  quotes,
  quoteVersions,
} from "../schema/catalog-quotes.ts";
import { tellBuyer } from "./quote-notices.ts";
import { seesRequest } from "./request-reads.ts";
import { unitsOfVariants } from "./variant-units.ts";

export type Sending = { readonly requestId: string; readonly input: QuoteVersionInput; readonly at: Micros };

type NewTier = Omit<typeof quotedTiers.$inferInsert, "quoteId" | "no">;

/** Sends the vendor's next version. Answers with the quote's id. */
export async function sendVersion(
  tx: Database,
  actor: Actor,
  { requestId, input, at }: Sending,
): Promise<Answered<string>> {
  const own = ownCompanyOf(actor);
  // Held, so that nobody quotes what is closed meanwhile.
  const [request] = await tx
    .select()
    .from(quoteRequests)
    .where(allOf(seesRequest(actor), eq(quoteRequests.id, requestId)))
    .for("share");
  if (request === undefined || own === undefined || request.companyId === own.companyId) {
    return refused("quote_request_unknown");
  }
  if (request.state !== "sent") return refused("quote_request_state_wrong", { state: request.state });
  if (request.dueAt <= at) return refused("quote_request_over");
  const columns = versionColumns(input, at);
  if (!columns.ok) return columns;
  const tiers = await checkedTiers(tx, own, { requestId, input });
  if (!tiers.ok) return tiers;
  const { marketplaceId, companyId: vendorId } = own;
  const [quote] = await tx
    .insert(quotes)
    .values({ marketplaceId, requestId, vendorId, createdAt: at })
    .onConflictDoUpdate({
      target: [quotes.requestId, quotes.vendorId],
      set: { version: sql`${quotes.version} + 1`, updatedAt: sql`now()` },
    })
    .returning();
  if (quote === undefined) return refused("internal");
  const key = { quoteId: quote.id, no: quote.version };
  await tx.insert(quoteVersions).values({ ...key, ...columns.value, by: actor.userId, at });
  await tx.insert(quotedTiers).values(tiers.value.map((tier) => ({ ...tier, ...key })));
  await tx
    .update(quoteInvitations)
    .set({ declinedAt: null, reason: null })
    .where(and(eq(quoteInvitations.requestId, requestId), eq(quoteInvitations.vendorId, vendorId)));
  await tellBuyer(tx, { request, vendorId, ...key, validUntil: columns.value.validUntil, at });
  return answered(quote.id);
}

function versionColumns(input: QuoteVersionInput, at: Micros) {
  const { currency, deliveryTerm = null, deliveryPlace = null, leadTimeDays = null, note, agreement = null } = input;
  const validUntil = microsOfInstant(input.validUntil);
  if (validUntil === null || validUntil <= at) return refused("instant_invalid", { pointer: "/validUntil" });
  if (deliveryTerm !== null && deliveryPlace === null) {
    return refused("delivery_place_missing", { pointer: "/deliveryPlace" });
  }
  const until = agreement === null ? null : boundIn("UTC", agreement.until);
  if (agreement !== null && (until === null || until <= validUntil)) {
    return refused("period_invalid", { pointer: "/agreement/until" });
  }
  return answered({ currency, validUntil, deliveryTerm, deliveryPlace, leadTimeDays, note, agreement });
}

type Tiers = { readonly requestId: string; readonly input: QuoteVersionInput };

/** Each line is one of the request's, each offer the vendor's own with a unit that its variant has. */
async function checkedTiers(
  tx: Database,
  own: OwnCompany,
  { requestId, input: { lines } }: Tiers,
): Promise<Answered<readonly NewTier[]>> {
  const asked = await tx
    .select({ lineNo: quoteRequestLines.lineNo })
    .from(quoteRequestLines)
    .where(eq(quoteRequestLines.requestId, requestId));
  const known = new Set(asked.map(({ lineNo }) => lineNo));
  const variantOf = await ownOffers(tx, own, lines);
  const units = await unitsOfVariants(tx, [...variantOf.values()]);
  const seen = new Set<number>();
  const rows: NewTier[] = [];
  for (const [at, { lineNo, offerId = null, tiers }] of lines.entries()) {
    const pointer = `/lines/${at}`;
    if (!known.has(lineNo)) return refused("quote_line_unknown", { lineNo, pointer: `${pointer}/lineNo` });
    if (seen.has(lineNo)) return refused("quote_line_repeated", { lineNo, pointer: `${pointer}/lineNo` });
    seen.add(lineNo);
    const variantId = offerId === null ? null : variantOf.get(offerId);
    if (variantId === undefined) return refused("offer_unknown", { offerId, pointer: `${pointer}/offerId` });
    const own = variantId === null ? undefined : units.get(variantId);
    for (const [position, { quantity, unit, price, priceBaseQuantity, allowsMore }] of tiers.entries()) {
      const here = `${pointer}/tiers/${position}`;
      if (own !== undefined && unit !== own.base && !own.others.has(unit)) {
        const choices = [...new Set([own.base, ...own.others.keys()])].sort();
        return refused("price_unit_unknown", { pointer: `${here}/unit`, unit, choices });
      }
      const numbers = [millionthsIn(quantity), millionthsIn(price), millionthsIn(priceBaseQuantity)];
      const [amount, unitPrice, base] = numbers;
      if (amount == null || unitPrice == null || base == null) return refused("quantity_unreadable", { pointer: here });
      const numeric = { quantity: amount, price: unitPrice, priceBaseQuantity: base };
      rows.push({ lineNo, position, offerId, unit, ...numeric, allowsMore });
    }
  }
  return answered(rows);
}

/** The variants of those named offers that are the vendor's to sell. */
async function ownOffers(
  tx: Database,
  { marketplaceId, companyId }: OwnCompany,
  lines: QuoteVersionInput["lines"],
): Promise<ReadonlyMap<string, string>> {
  const ids = lines.flatMap(({ offerId }) => offerId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: offers.id, variantId: offers.variantId })
    .from(offers)
    .where(
      and(
        inArray(offers.id, ids),
        eq(offers.marketplaceId, marketplaceId),
        eq(offers.vendorId, companyId),
        inArray(offers.status, ["active", "paused"]),
      ),
    );
  return new Map(rows.map(({ id, variantId }) => [id, variantId]));
}
