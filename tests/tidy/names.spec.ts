import { basename } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, textOf } from "../runner/repository.ts";

const files = filesUnder();
const sources = files.filter((path) => /\.(ts|tsx|mjs)$/.test(path));

/** A name that says nothing about what is inside attracts everything. */
const emptyNames = new Set(["utils", "util", "helpers", "helper", "common", "misc", "types", "shared", "lib", "stuff"]);
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
const fixedNames = new Set(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "SOURCES.md", "SPEC.md"]);

test("names say what is inside: no utils, helpers, common, misc, types", () => {
  expect(files.length).toBeGreaterThan(50);
  const faults = files.filter((path) => path.split("/").some((part) => emptyNames.has(part.replace(/\..*$/, ""))));
  expect(faults.map((path) => `${path}: name it after its concept`)).toEqual([]);
});

test("names are kebab-case", () => {
  const generated = /^(db\/migrations|patches)\//;
  const faults = files.filter((path) => {
    const dotless = path.split("/").map((part) => part.replace(/^\./, ""));
    return !generated.test(path) && !fixedNames.has(basename(path)) && !dotless.every((part) => kebabCase.test(part));
  });
  expect(faults).toEqual([]);
});

/** A package's public face, and nothing else, may only pass on. */
const packageFace = /^(packages|engines|services)\/[^/]+\/src\/index\.ts$|^db\/src\/(index|[a-z-]+\/index)\.ts$/;

test("no barrels but a package's index.ts", () => {
  const faults = sources.filter((path) => {
    const code = textOf(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const statements = code.split(";").filter((statement) => statement.trim() !== "");
    const passesOn = statements.every((statement) => /^\s*export\s[\s\S]*\sfrom\s/.test(statement));
    return passesOn && statements.length > 0 && !packageFace.test(path);
  });
  expect(faults.map((path) => `${path} only re-exports; import from where things are`)).toEqual([]);
});

test("every document of a package's face exists: exports point to files", () => {
  const manifests = files.filter((path) => path.endsWith("package.json"));
  const faults = manifests.flatMap((path) => {
    const { exports = {} } = JSON.parse(textOf(path)) as { exports?: Record<string, string> };
    const folder = path.slice(0, -"package.json".length);
    return Object.values(exports)
      .map((target) => folder + target.slice(2))
      .filter((target) => !files.includes(target))
      .map((target) => `${path} exports ${target}, which does not exist`);
  });
  expect(faults).toEqual([]);
});
