import type { CataloguePage } from "@kontor/protocol";
import { Button, Checkbox, Select } from "@kontor/ui";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { useText } from "../i18n/use-text.ts";
import type { CatalogueSearch } from "./catalogue-search.ts";
import { filterCount, toggled, withoutFilters } from "./catalogue-search.ts";
import { ClassTree } from "./class-tree.tsx";

type Facet = CataloguePage["facets"][number];
export type ChosenClass = {
  readonly scheme: string | undefined;
  /** From the topmost class down to the chosen one. */
  readonly steps: readonly { readonly choice: string; readonly label: string }[];
  /** What attributes are called, by facet. */
  readonly labels: ReadonlyMap<string, string>;
};
type PanelProps = {
  readonly search: CatalogueSearch;
  readonly facets: readonly Facet[];
  readonly chosen: ChosenClass;
  readonly onChange: (to: CatalogueSearch) => void;
};

const withinDays = [1, 3, 7, 14] as const;

/** What the list can be narrowed by, with counts. On a phone it is folded. */
export function FilterPanel(props: PanelProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const count = filterCount(props.search);
  return (
    <aside className="mb-4 min-w-0" aria-label={t("catalogue.filters")}>
      <div className="flex gap-2 lg:hidden">
        <Button icon={SlidersHorizontal} aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t("catalogue.filters.count", { count })}
        </Button>
      </div>
      <div className={isOpen ? "mt-3 flex flex-col gap-5" : "hidden flex-col gap-5 lg:flex"}>
        <Filters {...props} />
        {count === 0 ? null : (
          <Button size="small" onPress={() => props.onChange(withoutFilters(props.search))}>
            {t("catalogue.filters.clear")}
          </Button>
        )}
      </div>
    </aside>
  );
}

function Filters({ search, facets, chosen, onChange }: PanelProps) {
  const t = useText();
  const classes = facets.find(({ facet }) => facet === `class:${chosen.scheme}`);
  const others = facets.filter(({ facet }) => !facet.startsWith("class:"));
  return (
    <>
      <ClassTree search={search} steps={chosen.steps} below={classes} onChange={onChange} />
      {others.map((facet) => (
        <FacetGroup key={facet.facet} facet={facet} labels={chosen.labels} search={search} onChange={onChange} />
      ))}
      <Select
        label={t("catalogue.within")}
        value={search.within === undefined ? "any" : String(search.within)}
        options={[
          { id: "any", label: t("catalogue.within.any") },
          ...withinDays.map((days) => ({ id: String(days), label: t("catalogue.within.days", { days }) })),
        ]}
        onChange={(id) => {
          const { within: _, ...rest } = search;
          onChange(id === null || id === "any" ? rest : { ...rest, within: Number(id) });
        }}
      />
    </>
  );
}

function FacetGroup(props: {
  readonly facet: Facet;
  readonly labels: ReadonlyMap<string, string>;
  readonly search: CatalogueSearch;
  readonly onChange: (to: CatalogueSearch) => void;
}) {
  const { facet, labels, search, onChange } = props;
  const t = useText();
  const values = facet.values.filter(({ value, selected }) => value !== "" || selected);
  if (values.length < 2 && !values.some(({ selected }) => selected)) return null;
  const { facet: name } = facet;
  const title = labels.get(name) ?? (name.startsWith("attribute:") ? name.slice(10) : t(`catalogue.facet.${name}`));
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="mb-1.5 p-0 text-13 font-semibold">{title}</legend>
      <ul className="space-y-1">
        {values.map(({ value, label, count, selected }) => (
          <li key={value} className="flex items-start justify-between gap-2 text-13">
            <Checkbox isSelected={selected} onChange={() => onChange(toggled(search, `${name}=${value}`))}>
              {name === "condition" ? t(`catalogue.condition.${value}`) : label}
            </Checkbox>
            <span className="k-number text-muted">{count}</span>
          </li>
        ))}
      </ul>
      {facet.more === 0 ? null : (
        <p className="mt-1 text-12 text-muted">{t("catalogue.facet.more", { count: facet.more })}</p>
      )}
    </fieldset>
  );
}
