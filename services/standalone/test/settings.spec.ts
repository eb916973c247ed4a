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
