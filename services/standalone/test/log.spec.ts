import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../src/log.ts";

let dataFolder: string;
let said: string[];
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), "kontor-log-"));
  said = [];
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

const file = { bytesMax: 20_000, kept: 3 };
const logOf = (changes: Partial<Parameters<typeof createLog>[0]> = {}): Logger =>
  createLog({ dataFolder, to: "file", level: "info", onError: (line) => said.push(line), file, ...changes });

/** The stream writes this much at once, so that a file may grow so much too large. */
const chunkBytes = 16_384;

/** Numbers of the lines in each file, the oldest file first. */
async function numbersInFiles(): Promise<number[][]> {
  const names = (await readdir(dataFolder)).sort().reverse();
  const ordered = [...names.filter((name) => name !== "kontor.log"), "kontor.log"];
  const texts = await Promise.all(ordered.map((name) => readFile(join(dataFolder, name), "utf8")));
  return texts.map((text) => text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line).number])));
}

/** Writes numbered lines, about a hundred bytes each, some of them while others are on their way to the disk. */
async function write(log: Logger, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number++) {
    log.info({ number }, "something happened that somebody may want to read");
    if (number % 7 === 0) await new Promise(setImmediate);
  }
}

/** A busy disk takes its time. */
const patience = { timeout: 20_000 };

async function isWritten(number: number): Promise<void> {
  await vi.waitFor(async () => expect((await numbersInFiles()).flat().at(-1)).toBe(number), patience);
}

test("a file that has grown is put aside while it is written: whole lines, in order, private, so many and no more", async () => {
  const log = logOf();
  await write(log, 0, 3_000);
  await isWritten(2_999);
  expect((await readdir(dataFolder)).sort()).toEqual(["kontor.log", "kontor.log.1", "kontor.log.2", "kontor.log.3"]);
  const numbers = (await numbersInFiles()).flat();
  expect(numbers).toEqual(numbers.map((_, index) => 3_000 - numbers.length + index));
  expect(numbers.length).toBeGreaterThan(400);
  for (const name of await readdir(dataFolder)) {
    const { size, mode } = await stat(join(dataFolder, name));
    expect(size).toBeLessThan(file.bytesMax + 2 * chunkBytes);
    expect(mode & 0o777).toBe(0o600);
  }
});

test("what an earlier process wrote counts, and is not lost", async () => {
  await writeFile(join(dataFolder, "kontor.log"), `${JSON.stringify({ number: -1 })}\n`.repeat(file.bytesMax / 10));
  const log = logOf();
  await write(log, 0, 1);
  await isWritten(0);
  await vi.waitFor(async () => expect(await readdir(dataFolder)).toContain("kontor.log.1"), patience);
  await write(log, 1, 2);
  await isWritten(1);
  expect((await numbersInFiles()).flat().filter((number) => number >= 0)).toEqual([0, 1]);
});

test("a log that cannot be put aside is told of once, and goes on", async () => {
  const log = logOf();
  await write(log, 0, 1);
  await isWritten(0);
  await rm(dataFolder, { recursive: true });
  await write(log, 1, 1_000);
  const complaint = expect.stringContaining("The log cannot be written: ENOENT");
  await vi.waitFor(() => expect(said).toEqual([complaint]), patience);
});

test("errors are also said on the terminal, in one line and not twice in a row", async () => {
  const log = logOf();
  log.error({ err: new Error("first line\nsecond line") }, "it failed");
  log.error({ err: new Error("first line\nsecond line") }, "it failed");
  log.info({ number: 0 }, "all is well");
  await isWritten(0);
  expect(said).toEqual(["it failed: first line"]);
});
