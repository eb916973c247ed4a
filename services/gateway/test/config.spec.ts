import { expect, test } from "vitest";
import { gatewaySettingNames, parseGatewayConfig } from "../src/config.ts";
import { httpUrlOf } from "../src/origins.ts";

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
      metricsListener: null,
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

const read = (changes: Record<string, string>) => parseGatewayConfig({ KONTOR_AUTH_SECRET: secret, ...changes });

test.each(["0.0.0.0", "127.0.0.1", "::", "::1", "localhost", "trade-1.example.org"])("%s is a host", (host) => {
  expect(read({ KONTOR_HOST: host })).toMatchObject({ ok: true, config: { host } });
});

test("an IPv6 host may come in its brackets, and has them in addresses", () => {
  expect(read({ KONTOR_HOST: "[::1]" })).toMatchObject({ ok: true, config: { host: "::1" } });
  expect(httpUrlOf("::1", 3000)).toBe("http://[::1]:3000");
  expect(httpUrlOf("127.0.0.1", 3000)).toBe("http://127.0.0.1:3000");
});

test.each(["not a host!", "http://trade.example", "trade.example:80", "[127.0.0.1]", "fe80::1%eth0", "1.2.3.256", "-"])(
  "%s is no host, and told in one line",
  (host) => {
    const faults = ["KONTOR_HOST: must be an address or a host name of this machine, such as 127.0.0.1 or ::1"];
    expect(read({ KONTOR_HOST: host })).toEqual({ ok: false, faults });
  },
);

test.each(["1.2.3.4/99", "1.2.3.4/0", "1.2.3.4.5", "::1/129", "10.0.0.0/8/8", "fe80::1%eth0", "1234"])(
  "%s is no proxy, and told in one line",
  (proxy) => {
    const faults = ["KONTOR_TRUSTED_PROXIES: must be addresses or networks, such as 10.0.0.0/8,::1"];
    expect(read({ KONTOR_TRUSTED_PROXIES: `10.0.0.1,${proxy}` })).toEqual({ ok: false, faults });
  },
);

test("metrics may have an address of their own", () => {
  const config = { metricsListener: { host: "127.0.0.1", port: 9464 } };
  expect(read({ KONTOR_METRICS_PORT: "9464" })).toMatchObject({ ok: true, config });
  const apart = { metricsListener: { host: "10.0.0.7", port: 0 } };
  expect(read({ KONTOR_METRICS_PORT: "0", KONTOR_METRICS_HOST: "10.0.0.7" })).toMatchObject({
    ok: true,
    config: apart,
  });
});

test("every setting has a name by which an unknown one can be told", () => {
  expect(gatewaySettingNames).toContain("KONTOR_TRUSTED_PROXIES");
});
