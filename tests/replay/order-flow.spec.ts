import { createBook } from "@kontor/matching";
import { describe, expect, it } from "vitest";
import { flowConfig, recordsOf, tradesOf } from "../load/flow-records.ts";
import { flowGenerator, generateFlow } from "../load/order-flow.ts";

const generator = flowGenerator();
const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

describe.runIf(generator !== null)("the reference flow", () => {
  it.each(seeds)("of seed %i comes to what it says of itself", (seed) => {
    const flow = generateFlow(generator ?? "", { seed });
    const book = createBook(flowConfig(flow));
    const { trades, volume, hash, rejected, resting } = flow.outcome;
    expect(tradesOf(book, recordsOf(flow))).toEqual({ trades, volume, hash, rejected });
    const left = [...book.depth("buy"), ...book.depth("sell")].reduce((sum, { orders }) => sum + orders.length, 0);
    expect(left).toBe(resting);
  });
});
