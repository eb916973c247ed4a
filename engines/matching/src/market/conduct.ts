import type { Micros } from "@kontor/kernel";
import type { ExchangeRejection, InstrumentTerms } from "@kontor/protocol";
import type { Instrument } from "./state.ts";

/** How a company has used the market: orders, amendments and replacements that were accepted, and trades of the day. */
export type Conduct = {
  /** Millionths of an order that it may send at once, as of `at`. */
  tokens: number;
  at: Micros;
  messages: number;
  trades: number;
};

/** An order in tokens: so many flow in each microsecond as orders are allowed each second. */
const orderTokens = 1_000_000;

type OrderRate = NonNullable<InstrumentTerms["orderRate"]>;

function tokensAt({ tokens, at }: Conduct, { perSecond, burst }: OrderRate, now: Micros): number {
  const full = burst * orderTokens;
  // The product would not be exact after a long silence; the bucket is full long before.
  return now - at >= full / perSecond ? full : Math.min(full, tokens + (now - at) * perSecond);
}

/** Why a company may not send a further order now, or change one. */
export function conductRejection(
  { conduct, terms: { orderRate, orderToTrade } }: Instrument,
  companyId: string,
  at: Micros,
): ExchangeRejection | null {
  const known = conduct.get(companyId);
  if (orderRate !== undefined && known !== undefined) {
    const missing = orderTokens - tokensAt(known, orderRate, at);
    if (missing > 0) {
      const { perSecond } = orderRate;
      return { code: "order_rate_exceeded", limit: perSecond, retryAfterMs: ceilOf(missing, perSecond * 1_000) };
    }
  }
  if (orderToTrade === undefined) return null;
  const { messages, trades } = known ?? { messages: 0, trades: 0 };
  const limit = orderToTrade.free + orderToTrade.ratio * trades;
  return messages + 1 > limit ? { code: "order_to_trade_exceeded", limit } : null;
}

const ceilOf = (dividend: number, divisor: number): number => Math.trunc((dividend + divisor - 1) / divisor);

/** An order was accepted, amended or replaced. */
export function noteMessage(instrument: Instrument, companyId: string, at: Micros): void {
  const { orderRate, orderToTrade } = instrument.terms;
  if (orderRate === undefined && orderToTrade === undefined) return;
  const known = conductOf(instrument, companyId);
  known.messages += 1;
  if (orderRate === undefined) return;
  known.tokens = tokensAt(known, orderRate, at) - orderTokens;
  known.at = at;
}

export function noteTrade(instrument: Instrument, companyId: string): void {
  if (instrument.terms.orderToTrade !== undefined) conductOf(instrument, companyId).trades += 1;
}

/** A trading day ends when the market closes. */
export function endDay({ conduct }: Instrument): void {
  for (const known of conduct.values()) {
    known.messages = 0;
    known.trades = 0;
  }
}

function conductOf({ conduct, terms }: Instrument, companyId: string): Conduct {
  const known = conduct.get(companyId);
  if (known !== undefined) return known;
  const fresh = { tokens: (terms.orderRate?.burst ?? 0) * orderTokens, at: 0, messages: 0, trades: 0 };
  conduct.set(companyId, fresh);
  return fresh;
}
