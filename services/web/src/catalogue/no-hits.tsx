import { Button } from "@kontor/ui";
import { StateFrame } from "../app/state-views.tsx";
import { useText } from "../i18n/use-text.ts";
import type { CatalogueSearch } from "./catalogue-search.ts";
import { filterCount, withoutFilters } from "./catalogue-search.ts";

/** Nothing found: because of filters, of the words, or because nothing is sold here yet. */
export function NoHits(props: { readonly search: CatalogueSearch; readonly onChange: (to: CatalogueSearch) => void }) {
  const t = useText();
  const { search, onChange } = props;
  const filters = filterCount(search);
  if (filters > 0)
    return (
      <StateFrame title={t("catalogue.none.title")} text={t("catalogue.none.filtered", { count: filters })}>
        <Button onPress={() => onChange(withoutFilters(search))}>{t("catalogue.filters.clear")}</Button>
      </StateFrame>
    );
  if (search.q === undefined) return <StateFrame title={t("catalogue.empty.title")} text={t("catalogue.empty.text")} />;
  return (
    <StateFrame title={t("catalogue.none.title")} text={t("catalogue.none.words", { words: search.q })}>
      <Button onPress={() => onChange({})}>{t("catalogue.none.all")}</Button>
    </StateFrame>
  );
}
