import { signOf, size } from "./delivery-plan.ts";
import { spread } from "./spread.ts";

/*
 * How obligations change when not all of them will be met: by a buy-in, or because a company is released. What one side
 * is relieved of, the other loses in proportion to what it still expects.
 */

/** What is open, as in a delivery plan: above zero what the party gets. */
export type Open = { readonly id: string; readonly goods: bigint; readonly money: bigint };

/** What is added to each party's obligations; goods and money sum to zero. */
export type Relief = Open;

/**
 * A company that owes goods pays instead of delivering them: at `paid` for one quantity step, which is the price of the
 * day or what buying in cost, if that is more. What it would have been paid for them it does not get.
 *
 * Errors  RangeError when the debtor owes no goods
 */
export function reliefByBuyIn(open: readonly Open[], debtorId: string, paid: bigint): readonly Relief[] {
  const owed = open.find(({ id }) => id === debtorId)?.goods ?? 0n;
  if (owed >= 0n) throw new RangeError(`${debtorId} owes no goods`);
  return withoutZeros(
    partsOf(open, -owed, ({ goods }) => goods).map(({ id, part }) => ({ id, goods: -part, money: part * paid })),
    { id: debtorId, goods: -owed, money: owed * paid },
  );
}

/** A company neither gets nor gives what is open of it; `price` is that of the day, for one quantity step. */
export function reliefByRelease(open: readonly Open[], releasedId: string, price: bigint): readonly Relief[] {
  const released = open.find(({ id }) => id === releasedId);
  if (released === undefined) return [];
  const { goods, money } = released;
  const differenceOf = (party: Open): bigint => party.money + price * party.goods;
  const others = open.filter(({ id }) => id !== releasedId);
  const ofGoods = partsOf(others, size(goods), (party) => -signOf(goods) * party.goods);
  const difference = differenceOf(released);
  const ofMoney = partsOf(others, size(difference), (party) => -signOf(difference) * differenceOf(party));
  const reliefs = new Map<string, Relief>();
  const add = (id: string, change: { readonly goods: bigint; readonly money: bigint }): void => {
    const before = reliefs.get(id) ?? { id, goods: 0n, money: 0n };
    reliefs.set(id, { id, goods: before.goods + change.goods, money: before.money + change.money });
  };
  // Each loses goods, or is rid of them, with what was to be paid for them.
  for (const { id, part } of ofGoods) add(id, { goods: signOf(goods) * part, money: -signOf(goods) * part * price });
  for (const { id, part } of ofMoney) add(id, { goods: 0n, money: signOf(difference) * part });
  return withoutZeros([...reliefs.values()], { id: releasedId, goods: -goods, money: -money });
}

type Part = { readonly id: string; readonly part: bigint };

/** The total over those of whom `weightOf` is above zero. */
function partsOf(open: readonly Open[], total: bigint, weightOf: (party: Open) => bigint): readonly Part[] {
  const weighed = open.filter((party) => weightOf(party) > 0n).sort((one, other) => (one.id < other.id ? -1 : 1));
  const parts = spread(total, weighed.map(weightOf));
  return weighed.map(({ id }, index) => ({ id, part: parts[index] ?? 0n }));
}

function withoutZeros(reliefs: readonly Relief[], first: Relief): readonly Relief[] {
  return [first, ...reliefs].filter(({ goods, money }) => goods !== 0n || money !== 0n);
}
