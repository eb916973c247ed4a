import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, textOf } from "../runner/repository.ts";
import { workspacePackages } from "./manifests.ts";

type Project = {
  readonly extends?: string;
  readonly compilerOptions?: { readonly types?: readonly string[] };
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly references?: readonly { readonly path: string }[];
};

const projectAt = (path: string): Project => JSON.parse(textOf(path)) as Project;

const references = (projectAt("tsconfig.json").references ?? []).map(({ path }) => path);

/** They run anywhere and know no machine. */
const purePackages = [
  "packages/kernel",
  "packages/protocol",
  ...readdirSync(join(root, "engines")).map((name) => `engines/${name}`),
];

test.each(purePackages)("%s is compiled without ambient types", (folder) => {
  expect(references).toContain(folder);
  const { compilerOptions, include, exclude } = projectAt(`${folder}/tsconfig.json`);
  expect(compilerOptions?.types).toEqual([]);
  expect(include).toEqual(["src/**/*.ts"]);
  // A test brings the types of Node with its test runner, and they would reach the sources.
  expect(exclude).toEqual(["**/*.spec.ts"]);
});

test("every package and the project of all files extend the one base", () => {
  const projects = [...workspacePackages().map(({ folder }) => `${folder}/tsconfig.json`), "tsconfig.node.json"];
  const strays = projects.filter((path) => !/^(\.\.?\/)+tsconfig\.base\.json$/.test(projectAt(path).extends ?? ""));
  expect(strays).toEqual([]);
  expect(references).toContain("tsconfig.node.json");
});

test("the base is strict", () => {
  expect(projectAt("tsconfig.base.json").compilerOptions).toMatchObject({
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    types: [],
  });
});
