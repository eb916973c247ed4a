import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Book } from "@kontor/matching";
import { createBook, readEvents } from "@kontor/matching";
import { describe, expect, it } from "vitest";
import type { Names, Vector } from "./exchange-vectors.ts";
import { commandOf, configOf, Numbered, vectorEventOf } from "./exchange-vectors.ts";
import { recordsFolder } from "./records.ts";

const folder = recordsFolder("exchange");
const vectors = folder === null ? [] : vectorsIn(join(folder, "vectors"));

function vectorsIn(path: string): Vector[] {
  const files = readdirSync(path).filter((name) => name.endsWith(".json"));
  return files.sort().flatMap((name) => JSON.parse(readFileSync(join(path, name), "utf8")) as Vector[]);
}

function openedBook(vector: Vector, { accounts }: Names): Book {
  const book = createBook(configOf(vector));
  for (const [name, { cash = 0, goods = 0 }] of Object.entries(vector.config.accounts ?? {})) {
    book.submit({ type: "allocate", at: 0, account: accounts.numberOf(name), cash, goods });
  }
  return book;
}

describe.runIf(folder !== null)("recorded vectors of books", () => {
  it("are all there", () => expect(vectors.length).toBeGreaterThanOrEqual(46));

  it.each(vectors.map((vector) => [vector.id, vector.title, vector] as const))("%s %s", (_id, _title, vector) => {
    const names: Names = {
      orders: new Numbered(),
      accounts: new Numbered(),
      links: new Numbered(),
      owners: new Map(),
    };
    const book = openedBook(vector, names);
    let at = 0;
    for (const step of vector.steps) {
      at = step.in.t ?? at + 1;
      book.submit(commandOf(step.in, names, at));
      const told = readEvents(book).flatMap((event) => vectorEventOf(event, names) ?? []);
      expect({ step: step.in, out: told }).toMatchObject({ step: step.in, out: step.out });
    }
    const side = (name: "buy" | "sell"): unknown =>
      book.depth(name).map(({ price, quantity, orders }) => ({
        price,
        qty: quantity,
        orders: orders.map((order) => names.orders.nameOf(order)),
      }));
    expect({ bids: side("buy"), asks: side("sell") }).toEqual(vector.book);
    for (const [name, balances] of Object.entries(vector.balances ?? {})) {
      expect({ name, ...book.account(names.accounts.numberOf(name)) }).toEqual({ name, ...balances });
    }
  });
});
