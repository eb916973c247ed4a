import type { Actor, Micros } from "@kontor/kernel";
import type { ExchangeCommandOf, ExchangeEvent, TradeSide } from "@kontor/protocol";
import { exchangeCommands, InstrumentTerms } from "@kontor/protocol";
import type { Pen, World } from "../given-world.ts";
import { createPen, instant, marketplaceId } from "../given-world.ts";

export const instrumentId = "55555555-5555-4555-8555-555555555555";
export const order = (number: number): string => `${instrumentId}-o${number}`;
export const trade = (number: number): string => `${instrumentId}-t${number}`;

export const member = (companyId: string, where: string | null = marketplaceId): Actor => ({
  kind: "member",
  userId: `u-${companyId}`,
  companyId,
  marketplaceId: where,
});
export const operator: Actor = { kind: "operator", userId: "op", companyId: null, marketplaceId };

export const terms = InstrumentTerms.parse({
  title: "Milling wheat 12.5 %, Rouen, September",
  grade: "Milling wheat",
  place: "Rouen",
  period: "2026-09",
  deliveryTerm: "FOB",
  unit: "TNE",
  currency: "EUR",
  currencyScale: 3,
  tickSize: "0.25",
  quantityStep: "0.5",
  minPrice: "50",
  maxPrice: "1000",
  maxQuantity: "50000",
  reference: "210",
});

type WithoutIds<Event> = Event extends unknown ? Omit<Event, "instrumentId"> : never;
export type Told = WithoutIds<ExchangeEvent>;

/** What is told at an instant, such as "09:00:30". */
export type Step = readonly [at: string, ...told: readonly Told[]];

export type Market = {
  readonly write: (...steps: readonly Step[]) => Promise<number>;
};

/** One instrument's journal. */
export async function createMarket({ journal }: World, shard = instrumentId): Promise<Market> {
  const pen: Pen = await createPen(journal, { shard, mechanism: "exchange" });
  return {
    write: (...steps) =>
      pen.write(
        steps.map(([at, ...told]) => ({
          at: on(at),
          events: told.map((event) => ({ ...event, instrumentId: shard }) as ExchangeEvent),
        })),
      ),
  };
}

/** On 1 November 2026, or any other instant in full. */
function on(at: string): Micros {
  return instant(at.length > 10 ? at : `2026-11-01T${at}Z`);
}

const madeBy = { marketplaceId, createdBy: "op", drawSecret: "secret-of-the-shard" };
export const drafted: Told = { type: "instrument_drafted", ...madeBy, version: 1, terms };
export const listed = (version: number): Told => ({ type: "instrument_listed", version });
export const trading: Told = { type: "market_phase_changed", phase: "continuous" };

type OrderInput = Partial<ExchangeCommandOf<"submit_order">>;

export function accepted(number: number, companyId: string, members: OrderInput = {}): Told {
  const given = { side: "buy", price: "212.5", quantity: "10", ...members };
  const {
    type: _,
    instrumentId: __,
    ...orderTerms
  } = exchangeCommands.submit_order.parse({
    type: "submit_order",
    instrumentId,
    ...given,
  });
  return {
    type: "order_accepted",
    orderId: order(number),
    companyId,
    userId: `u-${companyId}`,
    terms: orderTerms,
  };
}

export const sideOf = (number: number, companyId: string, leaves: string): TradeSide => ({
  orderId: order(number),
  companyId,
  leaves,
  fee: "0.100",
});

type Traded = {
  readonly price: string;
  readonly quantity: string;
  readonly maker: TradeSide;
  readonly taker: TradeSide;
};

/** The taker buys. */
export function traded(number: number, members: Traded): Told {
  return { type: "trade_made", tradeId: trade(number), takerSide: "buy", ...members };
}
