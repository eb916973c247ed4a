import { hash } from "node:crypto";
import { canonicalJson } from "@kontor/kernel";
import type { CatalogueRow } from "./catalogue-row.ts";

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** The row with its lists in one order, so that files which say the same in another order give the same. Files keep theirs. */
export function inOrder(row: CatalogueRow): CatalogueRow {
  const { texts, gtins, classes, attributes, prices, buyerPartNumbers } = row;
  return {
    ...row,
    ...(texts && { texts: texts.toSorted((a, b) => byText(a.language, b.language)) }),
    ...(gtins && { gtins: gtins.toSorted((a, b) => byText(a.gtin, b.gtin) || byText(a.unit ?? "", b.unit ?? "")) }),
    ...(classes && { classes: classes.toSorted((a, b) => byText(a.scheme, b.scheme) || byText(a.code, b.code)) }),
    ...(attributes && { attributes: attributes.toSorted((a, b) => byText(a.name, b.name)) }),
    ...(prices && { prices: prices.toSorted((a, b) => byText(rungKey(a), rungKey(b))) }),
    ...(buyerPartNumbers && {
      buyerPartNumbers: buyerPartNumbers.toSorted((a, b) => byText(a.buyer ?? "", b.buyer ?? "")),
    }),
  };
}

/** What makes a rung that rung: currency, period and quantity, ordered as the numbers are. */
export function rungKey({ currency, validFrom = "", validUntil = "", minQuantity }: CatalogueRowRung): string {
  const [whole = "", fraction = ""] = minQuantity.split(".");
  return `${currency} ${validFrom} ${validUntil} ${whole.padStart(18, "0")}.${fraction}`;
}

type CatalogueRowRung = NonNullable<CatalogueRow["prices"]>[number];

/**
 * SHA-256 of what a row says, in hex. Rows with the same hash change nothing that the row before did not, however they
 * were written: import jobs leave them out.
 */
export function rowHash(row: CatalogueRow): string {
  return hash("sha256", canonicalJson(inOrder(row)), "hex");
}
