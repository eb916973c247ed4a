import type { Actor } from "@kontor/kernel";
import { microsOfInstant } from "@kontor/kernel";
import type { OfferRecord, OfferStatus } from "@kontor/protocol";
import { and, eq, ne, sql } from "drizzle-orm";
import type { Answered, Refused } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { allOf, inMarketplace, ofOwnCompany } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import { products, variants } from "../schema/catalog-products.ts";
import { recordChange } from "./catalog-record.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { isVendor, seesProduct } from "./catalog-scope.ts";
import { offerMembers, offerRecordOf, selectOffers } from "./offer-records.ts";
import { trustIn } from "./offer-reviews.ts";
import type { CheckedOffer, CreatedOffer, RevisedOffer } from "./offers.ts";

type Writing = { readonly actor: Actor; readonly rules: CatalogRules };
type OfferRow = typeof offers.$inferSelect;

export function createOfferIn(db: Database, creating: Writing & CreatedOffer): Promise<Answered<OfferRecord>> {
  const { actor, offerId, variantId, terms } = creating;
  const { marketplaceId, companyId, userId } = actor;
  return wholly(db, async (tx) => {
    if (marketplaceId === null || companyId === null) return refused("not_found");
    if (!(await isVendor(tx, actor))) return refused("forbidden");
    const [known] = await tx.select().from(offers).where(eq(offers.id, offerId));
    if (known !== undefined) return await offerIn(tx, offerId);
    const listed = await listingFault(tx, actor, variantId);
    if (listed !== null) return listed;
    const columns = columnsOf(creating);
    if (!columns.ok) return columns;
    const taken = await numberTaken(tx, actor, { offerId, vendorPartNo: terms.vendorPartNo });
    if (taken !== null) return taken;
    const place = { id: offerId, marketplaceId, vendorId: companyId, variantId, createdBy: userId };
    const made = await tx
      .insert(offers)
      .values({ ...columns.value, ...place })
      .onConflictDoNothing()
      .returning();
    if (made.length === 0) return refused("offer_exists", { vendorPartNo: terms.vendorPartNo });
    const record = await offerIn(tx, offerId);
    if (record.ok) await recordOffer(tx, actor, { action: "created", before: {}, after: record.value });
    return record;
  });
}

export function reviseOfferIn(db: Database, revising: Writing & RevisedOffer): Promise<Answered<OfferRecord>> {
  const { actor, offerId, expectedVersion, terms } = revising;
  return wholly(db, async (tx) => {
    const stored = await lockedOffer(tx, { actor, offerId, expectedVersion });
    if (!stored.ok) return stored;
    const { status, condition } = stored.value;
    if (status === "withdrawn") return refused("offer_state_wrong", { state: status });
    const columns = columnsOf(revising);
    if (!columns.ok) return columns;
    const taken = await numberTaken(tx, actor, { offerId, vendorPartNo: terms.vendorPartNo });
    if (taken !== null) return taken;
    const before = await offerIn(tx, offerId);
    const judged = statusAfter(status, condition === terms.condition);
    const trust = judged === "proposed" && status !== "proposed" ? await trustIn(tx, stored.value) : null;
    const next = trust === null ? judged : status;
    await tx
      .update(offers)
      .set({
        ...columns.value,
        validFrom: columns.value.validFrom ?? stored.value.validFrom,
        status: next,
        version: expectedVersion + 1,
        updatedAt: sql`now()`,
      })
      .where(eq(offers.id, offerId));
    const after = await offerIn(tx, offerId);
    if (before.ok && after.ok) {
      await recordOffer(tx, actor, {
        action: "revised",
        before: offerMembers(before.value),
        after: after.value,
        reason: trust?.reason ?? null,
      });
    }
    return after;
  });
}

/** What was reviewed is reviewed again when it becomes another thing; what was rejected may be proposed again. */
function statusAfter(status: OfferStatus, sameCondition: boolean): OfferStatus {
  if (status === "rejected") return "draft";
  const reviewed = status === "active" || status === "paused";
  return reviewed && !sameCondition ? "proposed" : status;
}

