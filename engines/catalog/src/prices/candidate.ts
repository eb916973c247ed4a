import type { Micros } from "@kontor/kernel";
import type { Ratio } from "../quantities/ratio.ts";
import { compare } from "../quantities/ratio.ts";
import { wholePercent } from "../quantities/scales.ts";
import { laterStart } from "./period.ts";
import type { PriceList, PriceMode, PriceRow } from "./price-book.ts";
import type { Tier } from "./resolution.ts";

/** A price that a list yields for a question. */
export type Candidate = {
  readonly list: PriceList;
  readonly row: PriceRow;
  /** Per the row's `priceBaseQuantity`. */
  readonly price: bigint;
  readonly priceMode: PriceMode;
  /** How many of the row's unit one ordered unit is. */
  readonly ratio: Ratio;
  /** Null for a price of a row of the list itself. */
  readonly percent: bigint | null;
  readonly tier: Tier;
};

type Costed = Pick<Candidate, "price" | "priceMode" | "ratio" | "row">;

/** The price without tax of one ordered unit, as far as it is compared. */
export function netPerOrderedUnit({ price, priceMode, ratio, row }: Costed, taxPercent: bigint): Ratio {
  const num = price * ratio.num;
  const den = row.priceBaseQuantity * ratio.den;
  return priceMode === "net" ? { num, den } : { num: num * wholePercent, den: den * (wholePercent + taxPercent) };
}

/** Below zero when `a` goes before `b`, which has the same priority: row before percent, cheaper, later start, ids. */
export function compareCandidates(a: Candidate, b: Candidate, taxPercent: bigint): number {
  const explicit = Number(a.percent !== null) - Number(b.percent !== null);
  if (explicit !== 0) return explicit;
  const cost = compare(netPerOrderedUnit(a, taxPercent), netPerOrderedUnit(b, taxPercent));
  if (cost !== 0) return cost;
  const start = compareStarts(startOf(b), startOf(a));
  if (start !== 0) return start;
  return compareTexts(a.list.id, b.list.id) || compareTexts(a.row.id, b.row.id);
}

/** When its price came into force. */
function startOf({ list, row }: Candidate): Micros | null {
  return laterStart(list.period.from, row.period.from);
}

function compareStarts(a: Micros | null, b: Micros | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  return b === null ? 1 : a - b;
}

/** By code units, the same on every machine. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
