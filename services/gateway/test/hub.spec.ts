import type { ShardUpdate, StreamUpdate, ViewAnswer, ViewRequest } from "@kontor/bus";
import { createInProcessBus } from "@kontor/bus";
import type { JsonObject } from "@kontor/kernel";
import { applyMergePatch } from "@kontor/kernel";
import { expect, test } from "vitest";
import { Hub } from "../src/live/hub.ts";
import type { LiveLimits } from "../src/live/live-limits.ts";
import { liveLimits } from "../src/live/live-limits.ts";
import { createTradingClient } from "../src/trading/trading-client.ts";
import type { Message } from "./fake-client.ts";
import { FakeClient, member, operator } from "./fake-client.ts";
import { FakeHost, foundView } from "./fake-host.ts";

const shard = "0190a7c0-0000-7000-8000-000000000001";
const stream = `lot:${shard}-1`;

type Admitted = Record<string, JsonObject>;

/** A host with one lot: a price for everyone, and a part of their own for admitted companies. */
class Lot {
  readonly host: FakeHost;
  epoch = 1;
  seq = 10;
  lastUpdate = 10;
  price: JsonObject = { price: "100" };
  admitted: Admitted = {};

  constructor(host: FakeHost) {
    this.host = host;
    host.view = (request) => this.look(request);
  }

  look({ actor }: ViewRequest): ViewAnswer {
    const at = { epoch: this.epoch, seq: this.seq };
    const own = this.admitted[actor.companyId ?? ""];
    if (actor.companyId === "hidden") return { found: false };
    if (actor.kind === "operator") return foundView({ ...at, audience: "owner", view: { ...this.price, all: true } });
    if (own !== undefined) return foundView({ ...at, audience: "company", view: this.price, own });
    return foundView({ ...at, view: this.price });
  }

  /** One commit: what each part of the stream gets. */
  commit(parts: Omit<StreamUpdate, "stream">): void {
    this.seq += 1;
    this.price = applyMergePatch(this.price, parts.participant ?? parts.public ?? {}) as JsonObject;
    for (const [companyId, patch] of Object.entries(parts.own ?? {})) {
      this.admitted[companyId] = applyMergePatch(this.admitted[companyId], patch) as JsonObject;
    }
    this.publish({ updates: [{ stream, ...parts }] });
  }

  publish(parts: Partial<ShardUpdate>): void {
    const at = 1_800_000_000_000_000;
    const update = { shard, epoch: this.epoch, prevSeq: this.lastUpdate, seq: this.seq, at, updates: [], ...parts };
    this.lastUpdate = update.seq;
    this.host.publish(update);
  }
}

function scene(limits: Partial<LiveLimits> = {}) {
  const bus = createInProcessBus();
  const lot = new Lot(new FakeHost(bus));
  const hub = new Hub({
    bus,
    view: createTradingClient(bus, 1_000).view,
    unread: () => Promise.resolve(2),
    limits: { ...liveLimits, ...limits },
    hubId: "hub",
  });
  return { bus, lot, hub };
}

/** Lets everything that is on its way arrive. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The state that a client holds after these messages; throws where numbers do not follow. */
function stateAfter(messages: readonly Message[]) {
  let state: { epoch: unknown; seq: unknown; view: unknown; own: unknown } | null = null;
  for (const message of messages) {
    if ("snapshot" in message) {
      state = { epoch: message["epoch"], seq: message["seq"], view: message["snapshot"], own: message["own"] };
    } else if ("event" in message) {
      if (state === null || message["epoch"] !== state.epoch) throw new Error("a change of an unknown run");
      if (message["prev"] !== state.seq) throw new Error(`gap: ${String(message["prev"])} after ${String(state.seq)}`);
      const { patch, own } = message["event"] as { patch?: unknown; own?: unknown };
      state = {
        epoch: state.epoch,
        seq: message["seq"],
        view: patch === undefined ? state.view : applyMergePatch(state.view, patch),
        own: own === undefined ? state.own : applyMergePatch(state.own, own),
      };
    }
  }
  return state;
}

test("a snapshot comes first, then changes, numbered densely whatever the journal's numbers are", async () => {
  const { lot, hub } = scene();
  const client = new FakeClient();
  expect(await hub.follow(client.subscription(stream, member("c1")))).toBe(true);
  lot.commit({ public: { price: "99" }, participant: { price: "99" } });
  lot.seq += 7;
  lot.commit({ owner: { secret: 1 } });
  lot.commit({ public: { price: "98" }, participant: { price: "98" } });
  await settle();
  const messages = client.take();
  expect(messages.map(({ seq }) => seq)).toEqual([0, 1, 2]);
  expect(messages[0]).toEqual({ stream, epoch: "1.hub.1p", seq: 0, snapshot: { price: "100" } });
  expect(messages[1]).toEqual({
    stream,
    epoch: "1.hub.1p",
    seq: 1,
    prev: 0,
    event: { type: "changed", at: "2027-01-15T08:00:00.000000Z", patch: { price: "99" } },
  });
  expect(stateAfter(messages)?.view).toEqual({ price: "98" });
});

