import type { Side } from "../src/commands.ts";
import type { EventRing } from "../src/wire/event-ring.ts";
import { E_ORDER, E_PRICE, E_SIDE, E_TYPE, EVENT_WORDS, N_FIRST } from "../src/wire/event-ring.ts";
import { END, LEVEL } from "../src/wire/event-types.ts";

type SeenLevel = { readonly price: number; readonly quantity: number; readonly orders: number };

/** What somebody sees of a book who is told of its levels alone. */
export class SeenLevels {
  readonly #sides = { buy: new Map<number, SeenLevel>(), sell: new Map<number, SeenLevel>() };

  /** Takes in the last group, whose levels stand at its end. */
  take(ring: EventRing): void {
    if (ring.words[ring.end - EVENT_WORDS + E_TYPE] !== END) throw new Error("a group has no end");
    for (let at = ring.start; at < ring.end; at += EVENT_WORDS) {
      if (ring.words[at + E_TYPE] === LEVEL) this.#level(ring, at);
    }
  }

  #level({ words, numbers }: EventRing, at: number): void {
    const price = words[at + E_PRICE] ?? 0;
    const orders = words[at + E_ORDER] ?? 0;
    const side = this.#sides[words[at + E_SIDE] === 0 ? "buy" : "sell"];
    if (orders === 0) side.delete(price);
    else side.set(price, { price, quantity: numbers[(at >> 1) + N_FIRST] ?? 0, orders });
  }

  /** Best first. */
  depth(side: Side): SeenLevel[] {
    const direction = side === "buy" ? -1 : 1;
    return [...this.#sides[side].values()].sort((a, b) => direction * (a.price - b.price));
  }
}
