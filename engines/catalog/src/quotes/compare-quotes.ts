import { rateBetween } from "../approval/exchange.ts";
import { amountOf } from "../orders/line-amounts.ts";
import { smallestUnits } from "../orders/money.ts";
import type { Ratio } from "../quantities/ratio.ts";
import { add, compare, divide, multiply, unity, whole } from "../quantities/ratio.ts";
import { roundRatio } from "../quantities/rounding.ts";
import { ratioBetween } from "../quantities/units.ts";
import type {
  AskedLine,
  ComparedLine,
  ComparedQuote,
  ComparedTier,
  ComparisonQuestion,
  IncomparableReason,
  QuoteToCompare,
  SourcedRate,
  TierToCompare,
} from "./quote-to-compare.ts";
import { deliveryTermPlace, rankOf } from "./rankings.ts";

/**
 * Quotes of one request side by side: per asked unit, in the request's currency and for the asked quantity. Units and
 * prices are converted exactly; what cannot be compared says why and takes no place. Delivery term and lead time are
 * ranked beside the money and never turned into it.
 */
export function compareQuotes(question: ComparisonQuestion): readonly ComparedQuote[] {
  const weighed = question.quotes.map((quote) => weigh(quote, question));
  const inTime = weighed.filter(({ isExpired }) => !isExpired);
  const totals = inTime.flatMap(({ exactTotal }) => (exactTotal === null ? [] : [exactTotal]));
  const known = <Value>(values: readonly (Value | null)[]) =>
    values.flatMap((value) => (value === null ? [] : [value]));
  const leadTimes = known(inTime.map(({ quote }) => daysOf(quote)));
  const terms = known(inTime.map(({ quote }) => deliveryTermPlace(quote.deliveryTerm)));
  const prices = new Map(
    question.lines.map(({ lineNo }) => [
      lineNo,
      known(inTime.map(({ lines }) => lines.find((line) => line.lineNo === lineNo)?.unitPrice ?? null)),
    ]),
  );
  return weighed.map(({ quote, isExpired, lines, ownTotal, exactTotal, rate, fault }) => ({
    id: quote.id,
    lines: lines.map((line) => {
      const rank = isExpired ? null : rankOf(line.unitPrice, prices.get(line.lineNo) ?? []);
      return { ...line, rank, reason: isExpired ? "quote_expired" : line.reason };
    }),
    ownTotal,
    total: exactTotal === null ? null : roundRatio(exactTotal.num, exactTotal.den, question.money.rounding),
    rank: isExpired ? null : rankOf(exactTotal, totals),
    reason: isExpired ? "quote_expired" : (fault?.reason ?? null),
    reasonLineNo: isExpired ? null : (fault?.lineNo ?? null),
    rate,
    leadTimeRank: isExpired ? null : rankOf(daysOf(quote), leadTimes),
    deliveryTermRank: isExpired ? null : rankOf(deliveryTermPlace(quote.deliveryTerm), terms),
  }));
}

type Fault = { readonly reason: IncomparableReason; readonly lineNo: number | null };
type Weighed = {
  readonly quote: QuoteToCompare;
  readonly isExpired: boolean;
  readonly lines: readonly Omit<ComparedLine, "rank">[];
  readonly ownTotal: bigint | null;
  /** In smallest units of the request's currency. */
  readonly exactTotal: Ratio | null;
  readonly rate: SourcedRate | null;
  readonly fault: Fault | null;
};

function weigh(quote: QuoteToCompare, { lines: asked, money, rates, at }: ComparisonQuestion): Weighed {
  const exchange = rateBetween(rates, quote.money.currency, money.currency);
  const lines = asked.map((line) => weighLineOf(quote, line, exchange));
  const faulty = lines.find(({ amount }) => amount === null);
  const sum = lines.reduce((total, { amount }) => total + (amount ?? 0n), 0n);
  const ownTotal = faulty === undefined ? sum : null;
  const fault = faultOf(faulty, exchange);
  const exactTotal = ownTotal === null || exchange === null ? null : inRequestsMoney(ownTotal, exchange);
  return { quote, isExpired: at >= quote.validUntil, lines, ownTotal, exactTotal, rate: usedRate(), fault };

  function inRequestsMoney(amount: bigint, rate: Ratio): Ratio {
    const scale = { num: smallestUnits(money), den: smallestUnits(quote.money) };
    return add(multiply(multiply(whole(amount), rate), scale), whole(quote.addition ?? 0n));
  }

  function usedRate(): SourcedRate | null {
    const [own, wanted] = [quote.money.currency, money.currency];
    if (own === wanted) return null;
    const direct = rates.find(({ from, to }) => from === own && to === wanted);
    return direct ?? rates.find(({ from, to }) => from === wanted && to === own) ?? null;
  }
}

