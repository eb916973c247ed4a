import { describe, expect, test } from "vitest";
import { GateBlind, judge } from "../runner/gate.ts";
import { biomeGate, biomeSaw } from "../runner/gates/biome.ts";
import { knipSaw } from "../runner/gates/knip.ts";
import { compilerSaw } from "../runner/gates/typescript.ts";
import { add, closingLine, noTests, skippedWords } from "../runner/step.ts";
import { judgeRun } from "../runner/vitest-step.ts";

const base = "/repository";
const listing = (...paths: string[]): string => paths.map((path) => `${base}/${path}`).join("\n");

describe("a gate that does not see all there is fails", () => {
  test("biome", () => {
    expect(biomeSaw("Checked 3 files in 9ms.", ["a.ts", "b.ts"])).toBe("3 files");
    expect(() => biomeSaw("Checked 1 file in 9ms.", ["a.ts", "b.ts"])).toThrow(GateBlind);
    expect(() => biomeSaw("Checked 0 files in 9ms.", [])).toThrow(GateBlind);
    expect(() => biomeSaw("", [])).toThrow(GateBlind);
  });

  test("typescript", () => {
    expect(compilerSaw(listing("a.ts", "b.ts"), { base, mustSee: ["a.ts", "b.ts"] })).toBe("2 files");
    expect(() => compilerSaw(listing("a.ts"), { base, mustSee: ["a.ts", "b.ts"] })).toThrow("b.ts");
    expect(() => compilerSaw("", { base, mustSee: [] })).toThrow(GateBlind);
  });

  test("knip", () => {
    expect(knipSaw("knip read 2 files", ["a.ts", "b.ts"])).toBe("2 files");
    expect(() => knipSaw("knip read 1 files", ["a.ts", "b.ts"])).toThrow(GateBlind);
    expect(() => knipSaw("", [])).toThrow(GateBlind);
  });

  test("the verdict is the tool's, then the sight's", () => {
    const output = "Checked 100000 files in 1s.";
    expect(judge(biomeGate, { code: 0, output, timedOut: false })).toMatchObject({ ok: true });
    expect(judge(biomeGate, { code: 0, output: "", timedOut: false })).toMatchObject({ ok: false });
    expect(judge(biomeGate, { code: 1, output, timedOut: false })).toMatchObject({ ok: false });
    expect(judge(biomeGate, { code: null, output, timedOut: true })).toMatchObject({ ok: false });
  });
});

describe("a test run is judged by what it executed", () => {
  const report = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numFailedTestSuites: 0 };
  const ended = { code: 0, output: "", timedOut: false };

  test("passing", () => {
    const result = judgeRun(ended, { ...report, numPassedTests: 3, numPendingTests: 1 });
    expect(result).toMatchObject({ ok: true, tally: { passed: 3, failed: 0, skipped: 1 } });
  });

  test.each([
    { what: "no test", result: ended, counts: report, says: "no test ran" },
    { what: "no report", result: { ...ended, code: 1 }, counts: undefined, says: "wrote no report" },
    {
      what: "a failed test",
      result: { ...ended, code: 1 },
      counts: { ...report, numPassedTests: 1, numFailedTests: 2 },
      says: "2 of 3 tests failed",
    },
    {
      what: "a file that cannot be loaded",
      result: { ...ended, code: 1 },
      counts: { ...report, numFailedTestSuites: 1 },
      says: "1 files failed",
    },
    {
      what: "an unhandled error",
      result: { ...ended, code: 1 },
      counts: { ...report, numPassedTests: 1 },
      says: "failed outside of a test",
    },
    { what: "a hang", result: { ...ended, code: null, timedOut: true }, counts: undefined, says: "took too long" },
    { what: "a skipped run", result: ended, counts: { ...report, numPendingTests: 5 }, says: "no test ran" },
  ])("$what fails, and counts", ({ result, counts, says }) => {
    const judged = judgeRun(result, counts);
    expect(judged.ok).toBe(false);
    expect(judged.summary).toContain(says);
    expect(judged.tally.failed).toBeGreaterThan(0);
  });

  test("a tier whose data may be missing says that it was", () => {
    const judged = judgeRun(ended, { ...report, numPendingTests: 5 }, { mayLack: "replay data" });
    expect(judged).toMatchObject({ ok: true, summary: "5 skipped: no replay data" });
  });

  test("what was skipped is told with its reason beside what passed", () => {
    const counts = { ...report, numPassedTests: 7, numPendingTests: 6 };
    const reasons = { "no replay data": 4 };
    expect(judgeRun(ended, counts, { reasons })).toMatchObject({
      ok: true,
      summary: "7 tests, 4 skipped: no replay data, 2 skipped: not asked for",
      tally: { passed: 7, skipped: 6, skippedFor: { "no replay data": 4, "not asked for": 2 } },
    });
    expect(judgeRun(ended, counts, { reasons, mayLack: "replay data" }).tally.skippedFor).toEqual({
      "no replay data": 6,
    });
    expect(judgeRun(ended, { ...report, numPassedTests: 7 })).toMatchObject({ summary: "7 tests" });
    const alone = { ...report, numPendingTests: 4 };
    expect(judgeRun(ended, alone, { reasons })).toMatchObject({ ok: true, summary: "4 skipped: no replay data" });
  });
});

test("the closing line sums all runs", () => {
  const one = { passed: 2, failed: 1, skipped: 1, skippedFor: { "no replay data": 1 } };
  const other = { passed: 3, failed: 0, skipped: 4, skippedFor: { "no replay data": 3, "not asked for": 1 } };
  const sum = add(noTests, add(one, other));
  expect(closingLine(sum)).toBe("5 passed, 1 failed, 5 skipped");
  expect(skippedWords(sum)).toEqual(["4 skipped: no replay data", "1 skipped: not asked for"]);
});
