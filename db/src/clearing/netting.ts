/** Fills of one company, side and standing, summed: money in the smallest unit, goods in quantity steps. */
export type FillSum = {
  readonly companyId: string;
  readonly side: "buy" | "sell";
  readonly steps: bigint;
  readonly value: bigint;
  readonly fee: bigint;
  /** False of what was busted, or corrected by another trade. */
  readonly stands: boolean;
  /** False of trades that correct others: the shard's own accounts never saw them. */
  readonly booked: boolean;
};

/** Above zero what a company gets, below zero what it gives; fees are taken off its money. */
export type Netted = {
  readonly companyId: string;
  readonly money: bigint;
  readonly goods: bigint;
  readonly fees: bigint;
  /** By how much the shard's accounts are wrong: what has to be added there. */
  readonly moneyWrong: bigint;
  readonly goodsWrong: bigint;
};

/**
 * What each company gets and gives, all its fills together.
 *
 * Shape   one entry per company, by id, whatever the order of the sums. Goods sum to zero, money to what is paid in fees.
 */
export function netted(sums: readonly FillSum[]): readonly Netted[] {
  const companies = new Map<string, Netted>();
  for (const sum of sums) {
    const { companyId, side, steps, value, fee, stands, booked } = sum;
    const before = companies.get(companyId) ?? { companyId, ...nothing };
    const money = (side === "sell" ? value : -value) - fee;
    const goods = side === "sell" ? -steps : steps;
    const counted = stands ? 1n : 0n;
    const wrong = counted - (booked ? 1n : 0n);
    companies.set(companyId, {
      companyId,
      money: before.money + counted * money,
      goods: before.goods + counted * goods,
      fees: before.fees + counted * fee,
      moneyWrong: before.moneyWrong + wrong * money,
      goodsWrong: before.goodsWrong + wrong * goods,
    });
  }
  return [...companies.values()].sort((one, other) => (one.companyId < other.companyId ? -1 : 1));
}

const nothing = { money: 0n, goods: 0n, fees: 0n, moneyWrong: 0n, goodsWrong: 0n };
