import type { CommandAnswer } from "@kontor/bus";
import { createInProcessBus, subjects } from "@kontor/bus";
import type { JournalStore } from "@kontor/db";
import { createJournalStore } from "@kontor/db";
import { expect, test, vi } from "vitest";
import type { HostSettings, TradingHost } from "../src/index.ts";
import { createTradingHost } from "../src/index.ts";
import { openDatabaseJournal } from "./database-journal.ts";
import { createFaultyJournal } from "./faulty-journal.ts";
import type { ToyCommand } from "./toy-engine.ts";
import { toyMechanisms } from "./toy-engine.ts";
import { codeOf, entriesOf, member, shardA } from "./world.ts";

const clock = { now: () => Date.now() * 1_000 };
const silent = { info: () => {}, warn: () => {}, error: () => {} };

type Running = {
  readonly host: TradingHost;
  readonly send: (command: ToyCommand, key: string, shard?: string) => Promise<CommandAnswer>;
};

async function run(journal: JournalStore, hostId: string, options: Partial<HostSettings> = {}): Promise<Running> {
  const bus = createInProcessBus();
  const host = createTradingHost({ bus, journal, mechanisms: toyMechanisms, clock, hostId, log: silent, options });
  await host.start();
  return {
    host,
    send: (command, key, shard = shardA) =>
      bus.request(
        subjects.command,
        { shard, mechanism: "toy", key, actor: member("acme"), command },
        { timeoutMs: 20_000 },
      ),
  };
}

const open = { type: "open_sale", closesAt: 4_000_000_000_000_000 } as const;
const note = (text: string) => ({ type: "add_note", text }) as const;

test("what was acknowledged is in the journal, in order and once, and a new host answers the same", async () => {
  await using database = await openDatabaseJournal();
  const { journal } = database;
  const first = await run(journal, "host-1");
  await first.send(open, "open-the-sale");
  const answers = await Promise.all(Array.from({ length: 2_000 }, (_, n) => first.send(note(`${n}`), `note-no-${n}`)));
  expect(answers.map(({ seq }) => seq)).toEqual(answers.map((_, n) => n + 2));
  await first.host.stop();
  const second = await run(journal, "host-2");
  const again = await Promise.all(Array.from({ length: 2_000 }, (_, n) => second.send(note(`${n}`), `note-no-${n}`)));
  expect(JSON.stringify(again)).toBe(JSON.stringify(answers));
  expect(await entriesOf(journal, shardA)).toHaveLength(2_001);
  await second.host.stop();
});

test("many shards share statements and keep their own order", async () => {
  await using database = await openDatabaseJournal();
  const { host, send } = await run(database.journal, "host-1");
  const shards = Array.from({ length: 40 }, (_, n) => shardA.replace(/..$/, String(n).padStart(2, "0")));
  await Promise.all(shards.map((shard, n) => send(open, `open-sale-${n}`, shard)));
  const before = host.stats();
  const answers = await Promise.all(
    Array.from({ length: 2_000 }, (_, n) => send(note(`${n}`), `note-no-${n}`, shards[n % 40])),
  );
  expect(answers.map(({ seq }) => seq)).toEqual(answers.map((_, n) => Math.floor(n / 40) + 2));
  const after = host.stats();
  expect(after.batches - before.batches).toBeGreaterThan(5 * (after.statements - before.statements));
  await host.stop();
});

test("two hosts forced on one shard: the journal has one order and no stale append", async () => {
  await using database = await openDatabaseJournal();
  const { journal, url } = database;
  const otherJournal = createJournalStore({ url });
  const first = await run(journal, "host-1");
  await first.send(open, "open-the-sale");
  const acknowledged = new Map<string, number>();
  const sendMany = async ({ send }: Running, prefix: string) => {
    for (let n = 0; n < 60; n++) {
      const key = `${prefix}-${String(n).padStart(4, "0")}`;
      const answer = await send(note(key), key);
      if (answer.ok) acknowledged.set(key, answer.seq);
    }
  };
  const sending = sendMany(first, "first");
  const second = await run(otherJournal, "host-2", { takeover: "force" });
  await Promise.all([sending, sendMany(second, "second")]);
  const entries = await entriesOf(journal, shardA);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1));
  for (const [key, seq] of acknowledged) expect(entries[seq - 1]?.key).toBe(key);
  const keys = entries.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect([...acknowledged.keys()].filter((key) => key.startsWith("second"))).toHaveLength(60);
  expect(codeOf(await first.send(note("late"), "late-note"))).toBe("unavailable");
  await Promise.all([first.host.stop(), second.host.stop()]);
  await otherJournal.close();
});

test("a reply lost after the commit: the caller gets the original position", async () => {
  await using database = await openDatabaseJournal();
  const journal = createFaultyJournal(database.journal);
  const { host, send } = await run(journal, "host-1");
  await send(open, "open-the-sale");
  journal.plan.push("drop_reply", "lose", "drop_reply");
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => send(note(`${n}`), `note-no-${n}`)));
  expect(answers.map(codeOf)).toEqual(answers.map(() => "ok"));
  const entries = await entriesOf(database.journal, shardA);
  expect(entries).toHaveLength(51);
  for (const [n, answer] of answers.entries()) expect(entries[(answer.seq ?? 0) - 1]?.key).toBe(`note-no-${n}`);
  await host.stop();
});

test("snapshots of a running host carry a restart", async () => {
  await using database = await openDatabaseJournal();
  const { journal } = database;
  const options = { snapshotEveryCommands: 200, snapshotCharsPerCommand: 1_000_000, keyWindowMax: 600 };
  const first = await run(journal, "host-1", options);
  await first.send(open, "open-the-sale");
  for (let round = 0; round < 10; round++) {
    const sent = Array.from({ length: 100 }, (_, n) => first.send(note(`${round}-${n}`), `note-${round}-${n}`));
    expect((await Promise.all(sent)).map(codeOf)).toEqual(sent.map(() => "ok"));
  }
  await vi.waitFor(() => expect(first.host.stats().snapshots).toBeGreaterThan(1), { timeout: 10_000 });
  await first.host.stop();
  expect(first.host.stats().alerts).toBe(0);
  const second = await run(journal, "host-2", options);
  expect(codeOf(await second.send(note("other"), "note-0-0"))).toBe("key_reused");
  expect(await second.send(note("0-1"), "note-0-1")).toMatchObject({ ok: true, seq: 3 });
  expect(await second.send(note("9-99"), "note-9-99")).toMatchObject({ ok: true, seq: 1_001 });
  expect(second.host.stats().alerts).toBe(0);
  await second.host.stop();
});
