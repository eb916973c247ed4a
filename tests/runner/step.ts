/** Tests of one step by outcome. A gate that is no test run counts 0, and 1 failed when it fails. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

export type StepResult = {
  readonly ok: boolean;
  readonly tally: Tally;
  /** One line: what was seen, or why it failed. */
  readonly summary: string;
  /** What the tool wrote, printed when the step fails. */
  readonly output: string;
};

export type StepOptions = {
  /** Arguments of the caller for the tool, such as a file or `-t name`. */
  readonly extra: readonly string[];
  /** Show the tool's output as it comes. */
  readonly live: boolean;
};

/** A part of `npm test` that can be run alone. */
export type Step = {
  readonly name: string;
  readonly run: (options: StepOptions) => Promise<StepResult>;
};

export const noTests: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The last line of every run, read by machines. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
