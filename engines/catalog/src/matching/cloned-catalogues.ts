import { canonicalJson, sha256Hex } from "@kontor/kernel";
import { fold } from "../search/text/folding.ts";
import { wholeScore } from "./likeness.ts";
import type { ToldAttribute } from "./match-product.ts";

export type CatalogueRow = {
  readonly partNoKey: string | null;
  readonly texts: readonly { readonly language: string; readonly name: string; readonly description: string }[];
  readonly attributes: readonly ToldAttribute[];
};

/**
 * What a row says, but for its price: its part number, names, descriptions and attributes. Rows of two companies with
 * the same key were copied, or come from one source. 64 hexadecimal digits.
 */
export function rowKey({ partNoKey, texts, attributes }: CatalogueRow): string {
  const plain = (text: string): string => fold(text).trim().replace(/\s+/g, " ");
  const byName = (a: readonly string[], b: readonly string[]): number => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1);
  const said = texts.map(({ language, name, description }) => [language, plain(name), plain(description)]).sort(byName);
  const told = attributes
    .map(({ attribute, value, unit = "" }) => [attribute, JSON.stringify(value), unit])
    .sort(byName);
  return sha256Hex(canonicalJson([partNoKey ?? "", said, told]));
}

/** Fewer rows are no catalogue. */
const clonedRowsMin = 20;
const clonedShareMin = 6_000;

type Counts = {
  /** Rows of the one and of the other, and those that both have. */
  readonly own: number;
  readonly other: number;
  readonly same: number;
};

/** The shared part of the smaller catalogue, of ten thousand; null where that is too little, or there are too few rows. */
export function clonedShare({ own, other, same }: Counts): number | null {
  const smaller = Math.min(own, other);
  if (smaller < clonedRowsMin) return null;
  const share = Math.trunc((same * wholeScore) / smaller);
  return share >= clonedShareMin ? Math.min(share, wholeScore) : null;
}
