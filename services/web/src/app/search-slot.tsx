import { Search } from "lucide-react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { palette } from "./palette-store.ts";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the palette: a field's look where there is room, an icon else. */
export function SearchSlot() {
  const t = useText();
  return (
    <Button
      className="icon-button md:ms-2 md:flex md:h-9 md:w-64 md:justify-start md:gap-2 md:rounded md:border md:border-control md:px-2.5 md:text-muted"
      onPress={() => palette.set(true)}
    >
      <Search size={18} strokeWidth={1.5} aria-hidden="true" />
      <span className="sr-only md:not-sr-only md:flex-1 md:truncate md:text-start md:text-sm">{t("shell.search")}</span>
      <kbd className="hidden font-sans text-xs md:block">{isMac ? "⌘K" : "Ctrl K"}</kbd>
    </Button>
  );
}
