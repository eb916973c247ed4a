import type { FacetValues } from "../facets/facet-values.ts";
import type { FacetAsk, FacetCounts } from "../query.ts";

export type Counted = {
  readonly ask: Extract<FacetAsk, { kind: "values" }>;
  readonly values: FacetValues;
  readonly counts: Uint32Array;
  /** What the query's filters select of the facet. */
  readonly selected: ReadonlySet<string>;
};

/** The values with the most products, ties by text, and what is selected even at zero. */
export function countedValues({ ask, values, counts, selected }: Counted): FacetCounts {
  const { facet, top, under } = ask;
  const above = under === undefined || under === null ? -1 : values.find(facet, under);
  const nowhere = typeof under === "string" && above === -1;
  const countOf = (value: number): number => counts[value] ?? 0;
  const chosen = new Set([...selected].map((text) => values.find(facet, text)));
  const found = values
    .valuesOf(values.facetOf(facet))
    .filter((value) => countOf(value) > 0 || chosen.has(value))
    .filter((value) => under === undefined || (!nowhere && values.parentOf(value) === above));
  found.sort((left, right) => countOf(right) - countOf(left) || values.compare(left, right));
  const shown = found.filter((value, at) => at < top || chosen.has(value));
  // A value that no product ever had counts nothing, and is in no tree.
  const strange =
    under === undefined || under === null ? [...selected].filter((text) => values.find(facet, text) === -1) : [];
  return {
    kind: "values",
    facet,
    values: [
      ...shown.map((value) => ({ value: values.text(value), count: countOf(value), selected: chosen.has(value) })),
      ...strange.map((value) => ({ value, count: 0, selected: true })),
    ].sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1)),
    more: found.length - shown.length,
  };
}
