import { currencyOf, unitCodeOf } from "@kontor/standards";
import { fileKinds } from "../rows/catalogue-row.ts";
import { headerTokens, languageOfWord, meaningOf } from "./header-words.ts";
import type { FieldTarget, PlainField } from "./mapping.ts";
import { plainFields } from "./mapping.ts";

/** What a header tells: its column's target, and what it says beside that of every row. */
export type HeaderTarget = {
  readonly target: FieldTarget;
  /** "Preis (EUR)" */
  readonly currency?: string;
  /** "Preis ab 100" */
  readonly fromQuantity?: string;
};

const schemes: Readonly<Record<string, string>> = {
  unspsc: "UNSPSC",
  eclass: "ECLASS",
  etim: "ETIM",
  cpv: "CPV",
  gpc: "GPC",
};

/** The target of a header by its words, or null. `language` is the one of texts that name none. */
export function headerTargetOf(header: string, language: string): HeaderTarget | null {
  const tokens = headerTokens(header);
  const scheme = schemes[tokens[0] ?? ""] ?? schemes[tokens.at(-1) ?? ""];
  if (scheme !== undefined) return { target: { field: "class", scheme } };
  return plainTargetOf(tokens, language) ?? priceTargetOf(tokens) ?? gtinTargetOf(tokens, header);
}

function plainTargetOf(tokens: readonly string[], language: string): HeaderTarget | null {
  const named = tokens.length > 1 ? tokens.map(languageOfWord).find((tag) => tag !== null) : undefined;
  const rest = named === undefined ? tokens : tokens.filter((token) => languageOfWord(token) === null);
  const joined = rest.join("");
  // "Bild 2" is one more; "Bezeichnung 2" is not the name again.
  const meaning = meaningOf(joined) ?? filesMeaning(joined.replace(/\d+$/, ""));
  const plain = plainFields.find((field): field is PlainField => field === meaning);
  if (plain !== undefined) return { target: { field: plain } };
  if (meaning === "name" || meaning === "description" || meaning === "keywords") {
    return { target: { field: meaning, language: named ?? language } };
  }
  if (meaning === "gtin") return { target: { field: "gtin", unit: null } };
  if (meaning === "buyer_part_number") return { target: { field: meaning, buyer: null } };
  const kind = fileKinds.find((each) => each === meaning);
  return kind === undefined ? null : { target: { field: "file", kind } };
}

function filesMeaning(joined: string): ReturnType<typeof meaningOf> {
  const meaning = meaningOf(joined);
  return fileKinds.some((kind) => kind === meaning) ? meaning : null;
}

/** Prices and their quantities: with a tier's number, a currency, or the quantity itself in the header. */
function priceTargetOf(tokens: readonly string[]): HeaderTarget | null {
  const code = tokens.map((token) => token.toUpperCase()).find((token) => currencyOf(token)?.withdrawn === null);
  const rest = tokens.filter((token) => token.toUpperCase() !== code && !["in", "pro", "per"].includes(token));
  const last = rest.at(-1) ?? "";
  const numbered = /^\d{1,9}$/.test(last);
  const from = numbered && ["ab", "from"].includes(rest.at(-2) ?? "");
  const named = rest.slice(0, from ? -2 : rest.length - (numbered ? 1 : 0)).join("");
  const meaning = meaningOf(named) ?? meaningOf(named.replace(/\d+$/, ""));
  const currency = code === undefined ? {} : { currency: code };
  if (meaning === "price" && from)
    return { target: { field: "price", tier: Number(last) }, fromQuantity: last, ...currency };
  const tier = Number(numbered ? last : (/\d+$/.exec(named)?.[0] ?? "0"));
  if (meaning === "price" || meaning === "tier_quantity") return { target: { field: meaning, tier }, ...currency };
  return null;
}

/** "EAN Karton": the number of a packing unit. */
function gtinTargetOf(tokens: readonly string[], header: string): HeaderTarget | null {
  const at = tokens.findIndex((token) => meaningOf(token) === "gtin");
  if (at < 0) return null;
  const other = header
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "" && meaningOf(headerTokens(word).join("")) !== "gtin");
  const unit = unitCodeOf(other.join(" "));
  return unit === null ? null : { target: { field: "gtin", unit } };
}
