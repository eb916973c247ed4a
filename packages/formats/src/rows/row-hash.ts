import { hash } from "node:crypto";
import type { CatalogueRow } from "./catalogue-row.ts";

const byText = (a: string, b: string): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** The row with its lists in one order, so that files which say the same in another order give the same. Files keep theirs. */
export function inOrder(row: CatalogueRow): CatalogueRow {
  const { texts, gtins, classes, attributes, prices, buyerPartNumbers } = row;
  const lists = [texts, gtins, classes, attributes, prices, buyerPartNumbers];
  if (lists.every((list) => list === undefined || list.length < 2)) return row;
  return {
    ...row,
    ...(texts && { texts: ordered(texts, ({ language }) => language) }),
    ...(gtins && { gtins: ordered(gtins, ({ gtin, unit }) => `${gtin} ${unit ?? ""}`) }),
    ...(classes && { classes: ordered(classes, ({ scheme, code }) => `${scheme} ${code}`) }),
    ...(attributes && { attributes: ordered(attributes, ({ name }) => name) }),
    ...(prices && { prices: ordered(prices, rungKey) }),
    ...(buyerPartNumbers && { buyerPartNumbers: ordered(buyerPartNumbers, ({ buyer }) => buyer ?? "") }),
  };
}

function ordered<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  const keys = items.map(keyOf);
  if (keys.every((key, at) => at === 0 || (keys[at - 1] ?? "") <= key)) return items;
  const keyed = items.map((item, at) => ({ item, key: keys[at] ?? "" }));
  return keyed.sort((a, b) => byText(a.key, b.key)).map(({ item }) => item);
}

/** What makes a rung that rung: currency, period and quantity, ordered as the numbers are. */
export function rungKey({ currency, validFrom = "", validUntil = "", minQuantity }: CatalogueRowRung): string {
  const [whole = "", fraction = ""] = minQuantity.split(".");
  return `${currency} ${validFrom} ${validUntil} ${whole.padStart(18, "0")}.${fraction}`;
}

type CatalogueRowRung = NonNullable<CatalogueRow["prices"]>[number];

/** Stands for what was not told, which is neither null nor empty: nothing that is told is a number of its kind. */
const untold = -1;

/** Members in one order, without their names: far quicker to write than names that are sorted each time. */
function membersOf(row: CatalogueRow): readonly unknown[] {
  const list = <Item>(items: readonly Item[] | undefined, members: (item: Item) => readonly unknown[]): unknown =>
    items === undefined ? untold : items.map(members);
  const { content, deliveryTerm } = row;
  return [
    [row.partNumber, row.mode, row.replacesPrices ?? untold],
    list(row.texts, ({ language, name, description, keywords }) => [
      language,
      ...[name, description, keywords].map((text) => (text === undefined ? untold : text)),
    ]),
    list(row.gtins, ({ gtin, unit }) => [gtin, unit]),
    list(row.classes, ({ scheme, code }) => [scheme, code]),
    list(row.attributes, ({ name, values, unit, unitText = untold }) => [name, values, unit, unitText]),
    list(
      row.prices,
      ({ currency, minQuantity, amount, baseQuantity = untold, validFrom = untold, validUntil = untold }) => [
        ...[currency, minQuantity, amount, baseQuantity, validFrom, validUntil],
      ],
    ),
    list(row.buyerPartNumbers, ({ buyer, partNumber }) => [buyer, partNumber]),
    list(row.files, ({ kind, address, title = untold, mediaType = untold }) => [kind, address, title, mediaType]),
    content === undefined ? untold : content && [content.unit, content.ratio.num, content.ratio.den],
    deliveryTerm === undefined ? untold : deliveryTerm && [deliveryTerm.term, deliveryTerm.place],
    scalarMembers.map((member) => (row[member] === undefined ? untold : row[member])),
  ];
}

const scalarMembers = [
  "brand",
  "manufacturer",
  "manufacturerPartNumber",
  "orderUnit",
  "minQuantity",
  "multiple",
  "maxQuantity",
  "leadTimeDays",
  "condition",
  "stock",
  "validFrom",
  "validUntil",
] as const satisfies readonly (keyof CatalogueRow)[];

/**
 * SHA-256 of what a row says, in hex. Rows with the same hash change nothing that the row before did not, however they
 * were written: import jobs leave them out.
 */
export function rowHash(row: CatalogueRow): string {
  return hash("sha256", JSON.stringify(membersOf(inOrder(row))), "hex");
}
