import { expect, test } from "vitest";
import { FakeClient, member } from "./fake-client.ts";
import { scene, settle, shard, stateAfter, stream } from "./hub-scene.ts";

test("a slow reader gets the latest public state instead of every step, a private one every step", async () => {
  const limits = { conflateAboveBytes: 4_000, closeAboveBytes: 1_000_000 };
  const { lot, hub } = scene(limits);
  lot.admitted = { c2: { rank: 1 } };
  const [watcher, bidder] = [new FakeClient(limits), new FakeClient(limits)];
  await hub.follow(watcher.subscription(stream, member("c1")));
  await hub.follow(bidder.subscription(stream, member("c2")));
  for (const client of [watcher, bidder]) client.hold();
  for (let step = 1; step <= 100; step += 1) {
    lot.commit({ public: { price: `${step}` }, participant: { price: `${step}` }, own: { c2: { rank: step } } });
    await settle();
    hub.flush(); // On a busy machine steps would be gathered.
  }
  const behind = watcher.connection.subscriptions.get(stream)?.sentSeq ?? 0;
  expect(behind).toBeLessThan(100);
  for (const client of [watcher, bidder]) await client.release();
  await settle();
  const seen = watcher.take();
  expect(seen.length).toBeLessThan(60);
  expect(seen.at(-1)).toMatchObject({ seq: 100, snapshot: { price: "100" } });
  const private_ = bidder.take();
  expect(private_).toHaveLength(101);
  expect(stateAfter(private_)).toMatchObject({ seq: 100, own: { rank: 100 } });
});

test("who does not read at all is cut off", async () => {
  const limits = { conflateAboveBytes: 1_000_000, closeAboveBytes: 4_000 };
  const { lot, hub } = scene(limits);
  const client = new FakeClient(limits);
  await hub.follow(client.subscription(stream, member("c1")));
  client.hold();
  for (let step = 1; step <= 100; step += 1) {
    lot.commit({ public: { price: `${step}` } });
    await settle();
  }
  expect(client.closes).toEqual(["slow_consumer"]);
});

const tight = { conflateAboveBytes: 4_000, closeAboveBytes: 16_000, undrainedMsMax: 1_000 };

test("a first state larger than all that may wait reaches who reads it", async () => {
  const { lot, hub } = scene(tight);
  lot.price = { text: "x".repeat(100_000) };
  lot.admitted = { c2: { rank: 1 } };
  const client = new FakeClient(tight);
  client.hold();
  await hub.follow(client.subscription(stream, member("c2")));
  for (let rank = 2; rank <= 20; rank += 1) lot.commit({ own: { c2: { rank } } });
  await settle();
  hub.flush();
  expect(client.closes).toEqual([]);
  await client.release();
  const seen = client.take();
  expect(seen).toHaveLength(20);
  expect(stateAfter(seen)).toMatchObject({ seq: 19, view: lot.price, own: { rank: 20 } });
});

test("who was sent such a state and reads none of it is cut off by what follows, and by time", async () => {
  const { lot, hub } = scene(tight);
  lot.price = { text: "x".repeat(100_000) };
  lot.admitted = { c2: { rank: 1 } };
  const client = new FakeClient(tight);
  client.hold();
  await hub.follow(client.subscription(stream, member("c2")));
  const sentAt = performance.now();
  expect(client.connection.isStuck(sentAt + 2_000)).toBe(false);
  expect(client.connection.isStuck(sentAt + 10_000)).toBe(true);
  for (let step = 1; step <= 10; step += 1) {
    expect(client.closes).toEqual([]);
    lot.commit({ own: { c2: { text: `${step}`.repeat(1_000) } } });
    await settle();
  }
  lot.commit({ own: { c2: { text: "x".repeat(10_000) } } });
  await settle();
  expect(client.closes).toEqual(["slow_consumer"]);
});

test("large states of several streams come one after the other, as they are read", async () => {
  const { lot, hub } = scene(tight);
  lot.price = { text: "x".repeat(100_000) };
  const client = new FakeClient(tight);
  client.hold();
  const streams = [1, 2, 3, 4].map((number) => `lot:${shard}-${number}`);
  for (const name of streams) await hub.follow(client.subscription(name, member("c1")));
  expect(client.closes).toEqual([]);
  expect(client.connection.unsentBytes).toBeLessThan(110_000);
  expect(client.connection.subscriptions.get(streams[3] ?? "")?.sentSeq).toBeNull();
  await client.release();
  await settle();
  expect(client.take().map((message) => message["stream"])).toEqual(streams);
  expect(client.connection.subscriptions.get(streams[3] ?? "")?.sentSeq).toBe(0);
});

test("asking for a large state again and again without reading it costs one of them", async () => {
  const { lot, hub } = scene(tight);
  lot.price = { text: "x".repeat(100_000) };
  const client = new FakeClient(tight);
  client.hold();
  const subscription = client.subscription(stream, member("c1"));
  await hub.follow(subscription);
  for (let again = 0; again < 50; again += 1) await hub.resume(subscription, undefined, () => {});
  expect(client.connection.unsentBytes).toBeLessThan(110_000);
  await client.release();
  await settle();
  expect(client.take()).toHaveLength(2);
});
