import { unitCodeOf } from "@kontor/standards";
import { bmecatUnits } from "./code-lists.ts";
import type { ExportReport } from "./export-problem.ts";

/** Units younger than the standard, by the nearest that it knows. */
const nearest: Readonly<Record<string, string>> = { H87: "C62" };

/**
 * A unit as the standard writes it: its code, or that of before packing units had an X. Only what would be read back as
 * the same unit is written.
 */
export function writtenUnit(code: string, member: string, report: ExportReport): string | null {
  const ways = [code, code.replace(/^X/, "")].filter((way) => bmecatUnits.has(way) && unitCodeOf(way) === code);
  if (ways[0] !== undefined) return ways[0];
  const near = nearest[code];
  report.tell(near === undefined ? "value_left_out" : "unit_replaced", member, code);
  return near ?? null;
}
