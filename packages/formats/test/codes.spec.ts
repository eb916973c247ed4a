import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  bmecatWarningCodes,
  exportProblemCodes,
  mappingProblemCodes,
  quickOrderProblemCodes,
  rowProblemCodes,
  unreadableFileCodes,
} from "../src/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Codes of the table below a heading, in its order. */
function codesBelow(heading: string): readonly string[] {
  const [, section = ""] = readme.split(`## ${heading}\n`);
  const [body = ""] = section.split("\n## ");
  return [...body.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code = ""]) => code);
}

test.each([
  ["Files that cannot be read", unreadableFileCodes],
  ["Problems of rows", rowProblemCodes],
  ["Problems of mappings", mappingProblemCodes],
  ["Warnings of BMEcat", bmecatWarningCodes],
  ["Problems of the BMEcat export", exportProblemCodes],
  ["Problems of quick orders", quickOrderProblemCodes],
])("%s: the document lists every code, once and in order", (heading, codes) => {
  expect(codesBelow(heading)).toEqual([...codes]);
});
