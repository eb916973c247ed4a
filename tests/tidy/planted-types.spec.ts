import { afterAll, beforeAll, expect, test } from "vitest";
import { runNode } from "../runner/run-command.ts";
import { tools } from "../runner/tools.ts";
import type { PlantedRepository } from "./planted.ts";
import { plantRepository } from "./planted.ts";

/** What the compiler must refuse in an engine, with the number of its error. */
const refused = [
  { name: "process", error: "TS2591", code: "export const id = process.pid;" },
  { name: "console", error: "TS2584", code: 'console.log("x");\nexport {};' },
  { name: "buffer", error: "TS2591", code: 'export const bytes = Buffer.from("x");' },
  { name: "node-module", error: "TS2591", code: 'export { readFileSync } from "node:fs";' },
  { name: "undeclared", error: "TS2307", code: 'export { drizzle } from "drizzle-orm";' },
  { name: "deep-path", error: "TS2307", code: 'export { invariant } from "@kontor/kernel/src/invariant.ts";' },
  { name: "unchecked-index", error: "TS2322", code: "export const first = (list: number[]): number => list[0];" },
  { name: "enumeration", error: "TS1294", code: "export enum Side { Buy }" },
  {
    name: "type-as-value",
    error: "TS1484",
    code: 'import { Micros } from "@kontor/kernel";\nexport type At = Micros;',
  },
] as const;

let repository: PlantedRepository | undefined;
let output = "";

beforeAll(async () => {
  repository = plantRepository();
  repository.copy("tsconfig.base.json");
  repository.copy("engines/auction/tsconfig.json");
  repository.copy("engines/auction/package.json");
  repository.link("engines/auction/node_modules/@kontor/kernel", "packages/kernel");
  repository.write("tsconfig.json", { files: [], references: [{ path: "engines/auction" }] });
  repository.write(
    "engines/auction/src/sound.ts",
    'import { invariant } from "@kontor/kernel";\ninvariant(true, "x");\n',
  );
  for (const { name, code } of refused) repository.write(`engines/auction/src/${name}.ts`, `${code}\n`);
  ({ output } = await runNode([tools.tsc, "-b", "--force"], { cwd: repository.folder, timeoutMs: 60_000 }));
});
afterAll(async () => {
  await repository?.[Symbol.asyncDispose]();
});

test.each(refused)("an engine with $name does not compile", ({ name, error }) => {
  const lines = output.split("\n").filter((line) => line.includes(`src/${name}.ts`));
  expect(lines.join("\n")).toContain(error);
});

test("a sound engine compiles", () => {
  expect(output).not.toContain("src/sound.ts");
});
