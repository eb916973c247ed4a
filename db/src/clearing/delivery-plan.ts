import { spread } from "./spread.ts";

/*
 * What can be delivered and paid of a settlement at once. What a company still owes or is owed is taken apart in two:
 * its goods, paid at the price of the day, and the difference in money that its own prices make to that. So goods which
 * cannot be delivered take their payment with them, whoever traded at which price, and both parts sum to zero over all.
 */

/** Goods in quantity steps, money in the smallest unit; above zero what the party gets. */
export type Party = {
  readonly id: string;
  readonly goods: bigint;
  readonly money: bigint;
  /** What it has to deliver. */
  readonly stock: bigint;
  /** What it has to pay with; null without limit. */
  readonly funds: bigint | null;
  /** In dispute: nothing of it moves. */
  readonly barred?: boolean;
};

export type Delivery = { readonly id: string; readonly goods: bigint; readonly money: bigint };

type Standing = {
  readonly party: Party;
  readonly difference: bigint;
  /** How much of the goods and of the difference can move; both only ever become less. */
  goods: bigint;
  money: bigint;
};

/** Rounds after which nothing is delivered rather than anything wrong; usual are two or three. */
const roundsMax = 10_000;

/**
 * The largest parts by these rules: nobody gives more than he has, whoever gets goods pays for them at once, and what is
 * short on one side is taken from the other in proportion, by largest remainder.
 *
 * Units   `price` is money for one quantity step, above zero.
 * Shape   one delivery per party, by id, of the sign of what is owed and no larger; goods and money sum to zero.
 */
export function planDelivery(parties: readonly Party[], price: bigint): readonly Delivery[] {
  const standings = [...parties].sort(byId).map((party): Standing => {
    const difference = party.money + price * party.goods;
    const can = party.barred === true ? 0n : 1n;
    return { party, difference, goods: can * size(party.goods), money: can * size(difference) };
  });
  for (let round = 0; !settle(standings, price); round++) {
    if (round < roundsMax) continue;
    return standings.map(({ party: { id } }) => ({ id, goods: 0n, money: 0n }));
  }
  return standings.map((standing) => {
    const goods = signOf(standing.party.goods) * standing.goods;
    return { id: standing.party.id, goods, money: signOf(standing.difference) * standing.money - price * goods };
  });
}

/** One round; true when it took nothing away. */
function settle(standings: readonly Standing[], price: bigint): boolean {
  const before = standings.map(({ goods, money }) => [goods, money] as const);
  for (const standing of standings) boundByMeans(standing, price);
  level(standings, "goods", ({ party }) => party.goods > 0n);
  level(standings, "money", ({ difference }) => difference > 0n);
  return standings.every(({ goods, money }, index) => goods === before[index]?.[0] && money === before[index]?.[1]);
}

/** The difference is paid first, by sellers also with what they get for the goods; then as many goods as can be. */
function boundByMeans(standing: Standing, price: bigint): void {
  const { party, difference } = standing;
  const sells = party.goods < 0n;
  if (sells) standing.goods = lesser(standing.goods, party.stock);
  if (party.funds === null) return;
  const earned = sells ? price * standing.goods : 0n;
  if (difference < 0n) standing.money = lesser(standing.money, party.funds + earned);
  if (party.goods <= 0n) return;
  const left = party.funds + signOf(difference) * standing.money;
  standing.goods = lesser(standing.goods, left / price);
}

/** Makes what is given as much as what is got, by taking from the longer side. */
function level(standings: readonly Standing[], part: "goods" | "money", gets: (standing: Standing) => boolean): void {
  const getting = standings.filter((standing) => gets(standing));
  const giving = standings.filter((standing) => !gets(standing));
  const [got, given] = [sumOf(getting, part), sumOf(giving, part)];
  const longer = got > given ? getting : giving;
  const parts = spread(
    lesser(got, given),
    longer.map((standing) => standing[part]),
  );
  for (const [index, standing] of longer.entries()) standing[part] = parts[index] ?? 0n;
}

const sumOf = (standings: readonly Standing[], part: "goods" | "money"): bigint =>
  standings.reduce((sum, standing) => sum + standing[part], 0n);

const byId = (one: Party, other: Party): number => (one.id < other.id ? -1 : 1);

export function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

export function signOf(amount: bigint): bigint {
  if (amount === 0n) return 0n;
  return amount < 0n ? -1n : 1n;
}

/** Never below zero. */
function lesser(one: bigint, other: bigint): bigint {
  if (other < 0n) return 0n;
  return one < other ? one : other;
}
