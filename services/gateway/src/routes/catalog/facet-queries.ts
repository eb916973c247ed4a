import type { FacetAsk, FacetCounts, ValueFilter } from "@kontor/catalog";
import type { FoundProductRepository } from "@kontor/db";
import type { Actor } from "@kontor/kernel";

/** `name=value`; a name has no such sign. */
export function partsOf(choice: string): readonly [name: string, value: string] {
  const parted = choice.indexOf("=");
  return parted < 0 ? [choice, ""] : [choice.slice(0, parted), choice.slice(parted + 1)];
}

/** Several values of one facet are alternatives. */
export function chosenValues(where: readonly string[]): ValueFilter[] {
  return [...Map.groupBy(where.map(partsOf), ([name]) => name)].map(([name, choices]) => ({
    facet: name,
    anyOf: choices.map(([, value]) => value),
  }));
}

type Asked = { readonly facet: readonly string[]; readonly under: readonly string[]; readonly top: number };

export function askedFacets({ facet, under, top }: Asked): FacetAsk[] {
  const below = new Map(under.map(partsOf));
  return facet.map((name) => {
    const of = below.get(name);
    return { kind: "values", facet: name, top, ...(of === undefined ? {} : { under: of === "" ? null : of }) };
  });
}

type Labelling = { readonly facet: FacetCounts; readonly languages: readonly string[] };

/** With names of classes and vendors. */
export async function labelledFacet(
  found: Pick<FoundProductRepository, "labelsOf">,
  actor: Actor,
  { facet, languages }: Labelling,
) {
  if (facet.kind === "numbers") return { facet: facet.facet, values: [], more: 0 };
  const named = facet.facet === "vendor" || facet.facet.startsWith("class:");
  const values = named ? facet.values.map(({ value }) => value) : [];
  const labels = await found.labelsOf(actor, { facet: facet.facet, values, languages });
  return {
    facet: facet.facet,
    values: facet.values.map((one) => ({ ...one, label: labels.get(one.value) ?? one.value })),
    more: facet.more,
  };
}
