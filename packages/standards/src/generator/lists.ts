import { readCodeList, readTable } from "./source-tables.ts";
import type { Row } from "./unit-worth.ts";
import { worthOf } from "./unit-worth.ts";

/** What a folder of source lists must hold, by name; `read` gives a file's text. */
export type Sources = { readonly read: (path: string) => string };

/** One list as the package ships it: a file's name, and lines of columns that tabs part. */
export type ShippedList = { readonly file: string; readonly lines: readonly string[] };

const cpvLanguages = ["en", "de", "fr", "es", "pl"] as const;

/** Every list that the package ships, made from the source lists. */
export function shippedLists({ read }: Sources): ShippedList[] {
  const cpv = readTable(read("codes/cpv-2008.csv"));
  return [
    { file: "units/rec20.json", lines: readTable(read("codes/unece-rec20-units.csv")).map(unitLine) },
    { file: "units/rec21.json", lines: packagingLines(read("peppol/post-award-3/codelists/UNECERec21-9e.xml")) },
    { file: "currencies/iso4217.json", lines: currencyLines(readTable(read("codes/iso4217-codes-all.csv"))) },
    { file: "classifications/cpv.json", lines: cpvCodeLines(cpv) },
    ...cpvLanguages.map((language) => ({
      file: `classifications/cpv-${language}.json`,
      lines: frontCoded(cpv.map((row) => row[language] ?? "")),
    })),
  ];
}

/** Code, status, level and category, name, symbol, dimension, numerator, denominator, `~` if rounded. */
function unitLine(row: Row): string {
  const worth = worthOf(row);
  // The broken bar marks a row whose name was changed: it is in force.
  const status = (row["Status"] ?? "").replace("¦", "");
  const factor = worth === null ? ["", "", "", ""] : factorCells(worth);
  const told = ["CommonCode", "LevelAndCategory", "Name", "Symbol"].map((name) => (row[name] ?? "").trim());
  return line([told[0] ?? "", status, ...told.slice(1), ...factor]);
}

function factorCells({ value, exact, dimension }: NonNullable<ReturnType<typeof worthOf>>): string[] {
  return [dimension, String(value.num), value.den === 1n ? "" : String(value.den), exact ? "" : "~"];
}

function packagingLines(xml: string): string[] {
  return readCodeList(xml).map(([code, name]) => line([code, name]));
}

/** Code, number, decimals (empty where there are none to tell), withdrawal (year and month, empty in force), name. */
function currencyLines(rows: readonly Row[]): string[] {
  const byCode = new Map<string, { number: string; decimals: string; withdrawn: string; name: string }>();
  for (const row of rows) {
    const code = row["AlphabeticCode"] ?? "";
    if (code === "") continue;
    const known = byCode.get(code);
    const withdrawn = lastMonthIn(row["WithdrawalDate"] ?? "");
    const inForce = known !== undefined && known.withdrawn === "";
    if (inForce || (known !== undefined && withdrawn !== "" && withdrawn <= known.withdrawn)) continue;
    const decimals = (row["MinorUnit"] ?? "").replace("-", "");
    byCode.set(code, { number: row["NumericCode"] ?? "", decimals, withdrawn, name: (row["Currency"] ?? "").trim() });
  }
  return [...byCode]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { number, decimals, withdrawn, name }]) => line([code, number, decimals, withdrawn, name]));
}

/** The last year, with its month where one is told, of a date that may be a span, such as `1989 to 1990`. */
function lastMonthIn(text: string): string {
  return text.match(/\d{4}(?:-\d{2}(?!\d))?/g)?.at(-1) ?? "";
}

/** Codes, and where the kind changes its first letter. Parents follow from the codes. */
function cpvCodeLines(rows: readonly Row[]): string[] {
  const codes = frontCoded(rows.map((row) => row["code"] ?? ""));
  const kinds = rows.map((row) => (row["kind"] ?? "").slice(0, 1));
  return codes.map((code, at) => line(kinds[at] === kinds[at - 1] ? [code] : [code, kinds[at] ?? ""]));
}

/** Each line with the number of leading characters that it shares with the one before, as one digit of base 36. */
function frontCoded(lines: readonly string[]): string[] {
  return lines.map((text, at) => {
    const before = at === 0 ? "" : (lines[at - 1] ?? "");
    let shared = 0;
    while (shared < 35 && shared < before.length && text[shared] === before[shared] && shared < text.length) shared++;
    return shared.toString(36) + text.slice(shared);
  });
}

function line(cells: readonly string[]): string {
  const broken = cells.find((one) => /[\t\n\r]/.test(one));
  if (broken !== undefined) throw new Error(`a cell holds a tab or a line's end: ${broken}`);
  return cells.join("\t").replace(/\t+$/, "");
}
