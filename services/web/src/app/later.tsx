import type { ReactNode } from "react";
import { lazy, Suspense } from "react";

/** What a page does not need for its first paint; its place is kept, so that nothing moves when it comes. */
export function Later({ place, children }: { readonly place?: string; readonly children: ReactNode }) {
  return <Suspense fallback={place === undefined ? null : <div className={place} />}>{children}</Suspense>;
}

export const LazyTopMenus = lazy(async () => ({ default: (await import("./top-menus.tsx")).TopMenus }));
export const LazyVisitorMenus = lazy(async () => ({ default: (await import("./top-menus.tsx")).VisitorMenus }));
export const LazyMarketplaceMenu = lazy(async () => ({
  default: (await import("./marketplace-menu.tsx")).MarketplaceMenu,
}));
export const LazyPalette = lazy(async () => ({ default: (await import("./command-palette.tsx")).CommandPalette }));
export const LazyNavigationSheet = lazy(async () => ({
  default: (await import("./navigation-sheet.tsx")).NavigationSheet,
}));
export const LazyExpiredDialog = lazy(async () => ({
  default: (await import("../account/session-expired-dialog.tsx")).SessionExpiredDialog,
}));
