import {
  bmecatWarningCodes,
  exportProblemCodes,
  mappingProblemCodes,
  quickOrderProblemCodes,
  rowProblemCodes,
  unreadableFileCodes,
} from "@kontor/formats";
import { faults } from "@kontor/kernel";
import {
  buyingRefusalCodes,
  catalogRefusalCodes,
  catalogRejectionCodes,
  clearingRefusalCodes,
  commercialRefusalCodes,
  exchangeRejectionCodes,
  importFaults,
  ledgerRefusalCodes,
  problemCodes,
  problemKinds,
  tenderRejectionCodes,
} from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import { filesUnder, textOf } from "../runner/repository.ts";

type EngineCodes = {
  readonly engine: string;
  /** By precedence: of several that apply, the first is answered. */
  readonly codes: readonly string[];
};

/** One line per engine with a registry of codes. */
const engines: readonly EngineCodes[] = [
  { engine: "engines/auction", codes: tenderRejectionCodes },
  { engine: "engines/catalog", codes: catalogRejectionCodes },
  { engine: "engines/matching", codes: exchangeRejectionCodes },
];

const files = filesUnder();
const isSpec = (path: string): boolean => path.endsWith(".spec.ts") && !path.startsWith("tests/tidy/");
/** What the tests say; helpers beside them count, for a table of cases may stand there. */
const testText = files
  .filter((path) => isSpec(path) || (/\/test\//.test(path) && path.endsWith(".ts")))
  .map((path) => textOf(path))
  .join("\n");

const cited = (code: string, text: string): boolean => new RegExp(`["'\`]${code}["'\`]`).test(text);

/** Codes of the section "Rejections" of a SPEC.md: the first `code` of each row or list item, in order. */
function codesOfSpec(markdown: string): string[] {
  const [, section = ""] = markdown.split(/^#+ .*rejection.*$/im);
  const [body = ""] = section.split(/^# |^## /m);
  const rows = body.split("\n").filter((line) => /^(\||[-*] |\d+\. )/.test(line));
  return rows.flatMap((row) => /`([a-z]+(?:_[a-z]+)+)`/.exec(row)?.[1] ?? []);
}

describe.each(engines)("$engine", ({ engine, codes }) => {
  const sources = files.filter((path) => path.startsWith(`${engine}/src/`) && !isSpec(path));
  const sourceText = sources.map((path) => textOf(path)).join("\n");

  test("has codes, each once", () => {
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("SPEC.md lists the same codes in the same order of precedence", () => {
    expect(codesOfSpec(textOf(`${engine}/SPEC.md`))).toEqual(codes);
  });

  test("the engine gives each of its codes", () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !cited(code, sourceText))).toEqual([]);
  });

  test("each code has its HTTP answer", () => {
    expect(codes.filter((code) => !(code in problemKinds))).toEqual([]);
  });
});

describe.each([
  { part: "the ledger", codes: ledgerRefusalCodes, folders: /^db\/src\/ledger\/|^db\/migrations\/.*\.sql$/ },
  { part: "clearing", codes: clearingRefusalCodes, folders: /^db\/src\/clearing\// },
  {
    part: "buying",
    codes: buyingRefusalCodes,
    folders: /^db\/src\/buying\/|^engines\/catalog\/src\/approval\/|^services\/gateway\/src\/buying\//,
  },
  {
    part: "master data",
    codes: catalogRefusalCodes,
    folders: /^(db\/src\/catalog|engines\/catalog\/src|services\/gateway\/src)\//,
  },
  {
    part: "prices and agreements",
    codes: commercialRefusalCodes,
    folders: /^(db\/src\/catalog|services\/gateway\/src)\//,
  },
])("$part", ({ codes, folders }) => {
  test("has codes, each once, with their HTTP answers, and gives each of them", () => {
    const text = files
      .filter((path) => folders.test(path))
      .map((path) => textOf(path))
      .join("\n");
    expect(codes.length).toBeGreaterThan(0);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !(code in problemKinds))).toEqual([]);
    expect(codes.filter((code) => !cited(code, text))).toEqual([]);
  });
});

test("every engine has its line here", () => {
  const specs = files.filter((path) => /^engines\/[^/]+\/SPEC\.md$/.test(path)).map((path) => path.slice(0, -8));
  expect(engines.map(({ engine }) => engine)).toEqual(specs);
});

test("every code of the problem registry is cited by a test", () => {
  /** A table of cases has its codes as names of members. */
  const isCase = (code: string): boolean => new RegExp(`^  (async )?${code}[:(]`, "m").test(testText);
  expect(problemCodes.length).toBeGreaterThan(50);
  expect(problemCodes.filter((code) => !cited(code, testText) && !isCase(code))).toEqual([]);
});

test("tests cite no code that no registry has", () => {
  const ofFiles = [
    bmecatWarningCodes,
    exportProblemCodes,
    Object.keys(importFaults),
    mappingProblemCodes,
    quickOrderProblemCodes,
    rowProblemCodes,
  ];
  const known = new Set(
    [...problemCodes, ...Object.keys(faults), ...unreadableFileCodes, ...ofFiles.flat()].map(String),
  );
  const inTests = [...testText.matchAll(/\bcode: ["']([a-z]+(?:_[a-z]+)+)["']/g)].map(([, code = ""]) => code);
  expect(inTests.length).toBeGreaterThan(0);
  expect(inTests.filter((code) => !known.has(code))).toEqual([]);
});

test("codes are nouns with a condition in snake_case, statuses are refusals, titles are sentences", () => {
  const wrong = Object.entries(problemKinds).flatMap(([code, { status, title }]) => [
    ...(/^[a-z]+(_[a-z]+)*$/.test(code) ? [] : [`${code} is not snake_case`]),
    ...(status >= 400 && status < 600 ? [] : [`${code} has status ${status}`]),
    ...(/^[A-Z].*\.$/.test(title) ? [] : [`${code}: "${title}" is not a sentence`]),
  ]);
  expect(wrong).toEqual([]);
});

test("the section of a SPEC.md is read as rows and as a list", () => {
  const table =
    "# S\n## Rejections by precedence\n\n| n | code |\n|---|---|\n| 1 | `lot_closed` | x `not_this` |\n## Next\n| `no_more` |\n";
  expect(codesOfSpec(table)).toEqual(["lot_closed"]);
  expect(codesOfSpec("## Rejection codes\n1. `a_b`: why\n2. `c_d`\n")).toEqual(["a_b", "c_d"]);
  expect(codesOfSpec("## States\n- `a_b`\n")).toEqual([]);
});
