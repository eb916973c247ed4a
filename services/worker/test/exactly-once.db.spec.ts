import type { NoticeHint } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { createNoticeRepository } from "@kontor/db";
import { describe, expect, test } from "vitest";
import { applyJournal } from "../src/apply-journal.ts";
import { rebuild } from "../src/rebuild.ts";
import { dump } from "./dump.ts";
import { member } from "./given-events.ts";
import { sealedPrices, story } from "./given-story.ts";
import type { Script, World } from "./given-world.ts";
import { createWorld, instant } from "./given-world.ts";

const tenderId = "22222222-2222-4222-8222-222222222222";

async function writeAll(script: Script): Promise<number> {
  let last = 0;
  for (const step of story(script)) last = await script.write(step);
  return last;
}

async function follow(world: World, shard: string, seq: number): Promise<void> {
  const worker = world.worker();
  worker.start();
  expect(await worker.caughtUpWith(shard, seq, { timeoutMs: 20_000 })).toBe(true);
  await worker.stop();
}

/** Applies all that is there and fails where `when` says. */
async function applyAndFail({ store, journal }: World, when: "before_commit" | "after_commit"): Promise<void> {
  await store.project(tenderId, async (tx) => {
    await applyJournal(tx, { journal, shard: tenderId, whole: true });
    if (when === "before_commit") throw new Error("the process dies");
  });
  throw new Error("the answer to the commit is lost");
}

describe("the story entry by entry", () => {
  test("is the same as in one batch, in batches of three, and rebuilt", async () => {
    await using stepwise = await createWorld();
    const script = await stepwise.script(tenderId);
    const worker = stepwise.worker();
    worker.start();
    for (const step of story(script)) {
      const seq = await script.write(step);
      expect(await worker.caughtUpWith(tenderId, seq, { timeoutMs: 10_000 })).toBe(true);
    }
    const expected = await dump(stepwise);

    await using atOnce = await createWorld();
    await follow(atOnce, tenderId, await writeAll(await atOnce.script(tenderId)));
    expect(await dump(atOnce)).toEqual(expected);

    await using inThrees = await createWorld();
    const third = await inThrees.script(tenderId);
    const steps = story(third);
    for (let i = 0; i < steps.length; i += 3)
      await follow(inThrees, tenderId, await third.write(...steps.slice(i, i + 3)));
    expect(await dump(inThrees)).toEqual(expected);

    const rebuilt = await rebuild({ db: stepwise.connection.db, journal: stepwise.journal });
    expect(rebuilt).toEqual({ shards: 1, entries: story(script).length, strays: 0 });
    expect(await dump(stepwise)).toEqual(expected);
  }, 60_000);

  test("shows no sealed price and no secret before its time", async () => {
    await using world = await createWorld();
    const script = await world.script(tenderId);
    const steps = story(script);
    const opening = steps.findIndex((step) => step.some(({ type }) => type === "initial_prices_opened"));
    await follow(world, tenderId, await script.write(...steps.slice(0, opening)));
    const before = JSON.stringify(await dump(world));
    for (const price of [...Object.values(sealedPrices), "9111.11"]) expect(before).not.toContain(price);
    expect(before).not.toContain("secret-of-the-shard");

    await follow(world, tenderId, await script.write(...steps.slice(opening, opening + 1)));
    const { initial_prices } = await dump(world);
    expect(initial_prices).toMatchObject([
      { company_id: "ore-one", price: 8765.43 },
      { company_id: "ore-three", price: 8999.99 },
    ]);
  });
});

describe("a crash", () => {
  test.each(["before_commit", "after_commit"] as const)("%s leaves nothing out and nothing twice", async (when) => {
    await using world = await createWorld();
    const last = await writeAll(await world.script(tenderId));
    await expect(applyAndFail(world, when)).rejects.toThrow();
    const half = await dump(world);
    expect(half.bids.length > 0).toBe(when === "after_commit");
    await follow(world, tenderId, last);

    await using whole = await createWorld();
    await follow(whole, tenderId, await writeAll(await whole.script(tenderId)));
    expect(await dump(world)).toEqual(await dump(whole));
  });

  test("two workers at once do each entry once and publish each notice once", async () => {
    await using world = await createWorld();
    const published: string[] = [];
    world.bus.subscribe(subjects.notices, ({ notice }: NoticeHint) => published.push(String(notice["noticeId"])));
    const script = await world.script(tenderId);
    const workers = [world.worker({ pollMs: 1 }), world.worker({ pollMs: 1 })];
    for (const worker of workers) worker.start();
    const last = await writeAll(script);
    for (const worker of workers) {
      expect(await worker.caughtUpWith(tenderId, last, { timeoutMs: 20_000 })).toBe(true);
      await worker.stop();
    }
    const { notices, outcome_places: outcomes, bids } = await dump(world);
    expect(published.sort()).toEqual(notices.map((row) => (row as { id: string }).id).sort());
    expect(outcomes).toHaveLength(last);
    expect(bids).toHaveLength(5);
  });

  test("a position that is lost costs a second reading of the journal and changes nothing", async () => {
    await using world = await createWorld();
    const last = await writeAll(await world.script(tenderId));
    await follow(world, tenderId, last);
    const before = await dump(world);
    await world.connection.sql`update projection_cursors set seq = 0`;
    await follow(world, tenderId, last);
    expect(await dump(world)).toEqual(before);
  });
});

describe("rebuilding", () => {
  test("keeps the marks of what was read, publishes nothing and removes strays", async () => {
    await using world = await createWorld();
    const last = await writeAll(await world.script(tenderId));
    await follow(world, tenderId, last);
    const notices = createNoticeRepository(world.connection.db);
    const reader = member("ore-one");
    const readAt = instant("2026-11-20T08:00:00Z");
    expect(await notices.markRead(reader, readAt)).toBeGreaterThan(5);
    await world.connection
      .sql`insert into tenders select (jsonb_populate_record(t, '{"id": "stray"}')).* from tenders t`;
    const published: unknown[] = [];
    world.bus.subscribe(subjects.notices, (hint: NoticeHint) => published.push(hint));
    const before = await dump(world);

    const { strays } = await rebuild({ db: world.connection.db, journal: world.journal });

    expect(strays).toBe(1);
    expect(await notices.unreadCount(reader)).toBe(0);
    expect(published).toEqual([]);
    expect(await dump(world)).toEqual({ ...before, tenders: before.tenders.slice(0, 1) });
  });

  test("of one shard while a worker runs leaves both right", async () => {
    await using world = await createWorld();
    const script = await world.script(tenderId);
    const worker = world.worker({ pollMs: 5 });
    worker.start();
    const steps = story(script);
    await script.write(...steps.slice(0, 20));
    const rebuilding = rebuild({ db: world.connection.db, journal: world.journal, shards: [tenderId] });
    const last = await script.write(...steps.slice(20));
    await rebuilding;
    expect(await worker.caughtUpWith(tenderId, last, { timeoutMs: 10_000 })).toBe(true);

    await using whole = await createWorld();
    await follow(whole, tenderId, await writeAll(await whole.script(tenderId)));
    expect(await dump(world)).toEqual(await dump(whole));
  });
});
