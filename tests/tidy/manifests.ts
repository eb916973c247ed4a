import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, textOf } from "../runner/repository.ts";

export type Manifest = {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
};

export type Package = { readonly folder: string; readonly manifest: Manifest };

/** Parents of packages, and packages that stand alone; the same as in pnpm-workspace.yaml. */
const parents = ["packages", "engines", "services"];
const alone = ["db", "tests"];

/** Every package of the workspace, by folder. */
export function workspacePackages(): Package[] {
  const nested = parents.flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`));
  return [...nested, ...alone]
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .map((folder) => ({ folder, manifest: manifestOf(folder) }));
}

export function manifestOf(folder: string): Manifest {
  return JSON.parse(textOf(join(folder, "package.json"))) as Manifest;
}
