// The one entry of every script: installs what is missing, then runs the task on the project's own Node.
// This file and launcher/ are plain JavaScript without dependencies, because they run before anything is
// installed, on whatever Node (20 or newer) the machine has.
import { ensureInstalled } from "./launcher/install.mjs";
import { say } from "./launcher/paths.mjs";
import { runTask } from "./launcher/run-task.mjs";

/**
 * Arguments for the project's Node, by task; what the caller adds follows.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const tasks = {
  start: ["services/standalone/src/main.ts"],
  dev: ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "services/standalone/src/main.ts"],
  test: ["tests/run.ts"],
  check: ["tests/run.ts", "check"],
  "test:unit": ["tests/run.ts", "unit"],
  "test:db": ["tests/run.ts", "db"],
  "test:journeys": ["tests/run.ts", "journeys"],
  "test:replay": ["tests/run.ts", "replay"],
  "test:chaos": ["tests/run.ts", "chaos"],
  bench: ["tests/bench.ts"],
  chaos: ["tests/chaos/cli.ts"],
  sim: ["tests/sim.ts"],
  replay: ["services/trading/src/cli/replay.ts"],
  watch: ["services/standalone/src/cli/watch.ts"],
  "demo:replay": ["services/standalone/src/cli/demo-replay.ts"],
  "operator:create": ["services/standalone/src/cli/create-operator.ts"],
  "db:generate": ["node_modules/drizzle-kit/bin.cjs", "generate"],
  "db:migrate": ["services/standalone/src/cli/migrate.ts"],
  "views:rebuild": ["services/worker/src/cli/rebuild.ts"],
};

/**
 * Tasks that run in a folder of their own; the others run in the root.
 * @type {Readonly<Record<string, string>>}
 */
const folders = { "db:generate": "db" };

/**
 * Answers the exit code of `node launch.mjs <task> [args]`.
 * @param {readonly string[]} argv
 */
async function launch([task = "", ...rest]) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    say(`Kontor needs Node 20 or newer to start; this is ${process.version}.`);
    return 1;
  }
  const args = tasks[task];
  if (args === undefined) {
    say(`Unknown task "${task}". Tasks: ${Object.keys(tasks).join(", ")}.`);
    return 2;
  }
  if (!(await ensureInstalled())) return 1;
  const extra = rest[0] === "--" ? rest.slice(1) : rest; // pnpm hands the separator on, npm does not
  return await runTask([...args, ...extra], folders[task] ?? ".");
}

process.exitCode = await launch(process.argv.slice(2));
