import { AccountMenu } from "./account-menu.tsx";
import { DisplayMenu } from "./display-menu.tsx";
import { LanguageMenu } from "./language-menu.tsx";

/** Loaded after the first paint: menus are a third of what the shell would weigh. */
export function VisitorMenus() {
  return (
    <>
      <LanguageMenu />
      <DisplayMenu />
    </>
  );
}

export function TopMenus() {
  return (
    <>
      <VisitorMenus />
      <AccountMenu />
    </>
  );
}
