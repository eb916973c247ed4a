import type { Unit } from "./unit.ts";
import { unitsByCode } from "./unit.ts";

type Index = ReadonlyMap<string, string>;

let indexes: { readonly exact: Index; readonly loose: Index } | undefined;

function symbolIndexes(): { readonly exact: Index; readonly loose: Index } {
  indexes ??= { exact: indexBy(exactKey), loose: indexBy(looseKey) };
  return indexes;
}

/** The code of the one unit of a symbol. Capitals count: mW is not MW. Raised digits may be plain ones, · may be a blank. */
export function codeOfSymbol(symbol: string): string | null {
  return symbolIndexes().exact.get(exactKey(symbol)) ?? null;
}

/** As `codeOfSymbol`, also where the product signs were left out: `mAh`. */
export function codeOfLooseSymbol(symbol: string): string | null {
  return symbolIndexes().loose.get(looseKey(symbol)) ?? null;
}

function exactKey(symbol: string): string {
  const plain = symbol
    .trim()
    .normalize("NFKC")
    .replace(/\^/g, "")
    .replace(/\u2212/g, "-");
  return plain.replace(/\s*[·.*⋅]\s*|\s+/g, "·").replace(/^([^-/]+)-1$/, "1/$1");
}

function looseKey(symbol: string): string {
  return exactKey(symbol).replace(/·/g, "");
}

function indexBy(keyOf: (symbol: string) => string): Index {
  const usable = [...unitsByCode().values()].filter(({ symbol, status }) => symbol !== "" && status !== "deleted");
  const found = new Map<string, string>();
  for (const [key, units] of Map.groupBy(usable, ({ symbol }) => keyOf(symbol))) {
    const code = soleUnit(units)?.code;
    if (code !== undefined) found.set(key, code);
  }
  return found;
}

/** The one unit among those of a symbol that is meant without doubt: the only one, or the only normative one in force. */
function soleUnit(units: readonly Unit[]): Unit | undefined {
  if (units.length === 1) return units[0];
  const normative = units.filter(({ category, status }) => category.startsWith("1") && status === "active");
  return normative.length === 1 ? normative[0] : undefined;
}
