import { couldTrade } from "./could-trade.ts";
import { carryOut } from "./entering.ts";
import type { NaiveOrder, NaiveState } from "./naive-state.ts";
import { byTime } from "./naive-state.ts";
import { movePeg, nextPeg } from "./pegs.ts";
import { fire, followTrades, nextStop } from "./stops.ts";

/** What follows from a command, until nothing happens or the phase is another one. */
export function settle(state: NaiveState): void {
  while (state.phase === "continuous") {
    followTrades(state);
    const stop = nextStop(state);
    if (stop !== undefined) {
      fire(state, stop);
      continue;
    }
    const whole = nextAllOrNone(state);
    if (whole !== undefined) {
      carryOut(state, whole);
      continue;
    }
    const peg = nextPeg(state);
    if (peg === undefined) return;
    movePeg(state, peg.order, peg.aim);
  }
}

function nextAllOrNone(state: NaiveState): NaiveOrder | undefined {
  const waiting = byTime(state.orders.filter((order) => order.place === "apart"));
  return waiting.find((order) => couldTrade(state, order) === order.leaves);
}
