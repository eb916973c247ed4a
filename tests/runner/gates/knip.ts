import { fileURLToPath } from "node:url";
import type { Gate } from "../gate.ts";
import { GateBlind } from "../gate.ts";
import { typeScriptFiles } from "../repository.ts";
import { tools } from "../tools.ts";

const reporter = fileURLToPath(new URL("knip-reporter.ts", import.meta.url));

/** Unused files, exports and dependencies: none. It must have read every TypeScript file. */
export const knipGate: Gate = {
  name: "knip",
  args: [tools.knip, "--no-progress", "--reporter", "symbols", "--reporter", reporter],
  seen: (output) => knipSaw(output, typeScriptFiles()),
};

/** Reads the line that our reporter adds. */
export function knipSaw(output: string, mustSee: readonly string[]): string {
  const read = Number(/knip read (\d+) files/.exec(output)?.[1] ?? 0);
  if (read === 0 || read < mustSee.length) {
    throw new GateBlind(`knip read ${read} files, but there are ${mustSee.length}; see the project globs in knip.json`);
  }
  return `${read} files`;
}
