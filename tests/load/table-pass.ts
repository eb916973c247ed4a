// One pass over a file in a process of its own, so that what is held in memory is the pass's alone.
import { createReadStream } from "node:fs";
import type { Mapping } from "@kontor/formats";
import { compileMapping, readTable, rowHash } from "@kontor/formats";

export type PassOrder = { readonly kind: "map" | "split"; readonly path: string };

export type Pass = {
  readonly rows: number;
  readonly wrong: number;
  readonly seconds: number;
  /** What the process computed for; on a busy machine less than the seconds. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
};

/** Reads, maps, checks and hashes every row. */
async function mapRows(path: string): Promise<Pass> {
  const peak = peakOf();
  const took = stopwatch();
  const table = await readTable(createReadStream(path));
  const compiled = compileMapping(mapping, table);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  let [rows, wrong, hashed] = [0, 0, 0];
  for await (const row of table.rows) {
    const mapped = compiled.mapRow(row);
    if (mapped.ok) hashed += rowHash(mapped.row).length;
    else wrong++;
    if (++rows % 5_000 === 0) peak.look();
  }
  if (hashed !== (rows - wrong) * 64) throw new Error("a row has no hash");
  return { rows, wrong, ...took(), peakMegabytes: peak.megabytes() };
}

/** What reading cannot be faster than: bytes to text, text to lines, lines to cells. */
async function splitRows(path: string): Promise<Pass> {
  const peak = peakOf();
  const took = stopwatch();
  let [rows, cells, rest] = [0, 0, ""];
  for await (const piece of createReadStream(path, "utf8")) {
    const lines = (rest + String(piece)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      cells += line.split(";").length;
      if (++rows % 5_000 === 0) peak.look();
    }
  }
  if (cells < rows) throw new Error("a row has no cells");
  return { rows: rows - 1, wrong: 0, ...took(), peakMegabytes: peak.megabytes() };
}

function stopwatch(): () => { readonly seconds: number; readonly cpuSeconds: number } {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1_000_000 };
  };
}

function peakOf(): { readonly look: () => void; readonly megabytes: () => number } {
  let bytes = 0;
  const look = (): void => {
    bytes = Math.max(bytes, process.memoryUsage.rss());
  };
  return { look, megabytes: () => bytes / 1_000_000 };
}

const mapping: Mapping = {
  columns: [
    { column: "Artikelnummer", field: "part_number" },
    { column: "Bezeichnung", field: "name", language: "de" },
    { column: "Beschreibung", field: "description", language: "de" },
    { column: "EAN", field: "gtin", unit: null },
    { column: "Hersteller", field: "manufacturer" },
    { column: "Herstellernummer", field: "manufacturer_part_number" },
    { column: "UNSPSC", field: "class", scheme: "UNSPSC" },
    { column: "Einheit", field: "order_unit" },
    { column: "Preis", field: "price", tier: 0 },
    { column: "Preiseinheit", field: "price_base_quantity" },
    { column: "Menge 2", field: "tier_quantity", tier: 2 },
    { column: "Preis 2", field: "price", tier: 2 },
    { column: "Mindestmenge", field: "min_quantity" },
    { column: "Lieferzeit", field: "lead_time_days" },
  ],
  constants: [{ field: "currency", constant: "EUR" }],
  decimalMark: null,
  dateFormat: null,
  unitAliases: {},
};

process.once("message", async ({ kind, path }: PassOrder) => {
  const pass = await (kind === "map" ? mapRows(path) : splitRows(path));
  process.send?.(pass, () => process.disconnect());
});
