import { readPart } from "./workbook.ts";
import type { ZipArchive } from "./zip-archive.ts";

/** How a cell's number is shown: as a date, a time of day, or a number. */
export type NumberKind = "number" | "date" | "time";

const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const builtInTimes = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47]);

/** The kind of each cell style, by its index. */
export async function numberKindsOf(zip: ZipArchive, path: string | null): Promise<readonly NumberKind[]> {
  if (path === null) return [];
  const own = new Map<number, NumberKind>();
  const kinds: NumberKind[] = [];
  let inCellFormats = false;
  await readPart(zip, path, (name, attributes) => {
    if (name === "numFmt") own.set(Number(attributes["numFmtId"]), kindOfCode(attributes["formatCode"] ?? ""));
    // Elements are told only when they open: what follows the cells' formats ends them.
    else if (name === "cellXfs") inCellFormats = true;
    else if (name === "cellStyles" || name === "dxfs") inCellFormats = false;
    else if (name === "xf" && inCellFormats) {
      const id = Number(attributes["numFmtId"] ?? "0");
      kinds.push(own.get(id) ?? builtInKind(id));
    }
  });
  return kinds;
}

function builtInKind(id: number): NumberKind {
  if (builtInDates.has(id)) return "date";
  return builtInTimes.has(id) ? "time" : "number";
}

/** A format's first section, without what it writes literally, has the letters of days or hours, or it has not. */
function kindOfCode(code: string): NumberKind {
  const first = code.split(";")[0] ?? "";
  const letters = first
    .replace(/\\.|_.|\*./g, "")
    .replace(/"[^"]*"/g, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .toLowerCase();
  if (/[#0?]/.test(letters) && !/[ymdhs]{1,4}[./:\- ]|[./:\- ][ymdhs]{1,4}/.test(letters)) return "number";
  if (/[yd]|mmm/.test(letters)) return "date";
  if (/[hs]/.test(letters)) return "time";
  return /m/.test(letters) ? "date" : "number";
}
