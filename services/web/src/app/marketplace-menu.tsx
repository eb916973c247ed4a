import { ChevronsUpDown } from "lucide-react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { useChooseMarketplace, useMarketplace, useMarketplaces } from "./marketplace.ts";
import { ChoiceSection, MenuButton } from "./menu-parts.tsx";

/** The marketplace one is in; a menu where there are several. */
export function MarketplaceMenu() {
  const t = useText();
  const present = useMarketplace();
  const { data = [] } = useMarketplaces();
  const choose = useChooseMarketplace();
  if (present === null) return null;
  const button = (
    <Button className="flex h-9 min-w-0 items-center gap-1.5 rounded border border-line px-2.5 text-sm text-text hover:bg-sunken">
      <span className="max-w-[32vw] truncate sm:max-w-48">{present.name}</span>
      <ChevronsUpDown size={16} strokeWidth={1.5} aria-hidden="true" className="shrink-0 text-muted" />
    </Button>
  );
  return (
    <MenuButton label={t("shell.marketplace")} button={button}>
      <ChoiceSection
        title={t("shell.marketplace")}
        choices={data.map(({ slug, name }) => ({ id: slug, name }))}
        chosen={present.slug}
        onChoose={choose}
      />
    </MenuButton>
  );
}
