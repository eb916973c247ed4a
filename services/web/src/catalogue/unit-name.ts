import type { Text } from "../i18n/use-text.ts";

/** Units of measure are written alike in all our languages. */
const symbols: Readonly<Record<string, string>> = {
  KGM: "kg",
  GRM: "g",
  TNE: "t",
  LTR: "l",
  MLT: "ml",
  MTR: "m",
  CMT: "cm",
  MMT: "mm",
  MTK: "m²",
  MTQ: "m³",
  KWH: "kWh",
  WTT: "W",
  VLT: "V",
  GM: "g/m²",
};

/** Units of counting have names. */
const named = new Set(["H87", "C62", "XBX", "XPK", "XCT", "XRO", "XBG", "XPX", "RM", "PR", "SET", "DZN", "HUR", "DAY"]);

/** What people call a unit of UN/CEFACT's lists; the code itself where there is no better. */
export function unitName(t: Text, code: string): string {
  return symbols[code] ?? (named.has(code) ? t(`catalogue.unit.${code}`) : code);
}

/** Decimal places that people type of a unit: pieces are whole, measures are not. */
export function decimalsOf(code: string, quantity: string | null): number {
  return named.has(code) && !(quantity ?? "").includes(".") ? 0 : 6;
}
