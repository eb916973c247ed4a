import type { OwnFillView } from "@kontor/protocol";

/** Fills of one company that its stream shows. */
export const fillsShown = 100;
/** More are kept, so that of those which were shown before some commands one can tell that they are no more. */
const fillsKept = 2 * fillsShown;

export type OwnFill = { readonly key: string; readonly trade: number; readonly view: OwnFillView };

export type Trader = {
  /** Bought less sold, in steps. */
  position: number;
  /** Oldest first. */
  readonly fills: OwnFill[];
};

export type EncodedTraders = readonly (readonly [account: number, trader: Trader])[];

/** What a correction makes of a trade. */
export type Correction = { readonly replaces: number; readonly trade: number; readonly price: string };

/** What companies have traded, by account number. */
export class OwnTrading {
  readonly #traders = new Map<number, Trader>();

  /** Undefined for who has not traded. */
  of(account: number): Readonly<Trader> | undefined {
    return this.#traders.get(account);
  }

  move(account: number, quantity: number): void {
    this.#traderOf(account).position += quantity;
  }

  addFill(account: number, fill: OwnFill): void {
    const { fills } = this.#traderOf(account);
    fills.push(fill);
    if (fills.length > fillsKept) fills.shift();
  }

  bust(account: number, trade: number): void {
    const { fills } = this.#traderOf(account);
    for (const [index, fill] of fills.entries()) {
      if (fill.trade === trade) fills[index] = { ...fill, view: { ...fill.view, busted: true } };
    }
  }

  /** The fill counts with the new price; what was charged for it stays. */
  correct(account: number, { replaces, trade, price }: Correction): void {
    const corrected = this.#traderOf(account).fills.filter((fill) => fill.trade === replaces);
    this.bust(account, replaces);
    for (const { key, view } of corrected) {
      this.addFill(account, { key: key.replace(`t${replaces}`, `t${trade}`), trade, view: { ...view, price } });
    }
  }

  encode(): EncodedTraders {
    return [...this.#traders].sort(([a], [b]) => a - b);
  }

  static decode(encoded: EncodedTraders): OwnTrading {
    const trading = new OwnTrading();
    for (const [account, { position, fills }] of encoded) {
      trading.#traders.set(account, { position, fills: [...fills] });
    }
    return trading;
  }

  #traderOf(account: number): Trader {
    const known = this.#traders.get(account);
    if (known !== undefined) return known;
    const trader: Trader = { position: 0, fills: [] };
    this.#traders.set(account, trader);
    return trader;
  }
}
