import { readFile } from "node:fs/promises";

/** Rows of a comma-separated file by the names in its first line. The records hold no quotes. */
export async function readCsv(path: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const [head = "", ...lines] = (await readFile(path, "utf8")).split(/\r?\n/).filter((line) => line !== "");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}
