import { expect, test } from "vitest";
import type { Command } from "../src/commands.ts";
import type { Book } from "../src/index.ts";
import { createBook, encodeCommand, RECORD_WORDS, readEvents, restoreBook } from "../src/index.ts";
import type { CommandStream, WatchedBook } from "./command-stream.ts";
import { createCommandStream } from "./command-stream.ts";
import { createWideStream } from "./wide-stream.ts";

const every = 1_000;
const patience = { timeout: 120_000 };

/** A book that knows its live orders, as generated commands ask for. */
class Live implements WatchedBook {
  readonly book: Book;
  readonly #numbers = new Set<number>();

  constructor({ config }: CommandStream) {
    this.book = createBook(config);
  }

  get phase(): Book["phase"] {
    return this.book.phase;
  }

  liveOrders(): readonly number[] {
    for (const order of this.#numbers) if (this.book.order(order) === undefined) this.#numbers.delete(order);
    return [...this.#numbers];
  }

  submit(command: Command): void {
    this.book.submit(command);
    for (const event of readEvents(this.book)) {
      if (event.type === "accepted") this.#numbers.add(event.order);
      else if (event.type === "replaced") this.#numbers.add(event.newOrder);
    }
  }
}

/** What a journal would keep of commands: their records. */
function recordsOf(commands: readonly Command[]): Int32Array {
  const records = new Int32Array(commands.length * RECORD_WORDS);
  commands.forEach((command, index) => {
    encodeCommand(command, records, index * RECORD_WORDS);
  });
  return records;
}

function replay(book: Book, records: Int32Array): void {
  for (let offset = 0; offset < records.length; offset += RECORD_WORDS) book.submitRecord(records, offset);
}

function restored({ config }: CommandStream, book: Book): Book {
  return restoreBook(config, JSON.parse(JSON.stringify(book.snapshot())) as ReturnType<Book["snapshot"]>);
}

const streams = [
  ...[1, 2].map((seed) => ({ name: `wide ${seed}`, stream: createWideStream(seed), commands: 12_000 })),
  ...[1, 2, 3, 4].map((seed) => ({ name: `narrow ${seed}`, stream: createCommandStream(seed), commands: 6_000 })),
];

test.each(streams)("replay and every snapshot equal what ran, each 1,000 commands: $name", patience, (run) => {
  const { stream, commands } = run;
  const live = new Live(stream);
  const replayed = createBook(stream.config);
  let fromSnapshot = restored(stream, live.book);
  for (let done = 0; done < commands; done += every) {
    const some = Array.from({ length: every }, () => {
      const command = stream.next(live);
      live.submit(command);
      return command;
    });
    const records = recordsOf(some);
    replay(replayed, records);
    replay(fromSnapshot, records);
    const hash = live.book.hash();
    expect({ after: done + every, replayed: replayed.hash() }).toEqual({ after: done + every, replayed: hash });
    expect({ after: done + every, restored: fromSnapshot.hash() }).toEqual({ after: done + every, restored: hash });
    fromSnapshot = restored(stream, live.book);
    expect(fromSnapshot.hash()).toBe(hash);
    expect(JSON.stringify(fromSnapshot.snapshot()) === JSON.stringify(live.book.snapshot())).toBe(true);
  }
});
