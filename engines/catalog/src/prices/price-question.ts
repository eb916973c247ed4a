import type { Micros } from "@kontor/kernel";
import type { Ratio } from "../quantities/ratio.ts";
import type { Rounding } from "../quantities/rounding.ts";
import type { PriceMode } from "./price-book.ts";

/** How a unit price becomes an amount: it buys `priceBaseQuantity` of `unit`; `ratio` says how many of `unit` the ordered unit is. */
export type PriceBasis = {
  readonly priceBaseQuantity: bigint;
  readonly unit: string;
  readonly ratio: Ratio;
};

/** A price that was agreed on and is not looked up again until somebody takes the lock off. */
export type LockedPrice = {
  readonly source: "quote" | "manual" | "order";
  /** The quote's, agent's or order's own id. */
  readonly reference: string;
  readonly currency: string;
  readonly unitPrice: bigint;
  readonly priceMode: PriceMode;
  readonly basis: PriceBasis;
};

export type AgreementLink = { readonly agreementId: string; readonly version: number };

/** Who asks, from where, and when. */
export type BuyerContext = {
  /** The agreement of the buyer's node, then of its ancestors, nearest first. */
  readonly agreements: readonly AgreementLink[];
  readonly customerGroups: ReadonlySet<string>;
  readonly channelId: string | null;
  readonly country: string | null;
  readonly marketplaceId: string;
  readonly currency: string;
  readonly at: Micros;
  /** What the answer is for. It changes no price; it is kept with the answer. */
  readonly purpose: "display" | "cart" | "quote";
  readonly rounding: Rounding;
  readonly tradeFunctions: ReadonlySet<string>;
  readonly loyaltyLevel: number;
};

export type OrderedQuantity = { readonly offerId: string; readonly quantity: bigint; readonly unit: string };

export type PriceQuestion = OrderedQuantity & {
  readonly buyer: BuyerContext;
  /** The tax on this offer for this buyer, by which gross and net prices are compared. */
  readonly taxPercent: bigint;
  /** The cart's other lines, for lists that count more than the line. */
  readonly others: readonly OrderedQuantity[];
  readonly locked: LockedPrice | null;
};
