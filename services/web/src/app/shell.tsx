import { Outlet } from "@tanstack/react-router";
import { useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { CommandPalette } from "./command-palette.tsx";
import { NavigationSheet, SideNavigation } from "./side-navigation.tsx";
import { TopBar } from "./top-bar.tsx";

/** The frame of every screen: top bar, navigation, the screen itself. */
export function Shell() {
  const t = useText();
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
      <NavigationSheet isOpen={isNavigationOpen} onOpenChange={setNavigationOpen} />
      <CommandPalette />
    </div>
  );
}
