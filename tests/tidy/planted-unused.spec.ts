import { afterAll, beforeAll, expect, test } from "vitest";
import { knipGate } from "../runner/gates/knip.ts";
import type { CommandResult } from "../runner/run-command.ts";
import { runNode } from "../runner/run-command.ts";
import type { PlantedRepository } from "./planted.ts";
import { plantRepository } from "./planted.ts";

let repository: PlantedRepository | undefined;
let result: CommandResult | undefined;

beforeAll(async () => {
  repository = plantRepository();
  repository.copy("knip.json");
  repository.copy("pnpm-workspace.yaml");
  repository.write("package.json", { name: "root", private: true, type: "module" });
  repository.write("packages/planted/package.json", {
    name: "@kontor/planted",
    type: "module",
    exports: { ".": "./src/index.ts" },
    dependencies: { zod: "1.0.0" },
  });
  repository.write("packages/planted/src/index.ts", 'export { used } from "./part.ts";\n');
  repository.write("packages/planted/src/part.ts", "export const used = 1;\nexport const leftover = 2;\n");
  repository.write("packages/planted/src/orphan.ts", "export const orphan = 3;\n");
  result = await runNode(knipGate.args, { cwd: repository.folder, timeoutMs: 60_000 });
});
afterAll(async () => {
  await repository?.[Symbol.asyncDispose]();
});

test("knip reports an unused file, export and dependency, and fails", () => {
  expect(result?.code).toBe(1);
  expect(result?.output).toContain("packages/planted/src/orphan.ts");
  expect(result?.output).toContain("leftover");
  expect(result?.output).toMatch(/zod\s+packages\/planted\/package\.json/);
});

test("it says how many files it read", () => {
  expect(result?.output).toMatch(/knip read [1-9]\d* files/);
});
