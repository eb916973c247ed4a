import type { Actor } from "@kontor/kernel";
import type {
  CartLineInput,
  RequisitionListInput,
  RequisitionListQuery,
  RequisitionListRecord,
} from "@kontor/protocol";
import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import { millionthsText } from "../../catalog/millionths.ts";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { pageFrom } from "../../repositories/keyset.ts";
import type { Listing, Query } from "../../repositories/listing.ts";
import { allOf } from "../../repositories/scope.ts";
import { requisitionLines, requisitionLists } from "../../schema/catalog-buying.ts";
import { offers } from "../../schema/catalog-offers.ts";
import { millionthsIn } from "../number-texts.ts";
import { byCreation, isOwned, ownCompanyOf, staleVersion } from "../orders/own-company.ts";
import { offerFactsOf } from "./offer-facts.ts";

/** Lists that are ordered again and again: one's own, and those that colleagues share. */
export type RequisitionListRepository = {
  readonly list: (
    actor: Actor,
    query: Query<RequisitionListQuery>,
  ) => Promise<Listing<Omit<RequisitionListRecord, "lines">>>;
  readonly find: (actor: Actor, listId: string) => Promise<RequisitionListRecord | undefined>;
  readonly create: (actor: Actor, input: RequisitionListInput) => Promise<Answered<RequisitionListRecord>>;
  /** In place of what the list was. */
  readonly change: (
    actor: Actor,
    listId: string,
    change: { readonly input: RequisitionListInput; readonly version: number },
  ) => Promise<Answered<RequisitionListRecord>>;
  readonly remove: (actor: Actor, listId: string, version: number) => Promise<Answered<null>>;
  /** Its lines as a cart takes them. */
  readonly cartLines: (actor: Actor, listId: string) => Promise<readonly CartLineInput[] | undefined>;
};

type Row = typeof requisitionLists.$inferSelect;
const oldest = byCreation("requisition_lists", requisitionLists);

export function createRequisitionListRepository(db: Database): RequisitionListRepository {
  const sees = (actor: Actor) =>
    allOf(
      isOwned(actor, requisitionLists),
      or(eq(requisitionLists.ownerId, actor.userId), eq(requisitionLists.shared, true)),
    );
  const found = async (actor: Actor, listId: string): Promise<Row | undefined> => {
    const [row] = await db
      .select()
      .from(requisitionLists)
      .where(allOf(sees(actor), eq(requisitionLists.id, listId)));
    return row;
  };

  return {
    list: (actor, page) =>
      pageFrom(page, {
        order: oldest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(requisitionLists)
            .where(allOf(sees(actor), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ createdAt, id }) => [createdAt, id],
        entryOf: headOf,
      }),

    async find(actor, listId) {
      const row = await found(actor, listId);
      return row && (await recordOf(db, row));
    },

    create(actor, input) {
      const own = ownCompanyOf(actor);
      if (own === undefined) return Promise.resolve(refused("not_found"));
      const { marketplaceId, companyId, userId: ownerId } = own;
      return wholly(db, async (tx) => {
        const values = { marketplaceId, companyId, ownerId, name: input.name, shared: input.shared };
        const [made] = await tx.insert(requisitionLists).values(values).returning();
        if (made === undefined) return refused("internal");
        const written = await writeLines(tx, made, input);
        return written.ok ? answered(await recordOf(tx, made)) : written;
      });
    },

    change(actor, listId, { input, version }) {
      return wholly(db, async (tx) => {
        const known = await found(actor, listId);
        if (known === undefined) return refused("requisition_list_unknown");
        const [changed] = await tx
          .update(requisitionLists)
          .set({
            name: input.name,
            shared: input.shared,
            version: sql`${requisitionLists.version} + 1`,
            updatedAt: sql`now()`,
          })
          .where(and(eq(requisitionLists.id, listId), eq(requisitionLists.version, version)))
          .returning();
        if (changed === undefined) return staleVersion(known.version);
        const written = await writeLines(tx, changed, input);
        return written.ok ? answered(await recordOf(tx, changed)) : written;
      });
    },

    async remove(actor, listId, version) {
      const known = await found(actor, listId);
      if (known === undefined) return refused("requisition_list_unknown");
      const gone = await db
        .delete(requisitionLists)
        .where(and(eq(requisitionLists.id, listId), eq(requisitionLists.version, version)))
        .returning({ id: requisitionLists.id });
      return gone.length === 0 ? staleVersion(known.version) : answered(null);
    },

    async cartLines(actor, listId) {
      const row = await found(actor, listId);
      if (row === undefined) return undefined;
      const lines = await linesOf(db, listId);
      return lines.map(({ offerId, quantity, unit }) => ({ offerId, quantity: millionthsText(quantity), unit }));
    },
  };
}

const linesOf = (db: Database, listId: string) =>
  db.select().from(requisitionLines).where(eq(requisitionLines.listId, listId)).orderBy(asc(requisitionLines.position));

async function writeLines(tx: Database, { id, marketplaceId }: Row, { lines }: RequisitionListInput) {
  await tx.delete(requisitionLines).where(eq(requisitionLines.listId, id));
  if (lines.length === 0) return answered(null);
  const known = await tx
    .select({ id: offers.id, unit: offers.orderUnit })
    .from(offers)
    .where(
      and(
        inArray(
          offers.id,
          lines.map(({ offerId }) => offerId),
        ),
        eq(offers.marketplaceId, marketplaceId),
        inArray(offers.status, ["active", "paused"]),
      ),
    );
  const units = new Map(known.map((offer) => [offer.id, offer.unit]));
  const values: (typeof requisitionLines.$inferInsert)[] = [];
  for (const [position, { offerId, quantity: text, unit }] of lines.entries()) {
    const quantity = millionthsIn(text);
    const own = units.get(offerId);
    if (own === undefined) return refused("offer_not_available", { offerId, pointer: `/lines/${position}/offerId` });
    if (quantity === null) return refused("quantity_unreadable", { pointer: `/lines/${position}/quantity` });
    values.push({ listId: id, position, offerId, quantity, unit: unit ?? own });
  }
  await tx.insert(requisitionLines).values(values);
  return answered(null);
}

const headOf = ({ id, ownerId, name, shared, version }: Row) => ({ listId: id, ownerId, name, shared, version });

async function recordOf(db: Database, row: Row): Promise<RequisitionListRecord> {
  const lines = await linesOf(db, row.id);
  const offerIds = lines.map(({ offerId }) => offerId);
  const facts = await offerFactsOf(db, { companyId: row.companyId, offerIds });
  return {
    ...headOf(row),
    lines: lines.map(({ offerId, quantity, unit }) => {
      const { vendorPartNo = "", name = "" } = facts.get(offerId) ?? {};
      return { offerId, quantity: millionthsText(quantity), unit, vendorPartNo, name };
    }),
  };
}
