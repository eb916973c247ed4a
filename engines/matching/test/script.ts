import type { Book, BookConfig, BookEvent, BookOptions } from "../src/index.ts";
import { createBook, readEvents } from "../src/index.ts";
import { told } from "./script-events.ts";
import type { Names } from "./script-lines.ts";
import { Lines } from "./script-lines.ts";

const plainRules: BookConfig = { minPrice: 1, maxPrice: 10_000, tickValue: 1, maxQuantity: 1_000_000 };

/**
 * A book driven by lines of text, so that a case reads as a table. Each line is a command; behind `=>` stand the events
 * that it must yield, parted by `;`. `accepted` is not told, and every order has an account of its own unless `by`
 * names one. The grammar is that of `Lines`, the words of events those of `told`.
 */
export class Script {
  readonly book: Book;
  readonly events: BookEvent[] = [];
  private readonly lines = new Lines();

  constructor(rules: Partial<BookConfig> = {}, options: BookOptions = {}) {
    this.book = createBook({ ...plainRules, ...rules }, options);
  }

  get names(): Names {
    return this.lines.names;
  }

  /** Sends the lines one by one; returns, per line that tells what it yields, what came and what was to come. */
  run(text: string): { came: string[]; wanted: string[] } {
    const came: string[] = [];
    const wanted: string[] = [];
    for (const line of text.split("\n")) {
      const [asked = "", yields] = line.split("=>");
      if (asked.trim() === "") continue;
      this.book.submit(this.lines.commandOf(asked.trim()));
      const events = readEvents(this.book);
      this.events.push(...events);
      if (yields === undefined) continue;
      came.push(
        row(
          asked,
          events.flatMap((event) => told(event, this.names) ?? []),
        ),
      );
      wanted.push(
        row(
          asked,
          yields
            .split(";")
            .map((event) => event.trim())
            .filter((event) => event !== ""),
        ),
      );
    }
    return { came, wanted };
  }

  /** The levels of one side as `price: quantity orders`, best first. */
  depth(side: "buy" | "sell"): string[] {
    return this.book.depth(side).map(({ price, quantity, orders }) => {
      const names = orders.map((order) => this.names.orders.nameOf(order));
      return `${price}: ${quantity} ${names.join(" ")}`;
    });
  }
}

const row = (asked: string, events: readonly string[]): string => `${asked.trim()} => ${events.join("; ")}`;
