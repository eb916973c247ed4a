import { z } from "zod";
import { DivisionId } from "../catalog/terms.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Currency, Title, UnitCode, UserId } from "../primitives.ts";
import { Problem } from "../problem-document.ts";
import {
  BoughtOfferId,
  BoughtQuantity,
  CartLineId,
  CostCenterId,
  DeliveryDay,
  MoneyAmount,
  RequisitionListId,
} from "./values.ts";

/*
 * Carts: what a person is about to buy for his company or one of its divisions, priced when it is read.
 */

const version = z.int();

export const CartQuery = z.strictObject({
  divisionId: DivisionId.optional().meta({ description: "The division that is bought for; else the company." }),
});

/** More of the same offer, unit and day raises the line that is there. */
export const CartLineInput = z.strictObject({
  offerId: BoughtOfferId,
  quantity: BoughtQuantity,
  unit: UnitCode.optional().meta({ description: "Left out: the unit in which the offer is sold." }),
  deliverOn: DeliveryDay.optional().meta({ description: "Left out: as soon as possible." }),
  costCenterId: CostCenterId.optional(),
});
/** Members that are left out stay; null takes off. */
export const CartLineChange = z.strictObject({
  quantity: BoughtQuantity.optional(),
  deliverOn: DeliveryDay.nullable().optional(),
  costCenterId: CostCenterId.nullable().optional(),
});

export const PriceBasisRecord = z.object({
  unitPrice: z.string(),
  currency: Currency,
  priceMode: z.enum(["net", "gross"]),
  per: z.string().meta({ description: "How many of `unit` the price buys." }),
  unit: z.string(),
});

export const CartLineRecord = z
  .object({
    lineId: CartLineId,
    offerId: BoughtOfferId,
    vendorId: CompanyId,
    vendorPartNo: z.string(),
    buyerPartNo: z.string().optional(),
    name: z.string(),
    quantity: z.string(),
    unit: z.string(),
    deliverOn: DeliveryDay.optional(),
    costCenterId: CostCenterId.optional(),
    price: PriceBasisRecord.optional().meta({ description: "Absent: on request." }),
    before: PriceBasisRecord.optional().meta({
      description: "The price when the line was last changed, where it is another now; ordering needs consent.",
    }),
    net: z.string().optional(),
    tax: z.string().optional(),
    gross: z.string().optional(),
    available: z.string().optional().meta({ description: "In stock, in the base unit; absent: made to order." }),
    faults: z.array(Problem).meta({ description: "Why the line cannot be ordered as it is." }),
  })
  .meta({ id: "CartLineRecord" });

/** One purchase order in the making. */
export const CartOrderRecord = z
  .object({
    vendorId: CompanyId,
    currency: Currency,
    lineIds: z.array(CartLineId),
    net: MoneyAmount,
    tax: MoneyAmount,
    freight: MoneyAmount,
    smallOrderFee: MoneyAmount,
    chargesTax: MoneyAmount.meta({ description: "On freight and fee." }),
    total: MoneyAmount,
    shortfall: MoneyAmount.meta({ description: "What is missing of the vendor's least order." }),
    faults: z.array(Problem),
  })
  .meta({ id: "CartOrderRecord" });

export const CartRecord = z
  .object({
    divisionId: DivisionId.optional(),
    version: version.meta({ description: "0: nothing was put in yet." }),
    lines: z.array(CartLineRecord),
    orders: z.array(CartOrderRecord),
  })
  .meta({ id: "CartRecord" });

/** Pasted lines: a number and a quantity each, parted by a tab, a semicolon or blanks. */
export const QuickOrderInput = z.strictObject({
  divisionId: DivisionId.optional(),
  text: z.string().min(1).max(100_000),
  deliverOn: DeliveryDay.optional(),
});

/** Bytes of a file that a quick order takes. */
export const quickOrderBytesMax = 1_048_576;
const column = z.string().min(1).max(200).optional();

