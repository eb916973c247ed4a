import type { RequestOutcomeStore } from "@kontor/db/auth";
import { commandPermissions, permissions, personCommands } from "@kontor/protocol";
import Fastify from "fastify";
import fastifyPlugin from "fastify-plugin";
import { expect, test } from "vitest";
import {
  commandPermissionOf,
  permissionOf,
  requireDeclarations,
  streamPermissionOf,
} from "../src/access/declarations.ts";
import { liveMatrix } from "../src/access/matrix.ts";
import { authEndpointsOf, authPermissions, disabledAuthPaths } from "../src/auth/auth-endpoints.ts";
import { permissionRegistry } from "../src/plugins/permissions.ts";
import { repeatableRequests } from "../src/plugins/repeatable-requests.ts";
import "../src/fastify-members.ts";

test("a route without a permission stops the boot and is named", async () => {
  const app = Fastify();
  await app.register(permissionRegistry);
  expect(() => app.get("/v1/open", () => "here")).toThrow(
    "Route GET /v1/open declares no permission: add config.permission to it.",
  );
});

test("so does a route of somebody's plugin", async () => {
  const app = Fastify();
  await app.register(permissionRegistry);
  app.register((scope) =>
    Promise.resolve()
      .then(() => scope.post("/plugin", () => "here"))
      .then(() => {}),
  );
  await expect(app.ready()).rejects.toThrow("Route POST /plugin declares no permission");
});

test("a mutation that does not say how it is repeated stops the boot", async () => {
  const app = Fastify();
  await app.register(permissionRegistry);
  await app.register(fastifyPlugin((_app, _options, done: () => void) => done(), { name: "actors" }));
  const outcomes = {} as RequestOutcomeStore;
  await app.register(repeatableRequests, { outcomes });
  const config = { permission: permissionOf("write_company") };
  expect(() => app.put("/v1/company", { config }, () => "here")).toThrow(
    "Route PUT /v1/company does not say how it is repeated: add config.idempotency to it.",
  );
});

test("the matrix lists what was registered, and every live message", async () => {
  const app = Fastify();
  await app.register(permissionRegistry);
  app.get("/v1/me", { config: { permission: permissionOf("read_self") } }, () => "me");
  const matrix = app.permissionMatrix();
  expect(matrix.slice(0, 2)).toEqual([
    { kind: "http", method: "GET", path: "/v1/me", action: "read_self", permission: permissions.read_self },
    { kind: "http", method: "HEAD", path: "/v1/me", action: "read_self", permission: permissions.read_self },
  ]);
  const live = liveMatrix().map(({ path }) => path);
  for (const type of Object.keys(commandPermissions)) expect(live).toContain(`command ${type}`);
  expect(live).toEqual(expect.arrayContaining(["subscribe lot", "subscribe tender", "subscribe me", "time"]));
});

test("an endpoint of the account library that nobody has judged stops the boot, as does one that is gone", () => {
  const paths = [...Object.keys(authPermissions), ...disabledAuthPaths];
  const api = Object.fromEntries(paths.map((path, index) => [`e${index}`, { path, options: { method: "POST" } }]));
  expect(authEndpointsOf(api)).toHaveLength(Object.keys(authPermissions).length);
  const more = { ...api, surprise: { path: "/open-sesame", options: { method: "POST" } } };
  expect(() => authEndpointsOf(more)).toThrow("No permission is declared for account endpoints: /open-sesame");
  const { e0: _gone, ...fewer } = api;
  expect(() => authEndpointsOf(fewer)).toThrow("do not exist: /sign-up/email");
});

test("a command, a live message or a stream that declares no permission stops the boot and is named", () => {
  expect(() => requireDeclarations()).not.toThrow();
  const operations = ["subscribe", "unsubscribe", "command", "time"];
  const commands = Object.keys(personCommands);
  expect(() => requireDeclarations({ operations: [...operations, "dance"], commands })).toThrow(
    "No permission is declared for: live message dance.",
  );
  expect(() => requireDeclarations({ operations, commands: [...commands, "shiny_new_command"] })).toThrow(
    "No permission is declared for: command shiny_new_command.",
  );
  expect(() => requireDeclarations({ operations, commands: commands.slice(1) })).toThrow(
    "Permissions are declared for what does not exist: command create_tender.",
  );
  expect(() => requireDeclarations({ operations: operations.slice(0, 3), commands })).toThrow("live message time");
});

test.each(["shiny_new_command", "constructor", "toString"])(
  "there is no permission of %s, and none is made up",
  (name) => {
    expect(() => commandPermissionOf(name as never)).toThrow(`No permission is declared for: ${name}.`);
    expect(() => permissionOf(name as never)).toThrow(`No permission is declared for: ${name}.`);
    expect(() => streamPermissionOf(`${name}:1`)).toThrow(`No permission is declared for: subscribe ${name}.`);
  },
);

test("a route of an undeclared command stops the boot", async () => {
  const app = Fastify();
  await app.register(permissionRegistry);
  const add = () =>
    app.post("/v1/new", { config: { permission: commandPermissionOf("shiny_new_command" as never) } }, () => "here");
  expect(add).toThrow("No permission is declared for: shiny_new_command.");
});
