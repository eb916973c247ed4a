/** Numbers that follow from a seed: the same seed draws the same. */
export type Random = {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 to `bound` - 1. */
  readonly below: (bound: number) => number;
  /** A whole number, both ends included. */
  readonly between: (low: number, high: number) => number;
  /** True so many times of a hundred. */
  readonly chance: (percent: number) => boolean;
  /** @throws RangeError where there is nothing to pick from. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** One of the keys, each as often as its weight says. */
  readonly weighted: <Key extends string>(weights: Readonly<Record<Key, number>>) => Key;
  /** A generator of its own, for one who draws at his own pace. */
  readonly fork: () => Random;
};

/** The sfc32 generator over four 32-bit words. */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const bits = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let round = 0; round < 12; round += 1) bits();
  const below = (bound: number): number => bits() % bound;
  return {
    next: () => bits() / 2 ** 32,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (percent) => below(100) < percent,
    pick(items) {
      if (items.length === 0) throw new RangeError("there is nothing to pick from");
      return items[below(items.length)] as (typeof items)[number];
    },
    weighted: (weights) => pickWeighted(weights, below),
    fork: () => createRandom(bits()),
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

/** The same items in another order. */
export function shuffled<Item>(items: readonly Item[], random: Pick<Random, "below">): Item[] {
  const left = [...items];
  const drawn: Item[] = [];
  while (left.length > 0) drawn.push(...left.splice(random.below(left.length), 1));
  return drawn;
}
