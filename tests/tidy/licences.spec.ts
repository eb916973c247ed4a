import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../runner/repository.ts";
import { workspacePackages } from "./manifests.ts";

/** Permissive, without conditions on what ships beside them. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "OFL-1.1",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
]);

/** Packages whose manifest says otherwise or nothing, with the reason why they are fine. */
const exceptions: Readonly<Record<string, string>> = {};

type Installed = {
  readonly name: string;
  readonly license?: string | { readonly type?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

/** Folder of a dependency as Node would find it from `from`; undefined if it is not installed on this platform. */
function locate(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

/** Everything that ships: production dependencies of all packages and theirs, by folder. */
function shipped(): Map<string, Installed> {
  const found = new Map<string, Installed>();
  const visit = (names: readonly string[], from: string): void => {
    for (const name of names) {
      const folder = locate(name, from);
      if (folder === undefined || found.has(folder)) continue;
      const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Installed;
      found.set(folder, manifest);
      visit(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }), folder);
    }
  };
  for (const { folder, manifest } of workspacePackages()) {
    visit(Object.keys(manifest.dependencies ?? {}), join(root, folder));
  }
  return found;
}

/** Whether an SPDX expression can be met with permissive licences alone. */
function isPermissive(expression: string): boolean {
  const parts = expression.replace(/[()]/g, "").split(/ OR /);
  return parts.some((part) => part.split(/ AND /).every((id) => permissive.has(id.trim())));
}

test("everything that ships is under a permissive licence", () => {
  const packages = [...shipped().values()];
  expect(packages.length).toBeGreaterThan(50);
  const faults = packages.flatMap(({ name, license }) => {
    const declared = typeof license === "string" ? license : (license?.type ?? "none");
    return isPermissive(declared) || exceptions[name] !== undefined ? [] : [`${name}: ${declared}`];
  });
  expect([...new Set(faults)].sort()).toEqual([]);
});

test("expressions are read as SPDX means them", () => {
  expect(["MIT", "(MIT OR GPL-3.0)", "Apache-2.0 AND MIT"].map(isPermissive)).toEqual([true, true, true]);
  expect(["GPL-3.0", "MIT AND GPL-3.0", "none", ""].map(isPermissive)).toEqual([false, false, false, false]);
});
