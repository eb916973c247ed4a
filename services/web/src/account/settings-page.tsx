import { useId } from "react";
import { densities, directionColours, themes } from "../app/settings.ts";
import { useSettings } from "../app/settings-provider.tsx";
import { usePageTitle } from "../app/use-page-title.ts";
import { localeNames, locales } from "../i18n/locales.ts";
import { useText } from "../i18n/use-text.ts";

/** How the app looks and sounds for this person on this machine. */
export function SettingsPage() {
  const t = useText();
  const settings = useSettings();
  usePageTitle(t("shell.nav.settings"));
  const named = <Id extends string>(ids: readonly Id[], group: string) =>
    ids.map((id) => ({ id, name: t(`shell.${group}.${id}`) }));
  return (
    <div className="max-w-form space-y-6">
      <header>
        <h1 className="text-24">{t("shell.nav.settings")}</h1>
        <p className="text-muted">{t("shell.settings_kept")}</p>
      </header>
      <ChoiceRow
        label={t("shell.language")}
        value={settings.locale}
        choices={localeNames.map((id) => ({ id, name: locales[id].name }))}
        onChange={(locale) => settings.change({ locale })}
      />
      <ChoiceRow
        label={t("shell.theme")}
        value={settings.theme}
        choices={named(themes, "theme")}
        onChange={(theme) => settings.change({ theme })}
      />
      <ChoiceRow
        label={t("shell.density")}
        value={settings.density}
        choices={named(densities, "density")}
        onChange={(density) => settings.change({ density })}
      />
      <ChoiceRow
        label={t("shell.colours")}
        value={settings.directionColours}
        choices={named(directionColours, "colours")}
        onChange={(colours) => settings.change({ directionColours: colours })}
      />
      <ChoiceRow
        label={t("shell.sound")}
        value={settings.sound ? "on" : "off"}
        choices={named(["on", "off"] as const, "sound")}
        onChange={(sound) => settings.change({ sound: sound === "on" })}
      />
    </div>
  );
}

function ChoiceRow<Id extends string>(props: {
  readonly label: string;
  readonly value: Id;
  readonly choices: readonly { readonly id: Id; readonly name: string }[];
  readonly onChange: (id: Id) => void;
}) {
  const { label, value, choices, onChange } = props;
  const id = useId();
  const choose = (chosen: string): void => {
    const found = choices.find((choice) => choice.id === chosen);
    if (found !== undefined) onChange(found.id);
  };
  return (
    <div className="grid items-center gap-2 border-b border-line pb-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <select id={id} className="field-input" value={value} onChange={(event) => choose(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </select>
    </div>
  );
}
