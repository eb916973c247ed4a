import { systemActor } from "@kontor/kernel";
import { expect, test } from "vitest";
import { rejected } from "./fake-host.ts";
import { Caller, gatewayWorld, newKey } from "./gateway-world.ts";
import { connect, headersOf, listen, refusal } from "./live-client.ts";
import { colleague, market, participate, person } from "./people.ts";
import { lotId, publishTender, tenderId } from "./tenders.ts";

const stream = `lot:${lotId}`;
const bid = { id: "key-00000001", op: "command", command: { type: "submit_bid", lotId, price: "8990.00" } };

async function trading(liveLimits: Parameters<typeof gatewayWorld>[0] = {}) {
  const world = await gatewayWorld(liveLimits);
  const place = await market(world);
  const owner = await person(world, "Olga", "Olga Works");
  const bidder = await person(world, "Bert", "Bert Metals");
  await participate(place, owner, "buyer");
  await participate(place, bidder, "supplier");
  publishTender(world, { marketplaceId: place.marketplaceId, ownerCompanyId: owner.companyId });
  const url = await listen(world);
  return { world, place, owner, bidder, url, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

test("nobody gets in without a credential, from a foreign page, or over the limit", async () => {
  await using scene = await trading({ liveLimits: { socketsPerUserMax: 1 } });
  const { world, bidder, url } = scene;
  expect(await refusal(url, headersOf(new Caller(world.app)))).toBe(401);
  expect(await refusal(url, headersOf(bidder, { origin: "https://evil.example" }))).toBe(403);
  await connect(url, bidder);
  expect(await refusal(url, headersOf(bidder))).toBe(429);
  expect((await bidder.get("/v1/live")).body).toMatchObject({ code: "not_found" });
});

test("streams, commands, refusals and the time come over one connection", async () => {
  await using scene = await trading();
  const { world, bidder, url } = scene;
  const client = await connect(url, bidder);
  expect(await client.ask({ id: "t1", op: "time" })).toMatchObject({ ok: true, result: { now: expect.any(Number) } });
  expect(await client.ask({ id: "s1", op: "subscribe", stream })).toEqual({ re: "s1", ok: true });
  await client.until((message) => message["snapshot"] !== undefined && message["stream"] === stream);
  const at = 1_800_000_000_000_000;
  world.host.publish({
    shard: tenderId,
    epoch: 1,
    prevSeq: 0,
    seq: 4,
    at,
    updates: [{ stream, public: { bestPrice: "8990.00" } }],
  });
  expect(await client.until((message) => message["event"] !== undefined)).toMatchObject({
    stream,
    seq: 1,
    prev: 0,
    event: { type: "changed", patch: { bestPrice: "8990.00" } },
  });
  const place = { [stream]: 1 };
  await client.until(({ streams }) => JSON.stringify(streams) === JSON.stringify(place));
  expect(await client.ask(bid)).toEqual({
    re: bid.id,
    ok: true,
    epoch: 1,
    seq: 1,
    at: "2027-01-15T08:00:00.000000Z",
    result: { done: "submit_bid" },
  });
  world.host.answer = () => rejected("step_too_small");
  const refused = await client.ask({ ...bid, id: "key-00000002", validUntil: "2027-01-15T09:00:00Z" });
  expect(refused).toMatchObject({ ok: false, problem: { code: "step_too_small", at: "2027-01-15T08:00:00.000000Z" } });
  expect(world.host.commands[1]).toMatchObject({ key: "key-00000002", validUntil: 1_800_003_600_000_000 });
  expect(await client.ask({ id: "u1", op: "unsubscribe", stream })).toEqual({ re: "u1", ok: true });
});

test("whatever is no message of the protocol is refused with a code, and the connection stays", async () => {
  await using scene = await trading();
  const { world, bidder, url } = scene;
  const client = await connect(url, bidder);
  client.send("{");
  await client.until((message) => (message["problem"] as { code?: string })?.code === "body_unreadable");
  const cases: [string, unknown][] = [
    ["request_invalid", { id: "a1", op: "dance" }],
    ["request_invalid", { id: "a2", op: "subscribe", stream: "lot:1" }],
    ["request_invalid", { id: "a3", op: "time", more: 1 }],
    ["request_invalid", { ...bid, id: "short" }],
    ["request_invalid", { ...bid, id: "key-0000000a", command: { type: "advance_time" } }],
    ["request_invalid", { ...bid, id: "key-0000000b", command: { type: "constructor" } }],
    ["request_invalid", { ...bid, id: "key-0000000c", command: { ...bid.command, price: 8990 } }],
    ["request_invalid", { ...bid, id: "key-0000000d", command: { ...bid.command, price: "1\u0000" } }],
    ["request_invalid", { ...bid, id: "key-0000000e", validUntil: "2026-02-31T00:00:00Z" }],
    ["not_found", { id: "a4", op: "subscribe", stream: `lot:${tenderId.replace("01", "02")}-1` }],
    ["forbidden", { ...bid, id: "key-0000000f", command: { type: "pause_lot", lotId, reason: "lunch" } }],
  ];
  for (const [code, message] of cases) {
    const { id } = message as { id: string };
    const answer = await client.ask(message as { id: string });
    expect(answer, id).toMatchObject({ re: id, ok: false, problem: { code } });
  }
  expect(client.closed).toBeNull();
  expect(world.host.commands.filter(({ command }) => command.type !== "pause_lot")).toEqual([]);
});

test("a connection follows so many streams and no more, and asking again costs nothing", async () => {
  await using scene = await trading({ liveLimits: { subscriptionsPerSocketMax: 1 } });
  const client = await connect(scene.url, scene.bidder);
  expect(await client.ask({ id: "s1", op: "subscribe", stream })).toMatchObject({ ok: true });
  expect(await client.ask({ id: "s2", op: "subscribe", stream })).toMatchObject({ ok: true });
  const more = await client.ask({ id: "s3", op: "subscribe", stream: `tender:${tenderId}` });
  expect(more).toMatchObject({ problem: { code: "too_many_subscriptions", limit: 1 } });
  await client.ask({ id: "u1", op: "unsubscribe", stream });
  client.send({ id: "at once 1", op: "subscribe", stream });
  client.send({ id: "at once 2", op: "subscribe", stream: `tender:${tenderId}` });
  const both = [await client.until(({ re }) => re === "at once 1"), await client.until(({ re }) => re === "at once 2")];
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  for (const name of [stream, `tender:${tenderId}`]) {
    await client.ask({ id: `over ${name}`, op: "unsubscribe", stream: name });
  }
  expect(await client.ask({ id: "s4", op: "subscribe", stream: `tender:${tenderId}` })).toMatchObject({ ok: true });
});

test("bytes, frames without end and haste without end close the connection", async () => {
  await using scene = await trading({ liveLimits: { messageBurst: 5, messagesPerSecondSession: 1 } });
  const { bidder, url } = scene;
  const binary = await connect(url, bidder);
  binary.socket.send(Buffer.from([1, 2, 3]));
  expect(await binary.closing()).toBe(4003);
  const large = await connect(url, bidder);
  large.send("x".repeat(70_000));
  expect(await large.closing()).toBe(1009);
  const hasty = await connect(url, bidder);
  for (let index = 0; index < 6; index += 1) hasty.send({ id: `t${index}`, op: "time" });
  await hasty.until((message) => (message["problem"] as { code?: string })?.code === "rate_limited");
  for (let index = 0; index < 10; index += 1) hasty.send({ id: `u${index}`, op: "time" });
  expect(await hasty.closing()).toBe(4004);
});

test("who says nothing is not kept", async () => {
  await using scene = await trading({ liveLimits: { subscribeWithinMs: 50 } });
  const client = await connect(scene.url, scene.bidder);
  expect(await client.closing()).toBe(4006);
});

test("a session that ends closes its connections, a role that goes likewise, and neither sends a command more", async () => {
  await using scene = await trading();
  const { world, bidder, url } = scene;
  const hire = await colleague(world, bidder, { name: "Selma", role: "seller" });
  const client = await connect(url, hire);
  expect(await client.ask(bid)).toMatchObject({ ok: true });
  await client.ask({ id: "s1", op: "subscribe", stream });
  const members = await bidder.get(`/v1/auth/organization/list-members?organizationId=${bidder.companyId}`);
  const [member] = (members.body["members"] as { id: string; role: string }[]).filter(({ role }) => role === "seller");
  const change = { memberId: member?.id, role: "finance", organizationId: bidder.companyId };
  const changed = await bidder.post("/v1/auth/organization/update-member-role", change, newKey());
  expect(changed.status, JSON.stringify(changed.body)).toBe(200);
  expect(await client.closing()).toBe(4002);
  const next = await connect(url, hire);
  expect(await next.ask({ ...bid, id: "key-00000002" })).toMatchObject({ problem: { code: "forbidden" } });
  await hire.post("/v1/auth/sign-out");
  expect(await next.closing()).toBe(4002);
});

test("rights that went without an announcement are missed by the next check", async () => {
  await using scene = await trading({ liveLimits: { permissionRecheckMs: 20, heartbeatMs: 20 } });
  const { world, place, url } = scene;
  const client = await connect(url, place.operator);
  await client.ask({ id: "s1", op: "subscribe", stream });
  const key = { marketplaceId: place.marketplaceId, userId: place.operator.userId };
  const successor = { ...key, userId: scene.owner.userId, expectedVersion: 0 };
  await world.repositories.staff.grant(systemActor, successor, "operator");
  expect(await world.repositories.staff.revoke(systemActor, { ...key, expectedVersion: 1 })).toMatchObject({
    ok: true,
  });
  world.advance(10_000);
  expect(await client.until((message) => message["ended"] !== undefined)).toEqual({ stream, ended: "forbidden" });
});

test("a suspended company's streams end", async () => {
  await using scene = await trading();
  const { bidder, place, url } = scene;
  const client = await connect(url, bidder);
  await client.ask({ id: "s1", op: "subscribe", stream });
  const suspension = `/v1/marketplaces/${place.marketplaceId}/participations/${bidder.companyId}/suspension`;
  await place.operator.post(suspension, { reason: "unpaid" }, { ...newKey(), "if-match": '"2"' });
  expect(await client.until((message) => message["ended"] !== undefined)).toEqual({ stream, ended: "forbidden" });
  expect(await client.ask({ id: "s2", op: "subscribe", stream })).toMatchObject({ problem: { code: "not_found" } });
});

test("a stop answers what is under way, says when to come back and closes", async () => {
  const scene = await trading();
  const { world, bidder, url } = scene;
  const client = await connect(url, bidder);
  const { promise: asked, resolve: arrived } = Promise.withResolvers<void>();
  const { promise: decided, resolve: decide } = Promise.withResolvers<void>();
  const answer = world.host.answer;
  world.host.answer = async (request) => {
    arrived();
    await decided;
    return await answer(request);
  };
  client.send(bid);
  await asked;
  const stopped = world.app.close();
  expect(await client.until((message) => message["goodbye"] !== undefined)).toMatchObject({
    goodbye: "shutting_down",
    reconnectAfterMs: expect.any(Number),
  });
  expect(await client.ask({ ...bid, id: "key-00000009" })).toMatchObject({ problem: { code: "shutting_down" } });
  decide();
  expect(await client.until(({ re }) => re === bid.id)).toMatchObject({ ok: true });
  expect(await client.closing()).toBe(4000);
  await stopped;
  await scene[Symbol.asyncDispose]();
});

test("a stream that is given up before it is open is open for nobody, and each question has its answer", async () => {
  await using scene = await trading({ liveLimits: { subscriptionsPerSocketMax: 1 } });
  const { world, bidder, url } = scene;
  const client = await connect(url, bidder);
  const look = world.host.view;
  for (const name of [`tender:${tenderId}`, stream, "me"]) {
    const held = Promise.withResolvers<void>();
    world.host.view = async (request) => {
      await held.promise;
      return await look(request);
    };
    const ids = ["s", "u", "again", "last"].map((id) => `${id} ${name}`);
    for (const [index, id] of ids.entries()) {
      client.send({ id, op: index % 2 === 0 ? "subscribe" : "unsubscribe", stream: name });
    }
    await client.ask({ id: `t ${name}`, op: "time" });
    held.resolve();
    for (const id of ids) expect(await client.until(({ re }) => re === id)).toEqual({ re: id, ok: true });
    expect(client.messages.flatMap(({ re }) => (ids.includes(String(re)) ? [re] : []))).toEqual(ids);
  }
});

test("asking for the own stream again brings the count of that moment, once per question", async () => {
  await using scene = await trading();
  const { world, place, bidder, url } = scene;
  const client = await connect(url, bidder);
  const counts = () =>
    client.messages.flatMap(({ snapshot }) =>
      snapshot === undefined ? [] : [(snapshot as { unread: number }).unread],
    );
  expect(await client.ask({ id: "s1", op: "subscribe", stream: "me" })).toEqual({ re: "s1", ok: true });
  await world.sql`
    insert into notices (id, company_id, marketplace_id, kind, tender_id, data, at, seq)
    values ('n1', ${bidder.companyId}, ${place.marketplaceId}, 'lot_closed', ${tenderId}, '{}', now(), 1)`;
  expect(await client.ask({ id: "s2", op: "subscribe", stream: "me" })).toEqual({ re: "s2", ok: true });
  await client.ask({ id: "t1", op: "time" });
  expect(counts()).toEqual([0, 1]);
});

test("sockets through an unknown proxy of this machine count as one address, those of this machine do not", async () => {
  await using scene = await trading({ liveLimits: { socketsPerAddressMax: 1 } });
  const { bidder, url } = scene;
  const proxied = { "x-forwarded-for": "203.0.113.9" };
  await connect(url, bidder);
  await connect(url, bidder);
  await connect(url, bidder, proxied);
  expect(await refusal(url, headersOf(bidder, { "x-forwarded-for": "203.0.113.10" }))).toBe(429);
});
