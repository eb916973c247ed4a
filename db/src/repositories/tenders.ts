import type { Actor, Micros } from "@kontor/kernel";
import type { TenderPhase, TenderSummary } from "@kontor/protocol";
import type { Column, SQL } from "drizzle-orm";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { tenderSuppliers, tenders } from "../schema/read-models-tenders.ts";
import { nameOfCompany } from "./company-names.ts";
import { holding, oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, ofOwnCompany, seesTender } from "./scope.ts";
import { listQuestions } from "./tender-questions.ts";
import { listSuppliers } from "./tender-suppliers.ts";
import type { TenderRepository } from "./trading-records.ts";

const orders = {
  published: {
    name: "published",
    by: tenders.listedAt,
    id: tenders.id,
    direction: "desc",
    accepts: isInstant,
  },
  deadline: { name: "deadline", by: tenders.deadlineAt, id: tenders.id, direction: "asc", accepts: isInstant },
} as const satisfies Readonly<Record<string, Order>>;

export function createTenderRepository(db: Database): TenderRepository {
  const selected = (actor: Actor, now: Micros) => {
    const columns = {
      ...getTableColumns(tenders),
      phase: phaseAt(now),
      ownerName: nameOfCompany(tenders.ownerCompanyId),
      ownState: tenderSuppliers.state,
    };
    const ownPart = and(eq(tenderSuppliers.tenderId, tenders.id), ofOwnCompany(actor, tenderSuppliers.companyId));
    return db.select(columns).from(tenders).leftJoin(tenderSuppliers, ownPart).$dynamic();
  };

  return {
    async list(actor, { now, sort = "published", ...query }) {
      const order = orders[sort];
      const wanted = allOf(
        seesTender(actor),
        oneOf(phaseAt(now), query.phase),
        oneOf(tenders.direction, query.direction),
        query.owner && ofOwnCompany(actor, tenders.ownerCompanyId),
        query.takingPart && sql`${tenderSuppliers.state} is not null`,
        holding(query.q, tenders.title, tenders.reference),
      );
      return await pageFrom(query, {
        order,
        rows: ({ after, orderBy, limit }) =>
          selected(actor, now)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: (row) => [sort === "published" ? row.listedAt : row.deadlineAt, row.id],
        entryOf: summaryOf,
      });
    },

    async find(actor, tenderId, now) {
      const [row] = await selected(actor, now).where(allOf(seesTender(actor), eq(tenders.id, tenderId)));
      return row && summaryOf(row);
    },

    suppliers: (actor, tenderId, query) => listSuppliers(db, actor, { ...query, tenderId }),
    questions: (actor, tenderId, query) => listQuestions(db, actor, { ...query, tenderId }),
  };
}

/** Facts put a tender into its stage; before the auction the dates alone tell its phase. */
function phaseAt(now: Micros): SQL<TenderPhase> {
  const isBefore = (until: Column) => sql`${until} > ${sql.param(now, until)}`;
  return sql<TenderPhase>`case
    when ${tenders.stage} <> 'published' then ${tenders.stage}
    when ${isBefore(tenders.questionsUntil)} then 'enquiries'
    when ${isBefore(tenders.deadlineAt)} then 'submission'
    else 'waiting' end`;
}

type TenderRow = typeof tenders.$inferSelect & {
  readonly phase: TenderPhase;
  readonly ownerName: string | null;
  readonly ownState: TenderSummary["ownState"] | null;
};

function summaryOf(row: TenderRow): TenderSummary {
  return {
    tenderId: row.id,
    marketplaceId: row.marketplaceId,
    ownerCompanyId: row.ownerCompanyId,
    version: row.version,
    phase: row.phase,
    title: row.title,
    reference: row.reference,
    direction: row.direction,
    currency: row.currency,
    lotCount: row.lotsCount,
    ...present({
      ownerName: row.ownerName,
      questionsUntil: instantOf(row.questionsUntil),
      submissionsUntil: instantOf(row.submissionsUntil),
      auctionOpensAt: instantOf(row.auctionOpensAt),
      publishedAt: instantOf(row.publishedAt),
      finishedAt: instantOf(row.finishedAt),
      ownState: row.ownState,
    }),
  };
}
