import type { Actor, Micros } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import type { EstimateRequestInput, QuoteRequestRecord } from "@kontor/protocol";
import { and, eq, inArray } from "drizzle-orm";
import type { OwnCompany } from "../buying/orders/own-company.ts";
import { divisionsAbove, ownCompanyOf } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { quoteInvitations, quoteRequestLines, quoteRequests } from "../schema/catalog-quotes.ts";
import { participations } from "../schema/marketplaces.ts";
import { findRequest, requestRecordOf } from "./request-reads.ts";
import type { WantedRow } from "./wanted-lines.ts";

/** A request as it is to be, its lines found sound already. */
export type RequestDraft = {
  readonly asking: EstimateRequestInput;
  readonly currency: string;
  readonly lines: readonly WantedRow[];
  readonly estimate?: { readonly estimateId: string; readonly estimateNo: number };
};

type RequestColumns = Pick<
  typeof quoteRequests.$inferInsert,
  "title" | "currency" | "dueAt" | "divisionId" | "deliveryTerm" | "deliveryPlace" | "note"
>;
type Checked = { readonly columns: RequestColumns; readonly vendorIds: readonly string[] };

export async function checkedDraft(
  tx: Database,
  own: OwnCompany,
  { asking, currency }: RequestDraft,
): Promise<Answered<Checked>> {
  const { title, divisionId = null, deliveryTerm = null, deliveryPlace = null, note } = asking;
  const dueAt: Micros | null = microsOfInstant(asking.dueAt);
  if (dueAt === null) return refused("instant_invalid", { pointer: "/dueAt" });
  if (deliveryTerm !== null && deliveryPlace === null) {
    return refused("delivery_place_missing", { pointer: "/deliveryPlace" });
  }
  const divisions = await divisionsAbove(tx, { companyId: own.companyId, divisionId });
  if (!divisions.ok) return divisions;
  const vendorIds = [...new Set(asking.vendorIds)];
  const selling = await vendorsHere(tx, own.marketplaceId, vendorIds);
  const unfit = vendorIds.find((vendorId) => vendorId === own.companyId || !selling.has(vendorId));
  if (unfit !== undefined) {
    return refused("vendor_unfit", { vendorId: unfit, pointer: `/vendorIds/${asking.vendorIds.indexOf(unfit)}` });
  }
  return answered({ columns: { title, currency, dueAt, divisionId, deliveryTerm, deliveryPlace, note }, vendorIds });
}

async function vendorsHere(tx: Database, marketplaceId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ companyId: participations.companyId })
    .from(participations)
    .where(
      and(
        eq(participations.marketplaceId, marketplaceId),
        eq(participations.status, "approved"),
        inArray(participations.side, ["supplier", "both"]),
        inArray(participations.companyId, [...ids]),
      ),
    );
  return new Set(rows.map(({ companyId }) => companyId));
}

export async function createRequest(
  tx: Database,
  actor: Actor,
  draft: RequestDraft,
): Promise<Answered<QuoteRequestRecord>> {
  const own = ownCompanyOf(actor);
  if (own === undefined) return refused("not_found");
  const checked = await checkedDraft(tx, own, draft);
  if (!checked.ok) return checked;
  const { marketplaceId, companyId, userId: requestedBy } = own;
  const [made] = await tx
    .insert(quoteRequests)
    .values({ marketplaceId, companyId, requestedBy, ...checked.value.columns, ...draft.estimate })
    .returning({ id: quoteRequests.id });
  if (made === undefined) return refused("internal");
  await writeRequestRows(tx, made.id, { lines: draft.lines, vendorIds: checked.value.vendorIds });
  return await readRequest(tx, actor, made.id);
}

type RequestRows = { readonly lines: readonly WantedRow[]; readonly vendorIds: readonly string[] };

/** In place of those there are. */
export async function writeRequestRows(tx: Database, requestId: string, { lines, vendorIds }: RequestRows) {
  await tx.delete(quoteRequestLines).where(eq(quoteRequestLines.requestId, requestId));
  await tx.insert(quoteRequestLines).values(lines.map((line) => ({ ...line, requestId })));
  await tx.delete(quoteInvitations).where(eq(quoteInvitations.requestId, requestId));
  await tx.insert(quoteInvitations).values(vendorIds.map((vendorId) => ({ requestId, vendorId })));
}

export async function readRequest(
  db: Database,
  actor: Actor,
  requestId: string,
): Promise<Answered<QuoteRequestRecord>> {
  const found = await findRequest(db, actor, requestId);
  return found === undefined ? refused("quote_request_unknown") : answered(await requestRecordOf(db, actor, found));
}
