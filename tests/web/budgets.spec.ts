import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ensureWebBuilt, webFolder } from "@kontor/standalone";
import { beforeAll, expect, test } from "vitest";

type Chunk = { readonly file: string; readonly imports?: readonly string[]; readonly css?: readonly string[] };
type Manifest = Readonly<Record<string, Chunk & { readonly src?: string; readonly isEntry?: boolean }>>;

let manifest: Manifest = {};
beforeAll(async () => {
  const said: string[] = [];
  if ((await ensureWebBuilt((line) => said.push(line))) === "failed") throw new Error(said.join("\n"));
  manifest = JSON.parse(readFileSync(join(webFolder, ".vite/manifest.json"), "utf8")) as Manifest;
}, 180_000);

const kb = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + statSync(join(webFolder, `${file}.gz`)).size / 1024, 0);

/** Everything that comes with a chunk, itself included. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(name)) return new Set();
  seen.add(name);
  return new Set([chunk.file, ...(chunk.imports ?? []).flatMap((other) => [...filesOf(other, seen)])]);
}

const entry = "index.html";

test("the shell with sign-in stays within 170 KB of scripts and 25 KB of styles", () => {
  expect(kb(filesOf(entry))).toBeLessThanOrEqual(170);
  expect(kb(manifest[entry]?.css ?? [])).toBeLessThanOrEqual(25);
});

test("a language stays within 25 KB", () => {
  const languages = Object.keys(manifest).filter((name) => /i18n\/locales\/[a-z]{2}\.ts$/.test(name));
  expect(languages).toHaveLength(7);
  for (const name of languages) expect([name, kb(filesOf(name)) <= 25]).toEqual([name, true]);
});
