import type { Promotion } from "../promotions/promotion.ts";
import type { VariantUnits } from "../quantities/units.ts";
import type { Period } from "./period.ts";

/** Whether prices hold the tax already. */
export type PriceMode = "net" | "gross";

/** Which quantity chooses the rung: the line's, all of the offer's in the cart, or all of the offer's mix group. */
export type TierScope = "line" | "offer" | "mix_group";

/** What a percent band is for. */
export type BandScope =
  | { readonly kind: "all" }
  | { readonly kind: "class"; readonly classId: string }
  | { readonly kind: "brand"; readonly brandId: string };

/** One band of a percent ladder. */
export type PercentBand = {
  readonly scope: BandScope;
  /** In base units of the variant. */
  readonly minQuantity: bigint;
  /** Added to the base list's price: -50000n takes 5 % off. */
  readonly percent: bigint;
};

/** Prices in one currency, for whom its assignments say. */
export type PriceList = {
  readonly id: string;
  /** The vendor whose offers alone it is about; null for a list of the marketplace. */
  readonly vendorId: string | null;
  readonly currency: string;
  readonly priceMode: PriceMode;
  readonly period: Period;
  /** Ends the search also where it yields nothing. */
  readonly exclusive: boolean;
  /** Whether promotions may lower its prices. */
  readonly stacking: "none" | "promotions";
  readonly tierScope: TierScope;
  /** Prices derived from another list, where no row of this one applies; base list null: each offer's own. */
  readonly adjustment: { readonly baseListId: string | null; readonly bands: readonly PercentBand[] } | null;
};

/** One rung of one offer's ladder in one list. */
export type PriceRow = {
  readonly id: string;
  readonly listId: string;
  readonly offerId: string;
  readonly unit: string;
  /** How many of `unit` the price buys. */
  readonly priceBaseQuantity: bigint;
  /** From so many of `unit` on. */
  readonly minQuantity: bigint;
  readonly price: bigint;
  readonly period: Period;
};

export type AssignmentTarget = "agreement" | "customer_group" | "channel" | "country" | "marketplace";

/** Gives a list to everybody of a target; of the same level the higher priority goes first. */
export type ListAssignment = {
  readonly listId: string;
  readonly target: AssignmentTarget;
  readonly targetId: string;
  readonly priority: number;
};

/** What prices need to know of an offer. */
export type PricedOffer = {
  readonly id: string;
  readonly vendorId: string;
  readonly active: boolean;
  readonly vendorActive: boolean;
  readonly baseListId: string | null;
  readonly brandId: string | null;
  readonly classIds: readonly string[];
  /** Offers of one mix group are counted together where a list says so. */
  readonly mixGroup: string | null;
  readonly units: VariantUnits;
};

/** Everything as the database has it, in any order. */
export type PriceRecords = {
  readonly offers: readonly PricedOffer[];
  readonly lists: readonly PriceList[];
  readonly assignments: readonly ListAssignment[];
  readonly rows: readonly PriceRow[];
  readonly promotions: readonly Promotion[];
};

/** The same, so that one line touches only its offer's rows and its buyer's lists. */
export type PriceBook = {
  readonly offers: ReadonlyMap<string, PricedOffer>;
  readonly lists: ReadonlyMap<string, PriceList>;
  /** By offer, then list. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, readonly PriceRow[]>>;
  /** By `assignmentKey`. */
  readonly assignments: ReadonlyMap<string, readonly ListAssignment[]>;
  /** By vendor; those for all vendors under the empty name. */
  readonly promotions: ReadonlyMap<string, readonly Promotion[]>;
};

/** Lists of one vendor are found without looking at another's. */
export function assignmentKey(target: AssignmentTarget, targetId: string, vendorId: string | null): string {
  return `${target} ${vendorId ?? ""} ${targetId}`;
}
