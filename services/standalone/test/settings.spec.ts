import { expect, test } from "vitest";
import { parseStandaloneConfig } from "../src/settings.ts";

function faultsOf(environment: Record<string, string>): readonly string[] {
  const outcome = parseStandaloneConfig(environment);
  return outcome.ok ? [] : outcome.faults;
}

test("without settings: embedded Postgres, the usual port, the demo", () => {
  const outcome = parseStandaloneConfig({});
  if (!outcome.ok) throw new Error(outcome.faults.join("; "));
  expect(outcome.config).toMatchObject({ databaseUrl: null, port: null, demo: true, log: "file", authSecret: null });
  expect(outcome.config.dataFolder).toMatch(/[/\\]\.kontor$/);
  expect(outcome.config.gateway).toMatchObject({ host: "127.0.0.1", rateLimits: true });
});

const demoFault =
  "KONTOR_DEMO: the passwords of the demo are public, so it runs only with the embedded Postgres, on 127.0.0.1 and not behind a proxy; leave it out, or set it to off";

test.each([
  ["one's own Postgres", { DATABASE_URL: "postgres://kontor@127.0.0.1:5432/kontor" }],
  ["every address of the machine", { KONTOR_HOST: "0.0.0.0" }],
  ["another address of the machine", { KONTOR_HOST: "192.0.2.7" }],
  ["a name that is known outside", { KONTOR_HOST: "trade.example" }],
  ["a name that looks like an address", { KONTOR_HOST: "127.trade.example" }],
  ["a public address before it", { KONTOR_BASE_URL: "https://trade.example" }],
  ["a proxy before it", { KONTOR_TRUSTED_PROXIES: "127.0.0.1" }],
])("with %s there is no demo, and asking for it is refused", (_name, environment) => {
  const outcome = parseStandaloneConfig(environment);
  expect(outcome).toMatchObject({ ok: true, config: { demo: false, demoAccountsAllowed: false } });
  expect(parseStandaloneConfig({ ...environment, KONTOR_DEMO: "off" })).toMatchObject({ ok: true });
  expect(faultsOf({ ...environment, KONTOR_DEMO: "on" })).toEqual([demoFault]);
});

test.each(["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost"])("on %s there is the demo", (host) => {
  const outcome = parseStandaloneConfig({ KONTOR_HOST: host, KONTOR_BASE_URL: "http://localhost:3000" });
  expect(outcome).toMatchObject({ ok: true, config: { demo: true, demoAccountsAllowed: true } });
});

test.each([
  ["KONTOR_DEM", "KONTOR_DEMO"],
  ["KONTOR_TRUSTED_PROXY", "KONTOR_TRUSTED_PROXIES"],
  ["kontor_port", "KONTOR_PORT"],
  ["KONTOR_LOGLEVEL", "KONTOR_LOG_LEVEL"],
])("%s is unknown, and %s named", (name, meant) => {
  expect(faultsOf({ [name]: "off" })).toEqual([`${name}: there is no such setting; did you mean ${meant}?`]);
});

test("a name that resembles none is refused too; what the commands read is not", () => {
  expect(faultsOf({ KONTOR_SOMETHING_ELSE: "1" })).toEqual(["KONTOR_SOMETHING_ELSE: there is no such setting"]);
  const ofCommands = { KONTOR_URL: "x", KONTOR_EMAIL: "x", KONTOR_PASSWORD: "x", KONTOR_API_KEY: "x" };
  expect(faultsOf({ ...ofCommands, KONTOR_REPLAY_DATA: "x", KONTOR_DEM: "" })).toEqual([]);
});

test("another bus than the one there is, is refused", () => {
  expect(faultsOf({ KONTOR_BUS: "nats://bus.example" })).toEqual([
    "KONTOR_BUS: this release has the in-process bus alone; leave it out, or set it to in-process",
  ]);
  expect(faultsOf({ KONTOR_BUS: "in-process" })).toEqual([]);
});

test("settings are taken over", () => {
  const secret = "0123456789abcdef0123456789abcdef";
  const outcome = parseStandaloneConfig({
    DATABASE_URL: "postgres://kontor:secret@db.example:5432/kontor",
    KONTOR_PORT: "0",
    KONTOR_DEMO: "off",
    KONTOR_LOG: "stdout",
    KONTOR_AUTH_SECRET: secret,
  });
  expect(outcome).toMatchObject({
    ok: true,
    config: { port: 0, demo: false, log: "stdout", authSecret: secret },
  });
});

test("an empty variable counts as unset", () => {
  expect(parseStandaloneConfig({ DATABASE_URL: "", KONTOR_PORT: "", KONTOR_DEMO: "" })).toMatchObject({
    ok: true,
    config: { databaseUrl: null, port: null, demo: true },
  });
});

test.each([
  ["KONTOR_PORT", "eighty", "must be a whole number from 0 to 65535; 0 takes any free port"],
  ["KONTOR_PORT", "65536", "must be a whole number from 0 to 65535; 0 takes any free port"],
  ["KONTOR_DEMO", "yes", "must be on or off"],
  ["KONTOR_LOG", "syslog", "must be file or stdout"],
  ["DATABASE_URL", "localhost:5432", "must be an address such as postgres://user:password@host:5432/name"],
  ["DATABASE_URL", "mysql://a@b/c", "must be an address such as postgres://user:password@host:5432/name"],
  ["DATABASE_URL", "postgres://user@host", "must be an address such as postgres://user:password@host:5432/name"],
])("%s=%s is one readable line", (name, value, message) => {
  expect(faultsOf({ [name]: value })).toEqual([`${name}: ${message}`]);
});

test("every wrong variable is told, and no value is repeated", () => {
  const environment = { KONTOR_PORT: "x-secret", KONTOR_AUTH_SECRET: "y-secret", KONTOR_RATE_LIMITS: "z-secret" };
  const faults = faultsOf(environment);
  expect(faults.map((line) => line.split(":")[0]).sort()).toEqual(Object.keys(environment).sort());
  expect(faults.join("\n")).not.toContain("secret");
});
