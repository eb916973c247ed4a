import type { ReactNode } from "react";

export type Description = { readonly term: string; readonly value: ReactNode; readonly isNumber?: boolean };

/** Properties of one thing. */
export function DescriptionList({ items }: { readonly items: readonly Description[] }) {
  return (
    <dl className="k-descriptions">
      {items.map(({ term, value, isNumber = false }) => (
        <div key={term} className="k-description">
          <dt>{term}</dt>
          <dd className={isNumber ? "k-description-number" : ""}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
