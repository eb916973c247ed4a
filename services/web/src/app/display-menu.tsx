import { SlidersHorizontal } from "lucide-react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { ChoiceSection, MenuButton } from "./menu-parts.tsx";
import { densities, directionColours, themes } from "./settings.ts";
import { useSettings } from "./settings-provider.tsx";

/** Light or dark, how dense, which colours mean up and down. */
export function DisplayMenu() {
  const t = useText();
  const settings = useSettings();
  const named = <Id extends string>(ids: readonly Id[], group: string) =>
    ids.map((id) => ({ id, name: t(`shell.${group}.${id}`) }));
  const button = (
    <Button className="icon-button" aria-label={t("shell.display")}>
      <SlidersHorizontal size={20} strokeWidth={1.5} aria-hidden="true" />
    </Button>
  );
  return (
    <MenuButton label={t("shell.display")} button={button}>
      <ChoiceSection
        title={t("shell.theme")}
        choices={named(themes, "theme")}
        chosen={settings.theme}
        onChoose={(theme) => settings.change({ theme })}
      />
      <ChoiceSection
        title={t("shell.density")}
        choices={named(densities, "density")}
        chosen={settings.density}
        onChoose={(density) => settings.change({ density })}
      />
      <ChoiceSection
        title={t("shell.colours")}
        choices={named(directionColours, "colours")}
        chosen={settings.directionColours}
        onChoose={(colours) => settings.change({ directionColours: colours })}
      />
    </MenuButton>
  );
}
