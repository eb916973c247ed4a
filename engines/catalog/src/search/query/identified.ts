import type { MemorySearch } from "../memory-search.ts";
import { identifierKeys } from "../text/identifiers.ts";
import type { Ranker, Ranking } from "../text/ranking.ts";
import { isVisible } from "./candidates.ts";

export type Named = { readonly text: string; readonly company: string | null; readonly visible: Uint32Array };

/** Products that go by a number: their own, one of an offer that may be seen, or the buyer's. Each once. */
export function identified(index: MemorySearch, { text, company, visible }: Named): number[] {
  const { products, offers, aliases, aliasOwners } = index;
  const found = new Set<number>();
  const addOffer = (offer: number): void => {
    if (offer < offers.count && isVisible(visible, offer)) found.add((offers.chains.products[offer] as number) - 1);
  };
  for (const key of identifierKeys(text)) {
    for (const product of products.identifiers.ownersOf(key)) found.add(product);
    for (const offer of offers.identifiers.ownersOf(key)) addOffer(offer);
    if (company === null) continue;
    for (const owner of aliases.ownersOf(`${company}\u0000${key}`)) {
      const [, kind, id = ""] = aliasOwners.text(owner).split("\u0000");
      const number = kind === "offer" ? offers.ids.find(id) : products.ids.find(id);
      if (number === -1) continue;
      if (kind === "offer") addOffer(number);
      else found.add(number);
    }
  }
  return [...found];
}

/** Above every score that words can reach. */
const EXACT = 1_000_000;

export function liftExact(ranking: Ranking, ranker: Ranker, exact: readonly number[]): Ranking {
  return ranker.lift(ranking, exact, EXACT);
}
