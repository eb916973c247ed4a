import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readAuthSecret } from "../src/auth-secret.ts";
import { readRunningNote, takeDataFolder } from "../src/data-folder.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kontor-folder-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const note = { url: "http://127.0.0.1:3000", databaseUrl: "postgres://kontor:secret@127.0.0.1:5432/kontor" };

test("a folder belongs to one process at a time", async () => {
  const taken = await takeDataFolder(folder);
  await expect(takeDataFolder(folder)).rejects.toThrow(`running in ${folder} already (process ${process.pid})`);
  await taken.release();
  await (await takeDataFolder(folder)).release();
});

test.each([
  ["a process that is gone", JSON.stringify({ pid: 2 ** 22 + 12_345, start: "1" })],
  ["a process whose id another has now", JSON.stringify({ pid: process.pid, start: "before" })],
  ["a note that was never finished", '{"pid":'],
])("what %s left does not count", async (_what, lock) => {
  await writeFile(join(folder, "standalone.lock"), lock);
  const taken = await takeDataFolder(folder);
  await taken.release();
});

test("commands of the same folder find what runs there, and only while it runs", async () => {
  expect(await readRunningNote(folder)).toBeNull();
  const taken = await takeDataFolder(folder);
  await taken.announce(note);
  expect(await readRunningNote(folder)).toEqual(note);
  expect((await stat(join(folder, "running.json"))).mode & 0o777).toBe(0o600);
  await taken.release();
  expect(await readRunningNote(folder)).toBeNull();
});

test("the secret of sessions is made once and is nobody else's to read", async () => {
  const secret = await readAuthSecret(folder);
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(await readAuthSecret(folder)).toBe(secret);
  const path = join(folder, "auth-secret");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await readFile(path, "utf8")).trim()).toBe(secret);
});

test("a damaged secret is told, not replaced: sessions would end unseen", async () => {
  await writeFile(join(folder, "auth-secret"), "short\n");
  await expect(readAuthSecret(folder)).rejects.toThrow("holds no secret");
});
