/** How much of an offer is sold at a time; null leaves the field to the next terms. */
export type QuantityTerms = {
  /** The unit of the three. */
  readonly unit: string;
  readonly minimum: bigint | null;
  /** Quantities are multiples of it, counted from zero. */
  readonly multiple: bigint | null;
  readonly maximum: bigint | null;
};

export type QuantityTerm = { readonly quantity: bigint; readonly unit: string };

/** What holds, field by field. */
export type EffectiveTerms = {
  readonly minimum: QuantityTerm | null;
  readonly multiple: QuantityTerm | null;
  readonly maximum: QuantityTerm | null;
};

/** Of each field the first that says something: terms come nearest first, agreements in their order, the offer's last. */
export function effectiveTerms(terms: readonly QuantityTerms[]): EffectiveTerms {
  const first = (field: "minimum" | "multiple" | "maximum"): QuantityTerm | null => {
    for (const each of terms) {
      const quantity = each[field];
      if (quantity !== null) return { quantity, unit: each.unit };
    }
    return null;
  };
  return { minimum: first("minimum"), multiple: first("multiple"), maximum: first("maximum") };
}
