import type { BuyerPartNumbers, OfferDocument, ProductAttribute, ProductDocument } from "@kontor/catalog";
import type { FeedOffer, FeedProduct } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { ratioBetween } from "@kontor/standards";

/** Of an attribute that is a decimal: the unit in which the index compares it, by attribute. */
export type AttributeUnits = ReadonlyMap<string, string>;

export function productDocumentOf(product: FeedProduct, units: AttributeUnits): ProductDocument {
  const { id, brand, partNos, texts, classes, createdAt } = product;
  return {
    id,
    brand,
    partNumbers: partNos,
    classes,
    createdAt,
    texts: texts.map(({ language, name, description, keywords }) => ({
      language,
      title: name,
      description: [description, ...keywords].join(" "),
    })),
    attributes: product.attributes.flatMap((value) => attributesOf(value, units)),
  };
}

type Value = FeedProduct["attributes"][number];

/** Nothing where the value's unit cannot be converted into the attribute's: it is shown, but not filtered by. */
function attributesOf({ attribute, value, unit }: Value, units: AttributeUnits): readonly ProductAttribute[] {
  if (typeof value === "boolean") return [{ attribute, value: value ? "yes" : "no", language: "en" }];
  if (typeof value !== "string") return value.map((one) => ({ attribute, value: one, language: "" }));
  const common = units.get(attribute);
  if (common === undefined) return [{ attribute, value, language: "" }];
  const ratio = unit === undefined || unit === common ? { num: 1n, den: 1n } : ratioBetween(unit, common);
  if (ratio === null) return [];
  return [{ attribute, number: (Number(value) * Number(ratio.num)) / Number(ratio.den), unit: common }];
}

/** Whether an offer is found is of the instant: its period may begin or end. */
export function offerDocumentOf(offer: FeedOffer, productId: string, at: Micros): OfferDocument {
  const { id, vendorId, vendorPartNo, gtins, condition, region, leadTimeDays } = offer;
  return {
    id,
    productId,
    vendor: vendorId,
    vendorPartNumber: vendorPartNo,
    gtins,
    condition,
    region: region ?? "",
    leadTimeDays: Math.min(leadTimeDays ?? leadTimeUnknown, leadTimeUnknown),
    active: isOfferedAt(offer, at),
  };
}

/** The longest that the index tells apart; who does not say how long is there with the slowest. */
const leadTimeUnknown = 65_535;

function isOfferedAt(offer: FeedOffer, at: Micros): boolean {
  const { isActive, vendorActive, validFrom, validUntil } = offer;
  return isActive && vendorActive && validFrom <= at && (validUntil === null || at < validUntil);
}

export function buyerNumbersOf({ id, buyerNumbers }: FeedProduct): readonly BuyerPartNumbers[] {
  return buyerNumbers.map(({ companyId, numbers }) => ({ company: companyId, of: { productId: id }, numbers }));
}
