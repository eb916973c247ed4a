import type { Actor, Micros } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { AgreementDraft, AgreementQuery, AgreementRecord, CatalogRecordEntry } from "@kontor/protocol";
import { and, asc, eq } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, isOwnCompany } from "../repositories/scope.ts";
import { catalogRecord } from "../schema/catalog-offers.ts";
import { agreements } from "../schema/catalog-prices.ts";
import { agreementColumns, agreementRecordOf, findAgreement, seesAgreement } from "./agreement-documents.ts";
import type { AgreementKey, AgreementStep } from "./agreement-steps.ts";
import { recordAgreement, takeStep } from "./agreement-steps.ts";
import { checkedTerms, termColumns, writeTermRows } from "./agreement-terms.ts";
import { isBuyerIn } from "./customer-groups.ts";
import { keeperOf } from "./keepers.ts";
import type { CurrencyDecimals } from "./order-minimums.ts";

export type AgreementMove = { readonly key: AgreementKey; readonly step: AgreementStep; readonly now: Micros };

/** A vendor drafts, the buyer accepts or refuses; both parties and staff see it, to others there is none. */
export type AgreementRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<AgreementQuery>) => Promise<Listing<AgreementRecord>>;
  readonly find: (actor: Actor, agreementId: string) => Promise<AgreementRecord | undefined>;
  readonly draft: (actor: Actor, draft: AgreementDraft) => Promise<Answered<AgreementRecord>>;
  readonly move: (actor: Actor, move: AgreementMove) => Promise<Answered<AgreementRecord>>;
  /** All that was done with it, from the beginning; undefined where the actor does not see it. */
  readonly record: (actor: Actor, agreementId: string) => Promise<readonly CatalogRecordEntry[] | undefined>;
};

const newest: Order = {
  name: "made",
  by: agreements.createdAt,
  id: agreements.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

export function createAgreementRepository(db: Database, decimalsOf: CurrencyDecimals): AgreementRepository {
  return {
    list: (actor, { status, vendorId, buyerId, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select(agreementColumns)
            .from(agreements)
            .where(
              allOf(
                seesAgreement(actor),
                oneOf(agreements.status, status),
                oneOf(agreements.vendorId, vendorId),
                oneOf(agreements.buyerId, buyerId),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ row }) => [row.createdAt, row.id],
        entryOf: (found) => agreementRecordOf(found, decimalsOf),
      }),

    async find(actor, agreementId) {
      const found = await findAgreement(db, actor, agreementId);
      return found && agreementRecordOf(found, decimalsOf);
    },

    draft: (actor, draft) => wholly(db, (tx) => draftIn(tx, { actor, draft, decimalsOf })),

    move: (actor, { key, step, now }) => wholly(db, (tx) => takeStep(tx, { actor, key, step, now, decimalsOf })),

    async record(actor, agreementId) {
      const found = await findAgreement(db, actor, agreementId);
      if (found === undefined) return undefined;
      const rows = await db
        .select()
        .from(catalogRecord)
        .where(and(eq(catalogRecord.subject, "agreement"), eq(catalogRecord.subjectId, agreementId)))
        .orderBy(asc(catalogRecord.versionAfter), asc(catalogRecord.id));
      const hidesDrafts = isOwnCompany(actor, found.row.buyerId);
      return (hidesDrafts ? withoutDrafts(rows) : rows).map(entryOf);
    },
  };
}

type Drafting = {
  readonly actor: Actor;
  readonly draft: AgreementDraft;
  readonly decimalsOf: CurrencyDecimals;
};

async function draftIn(tx: Database, { actor, draft, decimalsOf }: Drafting): Promise<Answered<AgreementRecord>> {
  const keeper = keeperOf(actor);
  if (keeper === undefined || keeper.vendorId === null) return refused("not_found");
  const { buyerId, number, terms } = draft;
  const vendor = { marketplaceId: keeper.marketplaceId, vendorId: keeper.vendorId };
  if (buyerId === vendor.vendorId || !(await isBuyerIn(tx, vendor.marketplaceId, buyerId))) {
    return refused("buyer_unfit", { pointer: "/buyerId" });
  }
  const checked = await checkedTerms(tx, vendor, { terms, decimalsOf });
  if (!checked.ok) return checked;
  const [made] = await tx
    .insert(agreements)
    .values({
      ...vendor,
      buyerId,
      numberVendor: number,
      createdBy: actor.userId,
      ...termColumns(checked.value, null),
    })
    .returning({ id: agreements.id });
  if (made === undefined) return refused("conflict");
  await writeTermRows(tx, { ...vendor, agreementId: made.id }, checked.value);
  const found = await findAgreement(tx, actor, made.id);
  if (found === undefined) return refused("not_found");
  const after = agreementRecordOf(found, decimalsOf);
  await recordAgreement(tx, { actor, action: "drafted", before: null, after });
  return answered(after);
}

type RecordRow = typeof catalogRecord.$inferSelect;

/** What a vendor wrote while it was his draft is his alone. */
function withoutDrafts(rows: readonly RecordRow[]): readonly RecordRow[] {
  let status: unknown = "draft";
  return rows.filter(({ after }) => {
    status = after["status"] ?? status;
    return status !== "draft";
  });
}

function entryOf({ id, companyId, at, reason, versionAfter, ...row }: RecordRow) {
  const { subject, subjectId, action, before, after, by } = row;
  return {
    entryId: id,
    subject,
    subjectId,
    ...present({ companyId }),
    action,
    before: { ...before },
    after: { ...after },
    ...present({ reason }),
    by,
    at: instantOf(at),
    version: versionAfter,
  } satisfies CatalogRecordEntry;
}
