import { connect as connectLine } from "node:net";
import { expect, test } from "vitest";
import { listenForMetrics } from "../src/index.ts";
import type { HostFigures } from "../src/system-figures.ts";
import { Caller, gatewayWorld } from "./gateway-world.ts";
import { person } from "./people.ts";

const limited = { env: { KONTOR_RATE_LIMITS: "on" } };

test("each class of requests has a budget that its answers announce", async () => {
  await using world = await gatewayWorld(limited);
  const ada = await person(world, "Ada");
  const first = await ada.get("/v1/me");
  expect(first.headers.get("ratelimit-policy")).toBe('"read";q=1200;w=60');
  expect(first.headers.get("ratelimit")).toBe('"read";r=1199;t=60');
  expect((await ada.get("/v1/me")).headers.get("ratelimit")).toMatch(/^"read";r=1198;t=\d+$/);
  const asked = Array.from({ length: 120 }, () => ada.get("/v1/auth/list-sessions"));
  await Promise.all(asked);
  const refused = await ada.get("/v1/auth/list-sessions");
  expect(refused.body).toMatchObject({ code: "rate_limited", status: 429, policy: "account", limit: 120 });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await ada.get("/v1/me")).status).toBe(200);
});

test("a large body is worth as many requests as it has usual ones in it", async () => {
  await using world = await gatewayWorld(limited);
  const ada = await person(world, "Ada");
  const left = async (bytes: number): Promise<number> => {
    const body = { body: " ".repeat(bytes), headers: { "idempotency-key": "key-00000001" } };
    const { headers } = await ada.send("POST", "/v1/marketplaces/m1/tenders", body);
    return Number(/r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1]);
  };
  expect(await left(10)).toBe(1_199);
  expect(await left(262_144 * 10)).toBe(1_189);
  expect(await left(262_144 * 1_000)).toBeGreaterThan(1_100);
});

test("guessing a password is stopped long before the class's budget", async () => {
  await using world = await gatewayWorld(limited);
  const guesser = new Caller(world.app);
  const guess = (index: number) =>
    guesser.post("/v1/auth/sign-in/email", { email: "ada@example.test", password: `guess number ${index}` });
  const answers = await Promise.all(Array.from({ length: 25 }, (_, index) => guess(index)));
  const codes = answers.map(({ body }) => body["code"]);
  expect(new Set(codes)).toEqual(new Set(["unauthenticated", "rate_limited"]));
  expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(20);
});