test("companies share the common part and each sees its own; numbers tell nothing of the others", async () => {
  const { lot, hub } = scene();
  lot.admitted = { c1: { rank: 1 }, c2: { rank: 2 } };
  const [first, second, owner] = [new FakeClient(), new FakeClient(), new FakeClient()];
  await hub.follow(first.subscription(stream, member("c1")));
  await hub.follow(second.subscription(stream, member("c2")));
  await hub.follow(owner.subscription(stream, operator));
  lot.commit({ participant: { price: "99" }, own: { c1: { rank: 2 }, c2: { rank: 1 } } });
  lot.commit({ own: { c1: { proxy: "90" } } });
  lot.commit({ participant: { price: "98" } });
  await settle();
  const seen = first.take();
  expect(stateAfter(seen)).toMatchObject({ seq: 3, view: { price: "98" }, own: { rank: 2, proxy: "90" } });
  const other = second.take();
  expect(stateAfter(other)).toMatchObject({ seq: 2, view: { price: "98" }, own: { rank: 1 } });
  expect(JSON.stringify(other)).not.toContain("proxy");
  expect(owner.take()).toHaveLength(1);
});

test("what changes while the host is asked is neither lost nor told twice", async () => {
  const { lot, hub } = scene();
  lot.admitted = { c1: { bids: 0 } };
  const client = new FakeClient();
  const look = lot.look.bind(lot);
  lot.host.view = async (request) => {
    lot.commit({ participant: { price: "99" }, own: { c1: { bids: 1 } } });
    const answer = look(request);
    lot.commit({ participant: { price: "98" }, own: { c1: { bids: 2 } } });
    await settle();
    return answer;
  };
  await hub.follow(client.subscription(stream, member("c1")));
  lot.commit({ participant: { price: "97" }, own: { c1: { bids: 3 } } });
  await settle();
  const messages = client.take();
  expect(messages[0]).toMatchObject({ snapshot: { price: "98" }, own: { bids: 2 } });
  expect(stateAfter(messages)).toMatchObject({ seq: 1, view: { price: "97" }, own: { bids: 3 } });
});

test("an answer that is ahead of the updates is not moved back by them", async () => {
  const { lot, hub } = scene();
  const client = new FakeClient();
  const look = lot.look.bind(lot);
  lot.host.view = (request) => {
    lot.seq = 12;
    lot.price = { price: "98" };
    return look(request);
  };
  await hub.follow(client.subscription(stream, member("c1")));
  lot.publish({ seq: 11, updates: [{ stream, public: { price: "99" } }] });
  lot.publish({ seq: 12, updates: [{ stream, public: { price: "98" } }] });
  await settle();
  expect(client.take()).toEqual([expect.objectContaining({ snapshot: { price: "98" } })]);
});

test("a hole in the updates brings a new run with a snapshot", async () => {
  const { lot, hub } = scene();
  const client = new FakeClient();
  await hub.follow(client.subscription(stream, member("c1")));
  lot.commit({ public: { price: "99" } });
  await settle();
  lot.price = { price: "97" };
  lot.seq += 2;
  lot.publish({ prevSeq: lot.seq - 1, updates: [{ stream, public: { price: "97" } }] });
  await settle();
  const messages = client.take();
  expect(messages).toHaveLength(3);
  expect(messages[2]).toMatchObject({ seq: 0, snapshot: { price: "97" } });
  expect(messages[2]?.["epoch"]).not.toBe(messages[0]?.["epoch"]);
  lot.commit({ public: { price: "96" } });
  await settle();
  expect(stateAfter([...messages, ...client.take()])?.view).toEqual({ price: "96" });
});

test("a new owner of the shard brings a new run, and the old owner's last words are not heard", async () => {
  const { lot, hub } = scene();
  const client = new FakeClient();
  await hub.follow(client.subscription(stream, member("c1")));
  lot.epoch = 2;
  lot.publish({ prevSeq: lot.seq });
  await settle();
  lot.publish({ epoch: 1, prevSeq: lot.seq, seq: lot.seq + 1, updates: [{ stream, public: { price: "1" } }] });
  lot.lastUpdate = lot.seq;
  lot.commit({ public: { price: "99" } });
  await settle();
  const messages = client.take();
  expect(messages.map(({ epoch }) => String(epoch).split(".")[0])).toEqual(["1", "2", "2"]);
  expect(stateAfter(messages)?.view).toEqual({ price: "99" });
});

