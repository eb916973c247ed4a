import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Folder of the recorded auctions, or of other records, or null when this machine has none. */
export function recordsFolder(name = "auctions"): string | null {
  // biome-ignore lint/style/noProcessEnv: the one setting of the replay tests, read here only.
  const folder = join(process.env.KONTOR_REPLAY_DATA ?? join(root, "../shared/data"), name);
  if (existsSync(folder)) return folder;
  process.stdout.write("skipped: no replay data\n");
  return null;
}

/** Rows of a CSV file with a header line; quotes and doubled quotes as in RFC 4180. */
export function readCsv(path: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...rows] = parseCsv(readFileSync(path, "utf8"));
  if (header === undefined) throw new Error(`${path} is empty`);
  return rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ""])));
}

/** Rows and cells; quotes and doubled quotes as in RFC 4180. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    rows.push(row);
    row = [];
    cell = "";
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ",") {
      row.push(cell);
      cell = "";
    } else if (character === "\n") endRow();
    else if (character !== "\r") cell += character;
  }
  if (cell !== "" || row.length > 0) endRow();
  return rows;
}

/** Rows of one case, in file order. */
export function groupRows(
  rows: readonly Readonly<Record<string, string>>[],
  keyOf: (row: Readonly<Record<string, string>>) => string,
): ReadonlyMap<string, readonly Readonly<Record<string, string>>[]> {
  const groups = new Map<string, Readonly<Record<string, string>>[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** The column, which must be there. */
export function column(row: Readonly<Record<string, string>>, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`column ${name} is missing`);
  return value;
}
