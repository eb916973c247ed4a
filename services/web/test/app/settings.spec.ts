import { expect, test } from "vitest";
import { defaultSettings, readSettings } from "../../src/app/settings.ts";
import { SettingsStore } from "../../src/app/settings-store.ts";
import { localeFor } from "../../src/i18n/locales.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

test.each([
  [["he-IL", "en"], "he"],
  [["iw"], "he"],
  [["de-DE", "fr-CH"], "fr"],
  [["pt-BR"], "en"],
  [[], "en"],
])("languages %j are met with %s", (preferred, locale) => {
  expect(localeFor(preferred)).toBe(locale);
});

test("what is stored by another release, or broken, falls back member by member", () => {
  const fallback = defaultSettings(["zh-CN"]);
  expect(fallback.directionColours).toBe("red-up");
  expect(readSettings("no json", fallback)).toEqual(fallback);
  expect(readSettings("[1]", fallback)).toEqual(fallback);
  const stored = JSON.stringify({ theme: "dark", density: "tiny", locale: "xx", sound: false });
  expect(readSettings(stored, fallback)).toEqual({ ...fallback, theme: "dark", sound: false });
});

test("a person's settings come back to him, and a guest keeps the look without whom one acted for", () => {
  const kept = storage();
  const first = new SettingsStore(kept, ["en"]);
  first.adopt("anna");
  first.change({ theme: "dark", company: "acme", marketplace: "metals" });
  const second = new SettingsStore(kept, ["en"]);
  expect(second.present()).toMatchObject({ theme: "dark", company: null, marketplace: null });
  second.adopt("anna");
  expect(second.present()).toMatchObject({ theme: "dark", company: "acme", marketplace: "metals" });
});
