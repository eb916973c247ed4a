// `pnpm chaos --kills 1000 [--seed N]`: kills the server and Postgres at random under load and checks every answer.
import { parseArgs } from "node:util";
import { holds, linesOf } from "./report.ts";
import { runChaos } from "./run-chaos.ts";

const usage = "options are --kills <number from 1> --seed <number>";
const showEveryMs = 10_000;

async function main(args: string[]): Promise<number> {
  const order = orderIn(args);
  if (order === null) {
    console.error(usage);
    return 2;
  }
  const { kills, seed } = order;
  const stop = new AbortController();
  const stopped = (): void => stop.abort(new Error("stopped"));
  process.once("SIGINT", stopped).once("SIGTERM", stopped);
  console.log(`${kills} kills with seed ${seed}`);
  let shownAt = 0;
  const report = await runChaos({
    kills,
    seed,
    signal: stop.signal,
    onProgress(progress) {
      if (progress.elapsedMs - shownAt < showEveryMs && progress.kills < kills) return;
      shownAt = progress.elapsedMs;
      const seconds = Math.round(progress.elapsedMs / 1000);
      console.log(`${progress.kills} of ${kills} kills, ${progress.answers} answers, ${seconds} s`);
    },
  });
  for (const line of linesOf(report)) console.log(line);
  return holds(report) ? 0 : 1;
}

function orderIn(args: string[]): { readonly kills: number; readonly seed: number } | null {
  try {
    const { values } = parseArgs({ args, options: { kills: { type: "string" }, seed: { type: "string" } } });
    const kills = Number(values.kills ?? 100);
    const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
    const isWhole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
    return isWhole(kills) && isWhole(seed) && kills > 0 ? { kills, seed } : null;
  } catch {
    return null;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
