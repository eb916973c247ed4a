import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { DemoInstrument } from "./demo-instruments.ts";

export type Side = "buy" | "sell";
export type Quote = { readonly side: Side; readonly price: string; readonly quantity: string };

/** Pulls the middle back towards the fair price, per move. */
const reversion = 0.02;
/** Quotes of one maker on each side. */
const depth = 5;

/** Prices and quantities of one instrument in whole ticks and steps. */
export class Grid {
  readonly #tick: Unit;
  readonly #step: Unit;
  readonly fairTicks: number;

  constructor({ terms, fair }: Pick<DemoInstrument, "terms" | "fair">) {
    this.#tick = unitOf(terms.tickSize);
    this.#step = unitOf(terms.quantityStep);
    this.fairTicks = Math.round(Number(fair) / Number(terms.tickSize));
  }

  price(ticks: number): string {
    return written(ticks, this.#tick);
  }

  quantity(steps: number): string {
    return written(steps, this.#step);
  }
}

/** An amount with the digits that it is written with. */
type Unit = { readonly amount: bigint; readonly scale: number };

function unitOf(text: string): Unit {
  const scale = text.split(".")[1]?.length ?? 0;
  const amount = parseDecimal(text, scale);
  if (typeof amount !== "bigint") throw new RangeError(`${text} is no amount of the demonstration`);
  return { amount, scale };
}

function written(count: number, { amount, scale }: Unit): string {
  return formatDecimal(BigInt(count) * amount, scale);
}

/** The middle of a market that wanders about its fair price, in ticks. */
export class Wandering {
  #ticks: number;
  readonly #fair: number;
  readonly #stride: number;
  readonly #random: () => number;

  constructor({ fairTicks, stride, random }: { fairTicks: number; stride: number; random: () => number }) {
    this.#ticks = fairTicks;
    this.#fair = fairTicks;
    this.#stride = stride;
    this.#random = random;
  }

  get middle(): number {
    return this.#ticks;
  }

  move(): void {
    // The sum of three even draws is close enough to a normal one.
    const draw = this.#random() + this.#random() + this.#random() - 1.5;
    this.#ticks += draw * this.#stride + (this.#fair - this.#ticks) * reversion;
  }
}

type Quoting = {
  readonly grid: Grid;
  readonly middle: number;
  readonly spreadTicks: number;
  readonly stepsMax: number;
  readonly random: () => number;
};

/** What a maker wants to have in the book around the middle: nearest first, both sides in turn. */
export function quotesAround({ grid, middle, spreadTicks, stepsMax, random }: Quoting): readonly Quote[] {
  const quotes: Quote[] = [];
  for (let level = 0; level < depth; level += 1) {
    const away = spreadTicks * (1 + level) - spreadTicks * 0.5 * random();
    for (const side of ["buy", "sell"] as const) {
      const ticks = side === "buy" ? Math.floor(middle - away) : Math.ceil(middle + away);
      const steps = 1 + Math.floor(random() * stepsMax) + level;
      quotes.push({ side, price: grid.price(ticks), quantity: grid.quantity(steps) });
    }
  }
  return quotes;
}
