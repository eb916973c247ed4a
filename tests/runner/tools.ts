import { join } from "node:path";
import { root } from "./repository.ts";

/** Scripts of the tools, run by the project's Node: a shim of the shell would hide the process behind it. */
export const tools = {
  biome: join(root, "node_modules/@biomejs/biome/bin/biome"),
  knip: join(root, "node_modules/knip/bin/knip.js"),
  tsc: join(root, "node_modules/typescript/bin/tsc"),
  vitest: join(root, "node_modules/vitest/vitest.mjs"),
} as const;

/** Ours, for vitest: writes why tests were skipped. */
export const skipReporter = join(root, "tests/runner/skip-reporter.ts");
