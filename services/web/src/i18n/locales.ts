/** The languages of the app, each named in itself, English first because it is the master. */
export const locales = {
  en: { name: "English", dir: "ltr", load: () => import("./locales/en.ts") },
  fr: { name: "Français", dir: "ltr", load: () => import("./locales/fr.ts") },
  es: { name: "Español", dir: "ltr", load: () => import("./locales/es.ts") },
  zh: { name: "中文", dir: "ltr", load: () => import("./locales/zh.ts") },
  ru: { name: "Русский", dir: "ltr", load: () => import("./locales/ru.ts") },
  he: { name: "עברית", dir: "rtl", load: () => import("./locales/he.ts") },
  fa: { name: "فارسی", dir: "rtl", load: () => import("./locales/fa.ts") },
} as const satisfies Readonly<
  Record<
    string,
    { readonly name: string; readonly dir: "ltr" | "rtl"; readonly load: () => Promise<{ messages: Messages }> }
  >
>;

/** Text, or what the build compiled it to, by the message's id. */
export type Messages = Record<string, string>;
export type Locale = keyof typeof locales;

export const localeNames = Object.keys(locales) as readonly Locale[];

/** The first language that we have among those that somebody prefers; English else. */
export function localeFor(preferred: readonly string[]): Locale {
  for (const tag of preferred) {
    const [language = ""] = tag.toLowerCase().split("-");
    const found = localeNames.find((name) => name === language || (language === "iw" && name === "he"));
    if (found !== undefined) return found;
  }
  return "en";
}
