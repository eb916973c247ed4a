import { columnsOf } from "../shipped-lines.ts";
import rec20 from "./rec20.json" with { type: "json" };
import rec21 from "./rec21.json" with { type: "json" };

/** An exact fraction; `den` is positive. */
export type Ratio = { readonly num: bigint; readonly den: bigint };

export type Unit = {
  /** UN/CEFACT Recommendation 20, such as `KGM`; Recommendation 21 with an X before it, such as `XBX`. */
  readonly code: string;
  readonly list: "rec20" | "rec21";
  readonly name: string;
  /** Empty where there is none. */
  readonly symbol: string;
  /** Documents use active units; the others are read in those of former days. */
  readonly status: "active" | "deprecated" | "deleted";
  /** Level and category of Recommendation 20: `1` normative, `3.3` packing units and so on; empty in Recommendation 21. */
  readonly category: string;
  /**
   * What it measures, as powers of base units: `kg`, `m^2`, `kg·m^2·s^-2`; `count` of things, `ratio` of like to like. A
   * colon parts what has the same powers and is something else: `kg·m^2·s^-2:torque`. Null where it measures nothing
   * that others do: a box, a kilogram of nitrogen, a degree Celsius.
   */
  readonly dimension: string | null;
  /** What it is worth in SI's base units; `exact` is false if the list tells a rounded number. Null as `dimension` is. */
  readonly factor: (Ratio & { readonly exact: boolean }) | null;
};

const statuses = { "": "active", D: "deprecated", X: "deleted" } as const;

function readUnits(): Map<string, Unit> {
  const found = new Map<string, Unit>();
  for (const [code = "", status = "", category = "", name = "", symbol = "", ...worth] of columnsOf(rec20)) {
    const [dimension = "", num = "", den = "", rounded = ""] = worth;
    const factor = num === "" ? null : { num: BigInt(num), den: BigInt(den === "" ? 1 : den), exact: rounded === "" };
    const told = statuses[status === "D" || status === "X" ? status : ""];
    const measured = dimension === "" ? null : dimension;
    found.set(code, { code, list: "rec20", name, symbol, status: told, category, dimension: measured, factor });
  }
  for (const [suffix = "", name = ""] of columnsOf(rec21)) {
    const code = `X${suffix}`;
    const measure = { symbol: "", status: "active", category: "", dimension: null, factor: null } as const;
    found.set(code, { code, list: "rec21", name, ...measure });
  }
  return found;
}

let byCode: ReadonlyMap<string, Unit> | undefined;

/** Every unit by its code, read when it is first asked for. */
export function unitsByCode(): ReadonlyMap<string, Unit> {
  byCode ??= readUnits();
  return byCode;
}

/** The unit of a code, exactly as the lists write it, or null. */
export function unitOf(code: string): Unit | null {
  return unitsByCode().get(code) ?? null;
}
