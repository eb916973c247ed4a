import { fold, isWordUnit } from "../search/text/folding.ts";
import type { Agreement } from "./told-values.ts";

/** All of ten thousand. */
export const wholeScore = 10_000;

/** The words of names in small letters without accents; a number keeps its unit where it is written with it. */
export function nameTokens(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of names) {
    let token = "";
    for (const character of `${fold(name)} `) {
      if (isWordUnit(character.charCodeAt(0))) {
        token += character;
      } else if (token !== "") {
        found.add(token);
        token = "";
      }
    }
  }
  return found;
}

/** Twice what is shared by all there is, of ten thousand; nothing is like nothing. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let both = 0;
  for (const token of a) if (b.has(token)) both += 1;
  return Math.trunc((2 * both * wholeScore) / (a.size + b.size));
}

/**
 * How alike two products are by their names and, where both tell some, attributes: 7 parts of 10 the names' words, 3 the
 * attributes that agree. Of ten thousand, symmetric; the same names without contradiction are all of it.
 */
export function likeness(a: readonly string[], b: readonly string[], { agreed, contradicting }: Agreement): number {
  const names = shared(nameTokens(a), nameTokens(b));
  const told = agreed.length + contradicting.length;
  if (told === 0) return names;
  return Math.trunc((7 * names + (3 * wholeScore * agreed.length) / told) / 10);
}