test("whatever cannot be read as a request is still answered with a problem", async () => {
  await using world = await gatewayWorld();
  const caller = await person(world, "Ada", "Ada Metals");
  const cases: [string, string, string, string | undefined][] = [
    ["request_invalid", "GET", "/v1/%zz", undefined],
    ["request_invalid", "GET", `/v1/tenders/${"x".repeat(300)}`, undefined],
    ["method_not_allowed", "DELETE", "/v1/me", undefined],
    ["method_not_allowed", "OPTIONS", "/v1/me", undefined],
    ["body_unreadable", "POST", "/v1/api-keys", '{"__proto__": {"a": 1}}'],
    ["body_unreadable", "POST", "/v1/api-keys", " "],
    ["request_invalid", "POST", "/v1/api-keys", "[".repeat(50_000) + "]".repeat(50_000)],
    ["request_invalid", "POST", "/v1/api-keys", "null"],
    ["request_invalid", "POST", "/v1/auth/update-user", '{"name": "a\\u0000b"}'],
    ["request_invalid", "POST", "/v1/auth/organization/create", `{"name": ${"[".repeat(50_000) + "]".repeat(50_000)}}`],
    ["request_invalid", "GET", "/v1/participations?cursor=%00", undefined],
    ["cursor_malformed", "GET", "/v1/participations?cursor=nonsense", undefined],
  ];
  for (const [code, method, url, body] of cases) {
    const answer = await caller.send(method, url, { body });
    expect(answer.body, `${method} ${url}`).toMatchObject({ code, status: answer.status });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
  expect((await caller.send("DELETE", "/v1/me")).headers.get("allow")).toBe("GET, HEAD");
});

test("bytes that are no HTTP do not take the server down", async () => {
  await using world = await gatewayWorld();
  const address = new URL(await world.app.listen({ host: "127.0.0.1", port: 0 }));
  const line = connectLine(Number(address.port), address.hostname);
  const { promise, resolve } = Promise.withResolvers<string>();
  line.on("data", (data) => resolve(String(data)));
  line.write("this is not HTTP\r\n\r\n");
  expect(await promise).toMatch(/^HTTP\/1\.1 400 /);
  line.destroy();
  expect((await fetch(new URL("/livez", address))).status).toBe(200);
});

test("a request that is too long is refused in the form that its method asks for", async () => {
  await using world = await gatewayWorld();
  const address = new URL(await world.app.listen({ host: "127.0.0.1", port: 0 }));
  const tell = (method: string): Promise<string> =>
    new Promise((resolve) => {
      let told = "";
      const line = connectLine(Number(address.port), address.hostname);
      line.on("data", (data) => {
        told += String(data);
      });
      line.on("close", () => resolve(told)).on("error", () => {});
      line.write(`${method} /v1/me?${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    });
  const [got, head] = [await tell("GET"), await tell("HEAD")];
  expect(got).toMatch(/^HTTP\/1\.1 400 /);
  expect(got.split("\r\n\r\n")[1]).toContain("request_invalid");
  expect(head).toMatch(/^HTTP\/1\.1 400 /);
  expect(head.split("\r\n\r\n")[1]).toBe("");
});

test("readiness needs a trading host and what the installation names", async () => {
  await using world = await gatewayWorld();
  const caller = new Caller(world.app);
  expect((await caller.get("/readyz")).body).toEqual({ ready: true, checks: { schema: true, "trading host": true } });
  world.host.stop();
  const unready = await caller.get("/readyz");
  expect(unready.status).toBe(503);
  expect(unready.body).toEqual({
    ready: false,
    checks: { schema: true, "trading host": false },
    reasons: { "trading host": "It does not answer." },
  });
});

test("a database that lacks migrations of this release is not served, one that knows more of them is", async () => {
  await using world = await gatewayWorld();
  const caller = new Caller(world.app);
  const table = world.sql`drizzle.__drizzle_migrations`;
  await world.sql`insert into ${table} (hash, created_at) values ('of the next release', 9999999999999)`;
  expect((await caller.get("/readyz")).status).toBe(200);
  await world.sql`delete from ${table} where id in (select id from ${table} order by created_at limit 2)`;
  const behind = await caller.get("/readyz");
  expect([behind.status, behind.body]).toEqual([
    503,
    {
      ready: false,
      checks: { schema: false, "trading host": true },
      reasons: { schema: "The database lacks 2 of this release's migrations; run db:migrate." },
    },
  ]);
  await world.sql`drop schema drizzle cascade`;
  expect((await caller.get("/readyz")).body).toMatchObject({ ready: false, checks: { schema: false } });
});

const wellHost: HostFigures = {
  shards: { serving: 1, loading: 0, frozen: 0 },
  waiting: 0,
  appendsInFlight: 0,
  batches: 0,
  commitMs: { bounds: [], counts: [0], count: 0, sum: 0 },
  recoveries: 0,
  refusedCommits: 0,
  unknownCommits: 0,
  outages: 0,
  alerts: 0,
};

test("a frozen shard is a warning to the operator and a figure, and the rest goes on", async () => {
  const figures = { host: () => ({ ...wellHost, shards: { serving: 3, loading: 0, frozen: 1 } }) };
  await using world = await gatewayWorld({ figures });
  const warned = await new Caller(world.app).get("/readyz");
  expect([warned.status, warned.body]).toEqual([
    200,
    {
      ready: true,
      checks: { schema: true, "trading host": true },
      warnings: { "trading host": "Frozen shards: 1. What is in them waits for an operator." },
    },
  ]);
  const { body: text } = await world.app.inject({ url: "/metrics" });
  expect(text).toContain('trading_shards{phase="frozen"} 1');
});

test("metrics are for this machine alone: not for others, and not for whoever comes through an unknown proxy", async () => {
  await using world = await gatewayWorld();
  const ask = async (remoteAddress: string, headers: Record<string, string> = {}) =>
    (await world.app.inject({ url: "/metrics", remoteAddress, headers })).statusCode;
  expect(await ask("127.0.0.1")).toBe(200);
  expect(await ask("203.0.113.9")).toBe(404);
  expect(await ask("127.0.0.1", { "x-forwarded-for": "203.0.113.9" })).toBe(404);
  expect(await ask("127.0.0.1", { forwarded: "for=127.0.0.1" })).toBe(404);
  expect(world.warnings.filter((line) => line.includes("KONTOR_TRUSTED_PROXIES"))).toHaveLength(1);
});

test("behind a trusted proxy it is the proxy's word that counts", async () => {
  await using world = await gatewayWorld({ env: { KONTOR_TRUSTED_PROXIES: "127.0.0.1" } });
  const ask = async (client: string) =>
    (await world.app.inject({ url: "/metrics", headers: { "x-forwarded-for": client } })).statusCode;
  expect(await ask("203.0.113.9")).toBe(404);
  expect(await ask("127.0.0.1, 203.0.113.9")).toBe(404);
  expect(await ask("127.0.0.7")).toBe(200);
  expect(world.warnings).toEqual([]);
});

test("with a port of their own the metrics are there alone", async () => {
  await using world = await gatewayWorld({ env: { KONTOR_METRICS_PORT: "0" } });
  expect((await world.app.inject({ url: "/metrics" })).statusCode).toBe(404);
  const listener = await listenForMetrics(world.app, { host: "127.0.0.1", port: 0 });
  const address = `http://127.0.0.1:${listener.port}`;
  const answer = await fetch(`${address}/metrics`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("version=0.0.4")]);
  expect(await answer.text()).toContain("ws_connections 0");
  expect((await fetch(`${address}/v1/me`)).status).toBe(404);
  expect((await fetch(`${address}/metrics`, { method: "POST" })).status).toBe(404);
  await listener.close();
  await expect(fetch(`${address}/metrics`)).rejects.toThrow();
});

test("metrics name routes and classes, never people or companies", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  await ada.get("/v1/me");
  const { body: text } = await world.app.inject({ url: "/metrics" });
  expect(text).toContain('http_server_request_duration_seconds_count{method="GET",route="/v1/me",status="200"} 1');
  expect(text).toContain("ws_connections 0");
  expect(text).not.toContain(ada.companyId);
  expect(text).not.toContain(ada.userId);
});
