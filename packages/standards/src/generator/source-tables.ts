/** Rows of comma-separated text with a header line, by column; quotes and doubled quotes as in RFC 4180. */
export function readTable(text: string): Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = cellsOf(text.replace(/^\ufeff/, ""));
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}

const cell = /"((?:[^"]|"")*)"(,|\r?\n|$)|([^,\r\n]*)(,|\r?\n|$)/gy;

function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [whole, quoted, afterQuoted, plain = "", afterPlain] of text.matchAll(cell)) {
    if (whole === "" && row.length === 0) break;
    row.push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
    if ((afterQuoted ?? afterPlain) === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Codes and names of a code list in XML whose entries hold an `Id` and a `Name`. */
export function readCodeList(xml: string): (readonly [code: string, name: string])[] {
  const entries = [...xml.matchAll(/<Code>\s*<Id>([^<]*)<\/Id>\s*<Name>([^<]*)<\/Name>/g)];
  return entries.map(([, code = "", name = ""]) => [code.trim(), unescaped(name)] as const);
}

function unescaped(text: string): string {
  const plain = text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'");
  return plain.replace(/&amp;/g, "&").replace(/\s+/g, " ").trim();
}
