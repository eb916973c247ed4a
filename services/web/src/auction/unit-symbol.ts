/** How quantities of the trade are written everywhere; UN/CEFACT Recommendation 20. Others stand as their code. */
const symbols: Readonly<Record<string, string>> = {
  TNE: "t",
  KGM: "kg",
  GRM: "g",
  MTR: "m",
  KMT: "km",
  MTK: "m²",
  MTQ: "m³",
  LTR: "l",
  HLT: "hl",
  KWH: "kWh",
  MWH: "MWh",
  H87: "pc",
  C62: "pc",
};

export function unitSymbol(code: string): string {
  return symbols[code] ?? code;
}
