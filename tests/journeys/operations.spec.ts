import { limits } from "@kontor/kernel";
import { commandRoutes, problemCodes } from "@kontor/protocol";
import { requireReceipt, requireValue } from "@kontor/sdk";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { password } from "../world/people.ts";
import type { RawHttp } from "../world/raw-http.ts";
import { createRawHttp } from "../world/raw-http.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { publishedSchema } from "../world/standards.ts";
import { lot, reverseRules } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
let raw: RawHttp;
beforeAll(async () => {
  world = await createWorld();
  raw = createRawHttp(world.url);
});
afterAll(async () => {
  raw.close();
  await world[Symbol.asyncDispose]();
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}) => raw.ask({ method: "GET", path, headers });

describe("health", () => {
  test("says that the process lives and that everything it needs answers", async () => {
    expect(await get("/livez")).toMatchObject({ status: 200, body: { live: true } });
    expect(await get("/readyz")).toMatchObject({ status: 200, body: { ready: true, checks: { database: true } } });
  });

  test("counts requests, commands and connections without naming anybody", async () => {
    const { anna, bert } = world;
    const tender = await world.publish({ draft: { lots: [lot(reverseRules())] }, suppliers: [anna, bert] });
    await tender.open();
    const command = { lotId: tender.lotId(), price: "8900.00" };
    requireReceipt(await anna.boss.live().commands.submitBid(command));
    const { status, text, headers } = await get("/metrics");
    expect([status, headers["content-type"]]).toEqual([200, expect.stringContaining("text/plain")]);
    expect(text).toMatch(/^ws_connections [1-9]/m);
    expect(text).toMatch(/market_engine_command_duration_seconds_count\{command="submit_bid"\} 1/);
    expect(text).toMatch(/http_server_request_duration_seconds_count\{method="POST",route="\/v1\/[^"]*",status="2/);
    expect(text).toMatch(/^trading_commit_duration_seconds_count [1-9]/m);
    expect(text).toMatch(/^trading_shards\{phase="frozen"\} 0$/m);
    expect(text).toMatch(/^read_models_entries_total [1-9]/m);
    expect(text).toMatch(/^read_models_failing_shards 0$/m);
    for (const word of [anna.companyId, anna.boss.userId, world.marketplaceId, tender.tenderId]) {
      expect(text).not.toContain(word);
    }
  });
});

type OpenApi = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

describe("the reference", () => {
  test("is a valid OpenAPI 3.1 document by the published schema", async ({ skip }) => {
    const { status, body } = await get("/v1/openapi.json");
    const document = body as OpenApi;
    expect([status, document.openapi.slice(0, 3)]).toEqual([200, "3.1"]);
    const schema = publishedSchema("api/openapi-3.1/schema.yaml");
    skip(schema === null, "no replay data");
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    // Schemas inside the document are judged below; the validator does not follow this kind of reference.
    const isValid = ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')) as object,
    );
    expect(isValid({ ...document, paths: { "no-slash": {} } })).toBe(false);
    isValid(document);
    expect(isValid.errors ?? []).toEqual([]);
    for (const [name, part] of Object.entries(document.components.schemas)) {
      expect(ajv.validateSchema(part as object), `${name}: ${ajv.errorsText()}`).toBe(true);
    }
  });

  test("has every command under its name, and resolves every reference inside itself", async () => {
    const { text, body } = await get("/v1/openapi.json");
    const { paths, components } = body as OpenApi;
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId));
    expect(operations).toEqual(expect.arrayContaining(Object.keys(commandRoutes)));
    const named = operations.filter((name) => name !== undefined);
    expect(new Set(named).size).toBe(named.length);
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name);
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((name) => !(name in components.schemas))).toEqual([]);
  });

  test("is a page that loads, with its script from here", async () => {
    const page = await get("/docs/");
    expect([page.status, page.headers["content-type"]]).toEqual([200, expect.stringContaining("text/html")]);
    const scripts = [...page.text.matchAll(/src="([^"]+)"/g)].map(([, source = ""]) => source);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((source) => /^(https?:)?\/\//.test(source))).toEqual([]);
    for (const source of scripts) {
      const script = await get(new URL(source, `${world.url}/docs/`).pathname);
      expect([script.status, script.headers["content-type"]]).toEqual([200, expect.stringContaining("javascript")]);
      expect(script.text.length).toBeGreaterThan(10_000);
    }
    expect(String(page.headers["content-security-policy"])).toContain("default-src 'none'");
  });
});

