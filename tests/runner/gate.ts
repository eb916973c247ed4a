import type { CommandResult } from "./run-command.ts";
import { runNode } from "./run-command.ts";
import type { Step } from "./step.ts";
import { noTests } from "./step.ts";

/** A tool that judges the whole repository and can be shown to have seen it. */
export type Gate = {
  readonly name: string;
  readonly args: readonly string[];
  /**
   * What the tool saw, in words. Throws `GateBlind` if it did not see all it must judge: a gate that sees nothing
   * passes everything.
   */
  readonly seen: (output: string) => string;
  /** What the tool wrote, without the lines that only serve `seen`. */
  readonly readable?: (output: string) => string;
};

export class GateBlind extends Error {
  override readonly name = "GateBlind";
}

const gateTimeoutMs = 5 * 60_000;

/** The gate as a step of the run. */
export function gateStep(gate: Gate): Step {
  const run: Step["run"] = async ({ extra }) => {
    const result = await runNode([...gate.args, ...extra], { timeoutMs: gateTimeoutMs });
    const readable = gate.readable ?? ((text: string) => text);
    const { ok, summary } = judge(gate, result);
    const tally = ok ? noTests : { ...noTests, failed: 1 };
    return { ok, summary, tally, output: ok ? "" : readable(result.output) };
  };
  return { name: gate.name, run };
}

/** Exported for the tests of the gates. */
export function judge(gate: Gate, result: CommandResult): { readonly ok: boolean; readonly summary: string } {
  if (result.timedOut) return { ok: false, summary: `took longer than ${gateTimeoutMs / 60_000} min` };
  if (result.code !== 0) return { ok: false, summary: `found faults (exit ${result.code})` };
  try {
    return { ok: true, summary: gate.seen(result.output) };
  } catch (error) {
    if (!(error instanceof GateBlind)) throw error;
    return { ok: false, summary: error.message };
  }
}
