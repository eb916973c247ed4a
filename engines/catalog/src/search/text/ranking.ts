import { widened } from "../memory/columns.ts";
import type { Alternative, AskedWord } from "./asked-words.ts";
import type { FieldWeights } from "./fields.ts";
import { FIELDS, MOSTS, SHIFTS } from "./fields.ts";
import { naturalLogarithm } from "./logarithm.ts";
import type { TextIndex } from "./text-index.ts";

/** How soon more mentions of a word stop to count. */
const SATURATION = 1.2;

/** Documents that have at least one asked word. The arrays are by document and good until the next ranking. */
export type Ranking = {
  /** `count` documents in no order. */
  readonly documents: Uint32Array;
  readonly count: number;
  readonly scores: Float64Array;
  /** Of what the asked words tell, the share that the document has: 1 for all of them. */
  readonly coverage: Float64Array;
};

export type RankingRules = FieldWeights & {
  /** How hard a document pays for asked words that it lacks: the score times coverage to this power, 0 to 4. */
  readonly coveragePower: number;
};

/**
 * BM25F: mentions are weighted by field and by the field's length, added up over the fields and only then saturated, so
 * that a word in title and description is one word seen twice. Ways to have the same word do not add up: the best counts.
 */
export class Ranker {
  private readonly index: TextIndex;
  private readonly rules: RankingRules;
  private scores = new Float64Array(0);
  private coverage = new Float64Array(0);
  private documents = new Uint32Array(0);
  private count = 0;
  /** Of the word at hand: what each document has of it, and the documents that have any. */
  private word = new Float64Array(0);
  private having = new Uint32Array(0);
  private havingCount = 0;
  /** Of the alternative at hand with several terms: how many of them were found, and the least. */
  private stage = new Uint8Array(0);
  private least = new Float64Array(0);
  private texts = new Uint32Array(0);
  private mentions = new Uint16Array(0);
  private readonly fixed = new Float64Array(FIELDS);
  private readonly perWord = new Float64Array(FIELDS);

  constructor(index: TextIndex, rules: RankingRules) {
    this.index = index;
    this.rules = rules;
  }

  rank(words: readonly AskedWord[], documentsEnd: number): Ranking {
    this.prepare(documentsEnd);
    let told = 0;
    for (const { alternatives, documents } of words) {
      for (const document of documents) this.better(document, 1);
      for (const alternative of alternatives) {
        if (alternative.terms.length === 1) this.single(alternative.terms[0] as number, alternative.weight);
        else this.several(alternative);
      }
      const frequency = this.havingCount;
      const live = this.index.liveCount;
      // A word that nothing has tells nothing.
      if (frequency === 0) continue;
      const rarity = naturalLogarithm(1 + (Math.max(0, live - frequency) + 0.5) / (frequency + 0.5));
      told += rarity;
      this.take(rarity);
    }
    this.settle(told);
    const { documents, count, scores, coverage } = this;
    return { documents, count, scores, coverage };
  }

  /** Adds to the scores of documents, which need not have any of the words. */
  lift(ranking: Ranking, documents: readonly number[], by: number): Ranking {
    for (const document of documents) {
      if (this.coverage[document] === 0) this.documents[this.count++] = document;
      this.scores[document] = (this.scores[document] as number) + by;
      this.coverage[document] = 1;
    }
    return { ...ranking, count: this.count };
  }

  private prepare(end: number): void {
    for (let at = 0; at < this.count; at++) {
      const document = this.documents[at] as number;
      this.scores[document] = 0;
      this.coverage[document] = 0;
    }
    this.count = 0;
    this.havingCount = 0;
    this.scores = widened(this.scores, end);
    this.coverage = widened(this.coverage, end);
    this.documents = widened(this.documents, end);
    this.word = widened(this.word, end);
    this.having = widened(this.having, end);
    this.stage = widened(this.stage, end);
    this.least = widened(this.least, end);
    for (let field = 0; field < FIELDS; field++) {
      const average = (this.index.totals[field] as number) / Math.max(1, this.index.liveCount);
      const share = average > 0 ? (this.rules.lengthShare[field] ?? 0) : 0;
      this.fixed[field] = 1 - share;
      this.perWord[field] = average > 0 ? share / average : 0;
    }
  }

  private load(term: number): number {
    const count = this.index.postings.count(term);
    this.texts = widened(this.texts, count);
    this.mentions = widened(this.mentions, count);
    return this.index.postings.read(term, this.texts, this.mentions);
  }

  private single(term: number, weight: number): void {
    const count = this.load(term);
    const { documents, texts, lengths } = this.index.tables;
    for (let at = 0; at < count; at++) {
      const text = this.texts[at] as number;
      const document = documents[text] as number;
      if (texts[document] !== text) continue;
      const part = weight * this.partOf(this.mentions[at] as number, text * FIELDS, lengths);
      this.better(document, part);
    }
  }

  private several({ terms, weight }: Alternative): void {
    const { documents, texts, lengths } = this.index.tables;
    const touched: number[] = [];
    for (const [stage, term] of terms.entries()) {
      const count = this.load(term);
      for (let at = 0; at < count; at++) {
        const text = this.texts[at] as number;
        const document = documents[text] as number;
        if (texts[document] !== text || this.stage[document] !== stage) continue;
        const part = this.partOf(this.mentions[at] as number, text * FIELDS, lengths);
        if (stage === 0) touched.push(document);
        this.stage[document] = stage + 1;
        this.least[document] = stage === 0 ? part : Math.min(this.least[document] as number, part);
      }
    }
    for (const document of touched) {
      if (this.stage[document] === terms.length) this.better(document, weight * (this.least[document] as number));
      this.stage[document] = 0;
    }
  }

  private better(document: number, part: number): void {
    const known = this.word[document] as number;
    if (known === 0) this.having[this.havingCount++] = document;
    if (part > known) this.word[document] = part;
  }

  /** The saturated share of one term, from 0 to 1. */
  private partOf(mentions: number, at: number, lengths: Uint16Array): number {
    const { weight } = this.rules;
    let sum = 0;
    for (let field = 0; field < FIELDS; field++) {
      const count = (mentions >>> (SHIFTS[field] as number)) & (MOSTS[field] as number);
      if (count === 0) continue;
      const length = lengths[at + field] as number;
      sum +=
        ((weight[field] as number) * count) /
        ((this.fixed[field] as number) + (this.perWord[field] as number) * length);
    }
    return sum / (sum + SATURATION);
  }

  /** Adds the word at hand to its documents' scores. */
  private take(rarity: number): void {
    for (let at = 0; at < this.havingCount; at++) {
      const document = this.having[at] as number;
      if (this.scores[document] === 0) this.documents[this.count++] = document;
      this.scores[document] = (this.scores[document] as number) + rarity * (this.word[document] as number);
      this.coverage[document] = (this.coverage[document] as number) + rarity;
      this.word[document] = 0;
    }
    this.havingCount = 0;
  }

  private settle(told: number): void {
    const power = this.rules.coveragePower;
    for (let at = 0; at < this.count; at++) {
      const document = this.documents[at] as number;
      const covered = (this.coverage[document] as number) / told;
      this.coverage[document] = covered;
      let factor = 1;
      for (let times = 0; times < power; times++) factor *= covered;
      this.scores[document] = (this.scores[document] as number) * factor;
    }
  }
}
