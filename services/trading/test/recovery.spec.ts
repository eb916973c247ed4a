import type { CommandAnswer } from "@kontor/bus";
import { limits } from "@kontor/kernel";
import { expect, test } from "vitest";
import type { AppendFault } from "./faulty-journal.ts";
import { createManualTime, settle } from "./manual-time.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { codeOf, createWorld, entriesOf, member, openWorld, saleMs, shardA, shardB } from "./world.ts";

const seconds = (count: number) => count * 1_000_000;

test.each<AppendFault>(["drop_reply", "lose", "refuse", "silent"])(
  "a commit that ends as %s: one recovery, one effect, one answer per key",
  async (fault) => {
    const { send, journal, entries, time, host } = await openWorld();
    journal.plan.push(fault);
    const answers = [1, 2, 3].map((price) => send({ type: "place_bid", price }, { key: `bid-no-${price}` }));
    await settle();
    const during = send({ type: "add_note", text: "meanwhile" });
    await time.advance(6_000);
    const all: CommandAnswer[] = await Promise.all([...answers, during]);
    expect(all.map(codeOf)).toEqual(["ok", "ok", "ok", "ok"]);
    const written = await entries();
    expect(written.map(({ seq }) => seq)).toEqual(written.map((_, index) => index + 1));
    const keys = written.map(({ key }) => key).filter((key) => key?.startsWith("bid-no-"));
    expect(keys).toEqual(["bid-no-1", "bid-no-2", "bid-no-3"]);
    const stored = fault === "drop_reply" || fault === "silent";
    expect(all[0]).toMatchObject({ seq: 2, epoch: stored ? 1 : 2 });
    expect(host.stats()).toMatchObject({ refusedCommits: fault === "refuse" ? 1 : 0, waiting: 0 });
  },
);

test("what was decided ahead of a lost commit is decided again, in order", async () => {
  const { send, journal, entries } = await openWorld();
  journal.plan.push("hold");
  const first = send({ type: "place_bid", price: 1 });
  await settle();
  const ahead = [2, 3].map((price) => send({ type: "place_bid", price }));
  await settle();
  await journal.claim(shardA, "host-1"); // An epoch that this host does not know of.
  await journal.release();
  expect((await Promise.all([first, ...ahead])).map(codeOf)).toEqual(["ok", "ok", "ok"]);
  expect((await entries()).map(({ command }) => command)).toMatchObject([{}, { price: 1 }, { price: 2 }, { price: 3 }]);
});

test("watchers are told of the new epoch and read again", async () => {
  const { send, journal, view, watch } = await openWorld();
  const updates = watch();
  await view(member("watcher"));
  await send({ type: "place_bid", price: 1 });
  journal.plan.push("drop_reply");
  await send({ type: "place_bid", price: 2 });
  expect(await view(member("watcher"))).toMatchObject({ epoch: 2, seq: 3, view: { best: 2 } });
  await send({ type: "place_bid", price: 3 });
  await settle();
  expect(updates.map(({ epoch, prevSeq, seq, updates: { length } }) => [epoch, prevSeq, seq, length])).toEqual([
    [1, 0, 2, 1],
    [2, 3, 3, 0],
    [2, 3, 4, 1],
  ]);
});

test("a journal that is gone: those who wait are refused, those in doubt learn the truth", async () => {
  const { send, journal, time, view } = await openWorld();
  journal.plan.push("drop_reply");
  const doubtful = send({ type: "place_bid", price: 1 });
  await new Promise((resolve) => setImmediate(resolve));
  journal.down = true;
  await settle();
  const waiting = send({ type: "place_bid", price: 2 });
  await time.advance(2_100);
  expect(await waiting).toMatchObject({
    ok: false,
    problem: { code: "unavailable", retryAfterMs: expect.any(Number) },
  });
  expect(codeOf(await send({ type: "place_bid", price: 3 }))).toBe("unavailable");
  expect(await view(member("acme"))).toMatchObject({ found: false, retry: { code: "unavailable" } });
  journal.down = false;
  await time.advance(2_000);
  expect(await doubtful).toMatchObject({ ok: true, epoch: 1, seq: 2 });
  expect(codeOf(await send({ type: "place_bid", price: 2 }))).toBe("ok");
});

test("two hosts forced on one shard: the older writes nothing and sends its callers away", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const old = await openWorld({ time, journal, hostId: "old" });
  await old.send({ type: "place_bid", price: 1 });
  old.journal.plan.push("hold");
  const stale = old.send({ type: "place_bid", price: 2 }, { key: "stale-bid" });
  await settle();
  const young = createWorld({ time, journal, hostId: "young", options: { takeover: "force" } });
  await young.host.start();
  expect(await young.send({ type: "place_bid", price: 3 })).toMatchObject({ ok: true, epoch: 2, seq: 3 });
  await old.journal.release();
  expect(await stale).toMatchObject({ ok: false, problem: { code: "unavailable", reason: "served_elsewhere" } });
  expect(codeOf(await old.send({ type: "place_bid", price: 4 }))).toBe("unavailable");
  const entries = await entriesOf(journal, shardA);
  expect(entries.map(({ key }) => key)).not.toContain("stale-bid");
  expect(old.host.stats()).toMatchObject({ refusedCommits: 1, shards: { serving: 0 } });
});