describe("at the edge", () => {
  test("an unknown address, a wrong method, another content and an endless body each have their code", async () => {
    const { headers } = world.anna.boss;
    const post = (path: string, body: unknown, more: Record<string, string> = {}) =>
      raw.ask({ method: "POST", path, body, headers: { ...headers(), "idempotency-key": "edge-0001", ...more } });
    const bids = `/v1/lots/00000000-0000-7000-8000-000000000000-1/bids`;
    const answers = await Promise.all([
      get("/v1/nothing-here"),
      raw.ask({ method: "DELETE", path: "/v1/me", headers: headers() }),
      post(bids, "price=1", { "content-type": "application/x-www-form-urlencoded" }),
      post(bids, "{]"),
      post(bids, Buffer.alloc(262_145, 32)),
      get("/v1/me"),
      get(`/v1/marketplaces/${world.marketplaceId}/tenders?cursor=not-ours`, headers()),
      post(bids, { price: "1.00" }, { origin: "https://elsewhere.example" }),
    ]);
    expect(answers.map(({ status, body }) => [status, (body as { code: string }).code])).toEqual([
      [404, "not_found"],
      [405, "method_not_allowed"],
      [415, "media_type_unsupported"],
      [400, "body_unreadable"],
      [413, "body_too_large"],
      [401, "unauthenticated"],
      [400, "cursor_malformed"],
      [403, "origin_refused"],
    ]);
    expect(answers[1]?.headers["allow"]).toContain("GET");
    for (const { headers: sent, body } of answers) {
      expect(sent["content-type"]).toContain("application/problem+json");
      expect(sent["x-request-id"]).toBe((body as { instance: string }).instance);
      expect(problemCodes).toContain((body as { code: string }).code);
      expect(sent["x-content-type-options"]).toBe("nosniff");
    }
  });

  test("a foreign page gets no live connection, and nobody one without a credential", async () => {
    const headers = { ...world.anna.boss.headers(), origin: "https://elsewhere.example" };
    await expect(openRawSocket(world.url, { headers })).rejects.toThrow("403");
    await expect(openRawSocket(world.url)).rejects.toThrow("401");
    expect((await get("/v1/live", world.anna.boss.headers())).body).toMatchObject({ code: "not_found" });
  });
});

describe("limits", () => {
  let limited: World;
  beforeAll(async () => {
    limited = await createWorld({
      rateLimits: true,
      liveLimits: { subscriptionsPerSocketMax: 1 },
      host: { shardQueueMax: 2 },
    });
  });
  afterAll(() => limited[Symbol.asyncDispose]());

  test("a connection that follows too much is told so", async () => {
    const socket = await openRawSocket(limited.url, { headers: limited.anna.boss.headers() });
    await socket.ask({ id: "one", op: "subscribe", stream: "me" });
    const stream = "tender:00000000-0000-7000-8000-000000000000";
    const { frame } = await socket.ask({ id: "two", op: "subscribe", stream });
    expect(frame).toMatchObject({ ok: false, problem: { code: "too_many_subscriptions", limit: 1 } });
    socket.terminate();
  });

  test("too many requests are refused with the time to wait, and others are not hindered", async () => {
    const http = createRawHttp(limited.url);
    const ask = (who = limited.anna) => http.ask({ method: "GET", path: "/v1/api-keys", headers: who.boss.headers() });
    const answers = await Promise.all(Array.from({ length: 140 }, () => ask()));
    const over = answers.filter(({ status }) => status === 429);
    expect(over.length).toBeGreaterThan(0);
    expect(over[0]?.body).toMatchObject({ code: "rate_limited", policy: "account", retryAfterMs: expect.any(Number) });
    expect(Number(over[0]?.headers["retry-after"])).toBeGreaterThan(0);
    expect((await ask(limited.bert)).status).toBe(200);
    limited.clock.skip(61_000);
    expect((await ask()).status).toBe(200);
    http.close();
  });

  test("a full host refuses with a hint, and the same keys succeed later, each once", async () => {
    const { anna, buyer } = limited;
    const tender = await limited.publish({ draft: { lots: [lot(reverseRules())] }, suppliers: [anna] });
    const http = createRawHttp(limited.url, limits.questionsPerCompanyMax);
    const ask = (index: number) =>
      http.ask({
        method: "POST",
        path: `/v1/tenders/${tender.tenderId}/questions`,
        headers: { ...anna.boss.headers(), "idempotency-key": `question-${index}` },
        body: { text: `Question number ${index}?` },
      });
    const keys = Array.from({ length: limits.questionsPerCompanyMax }, (_, index) => index);
    const first = await Promise.all(keys.map(ask));
    const refused = first.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({ code: "overloaded", retryAfterMs: expect.any(Number) });
      expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    }
    for (const key of keys) expect((await ask(key)).status).toBe(201);
    const { view } = requireValue(await buyer.boss.client.tenders.get(tender.tenderId));
    expect(Object.keys(view.questions)).toHaveLength(keys.length);
    http.close();
  });
});

test("the log holds no password, no cookie, no key", async () => {
  const { anna, logBook } = world;
  const robot = await anna.robot("seller");
  await robot.client.me.read();
  await world.stranger().auth.signIn({ email: anna.boss.email, password: `${password} not` });
  await get("/v1/me?token=a-secret-in-the-address", { "x-api-key": "kontor_not-a-real-key" });
  const whole = logBook.texts().join("");
  expect(whole.length).toBeGreaterThan(1_000);
  const secrets = [password, String(robot.headers()["x-api-key"]), "a-secret-in-the-address", "kontor_not-a-real-key"];
  const token = String(anna.boss.headers()["cookie"]).split("=")[1] ?? "";
  for (const secret of [...secrets, token, decodeURIComponent(token).split(".")[0] ?? ""]) {
    expect(secret.length).toBeGreaterThan(10);
    expect(whole).not.toContain(secret);
  }
  expect(logBook.errorTexts()).toEqual([]);
});