function faultOf(faulty: Omit<ComparedLine, "rank"> | undefined, exchange: Ratio | null): Fault | null {
  if (faulty !== undefined && faulty.reason !== null) return { reason: faulty.reason, lineNo: faulty.lineNo };
  return exchange === null ? { reason: "exchange_rate_missing", lineNo: null } : null;
}

/** Of the offers that cover the asked quantity the one for the most, of equal ones the cheapest, as acceptance has it. */
function weighLineOf(quote: QuoteToCompare, asked: AskedLine, exchange: Ratio | null): Omit<ComparedLine, "rank"> {
  const { lineNo } = asked;
  const offered = quote.tiers
    .filter((tier) => tier.lineNo === lineNo)
    .map((tier) => ({ tier, ...measured(tier, asked) }));
  const tiers = offered.map(({ tier, perUnit }) => tierOf(tier.position, perUnit, exchange));
  const none = { lineNo, position: null, unitPrice: null, amount: null, tiers } as const;
  if (offered.length === 0) return { ...none, reason: "line_not_quoted" };
  const convertible = offered.filter(({ perUnit }) => perUnit !== null);
  if (convertible.length === 0) return { ...none, reason: "unit_not_convertible" };
  const best = convertible.filter(covers).reduce<Measured | null>(better, null);
  if (best === null || best.ratio === null) return { ...none, reason: "quantity_not_offered" };
  const { tier, ratio } = best;
  const basis = { priceBaseQuantity: tier.priceBaseQuantity, unit: tier.unit, ratio };
  const amount = amountOf({ unitPrice: tier.unitPrice, basis, quantity: asked.quantity }, quote.money);
  const { unitPrice, reason } = tierOf(tier.position, best.perUnit, exchange);
  return { lineNo, position: tier.position, unitPrice, amount, reason, tiers };

  function covers({ tier: { allowsMore }, offeredInAsked }: Measured): boolean {
    if (offeredInAsked === null) return false;
    const side = compare(offeredInAsked, whole(asked.quantity));
    return side === 0 || (allowsMore && side < 0);
  }
}

type Measured = {
  readonly tier: TierToCompare;
  /** How many of the offered unit one asked unit is. */
  readonly ratio: Ratio | null;
  /** Money for one asked unit, in the quote's own currency. */
  readonly perUnit: Ratio | null;
  /** The offered quantity in the asked unit. */
  readonly offeredInAsked: Ratio | null;
};

function measured(tier: TierToCompare, { unit }: AskedLine): Omit<Measured, "tier"> {
  const ratio = tier.unit === unit ? unity : tier.units && ratioBetween(tier.units, unit, tier.unit);
  if (ratio === null) return { ratio, perUnit: null, offeredInAsked: null };
  const perUnit = multiply({ num: tier.unitPrice, den: tier.priceBaseQuantity }, ratio);
  return { ratio, perUnit, offeredInAsked: divide(whole(tier.quantity), ratio) };
}

function better(best: Measured | null, each: Measured): Measured {
  if (best?.offeredInAsked == null || best.perUnit === null) return each;
  if (each.offeredInAsked === null || each.perUnit === null) return best;
  const more = compare(each.offeredInAsked, best.offeredInAsked);
  if (more !== 0) return more > 0 ? each : best;
  return compare(each.perUnit, best.perUnit) < 0 ? each : best;
}

function tierOf(position: number, perUnit: Ratio | null, exchange: Ratio | null): ComparedTier {
  if (perUnit === null) return { position, unitPrice: null, reason: "unit_not_convertible" };
  if (exchange === null) return { position, unitPrice: null, reason: "exchange_rate_missing" };
  return { position, unitPrice: multiply(perUnit, exchange), reason: null };
}

function daysOf({ leadTimeDays }: QuoteToCompare): Ratio | null {
  return leadTimeDays === null ? null : whole(BigInt(leadTimeDays));
}
