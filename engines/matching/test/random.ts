/** Seeded pseudo-random numbers: the same seed draws the same. */
export type Random = {
  /** An integer from 0 to `bound` - 1. */
  below(bound: number): number;
  /** An integer, both ends included. */
  between(low: number, high: number): number;
  chance(percent: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** One of the keys, each as often as its weight says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
};

/** The sfc32 generator over four 32-bit words. */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let round = 0; round < 12; round += 1) next();
  const below = (bound: number): number => next() % bound;
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (percent) => below(100) < percent,
    pick: (items) => items[below(items.length)] ?? items[0],
    weighted: (weights) => pickWeighted(weights, below),
  };
}

function pickWeighted<Key extends string>(
  weights: Readonly<Record<Key, number>>,
  below: (bound: number) => number,
): Key {
  const keys = Object.keys(weights) as Key[];
  let left = below(keys.reduce((sum, key) => sum + weights[key], 0));
  for (const key of keys) {
    left -= weights[key];
    if (left < 0) return key;
  }
  throw new Error("no weight is above zero");
}