test("hosts that take a shard from each other again and again: no stale append, no gap", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const first = await openWorld({ time, journal, hostId: "host-0" });
  const answered = new Map<string, CommandAnswer>();
  for (let round = 1; round <= 30; round++) {
    const world = createWorld({ time, journal, hostId: `host-${round}`, options: { takeover: "force" } });
    await world.host.start();
    const keys = Array.from({ length: 5 }, (_, index) => `round-${round}-${index}`);
    const senders = [first, world].flatMap((sender) => keys.map((key) => ({ sender, key })));
    const answers = await Promise.all(
      senders.map(async ({ sender, key }) => ({
        key,
        answer: await sender.send({ type: "add_note", text: key }, { key }),
      })),
    );
    for (const { key, answer } of answers) if (answer.ok) answered.set(key, answer);
  }
  const entries = await entriesOf(journal, shardA);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  const keys = entries.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const [key, { seq }] of answered) expect(entries[(seq ?? 0) - 1]?.key).toBe(key);
  expect(answered.size).toBe(150);
});

test("under lease a living host keeps its shards; a dead one's are taken over with a report of the gap", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const dying = await openWorld({ time, journal, hostId: "dying", options: { takeover: "lease" } });
  const heir = createWorld({ time, journal, hostId: "heir", options: { takeover: "lease" } });
  await heir.host.start();
  expect(codeOf(await heir.send({ type: "place_bid", price: 1 }))).toBe("unavailable");
  await time.advance(3_000);
  expect(codeOf(await dying.send({ type: "place_bid", price: 2 }))).toBe("ok");
  dying.journal.down = true;
  const died = time.now();
  await time.advance(20_000);
  expect(codeOf(await dying.send({ type: "place_bid", price: 3 }))).toBe("unavailable");
  expect(await heir.send({ type: "place_bid", price: 4 })).toMatchObject({ ok: true, epoch: 2 });
  const report = (await entriesOf(journal, shardA)).find(({ command }) => command.type === "report_outage");
  expect(report).toBeUndefined(); // Taken over within the ten seconds that the toy tolerates.
  expect(time.now() - died).toBe(seconds(20));
});

test("a host that dies just before another starts does not keep its shards", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const dying = await openWorld({ time, journal, hostId: "dying", options: { takeover: "lease" } });
  dying.journal.down = true;
  await time.advance(limits.leaseTtlMs - 500);
  const heir = createWorld({ time, journal, hostId: "heir", options: { takeover: "lease" } });
  await heir.host.start();
  expect((await journal.heads([shardA])).get(shardA)?.owner).toBe("dying");
  await time.advance(3 * limits.leaseRenewMs);
  expect((await journal.heads([shardA])).get(shardA)?.owner).toBe("heir");
});

test("under lease a host that was cut off for long learns what it has lost before it shows or takes anything", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const cut = await openWorld({ time, journal, hostId: "cut", options: { takeover: "lease" } });
  const heir = createWorld({ time, journal, hostId: "heir", options: { takeover: "lease" } });
  await heir.host.start();
  await cut.send({ type: "open_sale", closesAt: time.now() + seconds(10_000) }, { shard: shardB });
  cut.journal.down = true;
  await time.advance(8_000); // Too short a gap for the toy to report, which would find out by itself.
  expect(codeOf(await heir.send({ type: "place_bid", price: 4 }))).toBe("ok");
  cut.journal.down = false;
  await time.advance(limits.leaseRenewMs);
  expect(await cut.view(member("acme"))).toMatchObject({ found: false, retry: { code: "unavailable" } });
  expect(await heir.view(member("acme"))).toMatchObject({ found: true, view: { best: 4 } });
  const owners = await journal.heads([shardA, shardB]);
  for (const [shard, world] of [
    [shardA, heir],
    [shardB, owners.get(shardB)?.owner === "cut" ? cut : heir],
  ] as const) {
    expect(codeOf(await world.send({ type: "place_bid", price: 8 }, { shard }))).toBe("ok");
  }
});

test("a finished shard that could not be closed is closed by whoever loads it", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const closeShard = () => Promise.reject(new Error("gone"));
  const before = await openWorld({ time, journal: { ...journal, closeShard } });
  await before.send({ type: "finish_sale" });
  await settle();
  expect((await journal.heads([shardA])).get(shardA)?.closedAt).toBeNull();
  const after = createWorld({ time, journal, hostId: "host-2" });
  await after.host.start();
  await settle();
  expect((await journal.heads([shardA])).get(shardA)?.closedAt).not.toBeNull();
  expect(codeOf(await after.send({ type: "place_bid", price: 4 }))).toBe("tender_finished");
});

