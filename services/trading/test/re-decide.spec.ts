import { expect, test } from "vitest";
import type { Mechanism } from "../src/index.ts";
import { mechanismOf } from "../src/index.ts";
import type { MechanismState } from "../src/mechanism.ts";
import { reDecide } from "../src/re-decide.ts";
import { createRebuild } from "../src/rebuild.ts";
import { snapshotOf } from "../src/snapshot.ts";
import { stateTextOf } from "../src/state-hash.ts";
import { createManualTime, settle } from "./manual-time.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { toyEngine, toyMechanism } from "./toy-engine.ts";
import { member, openWorld, saleMs, shardA } from "./world.ts";

async function playedJournal(): Promise<MemoryJournal> {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const { send } = await openWorld({ time, journal });
  for (const price of [5, 3, 8, 8, 13]) {
    await send({ type: "place_bid", price }, { actor: member(price % 2 === 0 ? "acme" : "bolt") });
  }
  await time.advance(saleMs);
  await settle();
  return journal;
}

async function check(journal: MemoryJournal, mechanism: Mechanism = toyMechanism) {
  const head = (await journal.heads([shardA])).get(shardA);
  if (head === undefined) throw new Error("no head");
  return await reDecide({ journal, mechanism, head, withSnapshot: true, onEvent: () => {} });
}

test("a journal that was honestly written agrees with its replay", async () => {
  expect(await check(await playedJournal())).toEqual({ entries: 7, events: 5, segments: 7, differences: [] });
});

test("an engine with other rules differs, command by command", async () => {
  const strict = mechanismOf({
    ...toyEngine,
    decide: (state, input) =>
      input.command.type === "place_bid" && input.command.price === 8
        ? { kind: "rejected", rejection: { code: "step_too_small" } }
        : toyEngine.decide(state, input),
  });
  const { differences } = await check(await playedJournal(), strict);
  expect(differences.map(({ seq, what }) => [seq, what])).toEqual([
    [4, "place_bid is decided otherwise"],
    [5, "place_bid is decided otherwise"],
  ]);
  expect(differences[0]).toMatchObject({ decided: '{"rejection":{"code":"step_too_small"}}' });
});

test("a changed entry breaks the chain and differs", async () => {
  const journal = await playedJournal();
  const segment = journal.stored.get(shardA)?.[3];
  if (segment === undefined) throw new Error("no segment");
  const text = Buffer.from(segment.entries).toString().replace('"price":8}]', '"price":9}]');
  segment.entries.set(Buffer.from(text));
  const { differences } = await check(journal);
  expect(differences.map(({ seq, what }) => [seq, what])).toEqual([
    [4, "the chain is broken: hash_mismatch"],
    [4, "place_bid is decided otherwise"],
    [5, "place_bid is decided otherwise"],
  ]);
});

test("a cut tail and unreadable entries are differences", async () => {
  const journal = await playedJournal();
  const segments = journal.stored.get(shardA) ?? [];
  segments.pop();
  expect((await check(journal)).differences).toMatchObject([{ what: "the journal does not end at its head" }]);
  segments[0]?.entries.fill(0);
  const { differences } = await check(journal);
  expect(differences.map(({ what }) => what)).toContain("the entries cannot be read");
});

test("a snapshot of another state is found", async () => {
  const journal = await playedJournal();
  const rebuild = createRebuild({
    shard: shardA,
    mechanism: toyMechanism,
    headSeq: 9,
    keyWindowMax: 100,
    storedThrough: 0,
  });
  for (const segment of journal.stored.get(shardA) ?? []) rebuild.apply(segment);
  const rebuilt = rebuild.finish();
  const put = async (state: MechanismState): Promise<void> => {
    const place = { shard: shardA, epoch: 1, schemaVersion: toyMechanism.schemaVersion };
    await journal.snapshots.put(await snapshotOf(place, rebuilt, stateTextOf(toyMechanism, state).text));
  };
  await put(rebuilt.state);
  expect((await check(journal)).differences).toEqual([]);
  await put(toyMechanism.create());
  expect((await check(journal)).differences).toMatchObject([{ what: "the snapshot differs from the replayed state" }]);
});
