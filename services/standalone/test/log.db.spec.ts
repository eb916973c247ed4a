import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createKontor } from "@kontor/sdk";
import { expect, test, vi } from "vitest";
import { createLog } from "../src/log.ts";
import { createGround } from "./installation.ts";

const password = "wonderful-secret-of-bea";
const requests = 200;

test("no file of a running installation's log holds a credential, however often it is put aside", async () => {
  await using ground = await createGround();
  const { dataFolder } = ground;
  const file = { bytesMax: 10_000, kept: 50 };
  const log = createLog({ dataFolder, to: "file", level: "trace", onError: () => {}, file });
  const { url } = await ground.start({ log });
  const person = { name: "Bea", email: "bea@kontor.example", password };
  const client = createKontor({ baseUrl: url });
  expect((await client.auth.signUp(person)).ok).toBe(true);
  const entered = await fetch(`${url}/v1/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email: person.email, password }),
  });
  const cookie = entered.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  expect(cookie.join("")).toMatch(/session/);
  const headers = { cookie: cookie.join("; "), "x-api-key": "wonderful-secret-key", authorization: "Bearer wonder" };
  for (let count = 0; count < requests; count++) await fetch(`${url}/v1/me?count=${count}`, { headers });

  const texts = async () => {
    const names = (await readdir(dataFolder)).filter((name) => name.startsWith("kontor.log"));
    return await Promise.all(names.map((name) => readFile(join(dataFolder, name), "utf8")));
  };
  await vi.waitFor(
    async () => expect((await texts()).join("").match(/\/v1\/me/g)?.length).toBeGreaterThanOrEqual(requests),
    { timeout: 20_000 },
  );
  const files = await texts();
  expect(files.length).toBeGreaterThan(2);
  const secrets = [password, "wonder", ...cookie.map((pair) => decodeURIComponent(pair.slice(pair.indexOf("=") + 1)))];
  for (const secret of secrets) expect(files.join("")).not.toContain(secret);
});
