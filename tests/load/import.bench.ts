// A vendor's catalogue of a million rows, 5,000 of them bad, checked and applied; then the same file again.
import { benchOptions, print } from "./figures.ts";
import { importFigures } from "./import-figures.ts";

const options = benchOptions({ rows: 1_000_000 });
const { rows, megabytes, seconds, accepted, refused, copySeconds, ...rest } = await importFigures(options.rows);
const { againSeconds, againChanged, searchTold, workerPeakMegabytes } = rest;
const common = {
  bench: "import",
  rows,
  megabytes,
  peerIs: "the same values copied into one unlogged table, without any check",
} as const;

print({ ...common, figure: "import", unit: "s", value: seconds, peer: copySeconds, ratio: seconds / copySeconds });
print({
  ...common,
  figure: "imported_rows",
  unit: "rows/s",
  value: rows / seconds,
  peer: rows / copySeconds,
  accepted,
  refused,
});
print({ ...common, figure: "import_again", unit: "s", value: againSeconds, changed: againChanged, searchTold });
print({ ...common, figure: "worker_peak_memory", unit: "MB", value: workerPeakMegabytes, atMost: 300 });
const bad = Math.floor(options.rows / 200);
if (refused !== bad || accepted !== rows - bad) throw new Error(`${accepted} taken and ${refused} refused of ${rows}`);
if (againChanged !== 0 || searchTold !== 0) throw new Error(`the same file again changed ${againChanged} offers`);
