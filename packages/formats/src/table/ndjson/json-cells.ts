/** A JSON object flattened: `texts.de.name`, `tags.0`. Numbers keep the digits they were written with. */
export type JsonCells = {
  readonly cells: ReadonlyMap<string, string>;
  /** Names of cells that were numbers. */
  readonly numbers: ReadonlySet<string>;
};

const depthMax = 16;

/** A number's own digits; parsing them into a number would round them. */
class NumberText {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}

type Reviver = (key: string, value: unknown, context: { readonly source: string }) => unknown;

/** Cells of one line, null for what is JSON but no object, or why it is none. A member that is null is an empty cell. */
export function jsonCellsOf(line: string): JsonCells | "json_malformed" | "json_not_object" {
  let parsed: unknown;
  try {
    const keepDigits: Reviver = (_, value, context) =>
      typeof value === "number" ? new NumberText(context.source) : value;
    parsed = JSON.parse(line, keepDigits as (key: string, value: unknown) => unknown);
  } catch {
    return "json_malformed";
  }
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) return "json_not_object";
  const cells = new Map<string, string>();
  const numbers = new Set<string>();
  const flatten = (value: unknown, path: string, depth: number): boolean => {
    if (value === null) cells.set(path, "");
    else if (value instanceof NumberText) {
      cells.set(path, value.digits);
      numbers.add(path);
    } else if (typeof value === "object") {
      if (depth === depthMax) return false;
      return Object.entries(value).every(([key, member]) =>
        flatten(member, path === "" ? key : `${path}.${key}`, depth + 1),
      );
    } else cells.set(path, String(value));
    return true;
  };
  return flatten(parsed, "", 0) ? { cells, numbers } : "json_malformed";
}
