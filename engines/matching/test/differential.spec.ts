import { describe, expect, test } from "vitest";
import { createCommandStream } from "./command-stream.ts";
import { createLongStream, longStreamLength } from "./long-stream.ts";
import { RandomCalls } from "./random-calls.ts";
import { compare } from "./side-by-side.ts";
import { createWideStream } from "./wide-stream.ts";

const shards = 25;
const seedsPerShard = 100;
const commandsPerSeed = 400;
const wideCommands = 4_000;
const callsPerShard = 4_000;
const patience = { timeout: 120_000 };

const shardNumbers = Array.from({ length: shards }, (_, shard) => shard);

describe("the engine and its twin agree on every command of generated streams", () => {
  let compared = 0;

  test.each(shardNumbers)("shard %i", patience, (shard) => {
    for (let index = 1; index <= seedsPerShard; index += 1) {
      const seed = shard * seedsPerShard + index;
      compared += compare({ seed, stream: createCommandStream(seed), commands: commandsPerSeed });
    }
  });

  test("1,000,000 commands in all", () => {
    expect(compared).toBe(1_000_000);
  });
});

describe("they agree where orders are many and numbers are large", () => {
  test.each([1, 2, 3, 4])("seed %i", patience, (seed) => {
    expect(compare({ seed, stream: createWideStream(seed), commands: wideCommands })).toBe(wideCommands);
  });

  test("and trades more than a book keeps", patience, () => {
    expect(compare({ seed: 1, stream: createLongStream(1), commands: longStreamLength })).toBe(longStreamLength);
  });
});

describe("the engine finds the auction price of brute force", () => {
  let called = 0;

  test.each(shardNumbers)("shard %i", patience, (shard) => {
    const calls = new RandomCalls(shard + 1);
    for (let index = 0; index < callsPerShard; index += 1) {
      calls.check();
      called += 1;
    }
  });

  test("100,000 calls in all", () => {
    expect(called).toBe(100_000);
  });
});
