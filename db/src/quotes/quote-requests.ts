import type { Actor, Micros } from "@kontor/kernel";
import type { QuoteRequestInput, QuoteRequestQuery, QuoteRequestRecord, QuoteRequestSummary } from "@kontor/protocol";
import { and, eq, isNull, sql } from "drizzle-orm";
import { isOwned, newestFirst, ownCompanyOf, staleVersion } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import { pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf } from "../repositories/scope.ts";
import { quoteInvitations, quoteRequests } from "../schema/catalog-quotes.ts";
import { tellInvited } from "./quote-notices.ts";
import { checkedDraft, createRequest, readRequest, writeRequestRows } from "./request-drafts.ts";
import type { RequestRow } from "./request-reads.ts";
import { findRequest, requestColumns, requestRecordOf, requestSummaryOf, seesRequest } from "./request-reads.ts";
import { wantedRows } from "./wanted-lines.ts";

export type RequestKey = { readonly requestId: string; readonly version: number };
export type RequestStep = "send" | "close" | "cancel";

/** A buyer's requests for quotes. To vendors who were not invited there are none. */
export type QuoteRequestRepository = {
  /** One's own and those one was invited to, newest first. */
  readonly list: (actor: Actor, query: Query<QuoteRequestQuery>) => Promise<Listing<QuoteRequestSummary>>;
  /** The buyer learns from it that the vendor has seen the request. */
  readonly find: (actor: Actor, requestId: string, at: Micros) => Promise<QuoteRequestRecord | undefined>;
  readonly create: (actor: Actor, input: QuoteRequestInput) => Promise<Answered<QuoteRequestRecord>>;
  /** A draft, in place of what it was. */
  readonly change: (actor: Actor, key: RequestKey, input: QuoteRequestInput) => Promise<Answered<QuoteRequestRecord>>;
  readonly move: (
    actor: Actor,
    key: RequestKey,
    move: { readonly step: RequestStep; readonly at: Micros },
  ) => Promise<Answered<QuoteRequestRecord>>;
  /** As an invited vendor, who may quote later all the same. */
  readonly decline: (
    actor: Actor,
    requestId: string,
    decline: { readonly reason: string; readonly at: Micros },
  ) => Promise<Answered<QuoteRequestRecord>>;
};

const newest = newestFirst("quote_requests", { at: quoteRequests.createdAt, id: quoteRequests.id });
const rises = { version: sql`${quoteRequests.version} + 1`, updatedAt: sql`now()` };

export function createQuoteRequestRepository(db: Database): QuoteRequestRepository {
  return {
    list: (actor, { state, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(requestColumns)
            .from(quoteRequests)
            .where(allOf(seesRequest(actor), oneOf(quoteRequests.state, state), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.createdAt, row.id],
        entryOf: requestSummaryOf,
      }),

    async find(actor, requestId, at) {
      const found = await findRequest(db, actor, requestId);
      if (found === undefined) return undefined;
      const own = ownCompanyOf(actor);
      if (own !== undefined && own.companyId !== found.row.companyId) {
        const unseen = and(invitationOf(requestId, own.companyId), isNull(quoteInvitations.seenAt));
        await db.update(quoteInvitations).set({ seenAt: at }).where(unseen);
      }
      return await requestRecordOf(db, actor, found);
    },

    create: (actor, { currency, lines, ...asking }) =>
      wholly(db, async (tx) => {
        const rows = await wantedRows(tx, actor, lines);
        return rows.ok ? await createRequest(tx, actor, { asking, currency, lines: rows.value }) : rows;
      }),

    change: (actor, key, { currency, lines, ...asking }) =>
      wholly(db, async (tx) => {
        const [held, own] = [await holdRequest(tx, actor, key), ownCompanyOf(actor)];
        if (!held.ok) return held;
        if (own === undefined || held.value.state !== "draft") return wrongState(held.value);
        const rows = await wantedRows(tx, actor, lines);
        if (!rows.ok) return rows;
        const checked = await checkedDraft(tx, own, { asking, currency, lines: rows.value });
        if (!checked.ok) return checked;
        const { columns, vendorIds } = checked.value;
        const here = eq(quoteRequests.id, key.requestId);
        await tx
          .update(quoteRequests)
          .set({ ...columns, ...rises })
          .where(here);
        await writeRequestRows(tx, key.requestId, { lines: rows.value, vendorIds });
        return await readRequest(tx, actor, key.requestId);
      }),

    move: (actor, key, { step, at }) =>
      wholly(db, async (tx) => {
        const held = await holdRequest(tx, actor, key);
        if (!held.ok) return held;
        const columns = movedBy(step, held.value, at);
        if (!columns.ok) return columns;
        await tx
          .update(quoteRequests)
          .set({ ...columns.value, ...rises })
          .where(eq(quoteRequests.id, key.requestId));
        if (step === "send") await tellInvited(tx, held.value, at);
        return await readRequest(tx, actor, key.requestId);
      }),

    decline: (actor, requestId, { reason, at }) =>
      wholly(db, async (tx) => {
        const [found, own] = [await findRequest(tx, actor, requestId), ownCompanyOf(actor)];
        if (found === undefined || own === undefined || own.companyId === found.row.companyId) {
          return refused("quote_request_unknown");
        }
        if (found.row.state !== "sent") return wrongState(found.row);
        await tx
          .update(quoteInvitations)
          .set({ declinedAt: at, reason, seenAt: sql`coalesce(${quoteInvitations.seenAt}, now())` })
          .where(invitationOf(requestId, own.companyId));
        return answered(await requestRecordOf(tx, actor, found));
      }),
  };
}

const invitationOf = (requestId: string, vendorId: string) =>
  and(eq(quoteInvitations.requestId, requestId), eq(quoteInvitations.vendorId, vendorId));

const wrongState = ({ state }: RequestRow) => refused("quote_request_state_wrong", { state });

/** The buyer's own request, for him alone until the transaction ends. */
async function holdRequest(tx: Database, actor: Actor, { requestId, version }: RequestKey) {
  const [row] = await tx
    .select()
    .from(quoteRequests)
    .where(allOf(isOwned(actor, quoteRequests), eq(quoteRequests.id, requestId)))
    .for("update");
  if (row === undefined) return refused("quote_request_unknown");
  return row.version === version ? answered(row) : staleVersion(row.version);
}

function movedBy(step: RequestStep, row: RequestRow, at: Micros): Answered<Partial<typeof quoteRequests.$inferInsert>> {
  const { state } = row;
  if (step === "send") {
    if (state !== "draft") return wrongState(row);
    return row.dueAt <= at ? refused("quote_request_over") : answered({ state: "sent", sentAt: at });
  }
  if (step === "close") return state === "sent" ? answered({ state: "closed" }) : wrongState(row);
  return state === "draft" || state === "sent" ? answered({ state: "cancelled" }) : wrongState(row);
}
