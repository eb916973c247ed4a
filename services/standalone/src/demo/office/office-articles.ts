import type { Article, Family, Selling } from "./family.ts";
import { officeFamilies } from "./office-families.ts";
import { workshopFamilies } from "./workshop-families.ts";

export const families: readonly Family[] = [...workshopFamilies, ...officeFamilies];

/** Classes above those of the families. */
export const upperClasses: readonly {
  readonly code: string;
  readonly parent?: string;
  readonly en: string;
  readonly de: string;
}[] = [
  { code: "W", en: "Workshop", de: "Werkstatt" },
  { code: "W1", parent: "W", en: "Fasteners", de: "Befestigung" },
  { code: "W2", parent: "W", en: "Hand tools and drills", de: "Handwerkzeug und Bohrer" },
  { code: "W3", parent: "W", en: "Occupational safety", de: "Arbeitsschutz" },
  { code: "W4", parent: "W", en: "Chemical products", de: "Chemische Produkte" },
  { code: "O", en: "Office", de: "Büro" },
  { code: "O1", parent: "O", en: "Paper", de: "Papier" },
  { code: "O2", parent: "O", en: "Writing", de: "Schreiben" },
  { code: "O3", parent: "O", en: "Filing", de: "Ablage" },
  { code: "O4", parent: "O", en: "Consumables", de: "Verbrauchsmaterial" },
  { code: "O5", parent: "O", en: "Storage", de: "Lagerung" },
];

/** An article with its family and its numbers. */
export type NumberedArticle = {
  readonly family: Family;
  readonly article: Article;
  /** Of the piece, and of the pack where there is one. */
  readonly gtins: readonly { readonly gtin: string; readonly unit?: string }[];
};

export const articles: readonly NumberedArticle[] = families
  .flatMap((family) => family.articles.map((article) => ({ family, article })))
  .map(({ family, article }, index) => {
    const piece = { gtin: demoGtin(index * 2) };
    const pack = family.pack === undefined ? [] : [{ gtin: demoGtin(index * 2 + 1), unit: family.pack.unit }];
    return { family, article, gtins: [piece, ...pack] };
  });

/** Thirteen digits after 952, the prefix that GS1 sets aside for examples; the last is the check digit. */
export function demoGtin(number: number): string {
  const body = `952${String(number).padStart(9, "0")}`;
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The vendor's own number of an article. */
export function vendorPartNo(vendor: string, { partNo }: Article): string {
  return `${vendor.slice(0, 2).toUpperCase()}-${partNo}`;
}

export type DemoRung = {
  readonly unit: string;
  readonly minQuantity: string;
  readonly priceBaseQuantity: string;
  readonly price: string;
};

/** What a vendor asks for, cheaper from ten and from fifty times his least quantity on. */
export function ladderOf({ unit, per, pack }: Family, { cents }: Article, selling: Selling): readonly DemoRung[] {
  const least = (selling.minimum ?? 1) * (selling.byPack === true ? (pack?.holds ?? 1) : 1);
  const full = (cents * selling.percent) / 100;
  return [
    [1, 1],
    [10 * least, 0.95],
    [50 * least, 0.9],
  ].map(([from = 1, share = 1]) => {
    const price = (Math.round(full * share) / 100).toFixed(2);
    return { unit, minQuantity: String(from), priceBaseQuantity: String(per), price };
  });
}
