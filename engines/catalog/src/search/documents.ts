/** What the index is fed with. Ids are any text; the same id again replaces what was there. */
export type ProductText = {
  /** BCP 47, as in "de" or "de-AT". */
  readonly language: string;
  readonly title: string;
  readonly description: string;
};

export type ProductAttribute =
  | { readonly attribute: string; readonly value: string; readonly language: string }
  /** In the attribute's own unit, which is the same for all products; `unit` is how it is written ("mm", or ""). */
  | { readonly attribute: string; readonly number: number; readonly unit: string };

export type ClassRef = { readonly scheme: string; readonly code: string };

/** A node of a scheme's tree. Its place is fixed for the life of an index: a new edition of a scheme is a rebuild. */
export type ClassNode = ClassRef & {
  /** Code of the node above, null at the top. */
  readonly parent: string | null;
  readonly names: readonly { readonly language: string; readonly name: string }[];
};

export type ProductDocument = {
  readonly id: string;
  readonly texts: readonly ProductText[];
  readonly brand: string | null;
  /** The maker's, of the product and its variants. */
  readonly partNumbers: readonly string[];
  readonly attributes: readonly ProductAttribute[];
  readonly classes: readonly ClassRef[];
  /** Larger is newer: `Micros`. */
  readonly createdAt: number;
};

export type OfferDocument = {
  readonly id: string;
  /** The product may come later; until then the offer is in no hit. */
  readonly productId: string;
  readonly vendor: string;
  readonly vendorPartNumber: string;
  /** Of every packaging level, as printed. */
  readonly gtins: readonly string[];
  readonly condition: string;
  readonly region: string;
  /** Whole days, 0 to 65,535. */
  readonly leadTimeDays: number;
  /** Only an active offer is found. */
  readonly active: boolean;
};

/** What has to be so at once; an absent part is always so. */
export type AssortmentRule = {
  readonly offerId?: string;
  readonly vendor?: string;
  readonly brand?: string;
  /** The node or any below it. */
  readonly class?: ClassRef;
};

/** An offer is in it when a rule includes it (or there is none that includes) and no rule excludes it. */
export type Assortment = {
  readonly id: string;
  readonly include: readonly AssortmentRule[];
  readonly exclude: readonly AssortmentRule[];
};

/** One buyer's own numbers of an offer or of a product. */
export type BuyerPartNumbers = {
  readonly company: string;
  readonly of: { readonly offerId: string } | { readonly productId: string };
  readonly numbers: readonly string[];
};
