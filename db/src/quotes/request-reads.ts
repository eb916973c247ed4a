import type { Actor } from "@kontor/kernel";
import type { QuoteRequestRecord, QuoteRequestSummary } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { asc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { nameOfCompany } from "../repositories/company-names.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, anyOf, inMarketplace, isOwnCompany, ofOwnCompany, seesAll } from "../repositories/scope.ts";
import { quoteInvitations, quoteRequestLines, quoteRequests } from "../schema/catalog-quotes.ts";
import { wantedRecordOf } from "./wanted-lines.ts";

export type RequestRow = typeof quoteRequests.$inferSelect;
export type FoundRequest = { readonly row: RequestRow; readonly buyerName: string | null };
export const requestColumns = {
  row: getTableColumns(quoteRequests),
  buyerName: nameOfCompany(quoteRequests.companyId),
};

/** The buyer; whom he invited, once it was sent; staff. Needs `quote_requests` in the query. */
export function seesRequest(actor: Actor): SQL {
  const { companyId } = actor;
  const isInvited = sql`${quoteRequests.sentAt} is not null and exists (select 1 from ${quoteInvitations} invited
    where invited.request_id = ${quoteRequests.id} and invited.vendor_id = ${companyId})`;
  return allOf(
    inMarketplace(actor, quoteRequests.marketplaceId),
    seesAll(actor) ? undefined : anyOf(ofOwnCompany(actor, quoteRequests.companyId), isInvited),
  );
}

export async function findRequest(db: Database, actor: Actor, requestId: string): Promise<FoundRequest | undefined> {
  const [found] = await db
    .select(requestColumns)
    .from(quoteRequests)
    .where(allOf(seesRequest(actor), eq(quoteRequests.id, requestId)));
  return found;
}

export function requestSummaryOf({ row, buyerName }: FoundRequest): QuoteRequestSummary {
  const { id, marketplaceId, companyId, title, currency, dueAt, state, sentAt, createdAt, version } = row;
  return {
    requestId: id,
    marketplaceId,
    buyerId: companyId,
    ...present({ buyerName }),
    title,
    currency,
    dueAt: instantOf(dueAt),
    state,
    ...present({ sentAt: instantOf(sentAt) }),
    createdAt: instantOf(createdAt),
    version,
  };
}

/** To a vendor it is his alone: neither who else was asked nor the buyer's own concerns. */
export async function requestRecordOf(db: Database, actor: Actor, found: FoundRequest): Promise<QuoteRequestRecord> {
  const { id, companyId, deliveryTerm, deliveryPlace, note, divisionId, requestedBy, estimateId, estimateNo } =
    found.row;
  const isVendor = !seesAll(actor) && !isOwnCompany(actor, companyId);
  const lines = await db
    .select()
    .from(quoteRequestLines)
    .where(eq(quoteRequestLines.requestId, id))
    .orderBy(asc(quoteRequestLines.lineNo));
  const invited = await db
    .select({ row: getTableColumns(quoteInvitations), vendorName: nameOfCompany(quoteInvitations.vendorId) })
    .from(quoteInvitations)
    .where(
      allOf(eq(quoteInvitations.requestId, id), isVendor ? ofOwnCompany(actor, quoteInvitations.vendorId) : undefined),
    )
    .orderBy(asc(quoteInvitations.vendorId));
  const estimate = estimateId === null || estimateNo === null ? null : { estimateId, version: estimateNo };
  return {
    ...requestSummaryOf(found),
    ...present({ deliveryTerm: deliveryTerm as QuoteRequestRecord["deliveryTerm"], deliveryPlace }),
    note,
    lines: lines.map(wantedRecordOf),
    ...(isVendor ? {} : present({ divisionId, requestedBy, estimate })),
    vendors: invited.map(({ row: { vendorId, seenAt, declinedAt, reason }, vendorName }) => ({
      vendorId,
      ...present({ vendorName, seenAt: instantOf(seenAt), declinedAt: instantOf(declinedAt), reason }),
    })),
  };
}
