import { Languages } from "lucide-react";
import { Button } from "react-aria-components";
import { localeNames, locales } from "../i18n/locales.ts";
import { useText } from "../i18n/use-text.ts";
import { ChoiceSection, MenuButton } from "./menu-parts.tsx";
import { useSettings } from "./settings-provider.tsx";

const choices = localeNames.map((id) => ({ id, name: locales[id].name, lang: id }));

export function LanguageMenu() {
  const t = useText();
  const { locale, change } = useSettings();
  const button = (
    <Button className="icon-button" aria-label={`${t("shell.language")}: ${locales[locale].name}`}>
      <Languages size={20} strokeWidth={1.5} aria-hidden="true" />
    </Button>
  );
  return (
    <MenuButton label={t("shell.language")} button={button}>
      <ChoiceSection choices={choices} chosen={locale} onChoose={(id) => change({ locale: id })} />
    </MenuButton>
  );
}
