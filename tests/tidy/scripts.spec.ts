import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, textOf } from "../runner/repository.ts";
import { groups } from "../runner/steps.ts";
import { manifestOf } from "./manifests.ts";

const launcher = "services/standalone/launch.mjs";
const scripts = manifestOf(".").scripts ?? {};

test("every script goes through the launcher, so that it runs on the pinned Node", () => {
  expect(Object.keys(scripts).length).toBeGreaterThan(10);
  const expected = Object.fromEntries(Object.keys(scripts).map((name) => [name, `node ${launcher} ${name}`]));
  expect(scripts).toEqual(expected);
});

test("the launcher's tasks are the scripts", () => {
  const { stderr, status } = spawnSync(process.execPath, [join(root, launcher), "no-such-task"], { encoding: "utf8" });
  expect(status).toBe(2);
  const tasks = /Tasks: (.*)\.$/m.exec(stderr)?.[1]?.split(", ");
  expect(tasks?.sort()).toEqual(Object.keys(scripts).sort());
});

test("every task's file exists", () => {
  const files = [...textOf(launcher).matchAll(/"((?:services|tests|db)\/[\w/.-]+\.(?:ts|mjs))"/g)].map(
    ([, file]) => file,
  );
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => file === undefined || !existsSync(join(root, file)))).toEqual([]);
});

test("every group of the runner has steps", () => {
  expect(Object.entries(groups).filter(([, steps]) => steps.length === 0)).toEqual([]);
});
