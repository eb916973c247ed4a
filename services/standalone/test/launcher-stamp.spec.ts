import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installStamp, workspaceFolders } from "../launcher/stamp.mjs";

let root = "";

function write(path: string, content: string | object): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

const workspaceYaml = "packages:\n  - packages/*\n  - db\n\nsaveExact: true\n";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kontor-stamp-"));
  write("pnpm-workspace.yaml", workspaceYaml);
  write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
  write("package.json", { name: "root" });
  write("packages/a/package.json", { name: "a", dependencies: { zod: "1.0.0" } });
  write("db/package.json", { name: "db" });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the workspace's folders are those that pnpm-workspace.yaml lists", () => {
  expect(workspaceFolders(root, workspaceYaml)).toEqual(["packages/a", "db"]);
});

test("the same tree has the same stamp", () => {
  expect(installStamp(root)).toBe(installStamp(root));
});

test.each([
  ["a dependency", () => write("packages/a/package.json", { name: "a", dependencies: { zod: "1.0.1" } })],
  ["a new package", () => write("packages/b/package.json", { name: "b" })],
  ["the lockfile", () => write("pnpm-lock.yaml", "lockfileVersion: '10.0'\n")],
  ["the install policy", () => write("pnpm-workspace.yaml", `${workspaceYaml}pmOnFail: ignore\n`)],
  ["a patch", () => write("patches/postgres.patch", "--- a\n+++ b\n")],
])("%s changes the stamp", (_what, change) => {
  const before = installStamp(root);
  change();
  expect(installStamp(root)).not.toBe(before);
});

test("a script or a description does not", () => {
  const before = installStamp(root);
  write("db/package.json", { name: "db", description: "tables", scripts: { generate: "kit" } });
  expect(installStamp(root)).toBe(before);
});
