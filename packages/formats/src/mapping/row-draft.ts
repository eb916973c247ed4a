import type {
  AttributeText,
  BuyerPartNumber,
  CatalogueFile,
  CatalogueRow,
  ClassCode,
  PackagedGtin,
  ProductText,
  RatioText,
} from "../rows/catalogue-row.ts";

/** Where a cell of the row stood, to tell a problem that shows only when cells are seen together. */
export type DraftPlace = { readonly column: string | null; readonly value: string };

/** A price and its quantity while cells are read: undefined untold, null told to be empty. */
export type DraftTier = {
  amount?: string | null;
  quantity?: string | null;
  amountAt?: DraftPlace;
  quantityAt?: DraftPlace;
};

/** A row while its cells are read one by one. */
export class RowDraft {
  partNumber: string | null = null;
  /** Members that go into the row as they are. */
  readonly plain: { -readonly [Key in PlainKey]?: CatalogueRow[Key] } = {};
  readonly texts = new Map<string, { -readonly [Key in keyof ProductText]: ProductText[Key] }>();
  gtins?: PackagedGtin[];
  classes?: ClassCode[];
  attributes?: AttributeText[];
  buyerPartNumbers?: BuyerPartNumber[];
  files?: CatalogueFile[];
  readonly tiers = new Map<number, DraftTier>();
  currency?: string | null;
  baseQuantity?: string | null;
  contentUnit?: string | null;
  contentRatio?: RatioText | null;
  deliveryTerm?: CatalogueRow["deliveryTerm"];
  deliveryPlace?: string | null;
  readonly places = new Map<string, DraftPlace>();

  tier(number: number): DraftTier {
    const known = this.tiers.get(number);
    if (known !== undefined) return known;
    const tier: DraftTier = {};
    this.tiers.set(number, tier);
    return tier;
  }

  text(language: string): { -readonly [Key in keyof ProductText]: ProductText[Key] } {
    const known = this.texts.get(language);
    if (known !== undefined) return known;
    const text = { language };
    this.texts.set(language, text);
    return text;
  }
}

type PlainKey =
  | "brand"
  | "manufacturer"
  | "manufacturerPartNumber"
  | "orderUnit"
  | "minQuantity"
  | "multiple"
  | "maxQuantity"
  | "leadTimeDays"
  | "condition"
  | "stock"
  | "validFrom"
  | "validUntil";