/** The columns of an offer's terms, or why they cannot be kept. */
function columnsOf({ terms, quantities, rules }: CheckedOffer & Pick<Writing, "rules">) {
  const { vendorPartNo, condition, orderUnit, deliveryTerm, deliveryPlace } = terms;
  const { leadTimeDays, shipsFrom, region, mixGroup } = terms;
  if (deliveryTerm !== undefined && deliveryPlace === undefined) {
    return refused("delivery_place_missing", { deliveryTerm, pointer: "/deliveryPlace" });
  }
  const from = instantIn(terms.validFrom);
  const until = instantIn(terms.validUntil);
  if (from === null || until === null || (until !== undefined && from !== undefined && until <= from)) {
    return refused("validity_empty", { pointer: from === null ? "/validFrom" : "/validUntil" });
  }
  return answered({
    ...quantities,
    vendorPartNo,
    vendorPartNoKey: rules.keyOf(vendorPartNo),
    condition,
    orderUnit,
    deliveryTerm: deliveryTerm ?? null,
    deliveryPlace: deliveryPlace ?? null,
    leadTimeDays: leadTimeDays ?? null,
    shipsFrom: shipsFrom ?? null,
    region: region ?? null,
    mixGroup: mixGroup ?? null,
    ...(from === undefined ? {} : { validFrom: from }),
    validUntil: until ?? null,
  });
}

/** Undefined where none was told, null for an instant that there is not. */
function instantIn(text: string | undefined): number | null | undefined {
  return text === undefined ? undefined : microsOfInstant(text);
}

/** Null where the actor's company may list this variant. */
async function listingFault(tx: Database, actor: Actor, variantId: string): Promise<Refused | null> {
  const [found] = await tx
    .select({ owner: products.ownerCompanyId, status: products.status, variant: variants.status })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(and(seesProduct(actor), eq(variants.id, variantId)))
    .for("share", { of: products });
  if (found === undefined) return refused("variant_unknown", { variantId, pointer: "/variantId" });
  if (found.owner !== null && found.owner !== actor.companyId) return refused("product_private", { variantId });
  const gone = found.variant !== "active" || found.status === "withdrawn" || found.status === "merged";
  return gone ? refused("product_not_active", { variantId }) : null;
}

type Numbered = { readonly offerId: string; readonly vendorPartNo: string };

async function numberTaken(tx: Database, actor: Actor, { offerId, vendorPartNo }: Numbered): Promise<Refused | null> {
  const [other] = await tx
    .select({ id: offers.id })
    .from(offers)
    .where(
      allOf(
        inMarketplace(actor, offers.marketplaceId),
        ofOwnCompany(actor, offers.vendorId),
        eq(offers.vendorPartNo, vendorPartNo),
        ne(offers.id, offerId),
      ),
    );
  return other === undefined
    ? null
    : refused("offer_exists", { vendorPartNo, offerId: other.id, pointer: "/vendorPartNo" });
}

type Locking = { readonly actor: Actor; readonly offerId: string; readonly expectedVersion?: number };

/** An offer of the actor's company or, for the operator, of his marketplace, locked, in the version that he has read. */
export async function lockedOffer(
  tx: Database,
  { actor, offerId, expectedVersion }: Locking,
): Promise<Answered<OfferRow>> {
  const own = actor.kind === "operator" ? undefined : ofOwnCompany(actor, offers.vendorId);
  const [row] = await tx
    .select()
    .from(offers)
    .where(allOf(inMarketplace(actor, offers.marketplaceId), own, eq(offers.id, offerId)))
    .for("update");
  if (row === undefined) return refused("not_found");
  if (expectedVersion !== undefined && row.version !== expectedVersion) {
    return refused("precondition_failed", { actualVersion: row.version });
  }
  return answered(row);
}

export async function offerIn(tx: Database, offerId: string): Promise<Answered<OfferRecord>> {
  const [row] = await selectOffers(tx).where(eq(offers.id, offerId));
  return row === undefined ? refused("not_found") : answered(offerRecordOf(row));
}

type Recorded = {
  readonly action: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: OfferRecord;
  readonly reason?: string | null;
};

export async function recordOffer(
  tx: Database,
  { userId }: Actor,
  { action, before, after, reason = null }: Recorded,
): Promise<void> {
  const { offerId, vendorId, marketplaceId, version } = after;
  await recordChange(tx, {
    marketplaceId,
    subject: "offer",
    subjectId: offerId,
    companyId: vendorId,
    action,
    before,
    after: offerMembers(after),
    reason,
    by: userId,
    version,
  });
}
