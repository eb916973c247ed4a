import { unitCodeOf, unitOf, unitsByCode } from "@kontor/standards";
import type { CellReading } from "./cell.ts";
import { read, wrong } from "./cell.ts";

const knownMax = 10_000;

/** Reads units by the aliases of a mapping first, then as the trade writes them. Remembers what it has looked up. */
export class UnitReader {
  readonly #aliases: ReadonlyMap<string, string>;
  readonly #known = new Map<string, string | null>();

  constructor(aliases: Readonly<Record<string, string>>) {
    this.#aliases = new Map(Object.entries(aliases).map(([alias, code]) => [aliasKey(alias), code]));
  }

  /** The code of a unit; null where none is known by the text. */
  codeOf(text: string): string | null {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const code = this.#aliases.get(aliasKey(text)) ?? unitCodeOf(text);
    if (this.#known.size < knownMax) this.#known.set(text, code);
    return code;
  }

  read(text: string): CellReading<string> {
    const code = this.codeOf(text);
    return code === null ? wrong("unit_unknown", unitHint(text)) : read(code);
  }
}

function aliasKey(text: string): string {
  return text.normalize("NFC").trim().toLowerCase().replace(/\.$/, "");
}

/** Units whose names begin like the text, and otherwise those that most articles have. */
function unitHint(text: string): string {
  const key = aliasKey(text);
  const alike =
    key.length < 3
      ? []
      : [...unitsByCode().values()].filter(
          ({ name, status }) => status === "active" && name.toLowerCase().startsWith(key),
        );
  const shown =
    alike.length > 0 ? alike.slice(0, 3) : ["H87", "KGM", "MTR", "XBX"].flatMap((code) => unitOf(code) ?? []);
  const named = shown.map(({ code, name }) => `${code} (${name})`).join(", ");
  return `Write a code such as ${named}, or add "${text.trim().slice(0, 30)}" to the mapping's units.`;
}
