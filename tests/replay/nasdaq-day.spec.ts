import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { BookEvent, Command } from "@kontor/matching";
import { createBook, readEvents } from "@kontor/matching";
import { describe, expect, it } from "vitest";
import { recordsFolder } from "./records.ts";

const folder = recordsFolder("exchange");

/** Lines of a packed table without its header, as columns. */
function rowsOf(name: string): readonly string[][] {
  const path = join(folder ?? "", "nasdaq", name);
  const [, ...lines] = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  return lines.map((line) => line.split(","));
}

type Live = { readonly account: number; quantity: number };

/** Makers and takers never meet themselves: every order has an account of its own. */
function commandOf(
  [seq = "", at = "", op = "", id = "", side = "", price = "", quantity = ""]: string[],
  live: Map<number, Live>,
) {
  const order = op === "A" ? 1_000_000_000 + Number(seq) : Number(id);
  const common = { at: Math.floor(Number(at) / 1_000), order, account: order };
  const known = live.get(order);
  if (op === "C") return { type: "cancel", ...common } satisfies Command;
  if (op === "R") {
    if (known === undefined) throw new Error(`order ${order} is not known`);
    known.quantity -= Number(quantity);
    return { type: "amend", ...common, quantity: known.quantity } satisfies Command;
  }
  live.set(order, { account: order, quantity: Number(quantity) });
  const terms = { side: side === "B" ? "buy" : "sell", price: Number(price), quantity: Number(quantity) } as const;
  return { type: "new", ...common, kind: "limit", tif: op === "A" ? "ioc" : "gtc", ...terms } satisfies Command;
}

describe.runIf(folder !== null)("a recorded day", () => {
  it("prints every trade of a recorded day, in order", () => {
    const book = createBook({ minPrice: 1, maxPrice: 65_536, tickValue: 1, maxQuantity: 1_000_000 });
    const live = new Map<number, Live>();
    const printed: string[] = [];
    const refused: BookEvent[] = [];
    for (const row of rowsOf("amzn-2012-06-21.orders.csv.gz")) {
      book.submit(commandOf(row, live));
      for (const event of readEvents(book)) {
        if (event.type === "trade") printed.push(`${row[0]},${event.maker},${event.price},${event.quantity}`);
        else if (event.type.endsWith("rejected")) refused.push(event);
      }
    }
    expect(refused).toEqual([]);
    expect(printed).toEqual(rowsOf("amzn-2012-06-21.trades.csv.gz").map((row) => row.join(",")));
    expect(printed).toHaveLength(7_915);
  });
});
