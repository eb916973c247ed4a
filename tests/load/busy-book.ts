import type { Book, BookConfig, Command } from "@kontor/matching";
import { createBook, encodeCommand, RECORD_WORDS } from "@kontor/matching";
import type { Random } from "@kontor/testkit";
import { createRandom } from "@kontor/testkit";

export const busyConfig: BookConfig = { minPrice: 1, maxPrice: 65_536, tickValue: 1, maxQuantity: 10_000 };

const middle = 32_768;
const reachLog = 9;
const quantityMax = 100;
const accounts = 1_000;
/** All at one time: no order is dated. */
const at = 1_000_000_000;

/** Commands of a busy book in their records: 45 of a hundred rest, 35 cancel, 10 replace, 10 take what is there. */
export function busyRecords(count: number, seed: number): Int32Array {
  const records = new Int32Array(count * RECORD_WORDS);
  const random = createRandom(seed);
  const live: number[] = [];
  /** By order: the first of those that replaced each other, which tells side and account. */
  const roots = new Int32Array(count + 1);
  let order = 0;
  for (let index = 0; index < count; index++) {
    const draw = live.length < accounts ? 0 : random.below(100);
    const old = draw >= 45 && draw < 90 ? taken(live, random) : 0;
    if (draw < 45 || draw >= 80) {
      order += 1;
      roots[order] = old === 0 ? order : (roots[old] ?? 0);
    }
    if (draw < 45 || (draw >= 80 && draw < 95)) live.push(order);
    const root = roots[old === 0 ? order : old] ?? 0;
    encodeCommand(commandOf(draw, { random, order, old, root }), records, index * RECORD_WORDS);
  }
  return records;
}

type Drawing = { readonly random: Random; readonly order: number; readonly old: number; readonly root: number };

function commandOf(draw: number, { random, order, old, root }: Drawing): Command {
  const common = { at, account: 1 + (root % accounts) };
  if (draw >= 45 && draw < 80) return { type: "cancel", ...common, order: old };
  const quantity = 1 + random.below(quantityMax);
  const side = root % 2 === 1 ? "buy" : "sell";
  const distance = Math.floor(2 ** (random.next() * reachLog)) * (draw >= 90 ? -1 : 1);
  const price = middle + (side === "buy" ? -distance : distance);
  if (old !== 0) return { type: "replace", ...common, order: old, newOrder: order, price, quantity };
  return { type: "new", ...common, order, side, kind: "limit", tif: draw >= 95 ? "ioc" : "gtc", price, quantity };
}

function taken(live: number[], random: Random): number {
  const index = random.below(live.length);
  const order = live[index] ?? 0;
  live[index] = live.at(-1) ?? 0;
  live.pop();
  return order;
}

/** A book in which so many orders rest, over a thousand prices of each side. */
export function restingBook(orders: number): Book {
  const book = createBook(busyConfig);
  for (let order = 1; order <= orders; order++) {
    const side = order % 2 === 1 ? "buy" : "sell";
    const price = side === "buy" ? middle - 1 - (order % 1_000) : middle + (order % 1_000);
    const terms = { side, kind: "limit", price, quantity: 1 + (order % quantityMax) } as const;
    book.submit({ type: "new", at, order, account: 1 + (order % accounts), ...terms });
  }
  return book;
}
