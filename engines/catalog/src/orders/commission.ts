import { invariant } from "@kontor/kernel";
import { roundRatio } from "../quantities/rounding.ts";
import { wholePercent } from "../quantities/scales.ts";
import type { Money } from "./money.ts";

/** What a rule is for; null is everything. */
export type CommissionScope = {
  readonly vendorId: string | null;
  readonly brandId: string | null;
  readonly classId: string | null;
};

export type CommissionBounds = { readonly min: bigint | null; readonly max: bigint | null };

/** One line of the operator's list. */
export type CommissionRule = {
  readonly id: string;
  readonly scope: CommissionScope;
  readonly percent: bigint;
  /** Least and greatest fee by currency; none in a currency that is not here. */
  readonly bounds: ReadonlyMap<string, CommissionBounds>;
};

export type SoldLine = {
  readonly vendorId: string;
  readonly brandId: string | null;
  readonly classIds: readonly string[];
  /** What the commission is taken on. */
  readonly base: bigint;
};

/** The operator's fee on a sale, as it was on that day; later rules do not change it. */
export type Commission = {
  readonly ruleId: string;
  readonly percent: bigint;
  readonly base: bigint;
  readonly fee: bigint;
  /** VAT on the fee. */
  readonly vat: bigint;
  readonly vatPercent: bigint;
  /** What the vendor is paid. */
  readonly payable: bigint;
};

/**
 * The first rule of the operator's list that fits: he puts the special ones before the general ones. Null when none fits.
 */
export function commissionRuleFor(line: SoldLine, rules: readonly CommissionRule[]): CommissionRule | null {
  const fits = ({ scope }: CommissionRule): boolean =>
    (scope.vendorId === null || scope.vendorId === line.vendorId) &&
    (scope.brandId === null || scope.brandId === line.brandId) &&
    (scope.classId === null || line.classIds.includes(scope.classId));
  return rules.find(fits) ?? null;
}

export type CommissionTerms = { readonly rule: CommissionRule; readonly vatPercent: bigint };

/** The fee on an amount that is not negative, within the rule's bounds, and the VAT on the fee; each rounded once. */
export function commissionOf(base: bigint, { rule, vatPercent }: CommissionTerms, money: Money): Commission {
  invariant(base >= 0n, "a commission is taken on a sale");
  const { min, max } = rule.bounds.get(money.currency) ?? { min: null, max: null };
  const share = roundRatio(base * rule.percent, wholePercent, money.rounding);
  const raised = min !== null && share < min ? min : share;
  const fee = max !== null && raised > max ? max : raised;
  const vat = roundRatio(fee * vatPercent, wholePercent, money.rounding);
  return { ruleId: rule.id, percent: rule.percent, base, fee, vat, vatPercent, payable: base - fee - vat };
}

/** What belongs to the rest of a sale, fee and VAT each rounded once, so that parts give back what the whole would. */
export function commissionOn(
  rest: bigint,
  { base, fee, vat }: Pick<Commission, "base" | "fee" | "vat">,
  { rounding }: Pick<Money, "rounding">,
): Pick<Commission, "fee" | "vat"> {
  const part = (of: bigint): bigint => (base === 0n ? 0n : roundRatio(of * rest, base, rounding));
  return { fee: part(fee), vat: part(vat) };
}
