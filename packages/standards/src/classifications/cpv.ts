import { backCoded, columnsOf } from "../shipped-lines.ts";

export const cpvLanguages = ["en", "de", "fr", "es", "pl"] as const;

export type CpvLanguage = (typeof cpvLanguages)[number];

export type CpvEntry = {
  /** Eight digits, a hyphen and the check digit, such as `03115100-1`. */
  readonly code: string;
  readonly kind: "goods" | "works" | "services";
  /** The nearest division, group, class or category above; null for divisions. */
  readonly parent: string | null;
};

/** The Common Procurement Vocabulary of 2008, with labels in the languages that were asked for. */
export type Cpv = {
  /** All codes, ascending. */
  readonly entries: readonly CpvEntry[];
  /** The entry of a code with its check digit, or of its eight digits; null for others, and if the check digit is wrong. */
  readonly entryOf: (code: string) => CpvEntry | null;
  /** Those that have this code as their parent, ascending; the divisions for null. */
  readonly childrenOf: (code: string | null) => readonly CpvEntry[];
  /** Null for unknown codes and for languages that were not asked for. */
  readonly labelOf: (code: string, language: CpvLanguage) => string | null;
};

/** Each list is a file of its own, so that nobody loads a language that nobody reads. */
const labels: Readonly<Record<CpvLanguage, () => Promise<{ readonly default: string }>>> = {
  en: () => import("./cpv-en.json", { with: { type: "json" } }),
  de: () => import("./cpv-de.json", { with: { type: "json" } }),
  fr: () => import("./cpv-fr.json", { with: { type: "json" } }),
  es: () => import("./cpv-es.json", { with: { type: "json" } }),
  pl: () => import("./cpv-pl.json", { with: { type: "json" } }),
};

/** Loads the vocabulary: 9,454 codes, and a quarter of a megabyte for each language. */
export async function loadCpv(languages: readonly CpvLanguage[] = []): Promise<Cpv> {
  const codes = await import("./cpv.json", { with: { type: "json" } });
  const entries = readEntries(codes.default);
  const places = new Map(entries.flatMap(({ code }, at) => [[code, at] as const, [code.slice(0, 8), at] as const]));
  const children = Map.groupBy(entries, ({ parent }) => parent);
  const texts = new Map<CpvLanguage, string[]>();
  for (const language of languages) {
    const text = await labels[language]();
    texts.set(language, backCoded(text.default.split("\n")));
  }
  const placeOf = (code: string): number => places.get(code) ?? -1;
  return {
    entries,
    entryOf: (code) => entries[placeOf(code)] ?? null,
    childrenOf: (code) => children.get(code === null ? null : (entries[placeOf(code)]?.code ?? code)) ?? [],
    labelOf: (code, language) => texts.get(language)?.[placeOf(code)] ?? null,
  };
}

const kinds: Readonly<Record<string, CpvEntry["kind"]>> = { g: "goods", w: "works", s: "services" };

function readEntries(text: string): CpvEntry[] {
  const rows = columnsOf(text);
  const codes = backCoded(rows.map(([code = ""]) => code));
  const byDigits = new Map(codes.map((code) => [code.slice(0, 8), code]));
  let kind: CpvEntry["kind"] = "goods";
  return codes.map((code, at) => {
    kind = kinds[rows[at]?.[1] ?? ""] ?? kind;
    return { code, kind, parent: parentOf(code.slice(0, 8), byDigits) };
  });
}

/** Digits tell division, group, class and category; those beyond the fifth tell apart within one category. */
function parentOf(digits: string, byDigits: ReadonlyMap<string, string>): string | null {
  const lengths = digits.endsWith("000") ? [4, 3, 2] : [5, 4, 3, 2];
  const above = lengths.map((length) => digits.slice(0, length).padEnd(8, "0")).filter((one) => one !== digits);
  return above.map((one) => byDigits.get(one)).find((one) => one !== undefined) ?? null;
}
