import { Link } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { Button } from "react-aria-components";
import { useText } from "../i18n/use-text.ts";
import { Later, LazyMarketplaceMenu, LazyTopMenus } from "./later.tsx";
import { SearchSlot } from "./search-slot.tsx";

/** Where one is, what one looks for, how it looks, who one is. */
export function TopBar({ onNavigation }: { readonly onNavigation: () => void }) {
  const t = useText();
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-2 border-b border-line bg-surface px-3">
      <Button className="icon-button lg:hidden" aria-label={t("shell.navigation")} onPress={onNavigation}>
        <MenuIcon size={20} strokeWidth={1.5} aria-hidden="true" />
      </Button>
      <Link to="/" className="hidden shrink-0 px-1 text-base font-semibold tracking-tight text-text sm:block">
        Kontor
      </Link>
      <Later place="h-9 w-40">
        <LazyMarketplaceMenu />
      </Later>
      <SearchSlot />
      <div className="ms-auto flex items-center gap-1">
        <Later place="h-10 w-32">
          <LazyTopMenus />
        </Later>
      </div>
    </header>
  );
}
