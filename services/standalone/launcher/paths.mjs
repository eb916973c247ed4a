import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const modules = join(root, "node_modules");
export const windows = process.platform === "win32";
/** The Node that the lockfile pins, whatever Node runs this file. */
export const nodeBinary = join(modules, "node", "bin", windows ? "node.exe" : "node");

const bin = join(modules, ".bin");

/** PATH without our own tools: an install replaces that folder while it runs. */
export function outerPath() {
  const entries = (process.env.PATH ?? "").split(delimiter);
  return entries.filter((entry) => entry !== bin).join(delimiter);
}

/** PATH with our own tools first, so that `node` and every tool is the pinned one. */
export function innerPath() {
  return [bin, outerPath()].join(delimiter);
}

/**
 * Progress for the person at the terminal; stdout belongs to the task.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
