import type { Core } from "../store/core.ts";
import { NO_PRICE } from "../store/settings.ts";
import type { CallTable, Candidate } from "./auction-table.ts";
import { callTable, candidateAt } from "./auction-table.ts";

/** Which rule left one price. */
export type AuctionRule =
  | "none"
  | "market_only"
  | "volume"
  | "surplus"
  | "buy_pressure"
  | "sell_pressure"
  | "interval"
  | "reference";

/** The price of a call, `null` where there is none, with the volume and the surplus at it. */
export type Determination = {
  readonly price: number | null;
  readonly quantity: number;
  /** Above zero what buyers, below zero what sellers would not get. */
  readonly surplus: number;
  readonly rule: AuctionRule;
  readonly table: CallTable;
};

type Choice = { readonly price: number; readonly rule: AuctionRule };

const WHOLE = 10_000;

export function determine(core: Core): Determination {
  const table = callTable(core);
  const choice = choose(core, table);
  if (choice === undefined) return { price: null, quantity: 0, surplus: 0, rule: "none", table };
  const { executable, surplus } = candidateAt(core, choice.price);
  return { price: choice.price, quantity: executable, surplus, rule: choice.rule, table };
}

function choose(core: Core, { candidates, marketBuy, marketSell }: CallTable): Choice | undefined {
  if (candidates.length === 0) {
    const isInside = core.lowest <= core.reference && core.reference <= core.highest;
    const possible = marketBuy > 0 && marketSell > 0 && isInside;
    return possible ? { price: core.reference, rule: "market_only" } : undefined;
  }
  const most = candidates.reduce((found, { executable }) => Math.max(found, executable), 0);
  if (most === 0) return undefined;
  const byVolume = candidates.filter(({ executable }) => executable === most);
  const least = byVolume.reduce((found, { surplus }) => Math.min(found, Math.abs(surplus)), Number.POSITIVE_INFINITY);
  const left = byVolume.filter(({ surplus }) => Math.abs(surplus) === least);
  const [only] = left;
  if (left.length === 1 && only !== undefined) {
    return { price: only.price, rule: byVolume.length === 1 ? "volume" : "surplus" };
  }
  return underPressure(core, left) ?? between(core, left);
}

/** With one sign of surplus alone the price yields to it, as far as market pressure may push. */
function underPressure(core: Core, left: readonly Candidate[]): Choice | undefined {
  const lowest = (left[0] as Candidate).price;
  const highest = (left.at(-1) as Candidate).price;
  const buying = left.every(({ surplus }) => surplus > 0);
  if (!buying && !left.every(({ surplus }) => surplus < 0)) return undefined;
  const wished = buying ? highest : lowest;
  const bps = core.settings.pressureBoundBps;
  const rule = buying ? "buy_pressure" : "sell_pressure";
  if (bps === Number.POSITIVE_INFINITY || core.reference === NO_PRICE) return { price: wished, rule };
  const reach = Math.trunc((core.reference * bps) / WHOLE);
  const bounded = Math.max(core.reference - reach, Math.min(core.reference + reach, wished));
  return { price: Math.max(lowest, Math.min(highest, bounded)), rule };
}

/** Of an interval the price nearest to the reference; its middle when there is none. */
function between(core: Core, left: readonly Candidate[]): Choice {
  const [low, high] = intervalOf(left);
  const { reference } = core;
  if (reference === NO_PRICE) return { price: (low + high - ((low + high) % 2)) / 2, rule: "interval" };
  if (reference <= low) return { price: low, rule: "interval" };
  if (reference >= high) return { price: high, rule: "interval" };
  return { price: reference, rule: "reference" };
}

function intervalOf(left: readonly Candidate[]): readonly [number, number] {
  const even = left.filter(({ surplus }) => surplus === 0);
  if (even.length > 0) return [(even[0] as Candidate).price, (even.at(-1) as Candidate).price];
  const buying = left.filter(({ surplus }) => surplus > 0).at(-1) as Candidate;
  const selling = left.find(({ surplus }) => surplus < 0) as Candidate;
  return [Math.min(buying.price, selling.price), Math.max(buying.price, selling.price)];
}
