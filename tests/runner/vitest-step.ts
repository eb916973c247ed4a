import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandResult } from "./run-command.ts";
import { runNode } from "./run-command.ts";
import type { SkipReport } from "./skip-reporter.ts";
import type { Step, StepResult, Tally } from "./step.ts";
import { noTests, skippedWords } from "./step.ts";
import { skipReporter, tools } from "./tools.ts";

export type VitestTier = {
  readonly project: string;
  readonly timeoutMs: number;
  /** What this machine may lack, so that all tests skip themselves; without it such a run fails. */
  readonly mayLack?: string;
};

/** One project of vitest.config.ts as a step; a run without a single executed test fails. */
export function vitestStep({ project, timeoutMs, mayLack }: VitestTier): Step {
  const run: Step["run"] = async ({ extra, live }) => {
    const folder = mkdtempSync(join(tmpdir(), "kontor-tests-"));
    const report = join(folder, "report.json");
    const skips = join(folder, "skips.json");
    const reporting = ["default", "json", skipReporter].map((reporter) => `--reporter=${reporter}`);
    const outputs = [`--outputFile.json=${report}`, `--outputFile.skips=${skips}`];
    try {
      const args = [tools.vitest, "run", `--project=${project}`, ...reporting, ...outputs, ...extra];
      const result = await runNode(args, { timeoutMs, live });
      const reasons = readJson<SkipReport>(skips) ?? {};
      return judgeRun(result, readJson<VitestReport>(report), { mayLack, reasons });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { name: project, run };
}

/** The members of vitest's JSON report that count; it lists more. */
export type VitestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
};

function readJson<Content>(file: string): Content | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Content;
  } catch {
    return undefined; // vitest ended before it wrote one; the judgement says so
  }
}

export type JudgeOptions = {
  readonly mayLack?: string | undefined;
  /** Skipped tests that said why. The others lack what the tier may lack, or were not asked for. */
  readonly reasons?: SkipReport;
};

/** Exported for its tests: the step's result from the exit code and the report. */
export function judgeRun(
  result: CommandResult,
  report: VitestReport | undefined,
  { mayLack, reasons = {} }: JudgeOptions = {},
): StepResult {
  const tally = report === undefined ? noTests : tallyOf(report, { mayLack, reasons });
  const fail = (summary: string): StepResult => {
    // A file that cannot be loaded or a crash fails the run without failing a test; it must show in the sum.
    return { ok: false, summary, tally: { ...tally, failed: Math.max(tally.failed, 1) }, output: result.output };
  };
  if (result.timedOut) return fail("took too long and was ended");
  if (report === undefined) return fail(`wrote no report (exit ${result.code})`);
  if (tally.failed > 0) return fail(`${tally.failed} of ${tally.passed + tally.failed} tests failed`);
  if (report.numFailedTestSuites > 0) return fail(`${report.numFailedTestSuites} files failed outside of a test`);
  const isExplained = mayLack !== undefined || tally.skippedFor[notAskedFor] === undefined;
  if (tally.passed === 0 && tally.skipped > 0 && isExplained && result.code === 0) {
    return { ok: true, summary: skippedWords(tally).join(", "), tally, output: "" };
  }
  if (tally.passed === 0) return fail("no test ran");
  if (result.code !== 0) return fail(`failed outside of a test (exit ${result.code})`);
  return { ok: true, summary: [`${tally.passed} tests`, ...skippedWords(tally)].join(", "), tally, output: "" };
}

const notAskedFor = "not asked for";

function tallyOf(report: VitestReport, { mayLack, reasons = {} }: JudgeOptions): Tally {
  const skipped = report.numPendingTests + report.numTodoTests;
  const told = Object.values(reasons).reduce((sum, count) => sum + count, 0);
  const otherReason = mayLack === undefined ? notAskedFor : `no ${mayLack}`;
  const others = skipped - told + (reasons[otherReason] ?? 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped,
    skippedFor: others === 0 ? reasons : { ...reasons, [otherReason]: others },
  };
}
