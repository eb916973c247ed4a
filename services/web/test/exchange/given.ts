import type { InstrumentTerms, OwnAccountView, OwnOrderView } from "@kontor/protocol";
import type { BookLevel } from "@kontor/sdk";
import { gridOf } from "../../src/exchange/instrument-grid.ts";

/** Wheat in steps of 50 t at ticks of 0.25 €. */
export const wheat: InstrumentTerms = {
  title: "Milling wheat 12.5 %, FOB Rouen",
  description: "",
  grade: "Milling wheat 12.5 %",
  place: "Rouen",
  period: "September 2027",
  deliveryTerm: "FOB",
  unit: "TNE",
  currency: "EUR",
  currencyScale: 2,
  tickSize: "0.25",
  quantityStep: "50",
  minPrice: "50.00",
  maxPrice: "800.00",
  maxQuantity: "25000",
  marketProtection: { value: "4.00" },
  bands: { dynamic: { up: "6.00", down: "6.00" }, static: { up: "15.00", down: "15.00" } },
  breakers: [],
  selfTrade: "cancel_newest",
  stopAtEntry: "fire",
  outsideBand: "park",
  maxExtensions: 1,
  marketOrderExtension: false,
  fees: { makerBps: -1, takerBps: 3, auctionBps: 1, minimum: "0" },
  holds: "allocated",
  settlementDays: 2,
};

export const grid = gridOf(wheat);

export function level(price: string, quantity: string): BookLevel {
  return { price, quantity, orders: 1 };
}

export function ownOrder(members: Partial<OwnOrderView>): OwnOrderView {
  return {
    side: "buy",
    kind: "limit",
    tif: "gtc",
    state: "resting",
    price: "212.00",
    quantity: "100",
    filled: "0",
    leaves: "100",
    at: "2026-11-22T10:00:00.000000Z",
    ...members,
  };
}

export function account(members: Partial<OwnAccountView>): OwnAccountView {
  return { orders: {}, fills: {}, position: "0", ...members };
}
