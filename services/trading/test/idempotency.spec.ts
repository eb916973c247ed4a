import type { CommandAnswer } from "@kontor/bus";
import { canonicalJson } from "@kontor/kernel";
import { expect, test } from "vitest";
import { createManualTime, settle } from "./manual-time.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { codeOf, createWorld, member, openWorld, shardB } from "./world.ts";

const bid = { type: "place_bid", price: 5 } as const;

test("the same key fifty times at once is one entry and fifty equal answers", async () => {
  const { send, entries } = await openWorld();
  const answers = await Promise.all(Array.from({ length: 50 }, () => send({ ...bid }, { key: "the-one-key" })));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ ok: true, seq: 2 });
  expect((await entries()).filter(({ key }) => key === "the-one-key")).toHaveLength(1);
});

test("a repeated command gets the first answer byte for byte, accepted or rejected", async () => {
  const { send } = await openWorld();
  const accepted = await send(bid, { key: "accepted" });
  const rejected = await send({ type: "place_bid", price: 1 }, { key: "rejected" });
  await send({ type: "place_bid", price: 7 }, { actor: member("bolt") });
  expect(JSON.stringify(await send({ ...bid }, { key: "accepted" }))).toBe(JSON.stringify(accepted));
  expect(JSON.stringify(await send({ type: "place_bid", price: 1 }, { key: "rejected" }))).toBe(
    JSON.stringify(rejected),
  );
});

test("the order of a command's members does not matter, a changed member does", async () => {
  const { send, entries } = await openWorld();
  const first = await send(bid, { key: "the-one-key" });
  expect(await send({ price: 5, type: "place_bid" }, { key: "the-one-key" })).toEqual(first);
  const other = await send({ type: "place_bid", price: 6 }, { key: "the-one-key" });
  expect(other).toMatchObject({ ok: false, problem: { code: "key_reused", status: 422 } });
  expect(other).not.toHaveProperty("seq");
  expect(await entries()).toHaveLength(2);
});

test("a key that is still being decided is taken for one command only", async () => {
  const { send, journal } = await openWorld();
  journal.plan.push("hold");
  const first = send(bid, { key: "the-one-key" });
  await settle();
  const again = send(bid, { key: "the-one-key" });
  expect(codeOf(await send({ type: "place_bid", price: 6 }, { key: "the-one-key" }))).toBe("key_reused");
  await journal.release();
  expect(await again).toEqual(await first);
});

test("keys of different companies do not meet, those of one company do, also in another shard", async () => {
  const { send } = await openWorld();
  await send({ type: "open_sale", closesAt: 2_000_000_000_000_000 }, { shard: shardB });
  const answers = await Promise.all([
    send(bid, { key: "the-one-key" }),
    send({ type: "place_bid", price: 6 }, { key: "the-one-key", actor: member("bolt") }),
    send({ ...bid }, { key: "the-one-key", shard: shardB }),
    send({ type: "add_note", text: "colleague" }, { key: "the-one-key", actor: member("acme", "colleague") }),
  ]);
  expect(answers.map(codeOf)).toEqual(["ok", "ok", "key_reused", "key_reused"]);
});

test("a later process knows for which shard a key was used", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const before = await openWorld({ time, journal });
  await before.send({ type: "open_sale", closesAt: 2_000_000_000_000_000 }, { shard: shardB });
  await before.send(bid, { key: "the-one-key" });
  const after = createWorld({ time, journal, hostId: "host-2" });
  await after.host.start();
  expect(codeOf(await after.send({ ...bid }, { key: "the-one-key", shard: shardB }))).toBe("key_reused");
  expect(codeOf(await after.send(bid, { key: "the-one-key" }))).toBe("ok");
});

test("a refusal leaves the key free", async () => {
  const { send, time } = await openWorld();
  expect(codeOf(await send(bid, { key: "the-one-key", validUntil: time.now() - 1 }))).toBe("command_stale");
  expect(codeOf(await send({ type: "fail_decide" }, { key: "the-one-key" }))).toBe("internal");
  await send({ type: "open_sale", closesAt: 2_000_000_000_000_000 }, { key: "the-one-key", shard: shardB });
  expect(codeOf(await send(bid, { key: "another-key" }))).toBe("ok");
});

