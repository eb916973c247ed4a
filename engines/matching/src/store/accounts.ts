import { IdMap } from "./id-map.ts";

/** Doubles of one account: cash, goods, and what of both is held. */
export const ACCOUNT_NUMBERS = 4;
export const CASH = 0;
export const GOODS = 1;
export const CASH_HELD = 2;
export const GOODS_HELD = 3;

/** Accounts that were ever allocated to, by an index from 1. */
export class Accounts {
  count = 0;
  numbers = new Float64Array(ACCOUNT_NUMBERS * 16);
  names = new Int32Array(16);
  private readonly indices = new IdMap();

  /** 0 when the account was never allocated to. */
  indexOf(account: number): number {
    return this.count === 0 ? 0 : this.indices.get(account);
  }

  add(account: number): number {
    this.count++;
    if (this.count === this.names.length) {
      const names = new Int32Array(this.count * 2);
      names.set(this.names);
      this.names = names;
      const numbers = new Float64Array(this.numbers.length * 2);
      numbers.set(this.numbers);
      this.numbers = numbers;
    }
    this.names[this.count] = account;
    this.indices.set(account, this.count);
    return this.count;
  }

  removeLatest(): void {
    this.indices.delete(this.names[this.count] as number);
    this.numbers.fill(0, this.count * ACCOUNT_NUMBERS, (this.count + 1) * ACCOUNT_NUMBERS);
    this.count--;
  }

  get(index: number, what: number): number {
    return this.numbers[index * ACCOUNT_NUMBERS + what] as number;
  }

  move(index: number, what: number, by: number): void {
    const at = index * ACCOUNT_NUMBERS + what;
    this.numbers[at] = (this.numbers[at] as number) + by;
  }

  /** Cash that nothing holds. */
  freeCash(index: number): number {
    return this.get(index, CASH) - this.get(index, CASH_HELD);
  }

  freeGoods(index: number): number {
    return this.get(index, GOODS) - this.get(index, GOODS_HELD);
  }
}
