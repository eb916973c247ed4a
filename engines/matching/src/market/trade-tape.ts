import type { Micros } from "@kontor/kernel";
import { TRADES_KEPT } from "../store/trade-log.ts";

/** What a book does not remember of a trade. In an auction nobody came to the other, and there are many parties. */
export type TapeEntry = {
  readonly at: Micros;
  readonly takerSide: "buy" | "sell" | null;
  /** Accounts; 0 in an auction. */
  readonly buyer: number;
  readonly seller: number;
};

/** What one account bought less what it sold. */
type Share = readonly [account: number, quantity: number];

export type EncodedTape = {
  readonly latest: number;
  /** Of each trade: microseconds since the one before, taker side, buyer, seller. */
  readonly trades: readonly number[];
  readonly auctions: readonly (readonly [trade: number, shares: readonly Share[]])[];
};

const takerSides = [null, "buy", "sell"] as const;
const initialSize = 256;

/** When the last trades were and whose: as far back as a book lets them be busted. */
export class TradeTape {
  /** Number of the latest trade. */
  latest = 0;
  #at = new Float64Array(initialSize);
  #takers = new Int8Array(initialSize);
  #buyers = new Int32Array(initialSize);
  #sellers = new Int32Array(initialSize);
  readonly #auctions = new Map<number, Map<number, number>>();

  /** The earliest trade that is remembered. */
  get oldest(): number {
    return Math.max(1, this.latest - TRADES_KEPT + 1);
  }

  /** Trades come in the order of their numbers, without gaps. */
  add({ at, takerSide, buyer, seller }: TapeEntry): void {
    this.latest += 1;
    if (this.latest > this.#at.length && this.#at.length < TRADES_KEPT) this.#grow();
    const place = (this.latest - 1) % this.#at.length;
    this.#at[place] = at;
    this.#takers[place] = takerSides.indexOf(takerSide);
    this.#buyers[place] = buyer;
    this.#sellers[place] = seller;
    this.#auctions.delete(this.latest - TRADES_KEPT);
  }

  addShare(trade: number, account: number, quantity: number): void {
    const shares = this.#auctions.get(trade) ?? new Map<number, number>();
    shares.set(account, (shares.get(account) ?? 0) + quantity);
    this.#auctions.set(trade, shares);
  }

  /** The trade must be remembered. */
  entry(trade: number): TapeEntry {
    const place = (trade - 1) % this.#at.length;
    return {
      at: this.#at[place] as number,
      takerSide: takerSides[this.#takers[place] as number] ?? null,
      buyer: this.#buyers[place] as number,
      seller: this.#sellers[place] as number,
    };
  }

  /** What each account bought less what it sold in a trade of so much. */
  sharesOf(trade: number, quantity: number): readonly Share[] {
    const { buyer, seller } = this.entry(trade);
    if (buyer === 0) return [...(this.#auctions.get(trade) ?? [])];
    return [
      [buyer, quantity],
      [seller, -quantity],
    ];
  }

  encode(): EncodedTape {
    const trades: number[] = [];
    let before = 0;
    for (let trade = this.oldest; trade <= this.latest; trade++) {
      const { at, takerSide, buyer, seller } = this.entry(trade);
      trades.push(at - before, takerSides.indexOf(takerSide), buyer, seller);
      before = at;
    }
    const auctions = [...this.#auctions].map(([trade, shares]) => [trade, [...shares]] as const);
    return { latest: this.latest, trades, auctions };
  }

  static decode({ latest, trades, auctions }: EncodedTape): TradeTape {
    const tape = new TradeTape();
    tape.latest = latest - trades.length / 4;
    while (tape.#at.length < Math.min(latest, TRADES_KEPT)) tape.#grow();
    let before = 0;
    for (let from = 0; from < trades.length; from += 4) {
      const [since = 0, taker = 0, buyer = 0, seller = 0] = trades.slice(from, from + 4);
      before += since;
      tape.add({ at: before, takerSide: takerSides[taker] ?? null, buyer, seller });
    }
    for (const [trade, shares] of auctions) tape.#auctions.set(trade, new Map(shares));
    return tape;
  }

  /** Before the first round is full, so that every trade keeps its place. */
  #grow(): void {
    const size = this.#at.length * 2;
    const grown = <Column extends Float64Array | Int32Array | Int8Array>(larger: Column, column: Column): Column => {
      larger.set(column);
      return larger;
    };
    this.#at = grown(new Float64Array(size), this.#at);
    this.#takers = grown(new Int8Array(size), this.#takers);
    this.#buyers = grown(new Int32Array(size), this.#buyers);
    this.#sellers = grown(new Int32Array(size), this.#sellers);
  }
}
