import { countBits, lettersOf } from "./term-shapes.ts";
import type { TextIndex } from "./text-index.ts";

export type Likeness = { readonly term: number; readonly distance: number };

/** Typing mistakes that a word of so many letters may hold. */
export const mistakesIn = (length: number): number => Number(length >= 4) + Number(length >= 8);

/** Terms of letters alone within so many insertions, losses, changes or swaps of neighbours; in no order. */
export function termsLike(index: TextIndex, word: string, mistakes: number): Likeness[] {
  const { shapes, terms } = index;
  const lengths = shapes.lengths.values;
  const letters = shapes.letters.values;
  const wanted = lettersOf(word);
  const found: Likeness[] = [];
  for (let term = 0; term < shapes.count; term++) {
    const length = lengths[term] as number;
    if (length > word.length + mistakes || length + mistakes < word.length || letters[term] === 0) continue;
    // Each mistake adds one letter, takes one or does both.
    const own = letters[term] as number;
    if (countBits(own & ~wanted) > mistakes || countBits(wanted & ~own) > mistakes) continue;
    const text = terms.text(term);
    // Hardly anybody mistypes the first letter, and half of all near words differ in it.
    if (text[0] !== word[0] && mistakes === 1) continue;
    const distance = distanceOf(word, text, mistakes);
    if (distance <= mistakes) found.push({ term, distance });
  }
  return found;
}

/** Terms that begin with what was typed so far; in no order. */
export function termsFrom(index: TextIndex, begun: string): number[] {
  const { shapes, terms } = index;
  const lengths = shapes.lengths.values;
  const begins = terms.beginning(begun);
  const found: number[] = [];
  for (let term = 0; term < shapes.count; term++) {
    if ((lengths[term] as number) >= begun.length && begins(term)) found.push(term);
  }
  return found;
}

/** Edits between two words, a swap of neighbours being one; above `most` it only says so. */
export function distanceOf(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const line = [row];
    let least = row;
    for (let at = 1; at <= right.length; at++) {
      const same = left[row - 1] === right[at - 1] ? 0 : 1;
      let edits = Math.min((last[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + same);
      if (row > 1 && at > 1 && left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1]) {
        edits = Math.min(edits, (before[at - 2] ?? 0) + 1);
      }
      line.push(edits);
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    before = last;
    last = line;
  }
  return last[right.length] ?? most + 1;
}
