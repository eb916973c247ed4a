// `pnpm sim [--commands 10000000] [--seed N]`: gives the matching engine and its twin the same generated commands and
// compares every event, depth, balances, places in queues and hash; one restored from a snapshot goes on now and then.
// A difference ends it with the seed and the fewest commands that still show it.
import { setImmediate as turn } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { CommandStream } from "@kontor/matching/testing/command-stream";
import { createCommandStream } from "@kontor/matching/testing/command-stream";
import { findDifference } from "@kontor/matching/testing/finding";
import { createWideStream } from "@kontor/matching/testing/wide-stream";

const usage = "options are --commands <number from 1> --seed <number>";
const showEveryMs = 10_000;
const defaultCommands = 1_000_000;

type Manner = {
  readonly name: string;
  readonly create: (seed: number) => CommandStream;
  readonly commands: number;
};

/** Most streams are short: a book that goes on and on meets the same states again. */
const narrow: Manner = { name: "every feature", create: createCommandStream, commands: 400 };
const wide: Manner = { name: "many orders and large numbers", create: createWideStream, commands: 4_000 };
const oneWideOf = 100;

type Order = { readonly commands: number; readonly seed: number };

async function main(args: string[]): Promise<number> {
  const order = orderIn(args);
  if (order === null) {
    console.error(usage);
    return 2;
  }
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  console.log(`${order.commands} commands from seed ${order.seed}`);
  const startedAt = performance.now();
  let [done, seed, shownAt] = [0, order.seed, startedAt];
  const show = (): void => {
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(
      `${done} of ${order.commands} commands agree, ${Math.round(done / seconds)} a second, next seed ${seed}`,
    );
  };
  for (; done < order.commands && !stopped; seed++) {
    const manner = seed % oneWideOf === 0 ? wide : narrow;
    const commands = Math.min(manner.commands, order.commands - done);
    const found = findDifference({ seed, stream: manner.create(seed), commands });
    if (found !== null) {
      console.log(`They differ. Seed ${seed}, ${manner.name}; the fewest commands that show it:`);
      for (const command of found.commands) console.log(`  ${JSON.stringify(command)}`);
      console.log(`rules of the book: ${JSON.stringify(manner.create(seed).config)}\n${found.message}`);
      return 1;
    }
    done += commands;
    if (performance.now() - shownAt >= showEveryMs) {
      shownAt = performance.now();
      show();
    }
    await turn(); // Signals are heard between two streams.
  }
  show();
  return 0;
}

function orderIn(args: string[]): Order | null {
  try {
    const { values } = parseArgs({ args, options: { commands: { type: "string" }, seed: { type: "string" } } });
    const commands = Number(values.commands ?? defaultCommands);
    const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
    const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
    return isWhole(commands) && isWhole(seed) && commands > 0 ? { commands, seed } : null;
  } catch {
    return null;
  }
}

process.exitCode = await main(process.argv.slice(2));
