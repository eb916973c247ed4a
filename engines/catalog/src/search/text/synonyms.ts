import { stemmingOf, stemOf } from "./stems.ts";
import { scanWords } from "./words.ts";

/**
 * A marketplace's own words for the same: each list holds phrases of which one found is as good as another
 * (`["notebook", "laptop"]`, `["personal protective equipment", "ppe"]`).
 */
export class Synonyms {
  /** Phrases by their first word's stem, with the phrases that may stand for them. */
  private readonly byFirst = new Map<string, { readonly phrase: readonly string[]; readonly others: string[][] }[]>();
  private readonly language: string;

  constructor(lists: readonly (readonly string[])[], language: string) {
    this.language = language;
    for (const list of lists) {
      const phrases = list.map((phrase) => this.stems(wordsIn(phrase)));
      for (const [at, phrase] of phrases.entries()) {
        const [first] = phrase;
        if (first === undefined) continue;
        const known = this.byFirst.get(first) ?? [];
        const others = list.filter((_, other) => other !== at).map(wordsIn);
        known.push({ phrase, others: others.filter((words) => words.length > 0) });
        this.byFirst.set(first, known);
      }
    }
  }

  /** Phrases that may stand for one that the word at `at` is part of. */
  of(words: readonly string[], at: number): readonly (readonly string[])[] {
    if (this.byFirst.size === 0) return [];
    const stems = this.stems(words);
    const found: (readonly string[])[] = [];
    for (let from = 0; from <= at; from++) {
      for (const { phrase, others } of this.byFirst.get(stems[from] ?? "") ?? []) {
        const here = phrase.every((stem, next) => stems[from + next] === stem);
        if (here && from + phrase.length > at) found.push(...others);
      }
    }
    return found;
  }

  private stems(words: readonly string[]): string[] {
    return words.map((word) => stemOf(word, stemmingOf(this.language)));
  }
}

function wordsIn(phrase: string): string[] {
  const words: string[] = [];
  scanWords(phrase, {
    plain: (word) => words.push(word),
    compound: (word) => words.push(word),
    measure: (word) => words.push(word),
  });
  return words;
}
