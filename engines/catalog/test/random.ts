/** Seeded pseudo-random numbers: the same seed draws the same. */
export type Random = {
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
  /** True so many times of a hundred. */
  chance(percent: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
};

/** Marsaglia's xorshift with a Weyl sequence on top. */
export function createRandom(seed: number): Random {
  let state = (seed ^ 0x2545f491) >>> 0 || 1;
  let weyl = 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    weyl = (weyl + 362_437) >>> 0;
    return (state + weyl) >>> 0;
  };
  for (let round = 0; round < 8; round += 1) next();
  const below = (bound: number): number => Math.floor((next() / 2 ** 32) * bound);
  return { below, chance: (percent) => below(100) < percent, pick: (items) => items[below(items.length)] ?? items[0] };
}

/** The same items in another order. */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (left.length > 0) drawn.push(...left.splice(random.below(left.length), 1));
  return drawn;
}
