import { expect, test } from "vitest";
import { FakeClient, member, operator } from "./fake-client.ts";
import { scene, settle, stateAfter, stream } from "./hub-scene.ts";

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
