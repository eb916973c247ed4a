import { join } from "node:path";
import { root } from "../runner/repository.ts";
import { runNode } from "../runner/run-command.ts";

const script = join(root, "services/trading/src/cli/replay.ts");
const timeoutMs = 600_000;
const linesShown = 20;

/** What `replay --verify` finds when it decides every journaled command again; nothing when all agrees. */
export async function replayFaults(databaseUrl: string): Promise<readonly string[]> {
  const { code, output } = await runNode([script, "--verify", "--database-url", databaseUrl], { timeoutMs });
  if (code === 0) return [];
  return [`replay --verify ended with ${code}: ${output.split("\n").slice(0, linesShown).join("\n")}`];
}
