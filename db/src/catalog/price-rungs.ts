import { formatDecimal } from "@kontor/kernel";
import type { LadderInput, PriceRow, Rung } from "@kontor/protocol";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import { instantOf } from "../repositories/record-members.ts";
import type { prices } from "../schema/catalog-prices.ts";
import { boundsOf, periodIn } from "./periods.ts";
import { exact } from "./price-list-records.ts";

/* Rungs between the wire and their rows. */

export type RungRow = typeof prices.$inferSelect;

/** A rung as it is to be; null price: it is to go. */
export type WantedRung = Pick<RungRow, "unit" | "minQuantity" | "priceBaseQuantity" | "validFrom" | "validUntil"> & {
  readonly price: bigint | null;
};

/** What tells one rung from the others of its ladder. */
export function rungKey({
  unit,
  minQuantity,
  validFrom,
}: Pick<WantedRung, "unit" | "minQuantity" | "validFrom">): string {
  return `${unit} ${minQuantity} ${validFrom}`;
}

export function wantedRungs(
  { rungs }: LadderInput,
  { timeZone, units }: { readonly timeZone: string; readonly units: ReadonlySet<string> },
): Answered<readonly WantedRung[]> {
  const wanted = new Map<string, WantedRung>();
  for (const [at, rung] of rungs.entries()) {
    const pointer = `/rungs/${at}`;
    const row = wantedRung(rung, timeZone, pointer);
    if (!row.ok) return row;
    if (!units.has(rung.unit)) {
      return refused("price_unit_unknown", { pointer: `${pointer}/unit`, unit: rung.unit, choices: [...units].sort() });
    }
    const key = rungKey(row.value);
    if (wanted.has(key)) return refused("rung_repeated", { pointer });
    wanted.set(key, row.value);
  }
  return answered([...wanted.values()]);
}

function wantedRung(rung: Rung, timeZone: string, pointer: string): Answered<WantedRung> {
  const period = periodIn(timeZone, rung, pointer);
  if (!period.ok) return period;
  const { unit, minQuantity, priceBaseQuantity, price } = rung;
  return answered({
    unit,
    minQuantity: exact(minQuantity, 6),
    priceBaseQuantity: exact(priceBaseQuantity, 6),
    price: price === "" || price === null ? null : exact(price, 6),
    ...period.value,
  });
}

/** Without idle zeros: 8800000n is "8.8". */
export function plainText(value: bigint, scale = 6): string {
  const text = formatDecimal(value, scale);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

export function priceRowOf(row: RungRow): PriceRow {
  return {
    rowId: row.id,
    listId: row.listId,
    offerId: row.offerId,
    unit: row.unit,
    minQuantity: plainText(row.minQuantity),
    priceBaseQuantity: plainText(row.priceBaseQuantity),
    price: plainText(row.price),
    ...boundsOf(row),
    storedFrom: instantOf(row.storedFrom),
  };
}
