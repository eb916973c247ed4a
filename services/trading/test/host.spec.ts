import { subjects } from "@kontor/bus";
import { limits } from "@kontor/kernel";
import { expect, test } from "vitest";
import { settle } from "./manual-time.ts";
import { codeOf, createWorld, member, openWorld, saleMs, shardA, shardB } from "./world.ts";

test("a command is answered only after its segment is committed", async () => {
  const { send, journal, entries } = await openWorld();
  journal.plan.push("hold");
  let answered = false;
  const answer = send({ type: "place_bid", price: 5 }).then((value) => {
    answered = true;
    return value;
  });
  await settle();
  expect(journal.held()).toBe(1);
  expect(answered).toBe(false);
  expect(await entries()).toHaveLength(1);
  await journal.release();
  expect(await answer).toMatchObject({ ok: true, seq: 2, result: { done: "place_bid", events: ["bid_placed"] } });
  expect(await entries()).toHaveLength(2);
});

test("views, updates and hints wait for the commit too", async () => {
  const { send, journal, view, watch, bus } = await openWorld();
  const hints: unknown[] = [];
  bus.subscribe(subjects.journal, (hint) => hints.push(hint));
  const updates = watch();
  expect(await view(member("watcher"))).toMatchObject({ found: true, seq: 1, audience: "public" });
  journal.plan.push("hold");
  const answer = send({ type: "place_bid", price: 5 });
  await settle();
  expect(await view(member("watcher"))).toMatchObject({ seq: 1, view: { phase: "open" } });
  expect(await view(member("watcher"))).not.toHaveProperty("view.best");
  expect([updates, hints]).toEqual([[], []]);
  await journal.release();
  await answer;
  await settle();
  expect(await view(member("watcher"))).toMatchObject({ seq: 2, view: { best: 5 } });
  expect(updates).toHaveLength(1);
  expect(hints).toEqual([{ shard: shardA, seq: 2 }]);
});

test("a stream that is first asked for during a commit shows committed state", async () => {
  const { send, journal, view } = await openWorld();
  journal.plan.push("hold", "hold");
  void send({ type: "place_bid", price: 5 });
  await settle();
  void send({ type: "place_bid", price: 6 }, { actor: member("bolt") });
  await settle();
  const seen = view(member("watcher"));
  await settle();
  await journal.release();
  await settle();
  await journal.release();
  expect(await seen).toMatchObject({ seq: 3, view: { best: 6 } });
});

test("commands that arrive during a commit form the next batch", async () => {
  const { send, journal, host } = await openWorld();
  const before = host.stats().batches;
  journal.plan.push("hold");
  const first = send({ type: "add_note", text: "first" });
  await settle();
  const rest = Array.from({ length: 40 }, (_, index) => send({ type: "add_note", text: `note ${index}` }));
  await settle();
  await journal.release();
  const answers = await Promise.all([first, ...rest]);
  expect(answers.map((answer) => answer.seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 2));
  expect(host.stats().batches - before).toBe(2);
});

test("segments of many shards go into one statement", async () => {
  const { send, host, journal } = await openWorld();
  const shards = Array.from({ length: 8 }, (_, n) => shardA.replace(/.$/, String(n)));
  await Promise.all(shards.map((shard) => send({ type: "open_sale", closesAt: 2_000_000_000_000_000 }, { shard })));
  const before = host.stats();
  journal.plan.push("hold", "hold");
  const held = [send({ type: "add_note", text: "a" }), send({ type: "add_note", text: "b" }, { shard: shardB })];
  await settle();
  const answers = shards.map((shard) => send({ type: "add_note", text: "note" }, { shard }));
  await settle();
  await journal.release();
  await Promise.all(answers);
  const after = host.stats();
  expect(after.batches - before.batches).toBe(9);
  expect(after.statements - before.statements).toBeLessThanOrEqual(4);
  expect(codeOf(await (held[1] as (typeof answers)[number]))).toBe("tender_not_found");
});

