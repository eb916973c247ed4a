import { I18nProvider } from "@lingui/react";
import type { ReactNode } from "react";
import { createContext, use, useEffect, useState, useSyncExternalStore } from "react";
import { I18nProvider as AriaLocale } from "react-aria-components";
import { activate, i18n } from "../i18n/activate.ts";
import type { Locale } from "../i18n/locales.ts";
import { locales } from "../i18n/locales.ts";
import { applyAppearance } from "./appearance.ts";
import type { Settings } from "./settings.ts";
import type { SettingsStore } from "./settings-store.ts";

const Store = createContext<SettingsStore | null>(null);

/** Holds the settings, and shows the app in the language and look that they say. */
export function SettingsProvider({ store, children }: { readonly store: SettingsStore; readonly children: ReactNode }) {
  const settings = useSyncExternalStore(store.watch, store.present);
  const shown = useActiveLocale(settings.locale);
  useEffect(() => applyAppearance(document.documentElement, settings), [settings]);
  if (shown === null) return null;
  return (
    <Store value={store}>
      <I18nProvider i18n={i18n}>
        <AriaLocale locale={shown}>{children}</AriaLocale>
      </I18nProvider>
    </Store>
  );
}

/** The language that is loaded and shown; null until there is one. */
function useActiveLocale(wanted: Locale): Locale | null {
  const [shown, setShown] = useState<Locale | null>(null);
  useEffect(() => {
    let isWanted = true;
    const show = (): void => {
      if (!isWanted) return;
      document.documentElement.lang = wanted;
      document.documentElement.dir = locales[wanted].dir;
      setShown(wanted);
    };
    // A language that cannot be loaded leaves the one that is there.
    activate(wanted).then(show, () => undefined);
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return shown;
}

export type SettingsHandle = Settings & { readonly change: (changes: Partial<Settings>) => void };

/** @throws Error outside of the provider */
export function useSettings(): SettingsHandle {
  const store = useSettingsStore();
  const settings = useSyncExternalStore(store.watch, store.present);
  return { ...settings, change: store.change };
}

export function useSettingsStore(): SettingsStore {
  const store = use(Store);
  if (store === null) throw new Error("settings are used outside of their provider");
  return store;
}
