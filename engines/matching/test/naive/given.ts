import { expect } from "vitest";
import type { Command, NewOrder } from "../../src/commands.ts";
import type { BookConfig } from "../../src/config.ts";
import type { BookEvent } from "../../src/events.ts";
import type { NaiveBook } from "./naive-book.ts";
import { createNaiveBook } from "./naive-book.ts";

type Untimed<Timed> = Timed extends unknown ? Omit<Timed, "at"> : never;
/** A command at time 0, unless it says when. */
type Asked = Untimed<Command> & { readonly at?: number };

type Case = {
  readonly rules?: Partial<BookConfig>;
  readonly given?: readonly Asked[];
  readonly when: Asked;
  /** All events of `when`, each with the members that matter. */
  readonly yields: readonly (Partial<BookEvent> & { type: BookEvent["type"] })[];
};

export function bookOf(rules: Partial<BookConfig> = {}): NaiveBook {
  return createNaiveBook({ minPrice: 1, maxPrice: 1_000, tickValue: 1, maxQuantity: 10_000, ...rules });
}

/** Checks the events of the last command; returns the book for what else there is to see. */
export function check({ rules, given = [], when, yields }: Case): NaiveBook {
  const book = bookOf(rules);
  for (const asked of given) submit(book, asked);
  const events = submit(book, when);
  expect(events.map(({ type }) => type)).toEqual(yields.map(({ type }) => type));
  expect(events).toMatchObject(yields);
  return book;
}

export function submit(book: NaiveBook, asked: Asked): readonly BookEvent[] {
  return book.submit({ at: 0, ...asked } as Command);
}

/** Number, price and quantity; account 10 + number unless said otherwise. */
type Terms = readonly [order: number, price: number, quantity: number];

function limitOrder(side: "buy" | "sell", [order, price, quantity]: Terms, more: Partial<NewOrder>): Asked {
  return { type: "new", order, account: 10 + order, side, kind: "limit", price, quantity, ...more };
}

export function buy(terms: Terms, more: Partial<NewOrder> = {}): Asked {
  return limitOrder("buy", terms, more);
}

export function sell(terms: Terms, more: Partial<NewOrder> = {}): Asked {
  return limitOrder("sell", terms, more);
}

/** An order of another kind, which has no limit unless it is given. */
export function order(made: Partial<NewOrder> & Pick<NewOrder, "order" | "side" | "kind" | "quantity">): Asked {
  return { type: "new", account: 10 + made.order, ...made };
}
