import { Column } from "../memory/columns.ts";
import { NumberLists } from "../memory/lists.ts";

/** Attributes with a number: which, and how much, per product. */
export class NumberValues {
  readonly facets = new NumberLists();
  readonly amounts = new Column(new Float64Array(64));
  private readonly names = new Map<string, number>();

  get bytes(): number {
    return this.facets.bytes + this.amounts.bytes;
  }

  facetOf(name: string): number {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    this.names.set(name, this.names.size);
    return this.names.size - 1;
  }

  isKnown(name: string): boolean {
    return this.names.has(name);
  }

  write(product: number, numbers: readonly { readonly facet: string; readonly number: number }[]): void {
    const start = this.facets.set(
      product,
      numbers.map(({ facet }) => this.facetOf(facet)),
    );
    this.amounts.reach(start + numbers.length);
    for (const [at, { number }] of numbers.entries()) this.amounts.values[start + at] = number;
  }
}
