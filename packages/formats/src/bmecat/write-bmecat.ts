import type { CatalogueRow } from "../rows/catalogue-row.ts";
import type { BmecatGroup } from "./bmecat-item.ts";
import { bmecatCurrencies } from "./code-lists.ts";
import type { ExportProblem } from "./export-problem.ts";
import { ExportReport, fits } from "./export-problem.ts";
import { languageCodeOf } from "./languages.ts";
import { productXml } from "./product-xml.ts";
import { branch, cleanText, leaf } from "./xml-text.ts";

export type BmecatExport = {
  /** At most 20 characters. */
  readonly catalogueId: string;
  /** Such as `1.0`: two numbers of at most three digits. */
  readonly catalogueVersion: string;
  readonly name?: string;
  /** A tag such as `de`. */
  readonly language: string;
  readonly currency?: string;
  readonly supplier: string;
  /** `YYYY-MM-DD`, or an instant in UTC. */
  readonly generatedAt: string;
  readonly groups?: readonly BmecatGroup[];
  readonly rows: Iterable<CatalogueRow> | AsyncIterable<CatalogueRow>;
  /** Which articles stand in which groups; asked for behind the rows. */
  readonly members?: Iterable<GroupMember> | AsyncIterable<GroupMember>;
  /** Told as soon as a row was written, or not written. */
  readonly onProblem?: (problem: ExportProblem) => void;
};

export type GroupMember = { readonly group: string; readonly partNumber: string };

const partNumberMax = 32;
const groupIdMax = 50;
const namespace = "http://www.bmecat.org/bmecat/2005fd";

/**
 * A catalogue as BMEcat 2005, transaction T_NEW_CATALOG, a piece at a time. What is written validates against the
 * standard's schema; what the standard cannot say is told by `onProblem`.
 *
 * @throws RangeError where the header's own values do not fit the standard.
 */
export async function* writeBmecat(catalogue: BmecatExport): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<BMECAT xmlns="${namespace}" version="2005">\n${headerXml(catalogue)}\n<T_NEW_CATALOG>\n`;
  yield groupsXml(catalogue);
  for await (const row of catalogue.rows) {
    const report = new ExportReport(row.partNumber);
    const product = productXml(row, report);
    for (const problem of report.problems) catalogue.onProblem?.(problem);
    if (product !== null) yield `${product}\n`;
  }
  for await (const { group, partNumber } of catalogue.members ?? []) {
    // Its article was left out for the same reason, and told.
    if (!fits(partNumber, partNumberMax)) continue;
    yield `${branch("PRODUCT_TO_CATALOGGROUP_MAP", [leaf("PROD_ID", partNumber), leaf("CATALOG_GROUP_ID", group)])}\n`;
  }
  yield "</T_NEW_CATALOG>\n</BMECAT>\n";
}

function headerXml({
  catalogueId,
  catalogueVersion,
  name,
  language,
  currency,
  supplier,
  generatedAt,
}: BmecatExport): string {
  const lang = languageCodeOf(language);
  const hasRoom = fits(catalogueId, 20) && /^\d{1,3}\.\d{1,3}$/.test(catalogueVersion) && cleanText(supplier) !== "";
  if (!hasRoom || lang === null || (currency !== undefined && !bmecatCurrencies.has(currency))) {
    throw new RangeError("BMEcat has no room for this catalogue's id, version, language, currency or supplier");
  }
  return branch("HEADER", [
    branch("CATALOG", [
      leaf("LANGUAGE", lang, { default: "true" }),
      leaf("CATALOG_ID", catalogueId),
      leaf("CATALOG_VERSION", catalogueVersion),
      leaf("CATALOG_NAME", name === undefined ? null : [...name].slice(0, 100).join("")),
      leaf("GENERATION_DATE", generatedAt),
      leaf("CURRENCY", currency),
    ]),
    branch("SUPPLIER", [leaf("SUPPLIER_NAME", [...supplier].slice(0, 50).join(""))]),
  ]);
}

function groupsXml({ groups = [] }: BmecatExport): string {
  if (groups.length === 0) return "";
  const parents = new Set(groups.map(({ parent }) => parent));
  const structures = groups.map(({ id, parent, names }) => {
    if (!fits(id, groupIdMax)) throw new RangeError(`BMEcat has no room for the group's id ${id}`);
    const inner = parents.has(id) ? "node" : "leaf";
    const type = parent === null ? "root" : inner;
    const named = names.flatMap(({ language, text }) => {
      const lang = languageCodeOf(language);
      return lang === null ? [] : [leaf("GROUP_NAME", [...text].slice(0, 50).join(""), { lang })];
    });
    const parts = [
      leaf("GROUP_ID", id),
      ...(named.length > 0 ? named : [leaf("GROUP_NAME", id)]),
      leaf("PARENT_ID", parent ?? "0"),
    ];
    return branch("CATALOG_STRUCTURE", parts, { type });
  });
  return `${branch("CATALOG_GROUP_SYSTEM", structures)}\n`;
}
