import type { FacetCounts, NumberRange } from "../query.ts";

/** At most so many ranges of one facet are counted in one query. */
const rangesMax = 31;

/** Counts products by the ranges that their numbers fall into: a product with two numbers in one range is one. */
export class RangeTally {
  private readonly facet: string;
  private readonly from: readonly number[];
  private readonly to: readonly number[];
  private readonly counts: number[];
  private least = Number.POSITIVE_INFINITY;
  private greatest = Number.NEGATIVE_INFINITY;
  private hit = 0;

  /** @throws RangeError for more ranges than are counted. */
  constructor(facet: string, ranges: readonly NumberRange[]) {
    if (ranges.length > rangesMax) throw new RangeError(`more than ${rangesMax} ranges`);
    this.facet = facet;
    this.from = ranges.map(({ from }) => from ?? Number.NEGATIVE_INFINITY);
    this.to = ranges.map(({ to }) => to ?? Number.POSITIVE_INFINITY);
    this.counts = ranges.map(() => 0);
  }

  /** One number of the product at hand. */
  add(amount: number): void {
    this.least = Math.min(this.least, amount);
    this.greatest = Math.max(this.greatest, amount);
    for (let at = 0; at < this.counts.length; at++) {
      if (amount >= (this.from[at] as number) && amount <= (this.to[at] as number)) this.hit |= 1 << at;
    }
  }

  /** The product at hand is done. */
  close(): void {
    if (this.hit === 0) return;
    for (let at = 0; at < this.counts.length; at++) {
      if (((this.hit >>> at) & 1) === 1) this.counts[at] = (this.counts[at] as number) + 1;
    }
    this.hit = 0;
  }

  counted(): FacetCounts {
    const any = this.least <= this.greatest;
    return {
      kind: "numbers",
      facet: this.facet,
      counts: [...this.counts],
      least: any ? this.least : null,
      greatest: any ? this.greatest : null,
    };
  }
}
