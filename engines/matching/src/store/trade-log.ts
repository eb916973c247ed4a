/** How many trades back can be busted. */
export const TRADES_KEPT = 65_536;
const KEPT = TRADES_KEPT;
const ENTRY_WORDS = 4;
const PRICE = 0;
const QUANTITY = 1;
const QUANTITY_HIGH = 2;
/** How the entry stands, and above that how many numbers before its own its place in the order of trades is. */
const STANDING = 3;
const STANDS = 1;
const OF_AUCTION = 2;
const PLACE_SHIFT = 2;
const TWO_32 = 4294967296;

/** The last trades, auctions among them, in the place of what they correct. */
export class TradeLog {
  /** Number of the latest. */
  latest = 0;
  words = new Int32Array(KEPT * ENTRY_WORDS);

  /** Returns the new trade's number. */
  add(price: number, quantity: number): number {
    const trade = ++this.latest;
    const at = (trade % KEPT) * ENTRY_WORDS;
    this.words[at + PRICE] = price;
    this.words[at + QUANTITY] = quantity;
    this.words[at + QUANTITY_HIGH] = 0;
    this.words[at + STANDING] = STANDS;
    return trade;
  }

  /** An auction's quantity may be more than one order's. */
  addAuction(price: number, quantity: number): number {
    const trade = this.add(price, quantity % TWO_32);
    const at = (trade % KEPT) * ENTRY_WORDS;
    this.words[at + QUANTITY_HIGH] = Math.trunc(quantity / TWO_32);
    this.words[at + STANDING] = STANDS | OF_AUCTION;
    return trade;
  }

  /** Puts a trade with a new price in the place of another. */
  correct(replaced: number, price: number): number {
    const place = this.placeOf(replaced);
    const quantity = this.quantityOf(replaced);
    this.bust(replaced);
    const trade = this.add(price, quantity);
    const at = (trade % KEPT) * ENTRY_WORDS;
    this.words[at + STANDING] = STANDS | ((trade - place) << PLACE_SHIFT);
    return trade;
  }

  bust(trade: number): void {
    const at = (trade % KEPT) * ENTRY_WORDS + STANDING;
    this.words[at] = (this.words[at] as number) & ~STANDS;
  }

  /** Whether it is remembered and neither busted nor replaced. */
  stands(trade: number): boolean {
    if (trade < 1 || trade > this.latest || trade <= this.latest - KEPT) return false;
    return ((this.words[(trade % KEPT) * ENTRY_WORDS + STANDING] as number) & STANDS) !== 0;
  }

  isAuction(trade: number): boolean {
    return ((this.words[(trade % KEPT) * ENTRY_WORDS + STANDING] as number) & OF_AUCTION) !== 0;
  }

  priceOf(trade: number): number {
    return this.words[(trade % KEPT) * ENTRY_WORDS + PRICE] as number;
  }

  quantityOf(trade: number): number {
    const at = (trade % KEPT) * ENTRY_WORDS;
    return (this.words[at + QUANTITY_HIGH] as number) * TWO_32 + ((this.words[at + QUANTITY] as number) >>> 0);
  }

  /** The latest trade in order that stands; 0 when none does. */
  lastStanding(): number {
    let found = 0;
    let foundPlace = 0;
    for (let trade = this.latest; trade > Math.max(0, this.latest - KEPT); trade--) {
      if (!this.stands(trade)) continue;
      const place = this.placeOf(trade);
      if (place <= foundPlace) continue;
      found = trade;
      foundPlace = place;
    }
    return found;
  }

  /** The numbers that `restore` takes. */
  save(): number[] {
    const first = Math.max(1, this.latest - KEPT + 1);
    const saved = [this.latest];
    for (let trade = first; trade <= this.latest; trade++) {
      const at = (trade % KEPT) * ENTRY_WORDS;
      for (let word = 0; word < ENTRY_WORDS; word++) saved.push(this.words[at + word] as number);
    }
    return saved;
  }

  restore(take: () => number): void {
    this.latest = take();
    for (let trade = Math.max(1, this.latest - KEPT + 1); trade <= this.latest; trade++) {
      const at = (trade % KEPT) * ENTRY_WORDS;
      for (let word = 0; word < ENTRY_WORDS; word++) this.words[at + word] = take();
    }
  }

  /** The number that a trade would have had if it had been right at once. */
  placeOf(trade: number): number {
    return trade - this.back(trade);
  }

  private back(trade: number): number {
    return (this.words[(trade % KEPT) * ENTRY_WORDS + STANDING] as number) >> PLACE_SHIFT;
  }
}
