import type { ClassAttributeInput } from "@kontor/protocol";

/** A word in the two languages of the demonstration. */
export type Words = { readonly en: string; readonly de: string };

/** How one vendor sells a family: his prices, in percent of the usual ones, and his terms. */
export type Selling = {
  readonly vendor: string;
  readonly percent: number;
  readonly leadTimeDays: number;
  /** In order units. */
  readonly minimum?: number;
  readonly multiple?: number;
  /** Sold by the pack alone. */
  readonly byPack?: boolean;
  /** Pieces in stock of each article; left out: bought when ordered. */
  readonly stock?: number;
};

export type Pack = { readonly unit: string; readonly holds: number };

export type Article = {
  readonly partNo: string;
  readonly name: Words;
  /** Usual price in cents for `per` of the family's unit. */
  readonly cents: number;
  /** In the order of the family's attributes. */
  readonly values: readonly string[];
};

export type FamilyAttribute = Pick<ClassAttributeInput, "attribute" | "kind"> & {
  readonly labels: Words;
  readonly unit?: string;
  readonly choices?: readonly (readonly [value: string, en: string, de: string])[];
};

/** Articles of one class and brand, which differ in their attributes. Everything in it is invented. */
export type Family = {
  readonly code: string;
  readonly parent: string;
  readonly labels: Words;
  readonly brand: string;
  readonly description: Words;
  readonly attributes: readonly FamilyAttribute[];
  /** Base unit, by Recommendation 20. */
  readonly unit: string;
  readonly pack?: Pack;
  /** How many of the unit the price buys. */
  readonly per: number;
  readonly articles: readonly Article[];
  readonly sellers: readonly Selling[];
};

export const millimetres = (attribute: string, labels: Words): FamilyAttribute => ({
  attribute,
  kind: "decimal",
  unit: "MMT",
  labels,
});

export const choiceOf = (
  attribute: string,
  labels: Words,
  choices: FamilyAttribute["choices"] & object,
): FamilyAttribute => ({ attribute, kind: "choice", labels, choices });

export const colourOf = (...choices: FamilyAttribute["choices"] & object): FamilyAttribute =>
  choiceOf("colour", { en: "Colour", de: "Farbe" }, choices);
