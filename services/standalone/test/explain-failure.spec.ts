import { parseArgs } from "node:util";
import { problemOf } from "@kontor/protocol";
import { ProblemError } from "@kontor/sdk";
import { expect, test } from "vitest";
import { explainFailure } from "../src/cli/explain-failure.ts";

const usage = "npm run it -- --this";

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

test("a flag that does not exist is named, without the hints of Node, above the usage", () => {
  const error = thrownBy(() => parseArgs({ args: ["--bogus"], options: {}, allowPositionals: true }));
  expect(explainFailure(error, usage)).toEqual({ lines: ["Unknown option '--bogus'.", "", usage], exitCode: 2 });
});

const text = { type: "string" } as const;

test.each([
  [["--lot"], "Option '--lot <value>' argument missing."],
  [["--lot", "-x"], "Option '--lot' argument is ambiguous."],
  [["more"], "Unexpected argument 'more'."],
])("%s is one sentence", (args, sentence) => {
  const error = thrownBy(() => parseArgs({ args, options: { lot: text } }));
  expect(explainFailure(error, usage).lines[0]).toBe(sentence);
});

test("a refusal is told in words, with what is wrong where", () => {
  const refused = new ProblemError(
    problemOf("request_invalid", {
      errors: [{ pointer: "/lots/0/title", code: "request_invalid", detail: "Too small" }],
    }),
  );
  const [line] = explainFailure(refused, usage).lines;
  expect(line).toBe("The request does not fit its schema. lots.0.title: Too small.");
  const detailed = new ProblemError(problemOf("request_invalid", { detail: "Invalid email" }));
  expect(explainFailure(detailed, usage)).toEqual({
    lines: ["The request does not fit its schema. Invalid email."],
    exitCode: 1,
  });
});

test("anything else by its message", () => {
  expect(explainFailure(new Error("no such file"), usage)).toEqual({ lines: ["no such file"], exitCode: 1 });
});
