import { unitOf } from "@kontor/standards";

/** How much of a class in a period; the quantity is a decimal as text, the unit a code of Recommendation 20. */
export type Capacity = { readonly quantity: string; readonly unit: string; readonly per: string };

/** What capacities of a class are compared by: amounts of one name are in one unit, of a month. */
export type CapacityAmount = { readonly of: string; readonly perMonth: number };

/** Periods in a month, which is a twelfth of a year of 365 days. */
const inMonth: Readonly<Record<string, number>> = { day: 365 / 12, week: 365 / 84, month: 1, year: 1 / 12 };

/** Tonnes and kilograms are of one name; what measures nothing that others do is of its own. */
export function capacityOf(classKey: string, { quantity, unit, per }: Capacity): CapacityAmount {
  const known = unitOf(unit);
  const { factor = null, dimension = null } = known ?? {};
  const worth = factor === null ? 1 : Number(factor.num) / Number(factor.den);
  const of = `${factor === null ? unit : dimension} of ${classKey}`;
  return { of, perMonth: rounded(Number(quantity) * worth * (inMonth[per] ?? 1)) };
}

/** Eleven digits tell amounts apart; the same amount in another unit or period comes to the same number. */
function rounded(amount: number): number {
  return Number(amount.toPrecision(11));
}
