import { sha256Hex } from "@kontor/kernel";
import type { LotRules, Step } from "@kontor/protocol";

/*
 * A naive second reading of the rule sheets: plain numbers of cents, everything computed anew from the list of bids.
 * It shares no code with the engine, so that the two can be compared.
 */

export type TwinBid = { readonly id: string; readonly companyId: string; readonly offer: number; void: boolean };
export type TwinLot = {
  readonly rules: LotRules;
  readonly bids: TwinBid[];
  readonly secret: string;
  readonly lotId: string;
};

const cents = (text: string): number => Math.round(Number(text) * 100);
const centsOr = (text: string | null | undefined, otherwise: number): number =>
  text === null || text === undefined ? otherwise : cents(text);

export const isForward = (rules: LotRules): boolean => rules.format.endsWith("forward");

type Stepping = { readonly reference: number; readonly start: number; readonly round: (cents: number) => number };

function step(rule: Step, { reference, start, round }: Stepping): number {
  if (rule.kind === "absolute") return cents(rule.amount);
  if (rule.kind === "percent")
    return round(((rule.of === "start" ? start : reference) * Math.round(Number(rule.percent) * 10_000)) / 1_000_000);
  const rows = rule.rows.map((row) => ({ from: cents(row.from), amount: cents(row.amount) }));
  const below = rows.filter((row) => row.from <= reference).sort((a, b) => b.from - a.from);
  const lowest = rows.sort((a, b) => a.from - b.from)[0];
  return (below[0] ?? lowest)?.amount ?? Number.NaN;
}

const startOf = (rules: LotRules): number => centsOr(rules.startPrice, Number.NaN);
const stepMin = (rules: LotRules, reference: number): number =>
  step(rules.stepMin, { reference, start: startOf(rules), round: Math.ceil });
const stepMax = (rules: LotRules, reference: number): number =>
  rules.stepMax === null
    ? Number.POSITIVE_INFINITY
    : step(rules.stepMax, { reference, start: startOf(rules), round: Math.floor });

/** Latest valid bid of each company, best first. */
export function ranking({ rules, bids, secret, lotId }: TwinLot): readonly TwinBid[] {
  const latest = new Map<string, TwinBid>();
  for (const bid of bids) if (!bid.void) latest.set(bid.companyId, bid);
  const sign = isForward(rules) ? -1 : 1;
  const tie = (bid: TwinBid): string | number =>
    rules.tieRule === "draw" ? sha256Hex(`${secret}:${lotId}:${bid.id}`) : bids.indexOf(bid);
  return [...latest.values()].sort((a, b) => sign * (a.offer - b.offer) || (tie(a) < tie(b) ? -1 : 1));
}

export function rankOf(lot: TwinLot, companyId: string): number {
  const order = ranking(lot);
  const own = order.find((bid) => bid.companyId === companyId);
  const equal = order.filter((bid) => bid.offer === own?.offer);
  const first = order.findIndex((bid) => bid.offer === own?.offer);
  if (lot.rules.tieRule === "equal_best") return first + 1;
  if (lot.rules.tieRule === "equal_worst") return first + equal.length;
  return order.findIndex((bid) => bid.companyId === companyId) + 1;
}

function upToGrid(rules: LotRules, price: number): number {
  const grid = centsOr(rules.grid, 1);
  return Math.ceil(price / grid) * grid;
}

/** The sheet's own variables, bid by bid. */
export function proxyPrice({ rules, bids }: TwinLot): number | null {
  let leader = "";
  let max = 0;
  let price: number | null = null;
  const others = new Map<string, number>();
  const reserve = centsOr(rules.reserve?.price, 0);
  const over = (maximum: number): number => upToGrid(rules, maximum + stepMin(rules, maximum));
  for (const { companyId, offer: m, void: isVoid } of bids) {
    if (isVoid) continue;
    if (price === null) {
      [leader, max, price] = [companyId, m, Math.min(m, upToGrid(rules, centsOr(rules.startPrice, 1)))];
    } else if (companyId === leader) {
      max = m;
      const second = Math.max(...others.values(), 0);
      if (second > 0) price = Math.max(price, Math.min(m, over(second)));
    } else if (m > max) {
      price = Math.max(price, Math.min(m, over(max)));
      others.set(leader, max);
      others.delete(companyId);
      [leader, max] = [companyId, m];
    } else {
      price = Math.max(price, Math.min(max, over(m)));
      others.set(companyId, m);
    }
    if (max < reserve) price = max;
    else price = Math.min(max, upToGrid(rules, Math.max(price, reserve)));
  }
  return price;
}

