import type { Locale } from "../i18n/locales.ts";
import { localeFor, localeNames } from "../i18n/locales.ts";

export const themes = ["auto", "light", "dark"] as const;
export const densities = ["compact", "default", "relaxed"] as const;
/** Which colours mean up and down: Europe's, East Asia's, and a pair for colour-blind eyes. */
export const directionColours = ["green-up", "red-up", "blue-orange"] as const;

/** What a person has chosen on this machine. */
export type Settings = {
  readonly locale: Locale;
  readonly theme: (typeof themes)[number];
  readonly density: (typeof densities)[number];
  readonly directionColours: (typeof directionColours)[number];
  /** Slug of the marketplace last looked at. */
  readonly marketplace: string | null;
  /** Company acted for, `none` for a marketplace's staff; null leaves it to the server. */
  readonly company: string | null;
  readonly sound: boolean;
};

export function defaultSettings(languages: readonly string[]): Settings {
  const locale = localeFor(languages);
  return {
    locale,
    theme: "auto",
    density: "default",
    directionColours: locale === "zh" ? "red-up" : "green-up",
    marketplace: null,
    company: null,
    sound: true,
  };
}

/** Reads what was stored, by whatever release: what is unknown or missing is as if never chosen. */
export function readSettings(stored: string | null, fallback: Settings): Settings {
  const told = objectIn(stored);
  return {
    locale: oneOf(localeNames, told["locale"]) ?? fallback.locale,
    theme: oneOf(themes, told["theme"]) ?? fallback.theme,
    density: oneOf(densities, told["density"]) ?? fallback.density,
    directionColours: oneOf(directionColours, told["directionColours"]) ?? fallback.directionColours,
    marketplace: textIn(told["marketplace"]) ?? fallback.marketplace,
    company: textIn(told["company"]) ?? fallback.company,
    sound: typeof told["sound"] === "boolean" ? told["sound"] : fallback.sound,
  };
}

function objectIn(stored: string | null): Readonly<Record<string, unknown>> {
  if (stored === null) return {};
  try {
    const value: unknown = JSON.parse(stored);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function oneOf<Name extends string>(names: readonly Name[], value: unknown): Name | undefined {
  return names.find((name) => name === value);
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
