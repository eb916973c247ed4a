import type { ProductText } from "@kontor/protocol";

/** A product's text in a language, else in English, else its first. */
export function textIn(texts: readonly ProductText[], language: string): ProductText | null {
  const has = (wanted: string) => texts.find((text) => text.language.split("-")[0] === wanted);
  return has(language) ?? has("en") ?? texts[0] ?? null;
}
