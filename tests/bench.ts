// `pnpm bench <name> [args]`: runs tests/load/<name>.bench.ts, which prints its own figures.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./runner/repository.ts";
import { runNode, stopCommands } from "./runner/run-command.ts";

const folder = join(root, "tests/load");
const suffix = ".bench.ts";
const dayMs = 24 * 60 * 60_000;

async function main([name = "", ...rest]: readonly string[]): Promise<number> {
  const found = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(suffix)) : [];
  const names = found.map((file) => file.slice(0, -suffix.length)).sort();
  if (!names.includes(name)) {
    const list = names.length === 0 ? "none yet" : names.join(", ");
    console.error(`${name === "" ? "Name a bench" : `There is no bench "${name}"`}. Benches: ${list}.`);
    return 2;
  }
  process.once("SIGINT", stopCommands).once("SIGTERM", stopCommands);
  const { code } = await runNode([join(folder, name + suffix), ...rest], { live: true, timeoutMs: dayMs });
  return code ?? 1;
}

process.exitCode = await main(process.argv.slice(2));
