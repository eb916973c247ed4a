import { bytesOf, Column, widened } from "../memory/columns.ts";
import { StringPool } from "../memory/string-pool.ts";
import { DESCRIPTION, FIELDS, TITLE } from "./fields.ts";
import { Postings } from "./postings.ts";
import type { Stemming } from "./stems.ts";
import { stemmingOf, stemOf } from "./stems.ts";
import { TermShapes } from "./term-shapes.ts";
import type { WordSink } from "./words.ts";
import { scanWords } from "./words.ts";

/** Words of one field of a document in one language (BCP 47); the empty language is none. */
export type FieldText = { readonly field: number; readonly language: string; readonly text: string };

const PURPOSE_FIELD = DESCRIPTION;
const NONE = 0xffffffff;

/**
 * The words of documents. A document is a number that its owner gives; writing it again puts its new words under a new
 * text number and leaves the old text's postings behind as dead, which reading passes over.
 */
export class TextIndex {
  readonly terms = new StringPool();
  readonly shapes = new TermShapes();
  readonly postings = new Postings();
  /** Languages whose stemming any document was written with, sorted. */
  languages: readonly string[] = [];
  /** Documents with a text, and the words of each field in all of them. */
  liveCount = 0;
  readonly totals = new Float64Array(FIELDS);
  private readonly documents = new Column(new Uint32Array(64));
  private readonly texts = new Column(new Uint32Array(64));
  private lengths = new Uint16Array(64 * FIELDS);
  private scratchTexts = new Uint32Array(0);
  private scratchMentions = new Uint16Array(0);
  private text = 0;
  private field = 0;
  private words = 0;
  private stemming: Stemming = stemmingOf("");
  private readonly sink: WordSink = {
    plain: (word) => this.mention(word),
    compound: (whole, parts) => {
      for (const part of parts) this.mention(part);
      this.mention(whole);
      this.words--;
    },
    measure: (whole, number) => {
      this.mention(whole);
      this.mention(number);
      this.words--;
    },
  };

  get bytes(): number {
    const words = this.terms.byteLength + this.shapes.bytes + this.postings.bytes;
    return words + bytesOf([this.documents, this.texts]) + this.lengths.byteLength;
  }

  /** Texts that were written over or removed; a rebuilt index has none. */
  get deadCount(): number {
    return this.documents.length - this.liveCount;
  }

  write(document: number, fields: readonly FieldText[]): void {
    this.remove(document);
    this.text = this.documents.push(document);
    const known = this.texts.length;
    this.texts.reach(document + 1);
    this.texts.values.fill(NONE, known, this.texts.length);
    this.texts.values[document] = this.text;
    this.lengths = widened(this.lengths, (this.text + 1) * FIELDS);
    this.liveCount++;
    const counts = new Float64Array(FIELDS);
    const neutral = new Float64Array(FIELDS);
    const languages: Set<string>[] = Array.from({ length: FIELDS }, () => new Set());
    for (const { field, language, text } of fields) {
      if (language !== "" && !this.languages.includes(language)) this.languages = [...this.languages, language].sort();
      this.stemming = stemmingOf(language);
      this.field = field;
      this.words = 0;
      scanWords(text, this.sink);
      const into = language === "" ? neutral : counts;
      into[field] = (into[field] as number) + this.words;
      if (this.words > 0 && language !== "") languages[field]?.add(language);
    }
    for (let field = 0; field < FIELDS; field++) {
      // A product told in five languages is not five times as long.
      const told = Math.max(1, languages[field]?.size ?? 1);
      const words = (neutral[field] as number) + Math.trunc(((counts[field] as number) + told - 1) / told);
      const length = Math.min(0xffff, words);
      this.lengths[this.text * FIELDS + field] = length;
      this.totals[field] = (this.totals[field] as number) + length;
    }
  }

  remove(document: number): void {
    const text = this.texts.values[document] ?? NONE;
    if (document >= this.texts.length || text === NONE) return;
    this.texts.values[document] = NONE;
    this.liveCount--;
    for (let field = 0; field < FIELDS; field++) {
      this.totals[field] = (this.totals[field] as number) - (this.lengths[text * FIELDS + field] as number);
    }
  }

  /** Documents that have the term now. */
  liveCountOf(term: number): number {
    const count = this.postings.count(term);
    if (this.deadCount === 0) return count;
    this.scratchTexts = widened(this.scratchTexts, count);
    this.scratchMentions = widened(this.scratchMentions, count);
    this.postings.read(term, this.scratchTexts, this.scratchMentions);
    let live = 0;
    for (let at = 0; at < count; at++) if (this.isCurrent(this.scratchTexts[at] as number)) live++;
    return live;
  }

  isLive(term: number): boolean {
    return this.postings.count(term) > this.deadCount || this.liveCountOf(term) > 0;
  }

  private isCurrent(text: number): boolean {
    return this.texts.values[this.documents.values[text] as number] === text;
  }

  /** For loops: document by text, text by document (a dead text's document has another), lengths by text and field. */
  get tables(): { readonly documents: Uint32Array; readonly texts: Uint32Array; readonly lengths: Uint16Array } {
    return { documents: this.documents.values, texts: this.texts.values, lengths: this.lengths };
  }

  private mention(word: string): void {
    this.words++;
    if (this.field === TITLE && this.words > 1 && this.stemming.purposes.has(word)) this.field = PURPOSE_FIELD;
    const stem = stemOf(word, this.stemming);
    const term = this.terms.intern(stem);
    if (term === this.shapes.count) this.shapes.add(stem);
    this.postings.add(term, this.text, this.field);
  }
}