test("a start after a gap reports it before the close that fell into it", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const before = await openWorld({ time, journal, hostId: "host-1" });
  await time.advance(saleMs - 5_000);
  await before.send({ type: "place_bid", price: 1 });
  const downFrom = time.now();
  await before.host.stop().catch(() => {});
  time.freeze(90_000);
  const after = createWorld({ time, journal, hostId: "host-2" });
  await after.host.start();
  await settle();
  const [report] = (await entriesOf(journal, shardA)).slice(-1);
  expect(report).toMatchObject({
    command: { type: "report_outage", to: time.now() },
    events: [{ type: "sale_extended", closesAt: time.now() + (time.now() - downFrom) }],
  });
  expect(codeOf(await after.send({ type: "place_bid", price: 2 }))).toBe("ok");
});

test("a process that was stopped and goes on reports the gap before anything else", async () => {
  const { send, time, entries, host } = await openWorld();
  await time.advance(saleMs - 10_000);
  time.freeze(30_000);
  const late = send({ type: "place_bid", price: 5 });
  await time.advance(1_000);
  expect(codeOf(await late)).toBe("ok");
  const types = (await entries()).map(({ command }) => command.type);
  expect(types).toEqual(["open_sale", "report_outage", "place_bid"]);
  expect(host.stats().outages).toBe(1);
});

test("a shard with a broken chain is frozen; the others go on", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const before = await openWorld({ time, journal });
  await before.send({ type: "open_sale", closesAt: time.now() + seconds(10_000) }, { shard: shardB });
  await before.send({ type: "place_bid", price: 1 });
  damage(journal);
  const { host, send, view, logged } = createWorld({ time, journal, hostId: "host-2" });
  await host.start();
  expect(host.stats()).toMatchObject({ shards: { serving: 1, frozen: 1 }, alerts: 1 });
  expect(logged.filter(({ level }) => level === "error")).toHaveLength(1);
  expect(await send({ type: "place_bid", price: 9 })).toMatchObject({ problem: { reason: "shard_frozen" } });
  expect(await view(member("acme"))).toMatchObject({ found: false, retry: { code: "unavailable" } });
  expect(codeOf(await send({ type: "place_bid", price: 9 }, { shard: shardB }))).toBe("ok");
});

/** Changes one digit inside a stored segment of shard A. */
function damage(journal: MemoryJournal): void {
  const [segment] = journal.stored.get(shardA) ?? [];
  if (segment === undefined) throw new Error("nothing to damage");
  const digit = segment.entries.indexOf("1".charCodeAt(0));
  segment.entries[digit] = "2".charCodeAt(0);
}

test("an engine that fails while it changes the state costs that command alone", async () => {
  const { send, entries, host } = await openWorld();
  const answers = await Promise.all([
    send({ type: "place_bid", price: 1 }),
    send({ type: "fail_evolve" }),
    send({ type: "place_bid", price: 2 }),
  ]);
  expect(answers.map(codeOf)).toEqual(["ok", "internal", "ok"]);
  expect(await entries()).toHaveLength(3);
  expect(host.stats()).toMatchObject({ alerts: 1, shards: { serving: 1, frozen: 0 } });
});

test("no command freezes its shard, however often it comes and whoever waits beside it", async () => {
  const { send, host, logged } = await openWorld();
  for (let again = 0; again < 6; again++) {
    const same = send({ type: "fail_evolve" }, { key: `the-same-${again % 2}` });
    const other = send({ type: "fail_evolve", note: again });
    const bid = send({ type: "place_bid", price: again + 1 });
    expect((await Promise.all([same, other, bid])).map(codeOf)).toEqual(["internal", "internal", "ok"]);
  }
  for (let note = 10; note < 16; note++) expect(codeOf(await send({ type: "fail_evolve", note }))).toBe("internal");
  expect(codeOf(await send({ type: "place_bid", price: 99 }))).toBe("ok");
  // Once for each that differs: what failed once is not decided again.
  expect(host.stats()).toMatchObject({ alerts: 13, recoveries: 14, shards: { serving: 1, frozen: 0 } });
  expect(logged.filter(({ level }) => level === "error")).toHaveLength(13);
});

test("what is remembered of commands that failed has an end", async () => {
  const { send, host } = await openWorld();
  for (let note = 0; note <= limits.unfitCommandsMax; note++) await send({ type: "fail_evolve", note });
  const { alerts } = host.stats();
  await send({ type: "fail_evolve", note: limits.unfitCommandsMax });
  expect(host.stats().alerts).toBe(alerts);
  await send({ type: "fail_evolve", note: 0 });
  expect(host.stats().alerts).toBe(alerts + 1);
});

test("a recovery that is asked for gives the same shard again", async () => {
  const { send, host, view } = await openWorld();
  await send({ type: "place_bid", price: 1 });
  const before = await view(member("acme"));
  await host.recover(shardA);
  expect(await view(member("acme"))).toEqual({ ...before, epoch: 2 });
});
