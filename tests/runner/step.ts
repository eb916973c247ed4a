/** Tests of one step by outcome. A gate that is no test run counts 0, and 1 failed when it fails. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** How many of the skipped ones were so for which reason. */
  readonly skippedFor: Readonly<Record<string, number>>;
};

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

export const noTests: Tally = { passed: 0, failed: 0, skipped: 0, skippedFor: {} };

export function add(a: Tally, b: Tally): Tally {
  const skippedFor = { ...a.skippedFor };
  for (const [reason, count] of Object.entries(b.skippedFor)) skippedFor[reason] = (skippedFor[reason] ?? 0) + count;
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, skippedFor };
}

/** What was skipped and why, such as `3 skipped: no replay data`. */
export function skippedWords({ skippedFor }: Tally): readonly string[] {
  return Object.entries(skippedFor).map(([reason, count]) => `${count} skipped: ${reason}`);
}

/** The last line of every run, read by machines. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
