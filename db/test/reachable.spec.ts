import { chmod, mkdir, mkdtemp, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareFolder } from "../src/embedded/folder.ts";
import { reachableData, reachablePrograms } from "../src/embedded/reachable.ts";

/** An account that owns nothing here and shares no group. */
const account = { uid: 54_321, gid: 54_321 };
let base: string;
let closed: string;
let home: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), "kontor-reach-")));
  await chmod(base, 0o711);
  closed = join(base, "root");
  home = join(base, "shared");
  await mkdir(closed, { mode: 0o700 });
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function programsIn(folder: string) {
  await mkdir(join(folder, "native", "bin"), { recursive: true });
  const path = (name: string) => join(folder, "native", "bin", name);
  for (const name of ["initdb", "pg_ctl", "postgres"]) await writeFile(path(name), name, { mode: 0o755 });
  return { version: "18.4.0", initdb: path("initdb"), pgCtl: path("pg_ctl"), postgres: path("postgres") };
}

test("programs in an open folder are used in place", async () => {
  const programs = await programsIn(join(base, "open"));
  expect(await reachablePrograms(programs, account, home)).toBe(programs);
});

test("programs in a closed folder are copied once per version", async () => {
  const programs = await programsIn(closed);
  const copied = await reachablePrograms(programs, account, home);
  expect(copied.postgres).toBe(join(home, "postgres-18.4.0", "bin", "postgres"));
  expect((await stat(copied.initdb)).mode & 0o111).toBe(0o111);

  await rm(programs.postgres);
  expect(await reachablePrograms(programs, account, home)).toEqual(copied);
});

test("data of an open folder stays in it", async () => {
  const folder = await prepareFolder(join(base, "kontor"));
  expect(await reachableData(folder, account, home)).toBe(folder);
});

test("data of a closed folder lies elsewhere, always at the same place, until the folder is removed", async () => {
  const folder = await prepareFolder(join(closed, "kontor"));
  const moved = await reachableData(folder, account, home);
  expect(moved.data.startsWith(home)).toBe(true);
  expect(await reachableData(folder, account, home)).toEqual(moved);

  await rm(folder.root, { recursive: true });
  const again = await reachableData(await prepareFolder(join(closed, "kontor")), account, home);
  expect(again.data).not.toBe(moved.data);
});
