export type Word = { readonly text: string; readonly start: number; readonly end: number };

/**
 * The words of code or prose in lower case with their places: `bestBid`, `best_bid`, `BEST-BID` and `best bid` all
 * hold "best" and "bid".
 */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Where a phrase stands in a text, its words joined by nothing, a blank, an underscore or a hyphen; plurals count. */
export function placesOf(phrase: readonly string[], text: string, words = wordsOf(text)): number[] {
  const matches = (index: number): boolean =>
    phrase.every((wanted, offset) => {
      const word = words[index + offset];
      if (word === undefined) return false;
      if (word.text !== wanted && word.text !== `${wanted}s`) return false;
      const before = words[index + offset - 1];
      return offset === 0 || (before !== undefined && /^[ _-]?$/.test(text.slice(before.end, word.start)));
    });
  return words.flatMap((word, index) => (matches(index) ? [word.start] : []));
}

/** Line number of a place, from 1. */
export function lineAt(text: string, place: number): number {
  return text.slice(0, place).split("\n").length;
}
