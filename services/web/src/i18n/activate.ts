import { setupI18n } from "@lingui/core";
import type { Locale } from "./locales.ts";
import { locales } from "./locales.ts";

/** The app's one catalogue holder. A missing message shows as its id, which the tests look for. */
export const i18n = setupI18n();

/** Loads a language where it is not there yet, then switches to it. */
export async function activate(locale: Locale): Promise<void> {
  const { messages } = await locales[locale].load();
  i18n.loadAndActivate({ locale, messages });
}
