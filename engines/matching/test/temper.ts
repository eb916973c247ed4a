import type { Random } from "@kontor/testkit";

/** How often one stream's orders and commands are out of the common; in percent but for `owners` and the weights. */
export type Temper = {
  readonly allOrNone: number;
  readonly display: number;
  readonly link: number;
  /** Weights among other times in force and kinds. */
  readonly ioc: number;
  readonly fok: number;
  readonly pegged: number;
  readonly stop: number;
  readonly trailing: number;
  /** So many accounts belong to one owner. */
  readonly owners: number;
  /** Weights of commands that are about no order. */
  readonly rare: number;
  readonly phase: number;
  readonly bands: number;
};

const even: Temper = {
  allOrNone: 9,
  display: 22,
  link: 12,
  ioc: 12,
  fok: 9,
  pegged: 9,
  stop: 13,
  trailing: 6,
  owners: 2,
  rare: 6,
  phase: 18,
  bands: 8,
};

const conditional: Temper = { ...even, allOrNone: 30, display: 35, link: 40, ioc: 20, fok: 25 };
const ownMakers: Temper = { ...even, allOrNone: 20, display: 60, ioc: 25, fok: 35, owners: 4 };
const followers: Temper = { ...even, pegged: 40, stop: 24, trailing: 16 };
const restless: Temper = { ...even, link: 50, rare: 24, phase: 40, bands: 40 };

/** Half of the streams are even, the others lean to what meets rarely. */
export function randomTemper(random: Random): Temper {
  return random.chance(50) ? even : random.pick([conditional, ownMakers, followers, restless]);
}
