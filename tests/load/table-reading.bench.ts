// Reading a vendor's file: a CSV of a million rows mapped, checked and hashed, beside a bare split of its lines.
import { benchOptions, print } from "./figures.ts";
import { tableFigures } from "./table-reading.ts";

const options = benchOptions({ rows: 1_000_000 });
const { rowsPerSecond, splitRowsPerSecond, peakMegabytes, splitPeakMegabytes, wrongTold, wrongWritten, ...file } =
  await tableFigures(options.rows);
const common = {
  bench: "table-reading",
  ...file,
  peerIs: "the same file split at its line ends and separators",
} as const;

print({
  ...common,
  figure: "mapped_rows",
  unit: "rows/s",
  value: rowsPerSecond,
  peer: splitRowsPerSecond,
  ratio: rowsPerSecond / splitRowsPerSecond,
});
print({ ...common, figure: "peak_memory", unit: "MB", value: peakMegabytes, peer: splitPeakMegabytes, atMost: 300 });
if (wrongTold !== wrongWritten) throw new Error(`${wrongTold} of ${wrongWritten} wrong rows were told`);
