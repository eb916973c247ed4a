import type { Book } from "@kontor/matching";
import { createBook, RECORD_WORDS, restoreBook } from "@kontor/matching";
import { describe, expect, it } from "vitest";
import { flowConfig, recordsOf, runRecords, tradesOf } from "../load/flow-records.ts";
import { flowGenerator, generateFlow } from "../load/order-flow.ts";

const generator = flowGenerator();
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

/** As it would be kept: in words. */
function fromSnapshot(config: ReturnType<typeof flowConfig>, book: Book): Book {
  return restoreBook(config, JSON.parse(JSON.stringify(book.snapshot())) as ReturnType<Book["snapshot"]>);
}

describe.runIf(generator !== null)("the reference flow", () => {
  it.each(seeds)("of seed %i comes to what it says of itself", (seed) => {
    const flow = generateFlow(generator ?? "", { seed });
    const book = createBook(flowConfig(flow));
    const { trades, volume, hash, rejected, resting } = flow.outcome;
    expect(tradesOf(book, recordsOf(flow))).toEqual({ trades, volume, hash, rejected });
    const left = [...book.depth("buy"), ...book.depth("sell")].reduce((sum, { orders }) => sum + orders.length, 0);
    expect(left).toBe(resting);
  });

  it("is the same each 1,000 commands when it is replayed, and from a snapshot of each of these moments", () => {
    const flow = generateFlow(generator ?? "", { seed: 1, ops: 100_000 });
    const config = flowConfig(flow);
    const records = recordsOf(flow);
    const [live, replayed] = [createBook(config), createBook(config)];
    let restored = fromSnapshot(config, live);
    const step = 1_000 * RECORD_WORDS;
    for (let start = 0; start < records.length; start += step) {
      const some = records.subarray(start, start + step);
      runRecords(live, some);
      runRecords(replayed, some);
      runRecords(restored, some);
      const hash = live.hash();
      expect({ start, replayed: replayed.hash(), restored: restored.hash() }).toEqual({
        start,
        replayed: hash,
        restored: hash,
      });
      restored = fromSnapshot(config, live);
      expect(restored.hash()).toBe(hash);
    }
  });
});
