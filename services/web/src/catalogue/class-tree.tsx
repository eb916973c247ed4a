import type { CataloguePage } from "@kontor/protocol";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import type { CatalogueSearch } from "./catalogue-search.ts";

type Step = { readonly choice: string; readonly label: string };

const entry =
  "flex w-full min-h-8 items-center justify-between gap-2 rounded-control px-2 text-start text-13 cursor-pointer";

/** The way down to the chosen class, and the classes right below it with what they hold. */
export function ClassTree(props: {
  readonly search: CatalogueSearch;
  readonly steps: readonly Step[];
  readonly below: CataloguePage["facets"][number] | undefined;
  readonly onChange: (to: CatalogueSearch) => void;
}) {
  const t = useText();
  const { search, steps, below } = props;
  if (below === undefined && steps.length === 0) return null;
  const go = (choice: string | undefined): void => {
    // Attributes belong to the class that they were chosen in.
    const { in: _, where = [], ...rest } = search;
    const kept = where.filter((one) => !one.startsWith("attribute:"));
    const next = kept.length === 0 ? rest : { ...rest, where: kept };
    props.onChange(choice === undefined ? next : { ...next, in: choice });
  };
  const scheme = below?.facet.slice("class:".length);
  return (
    <nav aria-label={t("catalogue.classes")} className="-mx-2">
      <TreeEntry
        label={t("catalogue.classes.all")}
        depth={0}
        isChosen={steps.length === 0}
        onPress={() => go(undefined)}
      />
      {steps.map(({ choice, label }, at) => (
        <TreeEntry
          key={choice}
          label={label}
          depth={at + 1}
          isChosen={at === steps.length - 1}
          onPress={() => go(choice)}
        />
      ))}
      {(below?.values ?? [])
        .filter(({ value }) => `${scheme}=${value}` !== search.in)
        .map(({ value, label, count }) => (
          <TreeEntry
            key={value}
            label={label}
            depth={steps.length + 1}
            count={count}
            onPress={() => go(`${scheme}=${value}`)}
          />
        ))}
    </nav>
  );
}

function TreeEntry(props: {
  readonly label: string;
  readonly depth: number;
  readonly isChosen?: boolean;
  readonly count?: number;
  readonly onPress: () => void;
}) {
  const { label, depth, isChosen = false, count, onPress } = props;
  const look = isChosen ? "bg-brand-bg font-medium text-brand" : "hover:bg-sunken";
  return (
    <Button className={`${entry} ${look}`} aria-current={isChosen ? "true" : "false"} onPress={onPress}>
      <span className="min-w-0 truncate" style={{ paddingInlineStart: `${depth * 0.75}rem` }}>
        {label}
      </span>
      {count === undefined ? null : <span className="k-number text-muted">{count}</span>}
    </Button>
  );
}
