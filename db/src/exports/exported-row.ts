import type { Micros } from "@kontor/kernel";
import { millionthsText } from "../catalog/millionths.ts";
import { beginning } from "../catalog/sql-values.ts";
import type { ImportRow } from "../imports/import-row.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import type { offers } from "../schema/catalog-offers.ts";
import type { prices } from "../schema/catalog-prices.ts";
import type {
  AttributeValue,
  productClasses,
  productFiles,
  products,
  productTexts,
  variantGtins,
  variants,
  variantUnits,
} from "../schema/catalog-products.ts";

type Rung = typeof prices.$inferSelect;
type Ratio = { readonly num: bigint; readonly den: bigint };

/** An offer as the tables have it. */
export type OfferParts = {
  readonly offer: typeof offers.$inferSelect;
  readonly variant: typeof variants.$inferSelect;
  readonly product: typeof products.$inferSelect;
  readonly brand: string | null;
  readonly texts: readonly (typeof productTexts.$inferSelect)[];
  readonly classes: readonly (typeof productClasses.$inferSelect)[];
  readonly files: readonly (Pick<
    typeof productFiles.$inferSelect,
    "productId" | "kind" | "title" | "mediaType" | "url"
  > & {
    readonly fileId: string;
  })[];
  readonly units: readonly (typeof variantUnits.$inferSelect)[];
  readonly gtins: readonly (typeof variantGtins.$inferSelect)[];
  readonly rungs: readonly Rung[];
};

/** Where a file of a product lies: at an address, or here. */
export type ExportedFile = Pick<
  OfferParts["files"][number],
  "productId" | "fileId" | "kind" | "title" | "mediaType" | "url"
>;

/** What of an offer no row of a file has room for. */
export type Unsaid = { readonly member: string; readonly value: string };

/** A price for so many of `unit`, from so many of it on; millionths, and instants. */
export type ExportedRung = Pick<Rung, "unit" | "priceBaseQuantity" | "minQuantity" | "price" | "validUntil"> & {
  readonly validFrom: Micros | null;
};

/** An offer as a row of a file says it, but for its prices, which depend on for whom the file is. */
export type ExportedOffer = {
  readonly offerId: string;
  readonly row: Omit<ImportRow, "prices">;
  /** How many base units each unit is; the base unit is among them. */
  readonly units: ReadonlyMap<string, Ratio>;
  readonly rungs: readonly ExportedRung[];
  readonly files: readonly ExportedFile[];
  readonly unsaid: readonly Unsaid[];
};

const one: Ratio = { num: 1n, den: 1n };

export function exportedOfferOf(parts: OfferParts, at: Micros): ExportedOffer {
  const { offer, variant, product, brand } = parts;
  const units = new Map([[variant.baseUnit, one], ...parts.units.map((unit) => [unit.unit, unit] as const)]);
  const holds = units.get(offer.orderUnit) ?? one;
  const content =
    offer.orderUnit === variant.baseUnit
      ? null
      : { unit: variant.baseUnit, ratio: { num: String(holds.num), den: String(holds.den) } };
  const quantity = (value: bigint | null): string | null => (value === null ? null : millionthsText(value));
  const row = {
    partNumber: offer.vendorPartNo,
    mode: "replace" as const,
    ...present({
      brand,
      manufacturerPartNumber: variant.partNo ?? product.partNo,
      content,
      minQuantity: quantity(offer.minQuantity),
      multiple: quantity(offer.multiple),
      maxQuantity: quantity(offer.maxQuantity),
      leadTimeDays: offer.leadTimeDays,
      validFrom: offer.validFrom > at ? instantOf(offer.validFrom) : null,
      validUntil: instantOf(offer.validUntil),
      deliveryTerm: offer.deliveryTerm === null ? null : { term: offer.deliveryTerm, place: offer.deliveryPlace },
    }),
    orderUnit: offer.orderUnit,
    condition: offer.condition,
    texts: parts.texts.map(({ language, name, description, keywords }) => ({
      language,
      name,
      ...(description === "" ? {} : { description }),
      ...(keywords.length === 0 ? {} : { keywords }),
    })),
    gtins: parts.gtins.map(({ gtin, unit }) => ({ gtin, unit: unit === offer.orderUnit ? null : unit })),
    classes: parts.classes.map(({ scheme, code }) => ({ scheme, code })),
    attributes: attributesOf(product.attributes, variant.attributes),
  };
  const rungs = parts.rungs.map((rung) => ({
    ...rung,
    validFrom: rung.validFrom === beginning ? null : rung.validFrom,
  }));
  return { offerId: offer.id, row, units, rungs, files: parts.files, unsaid: unsaidOf(parts) };
}

/** The product's and, where the variant differs, its own. */
function attributesOf(common: readonly AttributeValue[], own: readonly AttributeValue[]) {
  const told = new Map([...common, ...own].map((value) => [value.attribute, value]));
  return [...told.values()].map(({ attribute, value, unit }) => {
    const values = typeof value === "object" ? value : [String(value)];
    return { name: attribute, values, unit: unit ?? null };
  });
}

function unsaidOf({ offer, variant, product, units }: OfferParts): readonly Unsaid[] {
  const { shipsFrom, region, mixGroup } = offer;
  const told = { shipsFrom, region, mixGroup, ...(product.kind === "article" ? {} : { kind: product.kind }) };
  const members = Object.entries(told).flatMap(([member, value]) => (value === null ? [] : [{ member, value }]));
  const others = units.flatMap(({ unit, num, den, decimals }) => {
    const isSaid = unit === offer.orderUnit || unit === variant.baseUnit;
    if (!isSaid) return [{ member: "units", value: `${unit} = ${num}/${den} ${variant.baseUnit}` }];
    return decimals === 0 ? [] : [{ member: "units", value: `${unit} with ${decimals} decimals` }];
  });
  return [...members, ...others];
}
