import { decimalPattern, limits, parseDecimal } from "@kontor/kernel";
import type { Direction, LotRules, Step } from "@kontor/protocol";
import { formatOf } from "./formats.ts";
import type { Format, Rivals } from "./live-state.ts";
import { amountOf, stepRuleOf } from "./steps.ts";
import { seesPriceOf } from "./visibility.ts";

/** Pointer into the rules, e.g. "/stepMin/percent", and the rule that the member breaks. */
export type RuleFault = { readonly pointer: string; readonly rule: string };

/** Every contradiction that would keep a lot from running as written; a sealed lot has no steps and no clock. */
export function faultsOfRules(rules: LotRules, direction: Direction): readonly RuleFault[] {
  if (rules.format === "sealed") return sealedFaults(rules, direction);
  const format = formatOf(rules.format);
  const forward = format.sign === 1n;
  return [
    ...(forward === (direction === "sell") ? [] : [{ pointer: "/format", rule: "direction" }]),
    ...scaleFaults(rules),
    ...(forward ? forwardFaults(rules) : reverseFaults(rules)),
    ...stepFaults(rules),
    ...hiddenPriceFaults({ ...rules, ...format.fixed }, format),
    ...softCloseFaults(rules),
    ...(rules.durationMs === 0 ? [{ pointer: "/durationMs", rule: "positive" }] : []),
  ];
}

function sealedFaults(rules: LotRules, direction: Direction): readonly RuleFault[] {
  return [
    ...scaleFaults(rules),
    ...(direction === "sell" ? forwardFaults(rules) : reverseFaults(rules)),
    ...unfit("live_only", [["/buyNowPrice", direction === "sell" ? rules.buyNowPrice : null]]),
  ];
}

type Amount = readonly [pointer: string, text: string | null | undefined];

function amountsOf(rules: LotRules): readonly Amount[] {
  return [
    ["/startPrice", rules.startPrice],
    ["/floorPrice", rules.floorPrice],
    ["/ceilingPrice", rules.ceilingPrice],
    ["/reserve/price", rules.reserve?.price],
    ["/buyNowPrice", rules.buyNowPrice],
    ["/grid", rules.grid],
    ["/buffers/front", rules.buffers?.front],
    ["/buffers/back", rules.buffers?.back],
    ...stepAmounts("/stepMin", rules.stepMin),
    ...stepAmounts("/stepMax", rules.stepMax),
  ];
}

function stepAmounts(pointer: string, step: Step | null): readonly Amount[] {
  if (step?.kind === "absolute") return [[`${pointer}/amount`, step.amount]];
  if (step?.kind !== "table") return [];
  return step.rows.flatMap((row, index): readonly Amount[] => [
    [`${pointer}/rows/${index}/from`, row.from],
    [`${pointer}/rows/${index}/amount`, row.amount],
  ]);
}

function scaleFaults(rules: LotRules): readonly RuleFault[] {
  return amountsOf(rules).flatMap(([pointer, text]) => {
    if (text === null || text === undefined || typeof parseDecimal(text, rules.priceScale) === "bigint") return [];
    return [{ pointer, rule: decimalPattern.test(text) ? "scale" : "decimal" }];
  });
}

/** Complains when `low` exceeds `high`; absent amounts never do. */
function ordered(rules: LotRules, low: string | null | undefined, [pointer, high]: Amount): readonly RuleFault[] {
  if (typeof low !== "string" || typeof high !== "string") return [];
  const isOrdered = amountOf(low, rules.priceScale) <= amountOf(high, rules.priceScale);
  return isOrdered ? [] : [{ pointer, rule: "order" }];
}

function unfit(rule: string, amounts: readonly Amount[]): readonly RuleFault[] {
  return amounts.flatMap(([pointer, text]) => (text === null ? [] : [{ pointer, rule }]));
}

function forwardFaults(rules: LotRules): readonly RuleFault[] {
  const { startPrice, ceilingPrice, buyNowPrice } = rules;
  const reserve = rules.reserve?.price;
  return [
    ...unfit("reverse_only", [["/floorPrice", rules.floorPrice]]),
    ...ordered(rules, startPrice, ["/ceilingPrice", ceilingPrice]),
    ...ordered(rules, reserve, ["/ceilingPrice", ceilingPrice]),
    ...ordered(rules, reserve ?? startPrice, ["/buyNowPrice", buyNowPrice]),
    ...onGrid(rules, ["/buyNowPrice", buyNowPrice]),
  ];
}

