import { expect, test } from "vitest";
import { comesThroughUnknownProxy, isLocalCaller } from "../src/callers.ts";

const forwarded = { "x-forwarded-for": "203.0.113.9" };

test.each(["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])("%s is this machine", (ip) => {
  expect(isLocalCaller({ headers: {}, ip })).toBe(true);
  expect(comesThroughUnknownProxy({ headers: {}, ip })).toBe(false);
});

test.each(["203.0.113.9", "10.0.0.1", "::", "2001:db8::1"])("%s is not", (ip) => {
  expect(isLocalCaller({ headers: {}, ip })).toBe(false);
});

test.each([
  ["x-forwarded-for", "127.0.0.1"],
  ["forwarded", "for=127.0.0.1"],
  ["x-real-ip", "127.0.0.1"],
  ["x-forwarded-proto", "https"],
  ["x-forwarded-host", "trade.example"],
  ["via", "1.1 proxy"],
])("with %s from an unknown proxy of this machine the caller is not local", (name, value) => {
  const request = { headers: { [name]: value }, ip: "127.0.0.1" };
  expect(isLocalCaller(request)).toBe(false);
  expect(isLocalCaller({ ...request, ips: ["127.0.0.1"] })).toBe(false);
  expect(comesThroughUnknownProxy(request)).toBe(true);
});

test("a trusted proxy is believed, whoever it names", () => {
  const local = { headers: forwarded, ip: "127.0.0.1", ips: ["127.0.0.2", "127.0.0.1"] };
  expect(isLocalCaller(local)).toBe(true);
  expect(comesThroughUnknownProxy(local)).toBe(false);
  expect(isLocalCaller({ headers: forwarded, ip: "203.0.113.9", ips: ["127.0.0.1", "203.0.113.9"] })).toBe(false);
});

test("only a proxy that may be the operator's own is spoken of: anybody can send these headers", () => {
  for (const ip of ["10.1.2.3", "172.20.0.1", "192.168.0.9", "fd00::1", "fe80::1%eth0", "::ffff:10.0.0.1"]) {
    expect(comesThroughUnknownProxy({ headers: forwarded, ip }), ip).toBe(true);
  }
  for (const ip of ["203.0.113.9", "172.32.0.1", "2001:db8::1"]) {
    expect(comesThroughUnknownProxy({ headers: forwarded, ip }), ip).toBe(false);
  }
});