/** The first rule that an offer in cents breaks; null when it is accepted. */
export function objection(lot: TwinLot, companyId: string, price: number): string | null {
  const { rules } = lot;
  if (price <= 0) return "non_positive";
  const [high, low] = isForward(rules) ? [rules.ceilingPrice, rules.startPrice] : [rules.startPrice, rules.floorPrice];
  if (price > centsOr(high, Number.POSITIVE_INFINITY)) return "above_ceiling";
  if (price < centsOr(low, 0)) return isForward(rules) ? "below_opening" : "below_floor";
  if (price % centsOr(rules.grid, 1) !== 0) return "not_on_grid";
  const order = ranking(lot);
  const own = order.find((bid) => bid.companyId === companyId)?.offer ?? null;
  if (rules.format === "proxy_forward") return proxyObjection(lot, { companyId, price, own });
  const equals = order.filter((bid) => bid.offer === order[0]?.offer).length;
  const shared = equals > 1 && rules.tieRule.startsWith("equal");
  const leads = order[0]?.companyId === companyId;
  if (leads && !shared && !rules.selfRaise && rules.visibility !== "sealed") return "already_leading";
  if (isForward(rules)) return forwardObjection(lot, { companyId, price, own });
  return reverseObjection(lot, { companyId, price, own });
}

type Try = { readonly companyId: string; readonly price: number; readonly own: number | null };

function proxyObjection(lot: TwinLot, { companyId, price, own }: Try): string | null {
  const shown = proxyPrice(lot);
  if (shown === null) return null;
  if (own !== null && price <= own) return "not_better_than_own";
  if (ranking(lot)[0]?.companyId === companyId) return null;
  return price < shown + stepMin(lot.rules, shown) ? "step_too_small" : null;
}

function forwardObjection(lot: TwinLot, { price, own }: Try): string | null {
  const best = ranking(lot)[0]?.offer;
  if (best === undefined) return null;
  if (own !== null && price <= own) return "not_better_than_own";
  const least = best + Math.max(stepMin(lot.rules, best), centsOr(lot.rules.buffers?.front, 0));
  if (price < least) return "step_too_small";
  return price > best + stepMax(lot.rules, best) ? "step_too_large" : null;
}

function reverseObjection(lot: TwinLot, { companyId, price, own }: Try): string | null {
  const { rules } = lot;
  const rank = rules.format === "rank_reverse";
  const reference = rank ? "own" : rules.reference;
  const buffers = rank ? null : rules.buffers;
  const order = ranking(lot);
  const best = order[0]?.offer ?? null;
  const leads = order[0]?.companyId === companyId;
  if (own !== null && price >= own) return "not_better_than_own";

  let ref: number | null = null;
  if (leads || reference === "own") ref = own;
  else if (reference === "leader") ref = best;
  else if (own === null) ref = order.at(-1)?.offer ?? null;
  else ref = Math.max(...order.map((bid) => bid.offer).filter((offer) => offer < own), Number.NEGATIVE_INFINITY);
  if (ref === Number.NEGATIVE_INFINITY) ref = own;

  const buffered = buffers !== null && best !== null && !leads;
  const behind = buffered && price >= best;
  if (buffered && !behind && price > best - centsOr(buffers.front, 1)) return "not_better_than_reference";
  if (behind && price < best + centsOr(buffers?.back, 0)) return "not_better_than_reference";
  const stepless = behind && reference === "leader";
  if (ref !== null && !stepless && price >= ref) return "not_better_than_reference";
  if (!rules.tiesAllowed && order.some((bid) => bid.companyId !== companyId && bid.offer === price))
    return "tie_forbidden";
  if (ref !== null && !stepless && price > ref - stepMin(rules, ref)) return "step_too_small";
  if (ref !== null && !stepless && price < ref - stepMax(rules, ref)) return "step_too_large";
  return null;
}
