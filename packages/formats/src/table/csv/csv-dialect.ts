import type { Separator } from "../table.ts";
import { separators } from "../table.ts";
import type { CsvDialect, CsvRecord } from "./csv-splitter.ts";
import { CsvSplitter } from "./csv-splitter.ts";

const rowsLookedAt = 100;

/** Excel's own first line, which names the separator and is no row. */
export const separatorLine = /^\ufeff?sep=([,;\t|])\r?\n/i;

/** The separator of a CSV text by its beginning: the one that gives most rows the same number of cells, and most of them. */
export function csvDialectOf(sample: string, told?: Separator): CsvDialect {
  const newline = sample.includes("\n") || !sample.includes("\r") ? "\n" : "\r";
  const named = separators.find((separator) => separator === separatorLine.exec(sample)?.[1]);
  const separator = told ?? named ?? bestSeparator(sample, newline);
  return { separator, newline };
}

function bestSeparator(sample: string, newline: CsvDialect["newline"]): Separator {
  let [best, bestScore]: [Separator, number] = [";", 0];
  for (const separator of separators) {
    const score = scoreOf(sampleRecords(sample, { separator, newline }));
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}

/** Rows of the beginning of a text; the last, which may be cut off, only where it is the only one. */
function sampleRecords(sample: string, dialect: CsvDialect): readonly CsvRecord[] {
  const splitter = new CsvSplitter(dialect);
  const records = splitter.push(sample);
  return (records.length > 0 ? records : splitter.end()).slice(0, rowsLookedAt);
}

/** Share of the rows that have the most frequent number of cells, times a weight of that number; 0 for a single column. */
function scoreOf(records: readonly CsvRecord[]): number {
  const filled = records.filter(({ cells }) => cells.length > 0);
  const byWidth = Map.groupBy(filled, ({ cells }) => cells.length);
  let best = 0;
  for (const [width, rows] of byWidth) {
    if (width < 2) continue;
    const faulty = rows.filter(({ faults }) => faults !== undefined).length;
    const share = (rows.length - faulty) / filled.length;
    best = Math.max(best, share * share * Math.log2(width + 1));
  }
  return best;
}