/** A CSV or XLSX file with a column of numbers, one of quantities and, where it has one, of units. */
export const QuickOrderFileInput = z.strictObject({
  divisionId: DivisionId.optional(),
  content: z
    .base64()
    .min(4)
    .max(Math.ceil(quickOrderBytesMax / 3) * 4)
    .meta({ description: "The file's bytes in base64, one mebibyte of them at most." }),
  sheet: column.meta({ description: "Of a workbook; left out: the first that is not hidden." }),
  columns: z
    .strictObject({ partNumber: column, quantity: column, unit: column })
    .default({})
    .meta({ description: "Names of the columns; left out: they are found by their names." }),
  decimalMark: z
    .enum([".", ","])
    .optional()
    .meta({ description: "Of quantities written as text; left out: what the column shows." }),
  deliverOn: DeliveryDay.optional(),
});

export const QuickOrderLine = z.object({
  row: z.int().meta({ description: "From 1, as the text or the file counts: empty lines and column names too." }),
  text: z.string().meta({ description: "The line as it was read, cut at 200 characters." }),
  outcome: z.enum(["added", "unknown", "ambiguous", "unreadable", "not_available", "cart_full"]),
  lineId: CartLineId.optional().meta({ description: "Of an added one: the line of the cart that it went into." }),
  faults: z.array(Problem).optional().meta({
    description: "Why that line cannot be ordered as it is now: a wrong quantity with both valid neighbours.",
  }),
  reason: z
    .object({ code: z.string(), hint: z.string() })
    .optional()
    .meta({ description: "Of an unreadable one: what is wrong, and what to write." }),
  choices: z
    .array(z.object({ offerId: BoughtOfferId, vendorId: CompanyId, vendorPartNo: z.string(), name: z.string() }))
    .optional()
    .meta({ description: "Of an ambiguous number: what it may mean, by vendor's, GTIN or own number." }),
});
export const QuickOrderRecord = z
  .object({ lines: z.array(QuickOrderLine), cart: CartRecord })
  .meta({ id: "QuickOrderRecord" });

const requisitionLine = { offerId: BoughtOfferId, quantity: BoughtQuantity, unit: UnitCode };
export const RequisitionListInput = z.strictObject({
  name: Title.min(1),
  shared: z.boolean().default(true).meta({ description: "Whether all who buy for the company have it." }),
  lines: z.array(z.strictObject({ ...requisitionLine, unit: UnitCode.optional() })).max(500),
});
export const RequisitionListRecord = z
  .object({
    listId: RequisitionListId,
    ownerId: UserId,
    name: z.string(),
    shared: z.boolean(),
    lines: z.array(z.object({ ...requisitionLine, vendorPartNo: z.string(), name: z.string() })),
    version,
  })
  .meta({ id: "RequisitionListRecord" });
export const RequisitionListQuery = z.strictObject(pageQuery);

/** Lines put into the cart at once; those that could not be are told. */
export const CartFilled = z
  .object({
    cart: CartRecord,
    left: z.array(z.object({ offerId: BoughtOfferId, problem: Problem })),
  })
  .meta({ id: "CartFilled" });

export type CartQuery = z.infer<typeof CartQuery>;
export type CartLineInput = z.output<typeof CartLineInput>;
export type CartLineChange = z.output<typeof CartLineChange>;
export type PriceBasisRecord = z.infer<typeof PriceBasisRecord>;
export type CartLineRecord = z.infer<typeof CartLineRecord>;
export type CartOrderRecord = z.infer<typeof CartOrderRecord>;
export type CartRecord = z.infer<typeof CartRecord>;
export type QuickOrderInput = z.output<typeof QuickOrderInput>;
export type QuickOrderFileInput = z.output<typeof QuickOrderFileInput>;
export type QuickOrderLine = z.infer<typeof QuickOrderLine>;
export type QuickOrderRecord = z.infer<typeof QuickOrderRecord>;
export type RequisitionListInput = z.output<typeof RequisitionListInput>;
export type RequisitionListRecord = z.infer<typeof RequisitionListRecord>;
export type RequisitionListQuery = z.infer<typeof RequisitionListQuery>;
export type CartFilled = z.infer<typeof CartFilled>;
