import type { FacetValues } from "../facets/facet-values.ts";
import type { FacetAsk, FacetCounts } from "../query.ts";

export type Counted = {
  readonly ask: Extract<FacetAsk, { kind: "values" }>;
  readonly values: FacetValues;
  readonly counts: Uint32Array;
  readonly selected: ReadonlySet<number>;
};

/** The values with the most products, ties by text, and what is selected even at zero. */
export function countedValues({ ask, values, counts, selected }: Counted): FacetCounts {
  const { facet, top, under } = ask;
  const above = under === undefined || under === null ? -1 : values.find(facet, under);
  const nowhere = typeof under === "string" && above === -1;
  const found = values
    .valuesOf(values.facetOf(facet))
    .filter((value) => (counts[value] as number) > 0 || selected.has(value))
    .filter((value) => under === undefined || (!nowhere && values.parentOf(value) === above));
  const countOf = (value: number): number => counts[value] ?? 0;
  found.sort((left, right) => countOf(right) - countOf(left) || values.compare(left, right));
  const shown = found.filter((value, at) => at < top || selected.has(value));
  return {
    kind: "values",
    facet,
    values: shown.map((value) => ({ value: values.text(value), count: countOf(value), selected: selected.has(value) })),
    more: found.length - shown.length,
  };
}