test("a rejection is journaled and has a position", async () => {
  const { send, entries } = await openWorld();
  await send({ type: "place_bid", price: 5 });
  const answer = await send({ type: "place_bid", price: 4 }, { actor: member("bolt") });
  expect(answer).toMatchObject({
    ok: false,
    epoch: 1,
    seq: 3,
    problem: { code: "not_better_than_reference", status: 409, limit: 5 },
  });
  expect((await entries()).at(-1)).toMatchObject({
    seq: 3,
    rejection: { code: "not_better_than_reference", limit: 5 },
  });
});

test("only an accepted command creates a shard", async () => {
  const { send, host, journal, entries } = createWorld();
  await host.start();
  const refused = await send({ type: "place_bid", price: 5 });
  expect(codeOf(refused)).toBe("tender_not_found");
  expect(refused).not.toHaveProperty("seq");
  expect(await journal.listShards()).toEqual([]);
  expect(host.stats().shards).toEqual({ serving: 0, loading: 0, frozen: 0 });
  const opened = await send({ type: "open_sale", closesAt: 1 });
  expect(opened).toMatchObject({ ok: true, epoch: 1, seq: 1 });
  const [first] = await entries();
  expect(first?.entropy).toMatch(/^[0-9a-f]{64}$/);
  expect(first?.events?.[0]).toMatchObject({ secret: first?.entropy });
});

test("commands for a new shard that arrive together are decided in order", async () => {
  const { send, host } = createWorld();
  await host.start();
  const answers = await Promise.all([
    send({ type: "place_bid", price: 5 }),
    send({ type: "open_sale", closesAt: 2_000_000_000_000_000 }),
    send({ type: "place_bid", price: 5 }),
    send({ type: "open_sale", closesAt: 1 }),
  ]);
  expect(answers.map(codeOf)).toEqual(["tender_not_found", "ok", "ok", "tender_exists"]);
  expect(answers.map(({ seq }) => seq)).toEqual([undefined, 1, 2, 3]);
});

test("what the host cannot place is refused without a trace", async () => {
  const { send, entries } = await openWorld();
  const refusals = await Promise.all([
    send({ type: "add_note", text: "x" }, { mechanism: "barter" }),
    send({ type: "add_note", text: "x" }, { key: 'quote"and blank' }),
    send({ type: "fail_decide" }),
  ]);
  expect(refusals.map(codeOf)).toEqual(["not_found", "key_malformed", "internal"]);
  expect(await entries()).toHaveLength(1);
});

test("a command after its validUntil is refused and not journaled", async () => {
  const { send, entries, time } = await openWorld();
  const late = await send({ type: "place_bid", price: 5 }, { validUntil: time.now() - 1_500 });
  expect(late).toMatchObject({ ok: false, problem: { code: "command_stale", status: 422 } });
  expect(late).not.toHaveProperty("seq");
  expect(await send({ type: "place_bid", price: 5 }, { validUntil: time.now() + 1_000 })).toMatchObject({ ok: true });
  expect(await entries()).toHaveLength(2);
});

test("a full queue refuses before anything is journaled and says when to come again", async () => {
  const options = { shardQueueMax: 10, hostQueueMax: 15 };
  const { send, journal, host, entries } = await openWorld({ options });
  await send({ type: "open_sale", closesAt: 2_000_000_000_000_000 }, { shard: shardB });
  journal.plan.push("hold");
  const many = Array.from({ length: 12 }, () => send({ type: "add_note", text: "x" }));
  const others = Array.from({ length: 8 }, () => send({ type: "add_note", text: "x" }, { shard: shardB }));
  await settle();
  await journal.release();
  const codes = (await Promise.all(many)).map(codeOf);
  expect(codes.filter((code) => code === "ok")).toHaveLength(10);
  expect(codes.slice(10)).toEqual(["overloaded", "overloaded"]);
  expect((await Promise.all(others)).map(codeOf).filter((code) => code === "overloaded")).toHaveLength(3);
  expect(await many[11]).toMatchObject({ problem: { status: 503, retryAfterMs: expect.any(Number) } });
  expect(await entries()).toHaveLength(11);
  expect(host.stats()).toMatchObject({ waiting: 0, refused: { overloaded: 5 } });
  expect(codeOf(await send({ type: "add_note", text: "x" }))).toBe("ok");
});

