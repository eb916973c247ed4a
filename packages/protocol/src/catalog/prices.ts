import { z } from "zod";
import { Country } from "../accounts/accounts.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Instant, MarketplaceId, Title, Uuid } from "../primitives.ts";
import {
  ChannelId,
  ClassKey,
  CustomerGroupId,
  DocumentName,
  PercentChange,
  PriceListId,
  period,
  TermQuantity,
  TimeZone,
  UnitOfPrice,
  UnitPrice,
} from "./terms.ts";

/* Price lists and their rungs. A vendor's are about his own offers; the marketplace's are its operator's. */

/** Adds `percent` to what the list derives from, from so many base units on. */
export const PercentBand = z.discriminatedUnion("scope", [
  z.strictObject({ scope: z.literal("all"), minQuantity: TermQuantity, percent: PercentChange }),
  z.strictObject({ scope: z.literal("class"), scopeId: ClassKey, minQuantity: TermQuantity, percent: PercentChange }),
  z.strictObject({ scope: z.literal("brand"), scopeId: Uuid, minQuantity: TermQuantity, percent: PercentChange }),
]);

const terms = {
  name: DocumentName,
  currency: Currency,
  priceMode: z.enum(["net", "gross"]).default("net"),
  timeZone: TimeZone.default("UTC").meta({ description: "Of the days that stand for bounds of periods." }),
  ...period,
  exclusive: z.boolean().default(false).meta({ description: "Ends the search also where it has no price." }),
  stacking: z.enum(["none", "promotions"]).default("promotions").meta({
    description: "Whether promotions may lower its prices.",
  }),
  tierScope: z.enum(["line", "offer", "mix_group"]).default("line").meta({
    description: "What is counted to choose the rung: the line, the offer in the cart, or the offer's mix group.",
  }),
  derived: z
    .strictObject({
      from: PriceListId.optional().meta({ description: "Left out: each offer's own base list." }),
      bands: z.array(PercentBand).min(1).max(100),
    })
    .optional()
    .meta({ description: "Prices where no row of its own applies." }),
};

/** The whole list but its rows and assignments. */
export const PriceListInput = z.strictObject(terms);

export const PriceListAssignment = z.discriminatedUnion("target", [
  z.strictObject({ target: z.literal("customer_group"), targetId: CustomerGroupId, priority: z.int().default(0) }),
  z.strictObject({ target: z.literal("channel"), targetId: ChannelId, priority: z.int().default(0) }),
  z.strictObject({ target: z.literal("country"), targetId: Country, priority: z.int().default(0) }),
  z.strictObject({ target: z.literal("marketplace"), targetId: MarketplaceId, priority: z.int().default(0) }),
]);
/** In place of those there are. Agreements name their lists themselves. */
export const PriceListAssignments = z.strictObject({ assignments: z.array(PriceListAssignment).max(500) });

export const PriceListRecord = z
  .object({
    listId: PriceListId,
    marketplaceId: MarketplaceId,
    vendorId: CompanyId.optional().meta({ description: "Absent of the marketplace's." }),
    name: z.string(),
    currency: z.string(),
    priceMode: z.enum(["net", "gross"]),
    timeZone: z.string(),
    from: Instant.optional(),
    until: Instant.optional(),
    exclusive: z.boolean(),
    stacking: z.enum(["none", "promotions"]),
    tierScope: z.enum(["line", "offer", "mix_group"]),
    derived: z.object({ from: PriceListId.optional(), bands: z.array(PercentBand) }).optional(),
    assignments: z.array(
      z.object({
        target: z.enum(["agreement", "customer_group", "channel", "country", "marketplace"]),
        targetId: z.string(),
        priority: z.int(),
      }),
    ),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: "PriceListRecord" });

export const PriceListQuery = z.strictObject({
  ...pageQuery,
  currency: Currency.optional(),
  q: Title.min(1).optional().meta({ description: "Part of the name, in any case." }),
});

/** One step of a ladder. Without a price it is taken off. */
export const Rung = z.strictObject({
  unit: UnitOfPrice,
  minQuantity: TermQuantity.default("1").meta({ description: "From so many of the unit on." }),
  priceBaseQuantity: TermQuantity.default("1").meta({ description: "How many of the unit the price buys." }),
  price: z.union([UnitPrice, z.literal(""), z.null()], {
    error: 'A price such as "12.95", as text, never a number; blank or null takes the rung off.',
  }),
  ...period,
});
export const LadderInput = z.strictObject({
  mode: z.enum(["merge", "replace"]).default("merge").meta({
    description: "Rungs that are not told stay with `merge`, and go with `replace`.",
  }),
  rungs: z.array(Rung).max(200),
});

export const PriceRow = z
  .object({
    rowId: Uuid,
    listId: PriceListId,
    offerId: Uuid,
    unit: z.string(),
    minQuantity: z.string(),
    priceBaseQuantity: z.string(),
    price: z.string(),
    from: Instant.optional(),
    until: Instant.optional(),
    storedFrom: Instant.meta({ description: "Since when it is as it is." }),
  })
  .meta({ id: "PriceRow" });
/** One offer's rungs in one list, by unit, start and quantity. */
export const PriceLadder = z.object({ rows: z.array(PriceRow) }).meta({ id: "PriceLadder" });
export const PriceRowQuery = z.strictObject({ ...pageQuery, offerId: Uuid.optional() });

/** The list of an offer's public prices: what everybody pays who has no other. */
export const BaseListInput = z.strictObject({ listId: PriceListId.nullable() });
export const BaseListRecord = z
  .object({ offerId: Uuid, listId: PriceListId.nullable(), version: z.int().meta({ description: "The offer's." }) })
  .meta({ id: "BaseListRecord" });

export type PercentBand = z.infer<typeof PercentBand>;
export type PriceListInput = z.output<typeof PriceListInput>;
export type PriceListAssignment = z.output<typeof PriceListAssignment>;
export type PriceListRecord = z.infer<typeof PriceListRecord>;
export type PriceListQuery = z.infer<typeof PriceListQuery>;
export type Rung = z.output<typeof Rung>;
export type LadderInput = z.output<typeof LadderInput>;
export type PriceRow = z.infer<typeof PriceRow>;
export type PriceLadder = z.infer<typeof PriceLadder>;
export type PriceRowQuery = z.infer<typeof PriceRowQuery>;
export type BaseListRecord = z.infer<typeof BaseListRecord>;
