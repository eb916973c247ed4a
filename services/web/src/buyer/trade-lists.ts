/** What is offered to choose from; a draft that has another keeps it. */
export const currencies = ["EUR", "USD", "GBP", "CHF", "CNY", "JPY", "ILS", "RUB", "KZT", "TRY", "AED", "INR"] as const;

/** UN/CEFACT Recommendation 20, with the signs that are the same in all languages. */
const signs: Readonly<Record<string, string>> = {
  TNE: "t",
  KGM: "kg",
  GRM: "g",
  MTR: "m",
  MTK: "m²",
  MTQ: "m³",
  LTR: "l",
  HLT: "hl",
  KWH: "kWh",
  MWH: "MWh",
  H87: "H87",
  C62: "C62",
  SET: "SET",
};

export function unitChoices(present: string): readonly { readonly id: string; readonly name: string }[] {
  return [...new Set([present, ...Object.keys(signs)])].map((id) => ({ id, name: signs[id] ?? id }));
}
