import { bytesOf, Column } from "../memory/columns.ts";
import { StringPool } from "../memory/string-pool.ts";

const APART = "\u0000";

/** The values of all facets by a number each: "brand" and "Acme" is one, and so is a node of a class tree. */
export class FacetValues {
  private readonly facetNames = new Map<string, number>();
  private readonly pool = new StringPool();
  private readonly facets = new Column(new Uint16Array(64));
  private readonly parents = new Column(new Uint32Array(64));
  private readonly ofFacet: number[][] = [];

  get count(): number {
    return this.pool.size;
  }

  get bytes(): number {
    return this.pool.byteLength + bytesOf([this.facets, this.parents]) + this.count * 8;
  }

  /** The facet of every value, for loops. */
  get facetTable(): Uint16Array {
    return this.facets.values;
  }

  facetOf(name: string): number {
    const known = this.facetNames.get(name);
    if (known !== undefined) return known;
    this.facetNames.set(name, this.ofFacet.length);
    this.ofFacet.push([]);
    return this.ofFacet.length - 1;
  }

  /** -1 when no product, offer or rule has named it. */
  find(facet: string, value: string): number {
    return this.pool.find(facet + APART + value);
  }

  intern(facet: string, value: string): number {
    const id = this.pool.intern(facet + APART + value);
    if (id === this.facets.length) {
      const number = this.facetOf(facet);
      this.facets.push(number);
      this.parents.push(0);
      this.ofFacet[number]?.push(id);
    }
    return id;
  }

  place(value: number, parent: number): void {
    this.parents.values[value] = parent + 1;
  }

  /** The node above in a class tree, or -1. */
  parentOf(value: number): number {
    return (this.parents.values[value] as number) - 1;
  }

  valuesOf(facet: number): readonly number[] {
    return this.ofFacet[facet] ?? [];
  }

  text(value: number): string {
    const text = this.pool.text(value);
    return text.slice(text.indexOf(APART) + 1);
  }

  /** Of two values of one facet. */
  compare(left: number, right: number): number {
    return this.pool.compare(left, right);
  }
}
