import type { Unit } from "./unit.ts";
import { unitOf, unitsByCode } from "./unit.ts";
import { unitAliases } from "./unit-aliases.ts";
import { codeOfLooseSymbol, codeOfSymbol } from "./unit-symbols.ts";

/** Codes that files use far more often for pieces, pallets, bottles, gigajoules, horsepower, or for data. */
const otherwiseInTrade: ReadonlySet<string> = new Set(["STK", "PAL", "FL", "GJ", "PS", "GB"]);

/**
 * The code of the unit that a file means, or null if that cannot be told. In a document whose units are codes by its
 * standard, look them up with `unitOf`.
 *
 * In this order: a code of the lists in force; a spelling used in trade in some language (`PCE`, `Stk`, `pcs`, `to`); the
 * unit's symbol (`m²`, `kWh`), if only one unit has it; a code in small letters; a symbol without its product signs; a
 * deprecated code; a packing unit that moved to Recommendation 21 (`BX` is now `XBX`). `Mg`, which is a ton if written
 * with care and a milligram if not, and its like are nobody's.
 */
export function unitCodeOf(text: string): string | null {
  const written = text.normalize("NFC").trim();
  const listed = unitOf(written);
  if (listed?.status === "active" && !otherwiseInTrade.has(written)) return listed.code;
  const small = written.toLowerCase();
  const spelt = unitAliases.get(small) ?? unitAliases.get(small.replace(/[\s.]/g, ""));
  const symbol = codeOfSymbol(written);
  if (spelt !== undefined) return symbol !== null && isOtherAmount(spelt, symbol) ? null : spelt;
  if (symbol !== null) return symbol;
  const code = codeInSmallLetters(written) ?? codeOfLooseSymbol(written);
  if (code !== null) return code;
  if (otherwiseInTrade.has(written)) return null;
  return listed?.status === "deprecated" ? listed.code : packingOf(unitOf(written.toUpperCase()));
}

/** Whether two units measure the same in different amounts. */
function isOtherAmount(spelt: string, symbol: string): boolean {
  const [a, b] = [unitOf(spelt), unitOf(symbol)];
  if (a?.factor == null || b?.factor == null || a.dimension !== b.dimension) return false;
  return a.factor.num * b.factor.den !== b.factor.num * a.factor.den;
}

function codeInSmallLetters(written: string): string | null {
  if (!/^\p{L}[\p{Ll}\d]{2}$/u.test(written)) return null;
  const unit = unitOf(written.toUpperCase());
  return unit?.status === "active" && unit.list === "rec20" ? unit.code : null;
}

function packingOf(unit: Unit | null): string | null {
  if (unit?.status !== "deleted" || !unit.category.includes("3.3")) return null;
  return unitsByCode().get(`X${unit.code}`)?.code ?? null;
}
