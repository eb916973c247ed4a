// `npm test` and its parts: runs the steps one after the other, one line each, and stops at the first that fails.
//   node tests/run.ts              everything
//   node tests/run.ts unit [args]  one group; args go to the tool (a file, -t "name")
import { stopCommands } from "./runner/run-command.ts";
import type { Step, StepOptions, Tally } from "./runner/step.ts";
import { add, closingLine, noTests, skippedWords } from "./runner/step.ts";
import { groups } from "./runner/steps.ts";

type Outcome = { readonly ok: boolean; readonly tally: Tally };

let stopped = false;

async function runSteps(steps: readonly Step[], options: StepOptions): Promise<Outcome> {
  let tally = noTests;
  for (const step of steps) {
    if (!options.live) process.stdout.write(`… ${step.name}\n`);
    const began = performance.now();
    const result = await step.run(options);
    if (stopped) return { ok: false, tally };
    tally = add(tally, result.tally);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (!result.ok) {
      process.stdout.write(`${result.output}\n✗ ${step.name} ${result.summary} (${seconds} s)\n`);
      return { ok: false, tally };
    }
    process.stdout.write(`✓ ${step.name} ${result.summary} (${seconds} s)\n`);
  }
  return { ok: true, tally };
}

function stop(signal: NodeJS.Signals): void {
  stopped = true;
  stopCommands(signal);
}

async function main([name = "all", ...extra]: readonly string[]): Promise<number> {
  const steps = groups[name];
  if (steps === undefined) {
    console.error(`Unknown group "${name}". Groups: ${Object.keys(groups).join(", ")}.`);
    return 2;
  }
  if (extra.length > 0 && steps.length > 1) {
    console.error(`"${name}" runs several tools and takes no arguments; name one group to pass ${extra.join(" ")}.`);
    return 2;
  }
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const live = steps.length === 1;
  const { ok, tally } = await runSteps(steps, { extra, live });
  if (stopped) console.log("Stopped before the end.");
  for (const words of skippedWords(tally)) console.log(words);
  console.log(closingLine(tally));
  return ok ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
