// Nanoseconds per command of a book alone on the reference flow of orders, beside a bare loop over typed arrays and
// beside the npm package nodejs-order-book; what depth, holds and a copy of each command add; cancels in a deep level;
// and what a command leaves on the heap.
import { fork } from "node:child_process";
import { once } from "node:events";
import { benchOptions } from "./figures.ts";
import type { MatchingOrder } from "./matching-figures.ts";
import { flowGenerator } from "./order-flow.ts";

const options = benchOptions({ rounds: 9, seed: 1, peer: 0, deep: 20_000, heap: 10 });
const script = new URL("./matching-figures.ts", import.meta.url);

async function main(): Promise<void> {
  const generator = flowGenerator();
  if (generator === null) return;
  for (const part of ["ring", "full", "cancels", "heap"] as const) {
    const child = fork(script, [], { execArgv: ["--expose-gc"] });
    child.send({ part, generator, options } satisfies MatchingOrder);
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`the process that measured "${part}" ended with ${code}`);
  }
}

await main();
