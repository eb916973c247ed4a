import type { Gate } from "../gate.ts";
import { GateBlind } from "../gate.ts";
import { typeScriptFiles } from "../repository.ts";
import { tools } from "../tools.ts";

/** Format, lint and import order. It must have read at least every TypeScript file. */
export const biomeGate: Gate = {
  name: "biome",
  args: [tools.biome, "ci", `--colors=${process.stdout.isTTY ? "force" : "off"}`, "--max-diagnostics=100", "."],
  seen: (output) => biomeSaw(output, typeScriptFiles()),
};

/** Reads the count off the tool's last line, "Checked 41 files in 90ms." */
export function biomeSaw(output: string, mustSee: readonly string[]): string {
  const checked = Number(/Checked (\d+) files?/.exec(output)?.[1] ?? 0);
  if (checked === 0 || checked < mustSee.length) {
    throw new GateBlind(
      `biome read ${checked} files, but there are ${mustSee.length}; see files.includes in biome.json`,
    );
  }
  return `${checked} files`;
}