test("a stop ends what was taken in and takes nothing new", async () => {
  const { send, journal, host, entries, time } = await openWorld();
  journal.plan.push("hold");
  const taken = Array.from({ length: 20 }, (_, n) => send({ type: "add_note", text: `${n}` }));
  await settle();
  const stopped = host.stop();
  await settle();
  expect(codeOf(await send({ type: "add_note", text: "late" }))).toBe("shutting_down");
  await journal.release();
  await Promise.all([stopped, time.advance(100)]);
  expect((await Promise.all(taken)).map(codeOf)).toEqual(Array.from({ length: 20 }, () => "ok"));
  expect(await entries()).toHaveLength(21);
  expect(await journal.hosts.list({ withinMs: 5_000 })).toMatchObject([{ hostId: "host-1", address: "" }]);
});

test("a finished shard is closed; it answers on, without a trace", async () => {
  const { send, journal, view } = await openWorld();
  const bid = { type: "place_bid", price: 5 } as const;
  const first = await send(bid, { key: "first-bid" });
  await send({ type: "finish_sale" });
  await settle();
  expect(await journal.listShards({ open: true })).toEqual([]);
  expect(await send(bid, { key: "first-bid" })).toEqual(first);
  const after = await send({ type: "place_bid", price: 9 });
  expect(after).toMatchObject({ ok: false, problem: { code: "tender_finished" } });
  expect(after).not.toHaveProperty("seq");
  expect(await view(member("acme"))).toMatchObject({ found: true, view: { phase: "finished" } });
});

test("shards beyond the limit leave memory and come back when somebody asks", async () => {
  const { send, host, time, view } = await openWorld({ options: { liveShardsMax: 2 } });
  await send({ type: "place_bid", price: 5 }, { key: "first-bid" });
  const shards = Array.from({ length: 5 }, (_, n) => shardA.replace(/.$/, String(n)));
  for (const shard of shards) await send({ type: "open_sale", closesAt: 2_000_000_000_000_000 }, { shard });
  expect(host.stats().shards.serving).toBe(6);
  await time.advance(limits.leaseRenewMs);
  expect(host.stats().shards.serving).toBe(2);
  expect(await view(member("acme"))).toMatchObject({ found: true, seq: 2, view: { best: 5 }, own: { price: 5 } });
  expect(codeOf(await send({ type: "place_bid", price: 4 }))).toBe("not_better_than_reference");
  expect(await send({ type: "place_bid", price: 5 }, { key: "first-bid" })).toMatchObject({
    ok: true,
    epoch: 1,
    seq: 2,
  });
});

test("a shard that is not in memory still meets its wake-up", async () => {
  const { send, host, time, entries } = await openWorld({ options: { liveShardsMax: 0 } });
  await send({ type: "place_bid", price: 5 });
  await time.advance(limits.leaseRenewMs);
  expect(host.stats().shards.serving).toBe(0);
  await time.advance(saleMs);
  expect((await entries()).at(-1)).toMatchObject({
    command: { type: "advance_time" },
    events: [{ type: "sale_closed" }],
  });
});

test("a wake-up that comes while the journal is away is not lost with the shard that could not be loaded", async () => {
  const { send, host, time, journal, entries } = await openWorld({
    options: { liveShardsMax: 0, outageMinMs: 3_600_000 },
  });
  await send({ type: "place_bid", price: 5 });
  await time.advance(limits.leaseRenewMs);
  expect(host.stats().shards.serving).toBe(0);
  await time.advance(saleMs - 10_000);
  journal.down = true;
  await time.advance(30_000);
  journal.down = false;
  await time.advance(5_000);
  expect((await entries()).at(-1)).toMatchObject({
    command: { type: "advance_time" },
    events: [{ type: "sale_closed" }],
  });
});
