import { stemmingOf, stemOf } from "./stems.ts";
import { scanWords } from "./words.ts";

/**
 * A marketplace's own words for the same, in one language (BCP 47): one of the phrases found is as good as another
 * (`["notebook", "laptop"]`, `["personal protective equipment", "ppe"]`). With `also` these may stand for each of the
 * phrases, and nothing for them: who asks for a fastener finds screws, who asks for a screw does not find all fasteners.
 */
export type SynonymRule = {
  readonly language: string;
  readonly phrases: readonly string[];
  readonly also?: readonly string[];
};

type Known = { readonly stems: readonly string[]; readonly others: readonly (readonly string[])[] };

export class Synonyms {
  /** By language the phrases by their first word's stem, with the phrases that may stand for them. */
  private readonly byLanguage = new Map<string, Map<string, Known[]>>();

  constructor(rules: readonly SynonymRule[]) {
    for (const { language, phrases, also } of rules) {
      for (const [at, phrase] of phrases.entries()) {
        const others = also ?? phrases.filter((_, other) => other !== at);
        this.learn(language, wordsIn(phrase), others.map(wordsIn));
      }
    }
  }

  /** Phrases that may stand for one that the word at `at` is part of. */
  of(words: readonly string[], at: number): readonly (readonly string[])[] {
    const found: (readonly string[])[] = [];
    for (const [language, byFirst] of this.byLanguage) {
      const asked = stemsIn(words, language);
      for (let from = 0; from <= at; from++) {
        for (const { stems, others } of byFirst.get(asked[from] ?? "") ?? []) {
          const here = stems.every((stem, next) => asked[from + next] === stem);
          if (here && from + stems.length > at) found.push(...others);
        }
      }
    }
    return found;
  }

  private learn(language: string, words: readonly string[], others: readonly (readonly string[])[]): void {
    const stems = stemsIn(words, language);
    const [first] = stems;
    if (first === undefined) return;
    const byFirst = this.byLanguage.get(language) ?? new Map<string, Known[]>();
    this.byLanguage.set(language, byFirst);
    const known = byFirst.get(first) ?? [];
    byFirst.set(first, [...known, { stems, others: others.filter((phrase) => phrase.length > 0) }]);
  }
}

function stemsIn(words: readonly string[], language: string): string[] {
  return words.map((word) => stemOf(word, stemmingOf(language)));
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
