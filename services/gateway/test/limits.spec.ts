import { expect, test } from "vitest";
import { addressGroupOf } from "../src/address-group.ts";
import { BoundedCache } from "../src/bounded-cache.ts";
import { FrameRing } from "../src/live/frame-ring.ts";
import { liveLimits } from "../src/live/live-limits.ts";
import { SocketCounts } from "../src/live/socket-counts.ts";
import { TokenBucket } from "../src/live/token-bucket.ts";
import { wireFrameOf } from "../src/live/wire-frame.ts";
import { createMemoryRateStore } from "../src/plugins/rate-budget.ts";

test("addresses count one by one in IPv4 and by the network in IPv6", () => {
  expect(addressGroupOf("192.0.2.7")).toBe("192.0.2.7");
  expect(addressGroupOf("::ffff:192.0.2.7")).toBe("192.0.2.7");
  expect(addressGroupOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(addressGroupOf("2001:db8:1:2::ffff")).toBe("2001:db8:1:2::/64");
  expect(addressGroupOf("2001:DB8::1%eth0")).toBe("2001:db8:0:0::/64");
});

test("a budget is spent, says what is left, and is whole again after its window", async () => {
  let now = 0;
  const store = createMemoryRateStore({ now: () => now * 1000 });
  const budget = { max: 2, windowMs: 1_000 };
  expect(await store.spend("a", budget)).toEqual({ allowed: true, remaining: 1, resetMs: 1_000 });
  now = 400;
  expect(await store.spend("a", budget)).toEqual({ allowed: true, remaining: 0, resetMs: 600 });
  expect(await store.spend("a", budget)).toEqual({ allowed: false, remaining: 0, resetMs: 600 });
  expect(await store.spend("b", budget)).toMatchObject({ allowed: true });
  now = 1_000;
  expect(await store.spend("a", budget)).toMatchObject({ allowed: true, remaining: 1 });
  expect(await store.spend("c", budget, 2)).toMatchObject({ allowed: true, remaining: 0 });
  expect(await store.spend("d", budget, 3)).toMatchObject({ allowed: false, remaining: 0 });
});

test("a bucket gives its burst, then what time brings", () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 3, nowMs: 0 });
  expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0]);
  expect(bucket.take(0)).toBe(100);
  expect(bucket.take(60)).toBe(40);
  expect(bucket.take(100)).toBe(0);
  expect(bucket.take(10_000)).toBe(0);
});

test("sockets count by user, company and address, and are given back", () => {
  const counts = new SocketCounts({ ...liveLimits, socketsPerUserMax: 1, socketsPerCompanyMax: 2 });
  const ada = { userId: "ada", companyId: "c1", addressGroup: "192.0.2.1" };
  const leave = counts.enter(ada);
  expect(counts.full(ada)).toBe("sockets_per_user");
  const key = { userId: null, companyId: "c1", addressGroup: "192.0.2.1" };
  counts.enter(key);
  expect(counts.full(key)).toBe("sockets_per_company");
  leave();
  expect(counts.full(ada)).toBeNull();
  const local = new SocketCounts({ ...liveLimits, socketsPerAddressMax: 1 });
  local.enter({ userId: null, companyId: null, addressGroup: null });
  expect(local.full({ userId: null, companyId: null, addressGroup: null })).toBeNull();
  local.enter({ userId: null, companyId: null, addressGroup: "192.0.2.1" });
  expect(local.full({ userId: null, companyId: null, addressGroup: "192.0.2.1" })).toBe("sockets_per_address");
});

test("a ring keeps the latest frames by count and by bytes", () => {
  const ring = new FrameRing({ framesMax: 3, bytesMax: 100 });
  for (let seq = 1; seq <= 5; seq += 1) ring.push(seq, Buffer.from([seq]));
  expect(ring.after(2)?.map(([byte]) => byte)).toEqual([3, 4, 5]);
  expect(ring.after(4)?.map(([byte]) => byte)).toEqual([5]);
  expect(ring.after(1)).toBeNull();
  ring.push(6, Buffer.alloc(99, 6));
  expect(ring.after(4)?.length).toBe(2);
  expect(ring.after(3)).toBeNull();
  const large = new FrameRing({ framesMax: 10_000, bytesMax: 1_000_000 });
  for (let seq = 1; seq <= 30_000; seq += 1) large.push(seq, Buffer.from([seq % 256]));
  expect(large.after(20_000)).toHaveLength(10_000);
  expect(large.after(19_999)).toBeNull();
});

test("frames carry their length in as few bytes as the protocol allows", () => {
  expect([...wireFrameOf("hi")]).toEqual([0x81, 2, 104, 105]);
  expect([...wireFrameOf("é".repeat(100)).subarray(0, 4)]).toEqual([0x81, 126, 0, 200]);
  expect([...wireFrameOf("a".repeat(70_000)).subarray(0, 10)]).toEqual([0x81, 127, 0, 0, 0, 0, 0, 1, 17, 112]);
});

test("a cache forgets by age, by number and by what it holds", () => {
  let now = 0;
  const cache = new BoundedCache<number>({ entriesMax: 2, ttlMs: 10, nowMs: () => now });
  for (const [index, key] of ["a", "b", "c"].entries()) cache.set(key, index);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([undefined, 1, 2]);
  cache.deleteWhere((value) => value === 1);
  expect([cache.get("b"), cache.get("c")]).toEqual([undefined, 2]);
  now = 10;
  expect(cache.get("c")).toBeUndefined();
});
