import type { OfferQuantities } from "@kontor/catalog";
import type { Actor, Micros } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { CatalogRecordEntry, CatalogRecordQuery, OfferQuery, OfferRecord, OfferRevision } from "@kontor/protocol";
import { and, eq } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf, isOwnCompany, ofOwnCompany, seesAll } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import { products, variants } from "../schema/catalog-products.ts";
import { recordOf } from "./catalog-record.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { seesOffer } from "./catalog-scope.ts";
import { offerRecordOf, selectOffers } from "./offer-records.ts";
import type { OfferStep } from "./offer-status.ts";
import { stepOfferIn } from "./offer-status.ts";
import { createOfferIn, reviseOfferIn } from "./offer-writes.ts";

/** Terms as they were sent, with the quantities that the engine made of them. */
export type CheckedOffer = {
  readonly offerId: string;
  readonly terms: OfferRevision;
  readonly quantities: OfferQuantities;
  readonly at: Micros;
};
export type CreatedOffer = CheckedOffer & { readonly variantId: string };
export type RevisedOffer = CheckedOffer & { readonly expectedVersion: number };
export type OfferAsked = { readonly offerId: string; readonly at: Micros };

/** Offers of the actor's marketplace: one's own and what can be bought; for staff all. What he may not see is missing. */
export type OfferRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<OfferQuery>, at: Micros) => Promise<Listing<OfferRecord>>;
  readonly find: (actor: Actor, asked: OfferAsked) => Promise<OfferRecord | undefined>;
  /** A draft of the actor's company; the same id again gives what is there. */
  readonly create: (actor: Actor, offer: CreatedOffer) => Promise<Answered<OfferRecord>>;
  readonly revise: (actor: Actor, offer: RevisedOffer) => Promise<Answered<OfferRecord>>;
  readonly step: (actor: Actor, step: OfferStep) => Promise<Answered<OfferRecord>>;
  /** Who changed what: for the vendor and the marketplace's staff. */
  readonly record: (
    actor: Actor,
    asked: OfferAsked,
    query: Query<CatalogRecordQuery>,
  ) => Promise<Listing<CatalogRecordEntry> | undefined>;
};

const newest: Order = {
  name: "listed",
  by: offers.createdAt,
  id: offers.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

export function createOfferRepository(db: Database, rules: CatalogRules): OfferRepository {
  const find = async (actor: Actor, { offerId, at }: OfferAsked): Promise<OfferRecord | undefined> => {
    const [row] = await selectOffers(db).where(and(seesOffer(actor, at), eq(offers.id, offerId)));
    return row && offerRecordOf(row);
  };
  return {
    find,
    list: (actor, { vendor, status, productId, variantId, vendorPartNo, ...page }, at) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          selectOffers(db)
            .where(
              allOf(
                seesOffer(actor, at),
                vendor === "me" ? ofOwnCompany(actor, offers.vendorId) : oneOf(offers.vendorId, vendor),
                oneOf(offers.status, status),
                oneOf(products.id, productId),
                oneOf(variants.id, variantId),
                vendorPartNo === undefined ? undefined : eq(offers.vendorPartNoKey, rules.keyOf(vendorPartNo)),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ offer }) => [offer.createdAt, offer.id],
        entryOf: offerRecordOf,
      }),
    create: (actor, offer) => createOfferIn(db, { actor, rules, ...offer }),
    revise: (actor, offer) => reviseOfferIn(db, { actor, rules, ...offer }),
    step: (actor, step) => stepOfferIn(db, actor, step),
    async record(actor, asked, query) {
      const found = await find(actor, asked);
      if (found === undefined || !(seesAll(actor) || isOwnCompany(actor, found.vendorId))) return undefined;
      return await recordOf(db, actor, { ...query, subjectId: asked.offerId });
    },
  };
}
