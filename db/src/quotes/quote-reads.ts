import type { Actor } from "@kontor/kernel";
import type { QuoteAcceptanceRecord, QuoteRecord, QuoteSummary, QuoteVersionRecord } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { asc, eq, getTableColumns } from "drizzle-orm";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import { moneyText } from "../buying/number-texts.ts";
import { millionthsText } from "../catalog/millionths.ts";
import type { Database } from "../connect.ts";
import { nameOfCompany } from "../repositories/company-names.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, anyOf, inMarketplace, isOwnCompany, ofOwnCompany, seesAll } from "../repositories/scope.ts";
import {
  acceptedQuoteLines,
  quoteAcceptances,
  quotedTiers,
  quoteRequests,
  quotes,
  quoteVersions,
} from "../schema/catalog-quotes.ts";

export type QuoteRow = typeof quotes.$inferSelect;
export type VersionRow = typeof quoteVersions.$inferSelect;
export type TierRow = typeof quotedTiers.$inferSelect;

export const quoteColumns = {
  row: getTableColumns(quotes),
  vendorName: nameOfCompany(quotes.vendorId),
  request: {
    id: quoteRequests.id,
    companyId: quoteRequests.companyId,
    divisionId: quoteRequests.divisionId,
    title: quoteRequests.title,
    currency: quoteRequests.currency,
    state: quoteRequests.state,
  },
};
export type FoundQuote = {
  readonly row: QuoteRow;
  readonly vendorName: string | null;
  readonly request: Pick<
    typeof quoteRequests.$inferSelect,
    "id" | "companyId" | "divisionId" | "title" | "currency" | "state"
  >;
};

/** The vendor his own, the buyer those to his requests, staff. Needs `quotes` and `quote_requests` in the query. */
export function seesQuote(actor: Actor): SQL {
  const parties = anyOf(ofOwnCompany(actor, quotes.vendorId), ofOwnCompany(actor, quoteRequests.companyId));
  return allOf(inMarketplace(actor, quotes.marketplaceId), seesAll(actor) ? undefined : parties);
}

export async function findQuotes(db: Database, actor: Actor, wanted: SQL): Promise<readonly FoundQuote[]> {
  return await db
    .select(quoteColumns)
    .from(quotes)
    .innerJoin(quoteRequests, eq(quoteRequests.id, quotes.requestId))
    .where(allOf(seesQuote(actor), wanted))
    .orderBy(asc(quotes.createdAt), asc(quotes.id));
}

export function quoteSummaryOf({ row, vendorName, request }: FoundQuote): QuoteSummary {
  return {
    quoteId: row.id,
    requestId: row.requestId,
    marketplaceId: row.marketplaceId,
    vendorId: row.vendorId,
    ...present({ vendorName }),
    buyerId: request.companyId,
    title: request.title,
    createdAt: instantOf(row.createdAt),
    version: row.version,
  };
}

type Exponents = Pick<BuyingEngine, "exponentOf">;

export async function quoteRecordOf(
  { db, engine }: { readonly db: Database; readonly engine: Exponents },
  actor: Actor,
  found: FoundQuote,
): Promise<QuoteRecord> {
  const { id, vendorId, addition, additionNote } = found.row;
  const versions = await db
    .select()
    .from(quoteVersions)
    .where(eq(quoteVersions.quoteId, id))
    .orderBy(asc(quoteVersions.no));
  const tiers = await tiersOf(db, eq(quotedTiers.quoteId, id));
  const isVendor = isOwnCompany(actor, vendorId);
  const amount = addition === null ? null : moneyText(addition, engine.exponentOf(found.request.currency));
  return {
    ...quoteSummaryOf(found),
    versions: versions.map((version) => {
      const own = tiers.filter(({ no }) => no === version.no);
      const { by, ...record } = versionRecordOf(version, own);
      return isVendor ? { ...record, sentBy: by } : record;
    }),
    acceptances: [...(await acceptancesOf(db, eq(quoteAcceptances.quoteId, id)))],
    ...(isVendor || amount === null ? {} : { addition: { amount, note: additionNote } }),
  };
}

export async function tiersOf(db: Database, wanted: SQL): Promise<readonly TierRow[]> {
  return await db
    .select()
    .from(quotedTiers)
    .where(wanted)
    .orderBy(asc(quotedTiers.no), asc(quotedTiers.lineNo), asc(quotedTiers.position));
}

function versionRecordOf(row: VersionRow, tiers: readonly TierRow[]): QuoteVersionRecord & { readonly by: string } {
  const { no, currency, validUntil, deliveryTerm, deliveryPlace, leadTimeDays, agreement, note, by, at } = row;
  const byLine = Map.groupBy(tiers, ({ lineNo }) => lineNo);
  return {
    version: no,
    currency,
    validUntil: instantOf(validUntil),
    ...present({ deliveryTerm: deliveryTerm as QuoteVersionRecord["deliveryTerm"], deliveryPlace, leadTimeDays }),
    note,
    ...present({ agreement }),
    lines: [...byLine].map(([lineNo, ofLine]) => ({
      lineNo,
      ...present({ offerId: ofLine[0]?.offerId }),
      tiers: ofLine.map(({ quantity, unit, price, priceBaseQuantity, allowsMore }) => ({
        quantity: millionthsText(quantity),
        unit,
        price: millionthsText(price),
        priceBaseQuantity: millionthsText(priceBaseQuantity),
        allowsMore,
      })),
    })),
    sentAt: instantOf(at),
    by,
  };
}

/** The oldest first. */
export async function acceptancesOf(db: Database, wanted: SQL): Promise<readonly QuoteAcceptanceRecord[]> {
  const rows = await db
    .select()
    .from(quoteAcceptances)
    .innerJoin(acceptedQuoteLines, eq(acceptedQuoteLines.acceptanceId, quoteAcceptances.id))
    .where(wanted)
    .orderBy(asc(quoteAcceptances.at), asc(quoteAcceptances.id), asc(acceptedQuoteLines.lineNo));
  const groups = Map.groupBy(rows, ({ quote_acceptances: { id } }) => id);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { id, quoteId, no, outcome, outcomeId, at } = first.quote_acceptances;
    const lines = group.map(({ accepted_quote_lines: { lineNo, quantity, unit } }) => {
      return { lineNo, quantity: millionthsText(quantity), unit };
    });
    return [{ acceptanceId: id, quoteId, version: no, outcome, outcomeId, lines, at: instantOf(at) }];
  });
}
