import { parseDecimal } from "@kontor/kernel";
import { reduced } from "../quantities/ratio.ts";
import { quantityScale } from "../quantities/scales.ts";
import { checkUnit } from "./check-unit.ts";
import type { CodeLists } from "./code-lists.ts";
import type { Judged } from "./told-faults.ts";
import { faulty, fine } from "./told-faults.ts";

/** How a unit is ordered: whether at all, and with how many decimal places. */
type Ordering = { readonly unit: string; readonly decimals: number; readonly sold: boolean };

/** Units and numbers of a variant as they were sent. */
export type SentVariant = {
  readonly baseUnit: string;
  readonly decimals: number;
  readonly sold: boolean;
  readonly units: readonly (Ordering & ({ readonly holds: string } | { readonly num: string; readonly den: string }))[];
  readonly gtins: readonly { readonly gtin: string; readonly unit?: string | undefined }[];
};

export type VariantMeasures = {
  readonly baseUnit: string;
  /** The base unit first, as one of itself. */
  readonly units: readonly (Ordering & { readonly num: bigint; readonly den: bigint })[];
  readonly gtins: readonly { readonly gtin: string; readonly unit: string }[];
};

/** What a column of the database holds. */
const ratioMax = 9_223_372_036_854_775_807n;

/**
 * Units by their codes, ratios exact and in lowest terms, GTINs in fourteen digits.
 *
 * Errors  by precedence: `unit_unknown` with the code that was meant, `unit_repeated`, `unit_ratio_invalid`,
 *         `gtin_invalid` with the reason and, of a wrong check digit, the right one, `unit_not_of_variant`, `gtin_repeated`.
 */
export function checkVariant(sent: SentVariant, pointer: string, lists: CodeLists): Judged<VariantMeasures> {
  const base = checkUnit(sent.baseUnit, `${pointer}/baseUnit`, lists);
  if (!base.ok) return base;
  const baseUnit = base.value;
  const { decimals, sold } = sent;
  const units: VariantMeasures["units"][number][] = [{ unit: baseUnit, num: 1n, den: 1n, decimals, sold }];
  for (const [index, one] of sent.units.entries()) {
    const at = `${pointer}/units/${index}`;
    const unit = checkUnit(one.unit, `${at}/unit`, lists);
    if (!unit.ok) return unit;
    if (units.some((other) => other.unit === unit.value))
      return faulty("unit_repeated", `${at}/unit`, { unit: unit.value });
    const ratio = "holds" in one ? ratioOfDecimal(one.holds) : reduced({ num: BigInt(one.num), den: BigInt(one.den) });
    if (ratio === null || ratio.num > ratioMax || ratio.den > ratioMax) return faulty("unit_ratio_invalid", at);
    units.push({ unit: unit.value, ...ratio, decimals: one.decimals, sold: one.sold });
  }
  const gtins = checkGtins(sent.gtins, { baseUnit, units, pointer, lists });
  return gtins.ok ? fine({ baseUnit, units, gtins: gtins.value }) : gtins;
}

function ratioOfDecimal(holds: string): { num: bigint; den: bigint } | null {
  const millionths = parseDecimal(holds, quantityScale);
  return typeof millionths === "bigint" && millionths > 0n ? reduced({ num: millionths, den: 1_000_000n }) : null;
}

type Scene = Omit<VariantMeasures, "gtins"> & { readonly pointer: string; readonly lists: CodeLists };

function checkGtins(
  sent: SentVariant["gtins"],
  { baseUnit, units, pointer, lists }: Scene,
): Judged<VariantMeasures["gtins"]> {
  const choices = units.map(({ unit }) => unit);
  const found: VariantMeasures["gtins"][number][] = [];
  for (const [index, { gtin, unit = baseUnit }] of sent.entries()) {
    const at = `${pointer}/gtins/${index}`;
    const checked = lists.checkGtin(gtin);
    if (!checked.ok) {
      const expected = checked.reason === "check_digit_wrong" ? fittingDigit(gtin, lists) : null;
      const data = { gtin, reason: checked.reason, ...(expected === null ? {} : { expectedDigit: expected }) };
      return faulty("gtin_invalid", `${at}/gtin`, data);
    }
    if (!choices.includes(unit)) return faulty("unit_not_of_variant", `${at}/unit`, { unit, choices });
    if (found.some((one) => one.gtin === checked.value)) {
      return faulty("gtin_repeated", `${at}/gtin`, { gtin: checked.value });
    }
    found.push({ gtin: checked.value, unit });
  }
  return fine(found);
}

/** The last digit with which the number is a GTIN. */
function fittingDigit(gtin: string, { checkGtin }: CodeLists): string | null {
  const start = gtin.replace(/\D*\d\D*$/, "");
  return [..."0123456789"].find((digit) => checkGtin(start + digit).ok) ?? null;
}
