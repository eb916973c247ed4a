import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder, without a slash at its end. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** Folders that hold no text of ours: installed or generated. */
const foreignFolders = new Set(["node_modules", "coverage", "dist"]);
/** Ours among the names with a leading dot; the others belong to git, editors, systems or a running Kontor. */
const ownDotNames = new Set([".ci", ".editorconfig", ".gitignore", ".npmrc"]);

/** Every file of ours under `folder`, as sorted paths with slashes, relative to `base`. */
export function filesUnder(folder = root, base = folder): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") && !ownDotNames.has(entry.name)) continue;
    if (entry.isDirectory() && !foreignFolders.has(entry.name)) found.push(...filesUnder(path, base));
    if (entry.isFile()) found.push(relative(base, path).split(sep).join("/"));
  }
  return found.sort();
}

/** Files of ours that the compiler reads. */
export function typeScriptFiles(base = root): string[] {
  return filesUnder(base).filter((path) => /\.tsx?$/.test(path));
}

/** Text of a file by its path from the root. */
export function textOf(path: string, base = root): string {
  return readFileSync(join(base, path), "utf8");
}
