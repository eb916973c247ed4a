import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../launcher/lock.mjs";

let folder = "";
let lockFile = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kontor-lock-"));
  lockFile = join(folder, "made-on-demand", "install.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ignore = (): void => {};

test("one at a time, and the one that waits is told once", async () => {
  const steps: string[] = [];
  const release = Promise.withResolvers<void>();
  const first = withLock(lockFile, ignore, async () => {
    steps.push("first in");
    await release.promise;
    steps.push("first out");
  });
  const onWait = (): void => {
    steps.push("second waits");
    release.resolve();
  };
  const second = withLock(lockFile, onWait, () => Promise.resolve(steps.push("second in")));
  await Promise.all([first, second]);
  expect(steps).toEqual(["first in", "second waits", "first out", "second in"]);
  expect(existsSync(lockFile)).toBe(false);
});

test("a lock whose holder is gone is taken over", async () => {
  await withLock(lockFile, ignore, () => Promise.resolve());
  const beyondAnyPid = 2 ** 22 + 1;
  writeFileSync(lockFile, String(beyondAnyPid));
  expect(await withLock(lockFile, ignore, () => Promise.resolve("in"))).toBe("in");
});

test("a failing action frees the lock", async () => {
  const failing = withLock(lockFile, ignore, () => Promise.reject(new Error("no disk")));
  await expect(failing).rejects.toThrow("no disk");
  expect(await withLock(lockFile, ignore, () => Promise.resolve("in"))).toBe("in");
});
