import type { Micros } from "@kontor/kernel";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { NewNotice } from "../notices/write-notices.ts";
import { writeNotices } from "../notices/write-notices.ts";
import { instantOf } from "../repositories/record-members.ts";
import { quoteInvitations, quoteRequests, quotes, quoteVersions } from "../schema/catalog-quotes.ts";
import type { TakenQuote } from "./acceptance.ts";
import type { RequestRow } from "./request-reads.ts";

/** Each vendor who was invited learns of the request. */
export async function tellInvited(tx: Database, request: RequestRow, at: Micros): Promise<void> {
  const { id: requestId, marketplaceId, companyId: buyerId, title, dueAt } = request;
  const invited = await tx
    .select({ companyId: quoteInvitations.vendorId })
    .from(quoteInvitations)
    .where(eq(quoteInvitations.requestId, requestId));
  const data = { requestId, title, buyerId, dueAt: instantOf(dueAt) };
  const told = invited.map(
    ({ companyId }) => ({ kind: "quote_requested", marketplaceId, companyId, at, data }) as const,
  );
  await writeNotices(tx, told);
}

type Sent = {
  readonly request: RequestRow;
  readonly vendorId: string;
  readonly quoteId: string;
  readonly no: number;
  readonly validUntil: Micros;
  readonly at: Micros;
};

export async function tellBuyer(tx: Database, { request, vendorId, quoteId, no, validUntil, at }: Sent): Promise<void> {
  const { id: requestId, marketplaceId, companyId, title } = request;
  const data = { requestId, title, quoteId, version: no, vendorId, validUntil: instantOf(validUntil) };
  await writeNotices(tx, [{ kind: "quote_received", marketplaceId, companyId, at, data }]);
}

type Accepted = { readonly taken: TakenQuote; readonly outcome: "order" | "agreement"; readonly at: Micros };

export async function tellAccepted(tx: Database, { taken, outcome, at }: Accepted): Promise<void> {
  const { quote, request, version, lines } = taken;
  const { id: requestId, title, companyId: buyerId } = request;
  const about = { requestId, title, quoteId: quote.id, version: version.no, buyerId, outcome };
  const data = { ...about, lines: lines.map(({ lineNo }) => lineNo) };
  const { marketplaceId, vendorId: companyId } = quote;
  await writeNotices(tx, [{ kind: "quote_accepted", marketplaceId, companyId, at, data }]);
}

const wasAccepted = sql<boolean>`exists (select 1 from accepted_quote_lines taken where taken.quote_id = ${quotes.id})`;

/**
 * Tells both sides, once, of quotes whose newest version ran out before anything of it was accepted. Several workers may
 * do it. Answers with how many ran out.
 */
export async function tellExpiredQuotes(
  db: Database,
  { at, limit }: { readonly at: Micros; readonly limit: number },
): Promise<number> {
  return await db.transaction(async (tx) => {
    const due = await tx
      .select({ quote: quotes, request: quoteRequests, accepted: wasAccepted })
      .from(quotes)
      .innerJoin(quoteRequests, eq(quoteRequests.id, quotes.requestId))
      .innerJoin(quoteVersions, and(eq(quoteVersions.quoteId, quotes.id), eq(quoteVersions.no, quotes.version)))
      .where(
        and(
          sql`${quoteVersions.validUntil} <= ${instantOf(at)}::timestamptz`,
          sql`${quotes.toldExpired} < ${quotes.version}`,
        ),
      )
      .orderBy(quoteVersions.validUntil)
      .limit(limit)
      .for("update", { of: quotes, skipLocked: true });
    const told: NewNotice[] = due.flatMap(({ quote, request, accepted }) => {
      if (accepted || request.state === "cancelled") return [];
      const { id: quoteId, version, vendorId, marketplaceId } = quote;
      const data = { requestId: request.id, title: request.title, quoteId, version, vendorId };
      return [request.companyId, vendorId].map((companyId) => {
        return { kind: "quote_expired", marketplaceId, companyId, at, data } as const;
      });
    });
    await writeNotices(tx, told);
    for (const { quote } of due) {
      await tx.update(quotes).set({ toldExpired: quote.version }).where(eq(quotes.id, quote.id));
    }
    return due.length;
  });
}
