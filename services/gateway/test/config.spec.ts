import { expect, test } from "vitest";
import { parseGatewayConfig } from "../src/config.ts";

const secret = "a-secret-for-tests-that-is-long-enough";

test("a secret is all that must be given", () => {
  expect(parseGatewayConfig({ KONTOR_AUTH_SECRET: secret, KONTOR_PORT: "" })).toEqual({
    ok: true,
    config: {
      host: "127.0.0.1",
      port: 8080,
      baseUrl: null,
      authSecret: secret,
      trustedProxies: [],
      allowedOrigins: [],
      logLevel: "info",
      commandTimeoutMs: 5000,
      requireEmailVerification: false,
      rateLimits: true,
    },
  });
});

test("lists are read and their members judged", () => {
  const parsed = parseGatewayConfig({
    KONTOR_AUTH_SECRET: secret,
    KONTOR_TRUSTED_PROXIES: "10.0.0.0/8, ::1",
    KONTOR_ALLOWED_ORIGINS: "https://a.example,https://b.example:8443",
  });
  expect(parsed).toMatchObject({
    ok: true,
    config: {
      trustedProxies: ["10.0.0.0/8", "::1"],
      allowedOrigins: ["https://a.example", "https://b.example:8443"],
    },
  });
});

test("each wrong variable has one line that names it and does not repeat its value", () => {
  const parsed = parseGatewayConfig({
    KONTOR_AUTH_SECRET: "hunter2",
    KONTOR_PORT: "80a",
    KONTOR_BASE_URL: "https://trade.example/path",
    KONTOR_TRUSTED_PROXIES: "everyone",
    KONTOR_ALLOWED_ORIGINS: "*",
    KONTOR_LOG_LEVEL: "loud",
    KONTOR_COMMAND_TIMEOUT_MS: "1",
    KONTOR_RATE_LIMITS: "maybe",
  });
  const faults = parsed.ok ? [] : parsed.faults;
  expect(faults).toHaveLength(8);
  for (const fault of faults) expect(fault).toMatch(/^KONTOR_[A-Z_]+: \S/);
  expect(faults.join("\n")).not.toContain("hunter2");
  expect(parseGatewayConfig({})).toEqual({ ok: false, faults: ["KONTOR_AUTH_SECRET: is missing"] });
});
