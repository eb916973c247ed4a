import type { OfferRecord } from "@kontor/protocol";
import { eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { nameOfCompany } from "../repositories/company-names.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { offers } from "../schema/catalog-offers.ts";
import { products, variants } from "../schema/catalog-products.ts";
import { millionthsText } from "./millionths.ts";

/** What can be taken from stock now, in all places; null where the vendor keeps none here. */
const available = sql<string | null>`(select sum(greatest(s.on_hand - s.reserved, 0))::text
  from stock_levels s where s.offer_id = "offers"."id")`;

/** With the variant and the product, by which is decided who sees it. */
export function selectOffers(db: Database) {
  return db
    .select({ offer: offers, productId: variants.productId, vendorName: nameOfCompany(offers.vendorId), available })
    .from(offers)
    .innerJoin(variants, eq(variants.id, offers.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .$dynamic();
}

type Found = Awaited<ReturnType<typeof selectOffers>>[number];

export function offerRecordOf({ offer, productId, vendorName, available: stock }: Found): OfferRecord {
  const { id, marketplaceId, vendorId, variantId, vendorPartNo, condition, status, orderUnit } = offer;
  const { leadTimeDays, deliveryTerm, deliveryPlace, shipsFrom, region, mixGroup, version } = offer;
  const { multiple, maxQuantity } = offer;
  return {
    offerId: id,
    marketplaceId,
    vendorId,
    productId,
    variantId,
    vendorPartNo,
    condition,
    status,
    orderUnit,
    minQuantity: millionthsText(offer.minQuantity),
    validFrom: instantOf(offer.validFrom),
    createdAt: instantOf(offer.createdAt),
    updatedAt: instantOf(offer.updatedAt),
    version,
    ...present({
      vendorName,
      leadTimeDays,
      deliveryTerm,
      deliveryPlace,
      shipsFrom,
      region,
      mixGroup,
      multiple: multiple === null ? null : millionthsText(multiple),
      maxQuantity: maxQuantity === null ? null : millionthsText(maxQuantity),
      validUntil: instantOf(offer.validUntil),
      available: stock === null ? null : millionthsText(BigInt(stock)),
    }),
  };
}

/** What of an offer stands in the record. */
export function offerMembers(record: OfferRecord): Readonly<Record<string, unknown>> {
  const {
    offerId: _id,
    marketplaceId: _place,
    createdAt: _made,
    updatedAt: _changed,
    version: _v,
    ...members
  } = record;
  const { available: _stock, vendorName: _name, ...kept } = members;
  return kept;
}
