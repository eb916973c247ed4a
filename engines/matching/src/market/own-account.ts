import { instantOfMicros } from "@kontor/kernel";
import type { OwnAccountView, OwnFillView, OwnOrderView } from "@kontor/protocol";
import type { LiveOrder, OrderPlace } from "../store/live-order.ts";
import type { OwnFill } from "./own-trading.ts";
import { fillsShown } from "./own-trading.ts";
import type { EnteredOrder, Instrument } from "./state.ts";
import { writtenOf } from "./units.ts";

const states: Readonly<Record<OrderPlace, OwnOrderView["state"]>> = {
  level: "resting",
  market: "resting",
  apart: "resting",
  dormant: "dormant",
  parked: "parked",
};

/** What the operator sees of each account. */
export type Holdings = Omit<OwnAccountView, "orders" | "fills">;

export function ownOrderView({ units }: Instrument, order: LiveOrder, { at }: EnteredOrder): OwnOrderView {
  const { side, kind, tif, place, price, stopPrice, leaves, filled } = order;
  return {
    side,
    kind,
    tif,
    state: states[place],
    ...(price !== null && { price: writtenOf(price, units.price) }),
    ...(stopPrice !== null && { stopPrice: writtenOf(stopPrice, units.price) }),
    quantity: writtenOf(filled + leaves, units.quantity),
    filled: writtenOf(filled, units.quantity),
    leaves: writtenOf(leaves, units.quantity),
    at: instantOfMicros(at),
  };
}

export function holdingsOf({ book, data, units }: Instrument, account: number): Holdings {
  const balances = book.account(account);
  return {
    position: writtenOf(data.traders.of(account)?.position ?? 0, units.quantity),
    ...(book.isBlocked(account) && { blocked: true }),
    ...(balances && {
      money: writtenOf(balances.cash, units.money),
      moneyHeld: writtenOf(balances.cashHeld, units.money),
      goods: writtenOf(balances.goods, units.quantity),
      goodsHeld: writtenOf(balances.goodsHeld, units.quantity),
    }),
  };
}

/** The fills that are shown, and before them those that were not long ago. */
export function fillsOf(
  { data }: Instrument,
  account: number,
): {
  readonly shown: readonly OwnFill[];
  readonly gone: readonly OwnFill[];
} {
  const fills = data.traders.of(account)?.fills ?? [];
  return { shown: fills.slice(-fillsShown), gone: fills.slice(0, -fillsShown) };
}

/** The own part of every company that has an account. */
export function ownAccounts(instrument: Instrument): Map<string, OwnAccountView> {
  const orders = ordersByCompany(instrument);
  const accounts = new Map<string, OwnAccountView>();
  for (const [companyId, account] of instrument.accounts) {
    const fills = fillsOf(instrument, account).shown.map(({ key, view }): [string, OwnFillView] => [key, view]);
    accounts.set(companyId, {
      orders: orders.get(companyId) ?? {},
      fills: Object.fromEntries(fills),
      ...holdingsOf(instrument, account),
    });
  }
  return accounts;
}

function ordersByCompany(instrument: Instrument): Map<string, Record<string, OwnOrderView>> {
  const byCompany = new Map<string, Record<string, OwnOrderView>>();
  for (const [number, entered] of instrument.orders) {
    const order = instrument.book.order(number);
    if (order === undefined) continue;
    const orders = byCompany.get(entered.companyId) ?? {};
    orders[`o${number}`] = ownOrderView(instrument, order, entered);
    byCompany.set(entered.companyId, orders);
  }
  return byCompany;
}
