import { priceRejection, rejection } from "./checks.ts";
import type { NaiveState, Printed } from "./naive-state.ts";
import { emit } from "./naive-state.ts";

/** Among the last 65,536 numbers. */
function findPrinted(state: NaiveState, trade: number): Printed | undefined {
  if (trade <= state.trades - 65_536) return undefined;
  return state.printed.find((print) => print.trade === trade && !print.busted);
}

function priceOfLatest(state: NaiveState): number | null {
  return state.printed.findLast((print) => !print.busted)?.price ?? null;
}

export function bust(state: NaiveState, trade: number): void {
  const print = findPrinted(state, trade);
  if (print === undefined) {
    emit(state, { type: "command_rejected", ...rejection("unknown_trade") });
    return;
  }
  print.busted = true;
  emit(state, { type: "busted", trade, price: print.price, quantity: print.quantity });
  state.last = priceOfLatest(state);
}

export function correct(state: NaiveState, { trade, price }: { trade: number; price: number }): void {
  const wrongPrice = priceRejection(state, { price });
  const print = findPrinted(state, trade);
  if (wrongPrice !== null) {
    emit(state, { type: "command_rejected", ...wrongPrice });
  } else if (print === undefined || print.auction) {
    emit(state, { type: "command_rejected", ...rejection("unknown_trade") });
  } else {
    state.trades += 1;
    print.trade = state.trades;
    print.price = price;
    emit(state, { type: "corrected", trade: print.trade, replaces: trade, price });
    state.last = priceOfLatest(state);
  }
}
