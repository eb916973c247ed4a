import type { BuyerPartNumbers, OfferDocument, ProductAttribute, ProductDocument } from "@kontor/catalog";
import type { FeedOffer, FeedProduct } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { ratioBetween } from "@kontor/standards";

/** Of an attribute that is a decimal: the unit in which the index compares it, by attribute. */
export type AttributeUnits = ReadonlyMap<string, string>;

/** Texts in the order of the marketplace's languages: the first names the product to whoever asks for another. */
export function productDocumentOf(
  product: FeedProduct,
  { attributeUnits, languages }: { readonly attributeUnits: AttributeUnits; readonly languages: readonly string[] },
): ProductDocument {
  const { id, brand, partNos, classes, createdAt } = product;
  const place = (language: string): number => (languages.indexOf(language) + 1 || languages.length + 1) - 1;
  const texts = [...product.texts].sort(
    (a, b) => place(a.language) - place(b.language) || (a.language < b.language ? -1 : 1),
  );
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
    attributes: product.attributes.flatMap((value) => attributesOf(value, attributeUnits)),
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
