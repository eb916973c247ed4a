import { ensureWebBuilt, webFolder } from "@kontor/standalone";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Installation } from "../world/installation.ts";
import { createInstallation } from "../world/installation.ts";

let installation: Installation;
beforeAll(async () => {
  const said: string[] = [];
  if ((await ensureWebBuilt((line) => said.push(line))) === "failed") throw new Error(said.join("\n"));
  const account = { company: 'A "quoted" <name>', name: "n", email: "e", password: "p" };
  installation = await createInstallation({ webApp: { folder: webFolder, demoAccounts: [account] } });
}, 180_000);
afterAll(() => installation[Symbol.asyncDispose]());

const page = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(installation.url + path, { headers: { accept: "text/html", ...headers } });

test("the page comes with a nonce of its own, a strict policy and what a demonstration offers", async () => {
  const [first, second] = [await page("/tenders?q=x"), await page("/tenders?q=x")];
  const nonceOf = (response: Response): string =>
    /'nonce-([\w-]+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "none";
  expect(first.headers.get("content-security-policy")).toContain("require-trusted-types-for 'script'");
  expect(first.headers.get("cache-control")).toBe("no-cache");
  const text = await first.text();
  expect(text).toContain(`nonce="${nonceOf(first)}"`);
  expect(text).toContain("A \\&quot;quoted\\&quot; &lt;name&gt;");
  expect(nonceOf(second)).not.toBe(nonceOf(first));
});

test("a page that is known already keeps the policy that it came with", async () => {
  const etag = (await page("/")).headers.get("etag") ?? "";
  const again = await page("/", { "if-none-match": etag });
  expect([again.status, again.headers.get("content-security-policy")]).toEqual([304, null]);
});

test("assets are kept for a year and come compressed; a missing one is 404, never the page", async () => {
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(await (await page("/")).text())?.[1] ?? "none";
  const asset = await fetch(installation.url + script, { headers: { "accept-encoding": "br" } });
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(asset.headers.get("content-encoding")).toBe("br");
  const missing = await page("/assets/index-gone.js");
  expect([missing.status, missing.headers.get("cache-control")]).toEqual([404, "no-store"]);
});

test("addresses of programs stay what they were", async () => {
  const unknown = await page("/v1/unknown");
  expect([unknown.status, unknown.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  expect((await page("/docs")).status).toBe(200);
  expect((await fetch(`${installation.url}/livez`)).status).toBe(200);
});
