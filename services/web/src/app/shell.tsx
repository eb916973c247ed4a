import { Outlet } from "@tanstack/react-router";
import { useState, useSyncExternalStore } from "react";
import { useText } from "../i18n/use-text.ts";
import { Later, LazyNavigationSheet, LazyPalette } from "./later.tsx";
import { palette } from "./palette-store.ts";
import { SideNavigation } from "./side-navigation.tsx";
import { TopBar } from "./top-bar.tsx";
import { usePaletteKey } from "./use-palette-key.ts";

/** The frame of every screen: top bar, navigation, the screen itself. */
export function Shell() {
  const t = useText();
  const isPaletteOpen = useSyncExternalStore(palette.watch, palette.isOpen);
  usePaletteKey();
  const [isNavigationOpen, setNavigationOpen] = useState(false);
  return (
    <div className="flex min-h-dvh flex-col bg-bg text-text">
      <a href="#content" className="skip-link">
        {t("shell.skip")}
      </a>
      <TopBar onNavigation={() => setNavigationOpen(true)} />
      <div className="flex min-w-0 flex-1">
        <SideNavigation />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full min-w-0 max-w-[1440px] flex-1 p-4 outline-none md:p-6"
        >
          <Outlet />
        </main>
      </div>
      <Later>
        {isNavigationOpen ? <LazyNavigationSheet isOpen onOpenChange={setNavigationOpen} /> : null}
        {isPaletteOpen ? <LazyPalette /> : null}
      </Later>
    </div>
  );
}
