import { afterAll, beforeAll, expect, test } from "vitest";
import { runNode } from "../runner/run-command.ts";
import { tools } from "../runner/tools.ts";
import type { PlantedRepository } from "./planted.ts";
import { plantRepository } from "./planted.ts";

type Planted = { readonly rule: string; readonly path: string; readonly code: string };

const engine = "engines/planted/src";
const service = "services/planted/src";

/** One violation per file; the rule must report that file. */
const violations: readonly Planted[] = [
  { rule: "noNodejsModules", path: `${engine}/reads-files.ts`, code: 'export { readFileSync } from "node:fs";' },
  { rule: "noRestrictedGlobals", path: `${engine}/reads-clock.ts`, code: "export const now = () => Date.now();" },
  { rule: "noRestrictedGlobals", path: `${engine}/reads-process.ts`, code: "export const id = () => process.pid;" },
  { rule: "noJsRestrictedProperties", path: `${engine}/draws-lots.ts`, code: "export const n = () => Math.random();" },
  { rule: "noRestrictedImports", path: `${engine}/knows-shell.ts`, code: 'export type { Db } from "@kontor/db";' },
  { rule: "noUndeclaredDependencies", path: `${engine}/dev-value.ts`, code: 'export { fc } from "fast-check";' },
  { rule: "noUndeclaredDependencies", path: `${service}/undeclared.ts`, code: 'export { z } from "zod";' },
  { rule: "noProcessEnv", path: `${service}/reads-env.ts`, code: "export const home = () => process.env.HOME;" },
  { rule: "noConsole", path: `${service}/prints.ts`, code: 'export const f = () => console.log("x");' },
  { rule: "noNonNullAssertion", path: `${service}/asserts.ts`, code: "export const f = (x?: string) => x!.length;" },
  { rule: "noExplicitAny", path: `${service}/anything.ts`, code: "export const f = (x: any) => x;" },
  {
    rule: "useMaxParams",
    path: `${service}/four.ts`,
    code: "export const f = (a: 1, b: 2, c: 3, d: 4) => [a, b, c, d];",
  },
  {
    rule: "noExcessiveLinesPerFunction",
    path: `${service}/long.ts`,
    code: `export function f(n: number) {\n${"  n += 1;\n".repeat(71)}  return n;\n}`,
  },
  {
    rule: "noImportCycles",
    path: `${service}/egg.ts`,
    code: 'import { hen } from "./hen.ts";\nexport const egg = () => hen;',
  },
  { rule: "useFilenamingConvention", path: `${service}/CamelCase.ts`, code: "export const x = 1;" },
  { rule: "noDefaultExport", path: `${service}/default.ts`, code: "export default 1;" },
  { rule: "noEnum", path: `${service}/enumerated.ts`, code: "export enum E { A }" },
  {
    rule: "noFloatingPromises",
    path: `${service}/floats.ts`,
    code: "const g = async () => 1;\nexport const f = () => { g(); };",
  },
  {
    rule: "noMisusedPromises",
    path: `${service}/misused.ts`,
    code: "const g = async () => true;\nexport const f = () => { if (g()) return 1; };",
  },
  { rule: "noSkippedTests", path: `${service}/skipped.spec.ts`, code: 'test.skip("x", () => {});' },
  { rule: "noFocusedTests", path: `${service}/focused.spec.ts`, code: 'test.only("x", () => {});' },
];

type Diagnostic = {
  readonly category?: string;
  readonly location?: { readonly path?: unknown };
};

let repository: PlantedRepository | undefined;
let reported: { readonly rule: string; readonly path: string }[] = [];

beforeAll(async () => {
  repository = plantRepository();
  repository.copy("biome.json");
  repository.copy(".gitignore");
  repository.write("engines/planted/package.json", { name: "planted", devDependencies: { "fast-check": "1.0.0" } });
  repository.write("services/planted/package.json", { name: "planted-service" });
  repository.write(`${service}/hen.ts`, 'import { egg } from "./egg.ts";\nexport const hen = () => egg;\n');
  for (const { path, code } of violations) repository.write(path, `${code}\n`);
  const args = [tools.biome, "ci", "--reporter=json", "--max-diagnostics=none", "."];
  const { output } = await runNode(args, { cwd: repository.folder, timeoutMs: 60_000 });
  const json = output.slice(output.indexOf('{"'), output.lastIndexOf("}") + 1);
  const { diagnostics } = JSON.parse(json) as { diagnostics: readonly Diagnostic[] };
  reported = diagnostics.map(({ category = "", location }) => ({
    rule: category.split("/").at(-1) ?? "",
    path: JSON.stringify(location?.path ?? ""),
  }));
});
afterAll(async () => {
  await repository?.[Symbol.asyncDispose]();
});

test.each(violations)("$rule reports $path", ({ rule, path }) => {
  expect(reported.filter((one) => one.rule === rule && one.path.includes(path))).not.toEqual([]);
});

test("the messages for engines name the replacement", async () => {
  const args = [tools.biome, "ci", "--colors=off", `${engine}/reads-clock.ts`];
  const { output } = await runNode(args, { cwd: repository?.folder ?? "", timeoutMs: 60_000 });
  expect(output).toContain("Use the command's receivedAt");
});
