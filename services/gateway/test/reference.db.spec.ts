import { expect, test } from "vitest";
import { Caller, gatewayWorld } from "./gateway-world.ts";

type Parameter = { readonly in: string; readonly name: string; readonly required?: boolean };
type Operation = { readonly responses: Record<string, unknown>; readonly parameters?: readonly Parameter[] };
type Paths = Record<string, Record<string, Operation>>;

test("the OpenAPI document lists every route that is not the page itself, with its refusals and the key of its mutations", async () => {
  await using world = await gatewayWorld();
  const { status, body } = await new Caller(world.app).get("/v1/openapi.json");
  expect(status).toBe(200);
  expect(body["openapi"]).toBe("3.1.0");
  const paths = body["paths"] as Paths;
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const hidden = /^\/($|docs|v1\/openapi\.json|v1\/live)/;
  const routes = world.app
    .permissionMatrix()
    .filter(({ kind, method, path }) => kind === "http" && method !== "HEAD" && !hidden.test(path))
    .map(({ method, path }) => `${String(method)} ${path.replace(/:(\w+)/g, "{$1}")}`);
  expect(listed.sort()).toEqual(routes.sort());
  const keyless = listed.filter((name) => !keyIsRequired(paths, name));
  expect(keyless.filter((name) => !/^GET |^\w+ \/v1\/auth\//.test(name))).toEqual([]);
  expect(keyless.filter((name) => /^POST \/v1\/auth\//.test(name)).length).toBeGreaterThan(10);
  const bid = paths["/v1/lots/{lotId}/bids"]?.["post"];
  expect(Object.keys(bid?.responses ?? {}).sort()).toEqual(["201", "default"]);
  expect(JSON.stringify(bid?.responses["default"])).toContain("application/problem+json");
  expect(paths["/v1/auth/sign-in/email"]?.["post"]).toMatchObject({
    requestBody: { content: { "application/json": { schema: { properties: { email: {}, password: {} } } } } },
  });
});

function keyIsRequired(paths: Paths, name: string): boolean {
  const [method = "", path = ""] = name.split(" ");
  const parameters = paths[path]?.[method.toLowerCase()]?.parameters ?? [];
  const key = parameters.find((one) => one.in === "header" && one.name === "idempotency-key");
  return key?.required === true;
}

test("the reference page loads nothing from elsewhere and may run nothing else", async () => {
  await using world = await gatewayWorld();
  expect((await world.app.inject({ url: "/" })).headers["location"]).toBe("/docs");
  const page = await world.app.inject({ url: "/docs/" });
  expect(page.statusCode).toBe(200);
  expect(page.headers["content-security-policy"]).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]+';/);
  expect(page.body).not.toMatch(/https?:/);
  // What only somebody else's service could do is not offered.
  for (const part of [/"agent": \{\s+"disabled": true/, /"mcp": \{\s+"disabled": true/, /"telemetry": false/]) {
    expect(page.body).toMatch(part);
  }
  expect((await world.app.inject({ url: "/docs/js/scalar.js" })).statusCode).toBe(200);
  const data = await world.app.inject({ url: "/livez" });
  expect(data.headers["content-security-policy"]).toBe("default-src 'none';frame-ancestors 'none'");
  expect(data.headers["x-content-type-options"]).toBe("nosniff");
});
