import type { OfferQuantities } from "@kontor/catalog";
import { checkOfferTerms } from "@kontor/catalog";
import type { ImportedList, ImportRow, OfferRow } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { dayOfDate, formatDecimal, instantOfLocal, microsOfInstant, parseDecimal } from "@kontor/kernel";
import type { RowFaults } from "./row-faults.ts";

/* What a row says of how an article is sold. */

/** Of an offer, what its vendor's file may say. */
export type OfferTerms = OfferQuantities &
  Pick<
    OfferRow,
    "condition" | "orderUnit" | "leadTimeDays" | "deliveryTerm" | "deliveryPlace" | "validFrom" | "validUntil"
  >;

type SoldUnit = { readonly unit: string; readonly decimals: number };
export type Selling = {
  readonly units: readonly SoldUnit[];
  readonly list: ImportedList | null;
  readonly now: Micros;
  readonly faults: RowFaults;
};

const usualZone = "UTC";

/** With what is known where the row says nothing; null where the terms cannot be kept, and then that is told. */
export function offerTermsOf(row: ImportRow, known: OfferRow | null, selling: Selling): OfferTerms | null {
  const kept = row.mode === "replace" ? null : known;
  const quantities = quantitiesOf(row, kept, selling);
  const period = periodOf(row, known, selling);
  const orderUnit = row.orderUnit ?? known?.orderUnit;
  if (quantities === null || period === null || orderUnit === undefined) return null;
  const { deliveryTerm } = row;
  if (deliveryTerm !== undefined && deliveryTerm !== null && deliveryTerm.place === null) {
    selling.faults.addKnown("delivery_place_missing", "delivery_place", { deliveryTerm: deliveryTerm.term });
    return null;
  }
  const delivery =
    deliveryTerm === undefined
      ? { deliveryTerm: kept?.deliveryTerm ?? null, deliveryPlace: kept?.deliveryPlace ?? null }
      : { deliveryTerm: deliveryTerm?.term ?? null, deliveryPlace: deliveryTerm?.place ?? null };
  return {
    ...quantities,
    ...period,
    ...delivery,
    orderUnit,
    condition: row.condition ?? kept?.condition ?? "new",
    leadTimeDays: row.leadTimeDays === undefined ? (kept?.leadTimeDays ?? null) : row.leadTimeDays,
  };
}

function quantitiesOf(row: ImportRow, kept: OfferRow | null, { units, faults }: Selling): OfferQuantities | null {
  const multiple = toldText(row.multiple, kept?.multiple);
  const maxQuantity = toldText(row.maxQuantity, kept?.maxQuantity);
  const minQuantity = toldText(row.minQuantity, kept?.minQuantity) ?? multiple ?? "1";
  const sent = {
    orderUnit: row.orderUnit ?? kept?.orderUnit ?? "",
    minQuantity,
    ...(multiple === undefined ? {} : { multiple }),
    ...(maxQuantity === undefined ? {} : { maxQuantity }),
  };
  const checked = checkOfferTerms(sent, units);
  if (checked.ok) return checked.value;
  faults.addFault(checked.fault, fieldAt[checked.fault.pointer] ?? "order_unit");
  return null;
}

const fieldAt: Readonly<Record<string, string>> = {
  "/orderUnit": "order_unit",
  "/minQuantity": "min_quantity",
  "/multiple": "multiple",
  "/maxQuantity": "max_quantity",
};

/** Undefined where there is none; null told takes away what was known. */
function toldText(told: string | null | undefined, known: bigint | null | undefined): string | undefined {
  if (told !== undefined) return told ?? undefined;
  return known === undefined || known === null ? undefined : textOf(known);
}

const textOf = (millionths: bigint): string => formatDecimal(millionths, 6).replace(/\.?0+$/, "");

export function millionthsOf(text: string): bigint {
  const value = parseDecimal(text, 6);
  if (typeof value !== "bigint") throw new RangeError(`no quantity: ${text}`);
  return value;
}

function periodOf(
  { validFrom: from, validUntil: until }: ImportRow,
  known: OfferRow | null,
  { list, now, faults }: Selling,
): Pick<OfferTerms, "validFrom" | "validUntil"> | null {
  const timeZone = list?.timeZone ?? usualZone;
  const validFrom = from === undefined || from === null ? (known?.validFrom ?? now) : startIn(timeZone, from);
  const ended = until === undefined ? (known?.validUntil ?? null) : until && endIn(timeZone, until);
  if (validFrom === null || ended === "" || (until !== undefined && until !== null && ended === null)) {
    faults.addKnown("validity_empty", validFrom === null ? "valid_from" : "valid_until", { value: from ?? until });
    return null;
  }
  if (typeof ended === "number" && ended <= validFrom) {
    faults.addKnown("validity_empty", "valid_until", { value: until ?? "" });
    return null;
  }
  return { validFrom, validUntil: typeof ended === "number" ? ended : null };
}

/** A date from its local midnight on. Null for what the calendar does not have. */
export function startIn(timeZone: string, bound: string): Micros | null {
  if (bound.includes("T")) return microsOfInstant(bound);
  const day = dayOfDate(bound);
  return day === null ? null : instantOfLocal(timeZone, day, 0);
}

/** Until the end of a date: the last day counts. */
export function endIn(timeZone: string, bound: string): Micros | null {
  if (bound.includes("T")) return microsOfInstant(bound);
  const day = dayOfDate(bound);
  return day === null ? null : instantOfLocal(timeZone, day + 1, 0);
}

/** Whether a known offer is as these terms say. */
export function isSame(offer: OfferRow, terms: OfferTerms): boolean {
  return Object.entries(terms).every(([member, value]) => offer[member as keyof OfferTerms] === value);
}

type Ratio = { readonly unit: string; readonly num: bigint; readonly den: bigint };

/** What there is of it, in base units, from order units; undefined where the row says nothing, or nothing exact. */
export function onHandOf(
  { stock }: ImportRow,
  { unit, units, faults }: { readonly unit: string; readonly units: readonly Ratio[]; readonly faults: RowFaults },
): bigint | undefined {
  if (stock === undefined || stock === null) return undefined;
  const { num = 1n, den = 1n } = units.find((one) => one.unit === unit) ?? {};
  const product = millionthsOf(stock) * num;
  if (product % den === 0n) return product / den;
  faults.add("stock_not_exact", "stock", { value: stock, hint: `Write a multiple of ${den} ${unit}.` });
  return undefined;
}