test("answers that a snapshot leaves out are read from the journal", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const options = { snapshotEveryCommands: 10 };
  const before = await openWorld({ time, journal, options });
  const notes = Array.from({ length: 25 }, (_, index) => ({ type: "add_note", text: `note ${index}` }) as const);
  const first: string[] = [];
  for (const note of notes) first.push(JSON.stringify(await before.send(note, { key: note.text.replace(" ", "-") })));
  await before.host.stop();
  const after = createWorld({ time, journal, hostId: "host-2", options });
  await after.host.start();
  const again = await Promise.all(notes.map((note) => after.send({ ...note }, { key: note.text.replace(" ", "-") })));
  expect(again.map((answer) => JSON.stringify(answer))).toEqual(first);
  expect(codeOf(await after.send({ type: "add_note", text: "other" }, { key: "note-3" }))).toBe("key_reused");
  expect(await after.entries()).toHaveLength(26);
});

test("a later process gives the same answers", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const before = await openWorld({ time, journal });
  const commands = [bid, { type: "place_bid", price: 2 }, { type: "add_note", text: "noted" }] as const;
  const first: CommandAnswer[] = [];
  for (const [index, command] of commands.entries()) first.push(await before.send(command, { key: `key-no-${index}` }));
  const after = createWorld({ time, journal, hostId: "host-2" });
  await after.host.start();
  const second: CommandAnswer[] = [];
  for (const [index, command] of commands.entries()) second.push(await after.send(command, { key: `key-no-${index}` }));
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  expect(codeOf(await after.send({ type: "add_note", text: "other" }, { key: "key-no-2" }))).toBe("key_reused");
});

test("keys beyond the window are answered from the outcome store, also by a later process", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const options = { keyWindowMax: 10 };
  const before = await openWorld({ time, journal, options });
  const first = new Map<string, string>();
  for (let index = 0; index < 60; index++) {
    const key = `key-no-${index}`;
    first.set(key, JSON.stringify(await before.send({ type: "add_note", text: `note ${index}` }, { key })));
    await settle();
  }
  const stored = await journal.cursors.read("key-window");
  expect([...stored.values()][0]).toBeGreaterThan(30);
  const after = createWorld({ time, journal, hostId: "host-2", options });
  await after.host.start();
  for (const { send } of [before, after]) {
    expect(codeOf(await send({ type: "add_note", text: "other" }, { key: "key-no-3" }))).toBe("key_reused");
  }
  for (const [key, answer] of first) {
    const text = `note ${key.slice("key-no-".length)}`;
    expect(JSON.stringify(await after.send({ type: "add_note", text }, { key }))).toBe(answer);
  }
  expect(await after.entries()).toHaveLength(61);
});

test("an entry of another key is no answer, wherever the outcome store leads", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const misled = { ...journal, outcomes: { ...journal.outcomes, find: async () => 5 } };
  const { send } = await openWorld({ time, journal: misled, options: { keyWindowMax: 4 } });
  for (let index = 0; index < 30; index++) {
    await send({ type: "add_note", text: `${index}` }, { key: `key-no-${index}` });
    await settle();
  }
  expect((await send({ type: "add_note", text: "3" }, { key: "key-no-3" })).seq).toBe(5);
  expect((await send({ type: "add_note", text: "0" }, { key: "key-no-0" })).seq).toBe(32);
});

test("while the outcome store is asked, order is kept", async () => {
  const { send, entries } = await openWorld({ options: { keyWindowMax: 4 } });
  for (let index = 0; index < 30; index++) {
    await send({ type: "add_note", text: `${index}` }, { key: `key-no-${index}` });
    await settle();
  }
  const answers = await Promise.all([
    send({ type: "add_note", text: "a" }, { key: "key-new-1" }),
    send({ type: "add_note", text: "0" }, { key: "key-no-0" }),
    send({ type: "add_note", text: "b" }, { key: "key-new-2" }),
  ]);
  expect(answers.map(({ seq }) => seq)).toEqual([32, 2, 33]);
  const notes = (await entries()).slice(-2).map(({ command }) => canonicalJson(command));
  expect(notes).toEqual(['{"text":"a","type":"add_note"}', '{"text":"b","type":"add_note"}']);
});