test("a host that cannot answer after a hole is asked until it can", async () => {
  const { lot, hub } = scene();
  const client = new FakeClient();
  await hub.follow(client.subscription(stream, member("c1")));
  const look = lot.look.bind(lot);
  let refusals = 0;
  lot.host.view = (request) => {
    refusals += 1;
    if (refusals < 3) throw new Error("not now");
    return look(request);
  };
  lot.epoch = 2;
  lot.publish({ prevSeq: lot.seq });
  await expect.poll(() => client.messages().length, { timeout: 5_000 }).toBe(2);
});

test("a company that is admitted or excluded changes its audience with a snapshot", async () => {
  const { lot, hub } = scene();
  const [client, bystander] = [new FakeClient(), new FakeClient()];
  await hub.follow(client.subscription(stream, member("c1")));
  await hub.follow(bystander.subscription(stream, member("c2")));
  lot.admitted = { c1: { rank: 1 } };
  lot.commit({ moved: ["c1"], public: { bidders: 1 }, participant: {} });
  await settle();
  lot.commit({ own: { c1: { rank: 2 } } });
  await settle();
  lot.admitted = {};
  lot.commit({ moved: ["c1"], participant: null });
  await settle();
  const kinds = client.take().map((message) => ("snapshot" in message ? Object.keys(message).length : "event"));
  expect(kinds).toEqual([4, 5, "event", 4]);
  expect(stateAfter(bystander.take())?.view).toEqual({ price: "100", bidders: 1 });
});

test("who may not see the stream any more is told that it ended", async () => {
  const { lot, hub } = scene();
  const client = new FakeClient();
  await hub.follow(client.subscription(stream, member("c1")));
  lot.host.view = () => ({ found: false });
  lot.commit({ public: null });
  await settle();
  expect(client.take().at(-1)).toEqual({ stream, ended: "not_found" });
  expect(client.connection.subscriptions.size).toBe(0);
});

test("a stream that is not there is not followed", async () => {
  const { hub } = scene();
  const client = new FakeClient();
  expect(await hub.follow(client.subscription(stream, member("hidden")))).toBe(false);
});

test("who comes back gets just what he missed, as long as it is kept", async () => {
  const { lot, hub } = scene({ ringMessagesMax: 2 });
  const watcher = new FakeClient();
  await hub.follow(watcher.subscription(stream, member("c9")));
  const epoch = String(watcher.take()[0]?.["epoch"]);
  for (const price of ["99", "98", "97"]) lot.commit({ public: { price } });
  await settle();
  const back = new FakeClient();
  await hub.follow(back.subscription(stream, member("c1")), { epoch, seq: 1 });
  expect(back.take().map(({ seq }) => seq)).toEqual([2, 3]);
  const current = new FakeClient();
  await hub.follow(current.subscription(stream, member("c1")), { epoch, seq: 3 });
  expect(current.take()).toEqual([]);
  for (const from of [
    { epoch, seq: 0 },
    { epoch, seq: 4 },
    { epoch: "other", seq: 2 },
  ]) {
    const late = new FakeClient();
    await hub.follow(late.subscription(stream, member("c1")), from);
    expect(late.take()).toEqual([expect.objectContaining({ seq: 3, snapshot: { price: "97" } })]);
  }
});

test("two thousand watchers are sent the same bytes, built once", async () => {
  const { lot, hub } = scene();
  const written = new Set<Buffer>();
  const clients = Array.from({ length: 2_000 }, () => new FakeClient());
  for (const [index, client] of clients.entries()) {
    await hub.follow(client.subscription(stream, member(`c${index % 5}`)));
    client.take();
    const write = client.connection.write.bind(client.connection);
    client.connection.write = (bytes, frames) => {
      written.add(bytes);
      write(bytes, frames);
    };
  }
  lot.commit({ public: { price: "99" } });
  await settle();
  expect(written.size).toBe(1);
  expect(clients.every((client) => client.take().length === 1)).toBe(true);
  expect(lot.host.viewRequests).toHaveLength(5);
});

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

test("notices reach every connection of their company and no other", async () => {
  const { bus, hub } = scene();
  const [client, other] = [new FakeClient(), new FakeClient()];
  await hub.follow(client.subscription("me", member("c1")));
  await hub.follow(other.subscription("me", member("c2")));
  bus.publish("notices", { companyId: "c1", notice: { noticeId: "n1", kind: "lot_closed" } });
  await settle();
  expect(client.take()).toEqual([
    { stream: "me", epoch: expect.any(String), seq: 0, snapshot: { companyId: "c1", unread: 2 } },
    {
      stream: "me",
      epoch: expect.any(String),
      seq: 1,
      prev: 0,
      event: { type: "notice", noticeId: "n1", kind: "lot_closed" },
    },
  ]);
  expect(other.take()).toHaveLength(1);
});
