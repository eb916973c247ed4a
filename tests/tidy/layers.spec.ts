import { join } from "node:path";
import { expect, test } from "vitest";
import { filesUnder, root, textOf } from "../runner/repository.ts";
import type { Import } from "./imports.ts";
import { importsOf, packageOf } from "./imports.ts";
import type { Layer } from "./layers.ts";
import { covers, layerOf } from "./layers.ts";
import type { Package } from "./manifests.ts";
import { workspacePackages } from "./manifests.ts";

const packages = workspacePackages();
const byName = new Map(packages.map((each) => [each.manifest.name, each]));
const isTest = (path: string): boolean => /\.spec\.tsx?$|^(test|bench)\/|^src\/testing\//.test(path);

function sourcesOf({ folder }: Package): string[] {
  return filesUnder(join(root, folder)).filter((path) => /\.(ts|tsx|mjs)$/.test(path));
}

function requireLayer(folder: string): Layer {
  const layer = layerOf(folder);
  if (layer === undefined) throw new Error(`${folder} has no line in tests/tidy/layers.ts; decide who it may import`);
  return layer;
}

test("the packages are there", () => {
  expect(packages.length).toBeGreaterThan(10);
  expect(packages.flatMap(sourcesOf).length).toBeGreaterThan(50);
});

test.each(packages)("$folder declares only what its layer may import", ({ folder, manifest }) => {
  const layer = requireLayer(folder);
  const faults: string[] = [];
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const allowed = byName.has(name) ? covers(layer.ours, name) : (layer.foreign?.includes(name) ?? true);
    if (!allowed) faults.push(`${folder} depends on ${name}, which its layer may not`);
  }
  const inTests = [...layer.ours, ...(layer.typesOf ?? []), ...(layer.inTests ?? [])];
  for (const name of Object.keys(manifest.devDependencies ?? {})) {
    if (byName.has(name) && !covers(inTests, name))
      faults.push(`${folder} tests with ${name}, which its layer may not`);
  }
  expect(faults).toEqual([]);
});

test.each(packages)("$folder imports only what its layer may", (each) => {
  const faults = sourcesOf(each).flatMap((path) => {
    const imports = importsOf(textOf(join(each.folder, path)));
    return imports.flatMap((one) => faultOf(each, path, one)).map((fault) => `${each.folder}/${path} ${fault}`);
  });
  expect(faults).toEqual([]);
});

function faultOf({ folder, manifest }: Package, path: string, { specifier, typeOnly }: Import): string[] {
  if (specifier.startsWith(".")) {
    const leaves = join(folder, path, "..", specifier).split("\\").join("/");
    return leaves.startsWith(`${folder}/`) ? [] : [`reaches into another package by ${specifier}; import its name`];
  }
  const name = packageOf(specifier);
  const target = name === undefined ? undefined : byName.get(name);
  if (name === undefined || target === undefined || name === manifest.name) return [];
  const layer = requireLayer(folder);
  const inTest = isTest(path);
  const faults: string[] = [];
  const value =
    covers(layer.ours, name) || (inTest && covers([...(layer.inTests ?? []), ...(layer.typesOf ?? [])], name));
  if (!value && !covers(layer.typesOf ?? [], name)) faults.push(`imports ${name}, which its layer may not`);
  else if (!value && !typeOnly) faults.push(`imports a value of ${name}; its layer may import types of it only`);
  const subpath = `.${specifier.slice(name.length)}`;
  if (target.manifest.exports?.[subpath] === undefined)
    faults.push(`imports ${specifier}, which ${name} does not export`);
  return faults;
}

test("the scanner sees every form of import", () => {
  const source = `
import type { A } from "a";
import { b, type C } from "b/deep";
import
  {
    d,
  } from "@scope/d/sub";
import "e";
export { f } from './f.ts';
export type * from "g";
export * from "h";
const i = await import("i");
`;
  expect(importsOf(source)).toEqual([
    { specifier: "a", typeOnly: true },
    { specifier: "b/deep", typeOnly: false },
    { specifier: "@scope/d/sub", typeOnly: false },
    { specifier: "./f.ts", typeOnly: false },
    { specifier: "g", typeOnly: true },
    { specifier: "h", typeOnly: false },
    { specifier: "e", typeOnly: false },
    { specifier: "i", typeOnly: false },
  ]);
  expect(packageOf("@scope/d/sub")).toBe("@scope/d");
  expect(packageOf("b/deep")).toBe("b");
  expect(packageOf("node:fs")).toBeUndefined();
});