function reverseFaults(rules: LotRules): readonly RuleFault[] {
  const { startPrice, floorPrice } = rules;
  return [
    ...unfit("forward_only", [
      ["/ceilingPrice", rules.ceilingPrice],
      ["/buyNowPrice", rules.buyNowPrice],
    ]),
    ...ordered(rules, floorPrice, ["/startPrice", startPrice]),
    ...ordered(rules, floorPrice, ["/reserve/price", rules.reserve?.price]),
  ];
}

function onGrid(rules: LotRules, [pointer, text]: Amount): readonly RuleFault[] {
  if (typeof text !== "string" || rules.grid === null) return [];
  const isOn = amountOf(text, rules.priceScale) % amountOf(rules.grid, rules.priceScale) === 0n;
  return isOn ? [] : [{ pointer, rule: "grid" }];
}

function stepFaults(rules: LotRules): readonly RuleFault[] {
  const { stepMin, stepMax, startPrice } = rules;
  const startless = ([pointer, step]: readonly [string, Step | null]): readonly RuleFault[] =>
    step?.kind === "percent" && step.of === "start" && startPrice === null ? [{ pointer, rule: "start_missing" }] : [];
  return [
    ...startless(["/stepMin/of", stepMin]),
    ...startless(["/stepMax/of", stepMax]),
    ...tableFaults(["/stepMin", stepMin], rules.priceScale),
    ...tableFaults(["/stepMax", stepMax], rules.priceScale),
    ...maxFaults(rules),
  ];
}

/** Rows rise, so that nobody reads a table from the wrong end. */
function tableFaults([pointer, step]: readonly [string, Step | null], scale: number): readonly RuleFault[] {
  if (step?.kind !== "table") return [];
  return step.rows.flatMap((row, index) => {
    const before = step.rows[index - 1];
    const rises = before === undefined || amountOf(before.from, scale) < amountOf(row.from, scale);
    return rises ? [] : [{ pointer: `${pointer}/rows/${index}/from`, rule: "order" }];
  });
}

/**
 * Steps of one kind are compared at the start price; tables and mixtures depend on the price of the day. Equal shares of
 * a price that changes meet only where they are exact, and leave nothing to bid elsewhere.
 */
function maxFaults({ stepMin, stepMax, startPrice, priceScale: scale }: LotRules): readonly RuleFault[] {
  if (stepMax === null || stepMax.kind === "table" || stepMax.kind !== stepMin.kind) return [];
  const start = startPrice === null ? null : amountOf(startPrice, scale);
  const probe = start ?? 10n ** BigInt(scale + 6);
  const [least, greatest] = [
    stepRuleOf(stepMin, { scale, start, bound: "least" })(probe),
    stepRuleOf(stepMax, { scale, start, bound: "greatest" })(probe),
  ];
  const isMoving = stepMax.kind === "percent" && stepMax.of === "current";
  const isOrdered = isMoving ? least < greatest : least <= greatest;
  return isOrdered ? [] : [{ pointer: "/stepMax", rule: "order" }];
}

/**
 * A refusal costs nothing. One that comes on both sides of what a rival's price allows, or at that price alone, would
 * tell it by trying, so rules under which that happens need a visibility that shows the price anyway.
 */
function hiddenPriceFaults(rules: LotRules, format: Format): readonly RuleFault[] {
  const { steps, buffers, gaps } = format.tells(rules);
  const hides = (rivals: Rivals): boolean => !seesPriceOf(rules.visibility, rivals);
  const rule = "tells_hidden_price";
  return [
    ...(rules.stepMax !== null && hides(steps) ? [{ pointer: "/stepMax", rule }] : []),
    ...(hides(buffers) ? [{ pointer: "/buffers", rule }] : []),
    ...(!rules.tiesAllowed && hides(gaps) ? [{ pointer: "/tiesAllowed", rule }] : []),
  ];
}

function softCloseFaults({ softClose }: LotRules): readonly RuleFault[] {
  const { variant, windowMs, extensionMs } = softClose;
  if (variant === "none") return [];
  const isTooLong = variant === "random_end" && extensionMs > limits.randomEndMsMax;
  const isWindowed = variant === "reset_in_window" || variant === "fixed_add";
  return [
    ...(extensionMs === 0 ? [{ pointer: "/softClose/extensionMs", rule: "positive" }] : []),
    ...(isTooLong ? [{ pointer: "/softClose/extensionMs", rule: "too_long" }] : []),
    ...(isWindowed && windowMs === 0 ? [{ pointer: "/softClose/windowMs", rule: "positive" }] : []),
  ];
}
