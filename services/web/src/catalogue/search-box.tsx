import { SearchField } from "@kontor/ui";
import { useState } from "react";
import { useText } from "../i18n/use-text.ts";
import type { CatalogueSearch } from "./catalogue-search.ts";

/** Words, a part number or a GTIN; searched when it is entered. Other filters stay. */
export function SearchBox(props: {
  readonly search: CatalogueSearch;
  readonly onSearch: (search: CatalogueSearch) => void;
}) {
  const t = useText();
  const { q = "", ...rest } = props.search;
  const [typed, setTyped] = useState(q);
  const search = (text: string): void => {
    const words = text.trim();
    if (words !== q) props.onSearch(words === "" ? rest : { ...rest, q: words });
  };
  return (
    <SearchField
      label={t("catalogue.search")}
      placeholder={t("catalogue.search.hint")}
      value={typed}
      onChange={setTyped}
      onSubmit={search}
      onClear={() => search("")}
    />
  );
}
