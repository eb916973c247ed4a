import { fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pass, PassOrder } from "./table-pass.ts";

/** What one pass over a file of a million rows takes. */
export type TableFigures = {
  readonly rows: number;
  readonly megabytes: number;
  /** Rows that are read, mapped, checked and hashed in a second. */
  readonly rowsPerSecond: number;
  /** Seconds of one core that the file took. */
  readonly cpuSeconds: number;
  /** Rows told as wrong, of those that were written wrong. */
  readonly wrongTold: number;
  readonly wrongWritten: number;
  /** The whole process at its largest, of which the runtime itself is a part. */
  readonly peakMegabytes: number;
  /** The same file, split at its line ends and separators alone. */
  readonly splitRowsPerSecond: number;
  readonly splitPeakMegabytes: number;
};

const wrongEvery = 200;
const wrongAt = 7;
const header =
  "Artikelnummer;Bezeichnung;Beschreibung;EAN;Hersteller;Herstellernummer;UNSPSC;Einheit;Preis;Preiseinheit;Menge 2;Preis 2;Mindestmenge;Lieferzeit\n";

/** One row; every two-hundredth has a check digit that does not fit. */
function lineOf(at: number): string {
  const digits = `40${String(at % 10_000_000_000).padStart(10, "0")}`;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  const check = (10 - (sum % 10) + (at % wrongEvery === wrongAt ? 1 : 0)) % 10;
  const price = 100 + (at % 9_000);
  return `A-${at};"Schraube M${at % 30}, verzinkt";Sechskantschraube nach Norm, Stahl verzinkt, ${at % 200} mm;${digits}${check};Hersteller ${at % 161};H${at};31161504;Stk;${price},50;100;500;${price},25;100;${at % 20}\n`;
}

/** Writes a file of so many rows and gives its place. */
async function writeRows(folder: string, rows: number): Promise<string> {
  const path = join(folder, "rows.csv");
  const file = createWriteStream(path);
  file.write(header);
  let text = "";
  for (let at = 0; at < rows; at++) {
    text += lineOf(at);
    if (text.length < 262_144 && at + 1 < rows) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end();
  await once(file, "close");
  return path;
}

/** One pass in a process of its own. */
async function pass(order: PassOrder): Promise<Pass> {
  const child = fork(new URL("./table-pass.ts", import.meta.url), [], { execArgv: [] });
  child.send(order);
  const answer = once(child, "message");
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the pass ended with ${code}`);
  });
  const [told] = (await Promise.race([answer, ended])) as [Pass];
  await ended.catch(() => undefined);
  return told;
}

/** Figures of one file: split, and read, mapped, checked and hashed. */
export async function tableFigures(rows: number): Promise<TableFigures> {
  const folder = await mkdtemp(join(tmpdir(), "kontor-table-reading-"));
  try {
    const path = await writeRows(folder, rows);
    const split = await pass({ kind: "split", path });
    const mapped = await pass({ kind: "map", path });
    if (mapped.rows !== rows || split.rows !== rows)
      throw new Error(`${mapped.rows} and ${split.rows} of ${rows} rows`);
    return {
      rows,
      megabytes: (await stat(path)).size / 1_000_000,
      rowsPerSecond: rows / mapped.seconds,
      cpuSeconds: mapped.cpuSeconds,
      wrongTold: mapped.wrong,
      wrongWritten: Math.ceil((rows - wrongAt) / wrongEvery),
      peakMegabytes: mapped.peakMegabytes,
      splitRowsPerSecond: rows / split.seconds,
      splitPeakMegabytes: split.peakMegabytes,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
