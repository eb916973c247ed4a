import { distinct } from "./distinct.ts";
import type { Likeness } from "./spelling.ts";
import { mistakesIn, termsFrom, termsLike } from "./spelling.ts";
import { hasDigit, stemmingOf, stemOf } from "./stems.ts";
import type { Synonyms } from "./synonyms.ts";
import type { TextIndex } from "./text-index.ts";
import { scanWords } from "./words.ts";

/** One way to have what was asked: all of its terms in a document; `weight` in (0, 1] against the word itself. */
export type Alternative = { readonly terms: readonly number[]; readonly weight: number };

/** One asked word with all the ways to have it, the best first. */
export type AskedWord = {
  readonly word: string;
  readonly alternatives: readonly Alternative[];
  /** Documents that go by the word as a number of theirs. */
  readonly documents: readonly number[];
};

/** What is known beside the index. */
export type Knowledge = {
  readonly synonyms: Synonyms;
  /** Documents that go by a number. */
  readonly numbers: (text: string) => readonly number[];
};

export type Asked = {
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** The last word may be unfinished: what begins with it counts too. */
  readonly unfinished: boolean;
};

/** Further words are not looked at. */
const askedWordsMax = 24;
/** A shorter word is not looked up as a part number by itself. */
const numberLengthMin = 4;
const likeTermsMax = 6;
const begunTermsMax = 48;
const weights = { parts: 0.9, number: 0.4, split: 0.8, joined: 1, synonym: 0.8, begun: 0.6, mistake: 0.7 };

type Read = { readonly word: string; readonly parts: readonly string[]; readonly number: string | null };

/** What a text asks of an index; what is asked is read as documents are. */
export function askedWords(index: TextIndex, asked: Asked, { synonyms, numbers }: Knowledge): AskedWord[] {
  const reads = wantedOf(readWords(asked.text), asked.language).slice(0, askedWordsMax);
  const reader = new AskedReader(index, asked.language);
  return reads.map((read, at) => {
    const found: Alternative[] = [...reader.exact(read.word, 1)];
    if (read.parts.length > 1) found.push(...reader.together(read.parts, weights.parts));
    if (read.number !== null) found.push(...reader.exact(read.number, weights.number));
    for (const neighbour of [reads[at - 1], reads[at + 1]]) {
      if (neighbour === undefined || neighbour.number !== null || read.number !== null) continue;
      const joined = neighbour === reads[at - 1] ? neighbour.word + read.word : read.word + neighbour.word;
      found.push(...reader.exact(joined, weights.joined));
    }
    for (const words of synonyms.of(
      reads.map(({ word }) => word),
      at,
    ))
      found.push(...reader.together(words, weights.synonym));
    if (asked.unfinished && at === reads.length - 1) found.push(...reader.begun(read.word));
    const documents = read.word.length >= numberLengthMin && hasDigit(read.word) ? numbers(read.word) : [];
    const isKnown = documents.length > 0 || found.some(({ terms }) => terms.some((term) => index.isLive(term)));
    if (!isKnown) found.push(...reader.guessed(read.word));
    return { word: read.word, alternatives: found, documents };
  });
}

function readWords(text: string): Read[] {
  const reads: Read[] = [];
  scanWords(text, {
    plain: (word) => reads.push({ word, parts: [word], number: null }),
    compound: (word, parts) => reads.push({ word, parts, number: null }),
    measure: (word, number) => reads.push({ word, parts: [word], number }),
  });
  return reads;
}

/** Without words that say nothing, unless there are no others. */
function wantedOf(reads: readonly Read[], language: string): readonly Read[] {
  const { stopWords } = stemmingOf(language);
  const telling = reads.filter(({ word }) => !stopWords.has(word));
  return telling.length > 0 ? telling : reads;
}

class AskedReader {
  private readonly index: TextIndex;
  private readonly languages: readonly string[];

  constructor(index: TextIndex, language: string) {
    this.index = index;
    this.languages = distinct([language, ...index.languages, ""]);
  }

  /** The word's stem in every language of the index. */
  exact(word: string, weight: number): Alternative[] {
    const stems = distinct(this.languages.map((language) => stemOf(word, stemmingOf(language))));
    const terms = stems.map((stem) => this.index.terms.find(stem)).filter((term) => term !== -1);
    return terms.map((term) => ({ terms: [term], weight }));
  }

  /** Several words, all of them. */
  together(words: readonly string[], weight: number): Alternative[] {
    if (words.length === 1) return this.exact(words[0] ?? "", weight);
    const terms = words.map((word) => this.exact(word, 1)[0]?.terms[0]);
    const known = terms.filter((term) => term !== undefined);
    return known.length === words.length ? [{ terms: distinct(known), weight }] : [];
  }

  begun(word: string): Alternative[] {
    const terms = termsFrom(this.index, word).map((term) => ({ term, distance: 0 }));
    return this.best(terms, begunTermsMax).map(({ term }) => ({ terms: [term], weight: weights.begun }));
  }

  /** For a word that no document has: two words written as one, else a mistake in typing. */
  guessed(word: string): Alternative[] {
    const split = this.split(word);
    if (split !== null) return [split];
    if (hasDigit(word)) return [];
    const stem = stemOf(word, stemmingOf(this.languages[0] ?? ""));
    const like = [word, stem].flatMap((form) => termsLike(this.index, form, mistakesIn(word.length)));
    return this.best(like, likeTermsMax).map(({ term, distance }) => ({
      terms: [term],
      weight: distance <= 1 ? weights.mistake : weights.mistake * weights.mistake,
    }));
  }

  private split(word: string): Alternative | null {
    let best: { readonly terms: readonly number[]; readonly count: number } | null = null;
    for (let at = 2; at <= word.length - 2; at++) {
      const parts = [word.slice(0, at), word.slice(at)];
      const [found] = this.together(parts, 1);
      if (found === undefined || (Math.min(at, word.length - at) < 3 && !hasDigit(word))) continue;
      const count = Math.min(...found.terms.map((term) => this.index.liveCountOf(term)));
      if (count > (best?.count ?? 0)) best = { terms: found.terms, count };
    }
    return best === null ? null : { terms: best.terms, weight: weights.split };
  }

  /** The nearest, then the most used, then by letters: never by the order in which terms came. Each once. */
  private best(found: readonly Likeness[], most: number): readonly Likeness[] {
    const { postings, terms } = this.index;
    const kept: (Likeness & { readonly count: number })[] = [];
    for (const { term, distance } of found) {
      const last = kept.length === most ? kept.at(-1) : undefined;
      // No more documents can have it now than ever had.
      if (last !== undefined && (distance > last.distance || postings.count(term) < last.count)) {
        if (distance >= last.distance) continue;
      }
      const known = kept.findIndex((other) => other.term === term);
      if (known !== -1 && (kept[known]?.distance ?? 0) <= distance) continue;
      if (known !== -1) kept.splice(known, 1);
      const count = this.index.liveCountOf(term);
      if (count === 0) continue;
      const place = kept.findIndex(
        (other) => (distance - other.distance || other.count - count || terms.compare(term, other.term)) < 0,
      );
      kept.splice(place === -1 ? kept.length : place, 0, { term, distance, count });
      if (kept.length > most) kept.pop();
    }
    return kept;
  }
}
