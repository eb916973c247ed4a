import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createKontor, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { processEnvironment } from "../src/config.ts";
import type { Ground } from "./installation.ts";
import { createGround } from "./installation.ts";

const commands = resolve(fileURLToPath(import.meta.url), "../../src/cli");
const person = ["--email", "olga@kontor.example", "--name", "Olga"];
const login = { KONTOR_EMAIL: "olga@kontor.example", KONTOR_PASSWORD: "correct horse battery" };

type Ended = { readonly code: number; readonly said: string };

let ground: Ground;
let url: string;
beforeAll(async () => {
  ground = await createGround();
  ({ url } = await ground.start());
});
afterAll(() => ground[Symbol.asyncDispose]());

/** Runs a command beside the installation, without a terminal. */
async function run(command: string, args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const env = { PATH: processEnvironment()["PATH"] ?? "", KONTOR_DATA: ground.dataFolder, ...environment };
  const ended = promisify(execFile)(process.execPath, [resolve(commands, command), ...args], { env });
  return await ended.then(
    ({ stdout }) => ({ code: 0, said: stdout.trimEnd() }),
    (error: { code: number; stdout: string }) => ({ code: error.code, said: error.stdout.trimEnd() }),
  );
}

const operator = (args: readonly string[], environment = {}) =>
  run("create-operator.ts", [...person, ...args], environment);

test("the first operator: nothing is made of what does not fit, then all of it, then only by who knows the password", {
  timeout: 60_000,
}, async () => {
  expect(await operator(["--marketplace", "§§"])).toMatchObject({ code: 1, said: expect.stringContaining("a to z") });
  expect(await operator(["--marketplace", "Metals", "--currency", "euro"])).toEqual({
    code: 1,
    said: "The currency is three capital letters, such as EUR.",
  });
  const stranger = createKontor({ baseUrl: url });
  expect(await stranger.auth.signIn({ email: login.KONTOR_EMAIL, password: login.KONTOR_PASSWORD })).toMatchObject({
    problem: { code: "unauthenticated" },
  });

  const made = await operator(["--marketplace", "Märkte Süd"], login);
  expect(made.said).toContain('olga@kontor.example operates the marketplace "Märkte Süd"');
  requireValue(await stranger.auth.signIn({ email: login.KONTOR_EMAIL, password: login.KONTOR_PASSWORD }));
  const [marketplace] = await stranger.marketplaces.list().all();
  expect(marketplace).toMatchObject({ slug: "markte-sud", name: "Märkte Süd", currency: "EUR" });

  expect(await operator([])).toMatchObject({ code: 1, said: expect.stringContaining("has an account already") });
  expect(await operator([], { KONTOR_PASSWORD: "another one" })).toMatchObject({
    code: 1,
    said: expect.stringContaining("this is not its password"),
  });
  expect((await operator([], login)).code).toBe(0);
});

test.each([
  ["nope", 'There is no instrument "nope"'],
  ["01a200a8-0247-7905-8460-7d786885c95a-1", "There is no lot 01a200a8-0247-7905-8460-7d786885c95a-1"],
])("watching %s, which is not there, ends with a sentence", async (name, words) => {
  const client = createKontor({ baseUrl: url });
  const watcher = { email: `${name}@kontor.example`, password: "correct horse battery" };
  requireValue(await client.auth.signUp({ ...watcher, name: "Wanda" }));
  const environment = { KONTOR_EMAIL: watcher.email, KONTOR_PASSWORD: watcher.password };
  expect(await run("watch.ts", [name], environment)).toEqual({
    code: 1,
    said: `${words} for this login. List those that are: npm run watch -- --list`,
  });
});

test("a command that is not written as its usage says ends with 2 and shows it", async () => {
  for (const command of ["watch.ts", "create-operator.ts", "demo-replay.ts"]) {
    const { code, said } = await run(command, ["--bogus"]);
    expect([code, said.split("\n")[0]]).toEqual([2, "Unknown option '--bogus'."]);
    expect(said).toContain("npm run ");
  }
});

test("what takes no arguments says so instead of doing something else", async () => {
  expect((await run("migrate.ts", ["--bogus"])).code).toBe(2);
  const started = await run("../main.ts", ["--bogus"]);
  expect(started).toEqual({ code: 1, said: "npm start takes no arguments; --bogus is one. Settings are variables." });
});
