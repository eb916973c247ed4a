import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** A published schema as a document; null when this machine has no copy. `path` leads into the folder of standards. */
export function publishedSchema(path: string): object | null {
  // biome-ignore lint/style/noProcessEnv: where this machine keeps its copies, read here only.
  const file = join(process.env.KONTOR_REPLAY_DATA ?? join(root, "../shared/data"), "standards", path);
  return existsSync(file) ? (parse(readFileSync(file, "utf8")) as object) : null;
}
