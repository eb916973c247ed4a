import { useNavigate } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { useId } from "react";
import { Button, Input, Label, SearchField } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import type { TenderSearch } from "./tender-search.ts";
import { readTenderSearch, tenderPhases } from "./tender-search.ts";

/** Narrows the list; every change is a new address. */
export function TenderFilters({ search }: { readonly search: TenderSearch }) {
  const t = useText();
  const navigate = useNavigate({ from: "/tenders" });
  const set = (changes: Readonly<Record<string, unknown>>): void => {
    void navigate({
      search: ({ m, ...before }) => ({
        ...readTenderSearch({ ...before, ...changes }),
        ...(m === undefined ? {} : { m }),
      }),
    });
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    set({ q: new FormData(event.currentTarget).get("q") });
  };
  return (
    <form
      onSubmit={submit}
      className="flex flex-wrap items-end gap-3 border-b border-line pb-4"
      aria-label={t("tenders.filters")}
    >
      <SearchField
        key={search.q ?? ""}
        name="q"
        defaultValue={search.q ?? ""}
        className="min-w-56 flex-1 sm:max-w-80"
        onClear={() => set({ q: "" })}
      >
        <Label className="field-label">{t("tenders.words")}</Label>
        <Input className="field-input" />
      </SearchField>
      <Filter
        label={t("tenders.phase")}
        value={search.phase}
        onChange={(phase) => set({ phase })}
        choices={tenderPhases.map((id) => ({ id, name: t(`tenders.phase.${id}`) }))}
      />
      <Filter
        label={t("tenders.direction")}
        value={search.direction}
        onChange={(direction) => set({ direction })}
        choices={(["buy", "sell"] as const).map((id) => ({ id, name: t(`tenders.direction.${id}`) }))}
      />
      <Filter
        label={t("tenders.mine")}
        value={partOf(search)}
        onChange={(part) => set({ owner: part === "owner" ? "me" : "", takingPart: part === "takingPart" ? "me" : "" })}
        choices={(["owner", "takingPart"] as const).map((id) => ({ id, name: t(`tenders.mine.${id}`) }))}
      />
      <Button type="submit" className="button button-quiet">
        {t("tenders.find")}
      </Button>
    </form>
  );
}

function partOf({ owner, takingPart }: TenderSearch): string | undefined {
  if (owner === "me") return "owner";
  return takingPart === "me" ? "takingPart" : undefined;
}

function Filter(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (id: string) => void;
}) {
  const t = useText();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="field-label">
        {props.label}
      </label>
      <select
        id={id}
        className="field-input"
        value={props.value ?? ""}
        onChange={(event) => props.onChange(event.target.value)}
      >
        <option value="">{t("tenders.any")}</option>
        {props.choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </select>
    </div>
  );
}
