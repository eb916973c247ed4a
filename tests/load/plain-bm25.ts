import type { ProductDocument } from "@kontor/catalog";

/** BM25 as in the textbook (k1 1.2, b 0.75) over one bag of words per product: no fields, stems or joined words. */
export class PlainBm25 {
  private readonly ids: string[] = [];
  private readonly lengths: number[] = [];
  private readonly postings = new Map<string, Map<number, number>>();

  constructor(products: readonly ProductDocument[], textOf: (product: ProductDocument) => string) {
    for (const [at, product] of products.entries()) {
      const words = wordsOf(textOf(product));
      this.ids.push(product.id);
      this.lengths.push(words.length);
      for (const word of words) {
        const counts = this.postings.get(word) ?? new Map<number, number>();
        this.postings.set(word, counts.set(at, (counts.get(at) ?? 0) + 1));
      }
    }
  }

  find(query: string, limit: number): string[] {
    const average = this.lengths.reduce((sum, length) => sum + length, 0) / this.lengths.length;
    const scores = new Map<number, number>();
    for (const word of wordsOf(query)) {
      const counts = this.postings.get(word) ?? new Map<number, number>();
      const rarity = Math.log(1 + (this.ids.length - counts.size + 0.5) / (counts.size + 0.5));
      for (const [at, count] of counts) {
        const length = (this.lengths[at] ?? 0) / average;
        const part = (count * 2.2) / (count + 1.2 * (0.25 + 0.75 * length));
        scores.set(at, (scores.get(at) ?? 0) + rarity * part);
      }
    }
    const ranked = [...scores].sort(([left, one], [right, other]) => other - one || left - right);
    return ranked.slice(0, limit).map(([at]) => this.ids[at] ?? "");
  }
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

export const titleOf = ({ texts }: ProductDocument): string => texts.map(({ title }) => title).join(" ");

export function allTextOf(product: ProductDocument): string {
  const values = product.attributes.map((own) => ("value" in own ? own.value : String(own.number)));
  const descriptions = product.texts.map(({ description }) => description);
  const classes = product.classes.map(({ code }) => code);
  return [titleOf(product), product.brand ?? "", ...product.partNumbers, ...classes, ...values, ...descriptions].join(
    " ",
  );
}
