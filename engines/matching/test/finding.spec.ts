import { describe, expect, test } from "vitest";
import type { BookConfig } from "../src/config.ts";
import { createCommandStream } from "./command-stream.ts";
import { fewest, findDifference } from "./finding.ts";
import type { NaiveBook } from "./naive/naive-book.ts";
import { createNaiveBook } from "./naive/naive-book.ts";

/** A twin that forgets to tell of trades of this quantity. */
function withFault(quantity: number): (config: BookConfig) => NaiveBook {
  return (config) => {
    const book = createNaiveBook(config);
    const submit: NaiveBook["submit"] = (command) =>
      book.submit(command).filter((event) => event.type !== "trade" || event.quantity !== quantity);
    return Object.create(book, { submit: { value: submit } }) as NaiveBook;
  };
}

describe("a difference", () => {
  test("is told with the fewest commands that show it", () => {
    const run = { seed: 5, stream: createCommandStream(5), commands: 400, createTwin: withFault(3) };
    const found = findDifference(run);
    expect(found?.commands.length).toBeGreaterThanOrEqual(2);
    expect(found?.commands.length).toBeLessThanOrEqual(4);
    expect(found?.message).toMatch(/^seed 5, command \d: .*\nevents of the twin:/);
  });

  test("is not found where there is none", () => {
    expect(findDifference({ seed: 5, stream: createCommandStream(5), commands: 400 })).toBeNull();
  });
});

test("the fewest items that fail together are found wherever they are", () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const fails = (some: readonly number[]): boolean => [3, 50, 99].every((item) => some.includes(item));
  expect(fewest(items, fails)).toEqual([3, 50, 99]);
});
