import type { ProductDocument } from "../../src/search/documents.ts";
import type { Question } from "./questions.ts";
import type { World } from "./world.ts";
import { setup } from "./world.ts";

/** Weights as in the specification, by field. */
const weights = { title: 6, partNumber: 2, brand: 2, class: 1.5, attribute: 0.5, description: 0.7 };
const lengthShares = { title: 0.5, partNumber: 0, brand: 0.3, class: 0.75, attribute: 0.75, description: 0.75 };
type Field = keyof typeof weights;
const fields = Object.keys(weights) as Field[];

/** Words of a small world: letters only, and no plurals but what the rules of stems leave alone. */
function wordsOf({ texts, brand, attributes, classes }: ProductDocument): Record<Field, string[]> {
  const [text] = texts;
  const nodes = new Set<string>();
  for (const { code } of classes) for (let end = 1; end <= code.length; end++) nodes.add(code.slice(0, end));
  return {
    title: (text?.title ?? "").split(" "),
    partNumber: [],
    brand: brand === null ? [] : [brand],
    class: [...nodes].filter((code) => setup.classes.some((own) => own.code === code)).map((code) => `node${code}`),
    attribute: attributes.map((own) => ("value" in own ? own.value : String(own.number))),
    description: (text?.description ?? "").split(" "),
  };
}

/** Coverage and score of every product that has any of the words. */
export function naiveRanking(world: World, text: string): Map<string, { score: number; coverage: number }> {
  const products = [...world.products.values()].map((product) => ({ id: product.id, words: wordsOf(product) }));
  const average = (field: Field): number =>
    products.reduce((sum, { words }) => sum + words[field].length, 0) / products.length;
  const averages = Object.fromEntries(fields.map((field) => [field, average(field)])) as Record<Field, number>;
  const partOf = (words: Record<Field, string[]>, word: string): number => {
    const sum = fields.reduce((total, field) => {
      const count = words[field].filter((own) => own === word).length;
      if (count === 0) return total;
      const share = lengthShares[field];
      return total + (weights[field] * count) / (1 - share + (share * words[field].length) / averages[field]);
    }, 0);
    return sum / (sum + 1.2);
  };
  const ranking = new Map<string, { score: number; coverage: number }>();
  let told = 0;
  for (const word of text.split(" ")) {
    const having = products.filter(({ words }) => partOf(words, word) > 0);
    if (having.length === 0) continue;
    const rarity = Math.log(1 + (products.length - having.length + 0.5) / (having.length + 0.5));
    told += rarity;
    for (const { id, words } of having) {
      const known = ranking.get(id) ?? { score: 0, coverage: 0 };
      ranking.set(id, { score: known.score + rarity * partOf(words, word), coverage: known.coverage + rarity });
    }
  }
  for (const [id, { score, coverage }] of ranking) {
    ranking.set(id, { score: score * (coverage / told), coverage: coverage / told });
  }
  return ranking;
}

/** The products that a text finds among those that the buyer may see. */
export function naiveMatches(world: World, { text, enough }: Question) {
  return (visible: ReadonlySet<string>): ReadonlySet<string> => {
    if (text === "") return visible;
    const ranked = [...naiveRanking(world, text)].filter(([id]) => visible.has(id));
    for (const needed of [1, 0.75, 0.5, 0.25, 0]) {
      const found = ranked.filter(([, { coverage }]) => coverage >= needed - 1e-9).map(([id]) => id);
      if (found.length >= Math.max(1, enough)) return new Set(found);
    }
    return new Set(ranked.map(([id]) => id));
  };
}
