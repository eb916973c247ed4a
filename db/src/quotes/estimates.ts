import type { Actor, Micros } from "@kontor/kernel";
import type {
  CartLineInput,
  EstimateInput,
  EstimateQuery,
  EstimateRecord,
  EstimateRequestInput,
  EstimateSummary,
  EstimateVersionInput,
  QuoteRequestRecord,
} from "@kontor/protocol";
import { and, asc, eq, sql } from "drizzle-orm";
import { isOwned, newestFirst, ownCompanyOf } from "../buying/orders/own-company.ts";
import { millionthsText } from "../catalog/millionths.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf } from "../repositories/record-members.ts";
import { allOf } from "../repositories/scope.ts";
import { estimateLines, estimates, estimateVersions } from "../schema/catalog-quotes.ts";
import { createRequest } from "./request-drafts.ts";
import type { WantedRow } from "./wanted-lines.ts";
import { wantedRecordOf, wantedRows } from "./wanted-lines.ts";

/** Without `no` the newest version. */
export type EstimateKey = { readonly estimateId: string; readonly no?: number | undefined };
export type EstimateCartLine = CartLineInput & { readonly lineNo: number };
export type EstimateLines = {
  readonly sold: readonly EstimateCartLine[];
  /** Lines without an offer. */
  readonly unsold: readonly number[];
};

/** What a company's projects will need, in versions that never change. Others' do not exist. */
export type EstimateRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<EstimateQuery>) => Promise<Listing<EstimateSummary>>;
  readonly find: (actor: Actor, key: EstimateKey) => Promise<EstimateRecord | undefined>;
  readonly create: (actor: Actor, input: EstimateInput, at: Micros) => Promise<Answered<EstimateRecord>>;
  readonly addVersion: (
    actor: Actor,
    estimateId: string,
    version: { readonly input: EstimateVersionInput; readonly expected: number; readonly at: Micros },
  ) => Promise<Answered<EstimateRecord>>;
  /** A draft of a request for what the version lists. */
  readonly toRequest: (
    actor: Actor,
    key: EstimateKey,
    asking: EstimateRequestInput,
  ) => Promise<Answered<QuoteRequestRecord>>;
  /** What a cart takes of it. */
  readonly cartLines: (actor: Actor, key: EstimateKey) => Promise<EstimateLines | undefined>;
};

type Row = typeof estimates.$inferSelect;
type VersionRow = typeof estimateVersions.$inferSelect;
type Found = { readonly row: Row; readonly version: VersionRow; readonly lines: readonly WantedRow[] };

const newest = newestFirst("estimates", { at: estimates.createdAt, id: estimates.id });

export function createEstimateRepository(db: Database): EstimateRepository {
  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(estimates)
            .where(allOf(isOwned(actor, estimates), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: summaryOf,
      }),

    async find(actor, key) {
      const found = await findVersion(db, actor, key);
      return found && recordOf(found);
    },

    create: (actor, { name, ...input }, at) =>
      wholly(db, async (tx) => {
        const own = ownCompanyOf(actor);
        if (own === undefined) return refused("not_found");
        const { marketplaceId, companyId, userId: ownerId } = own;
        const [row] = await tx.insert(estimates).values({ marketplaceId, companyId, ownerId, name }).returning();
        return row === undefined ? refused("internal") : await writeVersion(tx, actor, { row, input, at });
      }),

    addVersion: (actor, estimateId, { input, expected, at }) =>
      wholly(db, async (tx) => {
        const own = and(isOwned(actor, estimates), eq(estimates.id, estimateId));
        const [held] = await tx.select().from(estimates).where(own).for("update");
        if (held === undefined) return refused("estimate_unknown");
        if (held.version !== expected) return refused("precondition_failed", { actualVersion: held.version });
        const [row] = await tx
          .update(estimates)
          .set({ version: sql`${estimates.version} + 1`, updatedAt: sql`now()` })
          .where(own)
          .returning();
        return row === undefined ? refused("internal") : await writeVersion(tx, actor, { row, input, at });
      }),

    toRequest: (actor, key, asking) =>
      wholly(db, async (tx) => {
        const found = await findVersion(tx, actor, key);
        if (found === undefined) return refused("estimate_unknown");
        const { row, version, lines } = found;
        const estimate = { estimateId: row.id, estimateNo: version.no };
        return await createRequest(tx, actor, { asking, currency: version.currency, lines, estimate });
      }),

    async cartLines(actor, key) {
      const found = await findVersion(db, actor, key);
      if (found === undefined) return undefined;
      const sold = found.lines.flatMap(({ lineNo, offerId, quantity, unit }) =>
        offerId === null ? [] : [{ lineNo, offerId, quantity: millionthsText(quantity), unit }],
      );
      const unsold = found.lines.flatMap(({ lineNo, offerId }) => (offerId === null ? [lineNo] : []));
      return { sold, unsold };
    },
  };
}

type Writing = { readonly row: Row; readonly input: EstimateVersionInput; readonly at: Micros };

async function writeVersion(
  tx: Database,
  actor: Actor,
  { row, input, at }: Writing,
): Promise<Answered<EstimateRecord>> {
  const lines = await wantedRows(tx, actor, input.lines);
  if (!lines.ok) return lines;
  const key = { estimateId: row.id, no: row.version };
  const { currency, note } = input;
  await tx.insert(estimateVersions).values({ ...key, currency, note, by: actor.userId, at });
  await tx.insert(estimateLines).values(lines.value.map((line) => ({ ...line, ...key })));
  const found = await findVersion(tx, actor, key);
  return found === undefined ? refused("internal") : answered(recordOf(found));
}

async function findVersion(db: Database, actor: Actor, { estimateId, no }: EstimateKey): Promise<Found | undefined> {
  const [found] = await db
    .select({ row: estimates, version: estimateVersions })
    .from(estimates)
    .innerJoin(
      estimateVersions,
      and(eq(estimateVersions.estimateId, estimates.id), eq(estimateVersions.no, no ?? estimates.version)),
    )
    .where(allOf(isOwned(actor, estimates), eq(estimates.id, estimateId)));
  if (found === undefined) return undefined;
  const lines = await db
    .select()
    .from(estimateLines)
    .where(and(eq(estimateLines.estimateId, estimateId), eq(estimateLines.no, found.version.no)))
    .orderBy(asc(estimateLines.lineNo));
  return { ...found, lines: lines.map(({ estimateId: _estimate, no: _no, ...line }) => line) };
}

function summaryOf({ id, marketplaceId, name, ownerId, createdAt, version }: Row): EstimateSummary {
  return { estimateId: id, marketplaceId, name, ownerId, createdAt: instantOf(createdAt), version };
}

function recordOf({ row, version, lines }: Found): EstimateRecord {
  const { no, currency, note, by, at } = version;
  return {
    ...summaryOf(row),
    shown: no,
    currency,
    note,
    lines: lines.map(wantedRecordOf),
    writtenBy: by,
    writtenAt: instantOf(at),
  };
}
