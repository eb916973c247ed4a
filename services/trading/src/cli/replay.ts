import { runReplay } from "./run-replay.ts";

try {
  process.exitCode = await runReplay(process.argv.slice(2), (line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
