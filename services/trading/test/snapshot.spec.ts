import { Fault } from "@kontor/kernel";
import { expect, test, vi } from "vitest";
import type { LoadOptions } from "../src/load.ts";
import { loadShards } from "../src/load.ts";
import { stateTextOf } from "../src/state-hash.ts";
import { createManualTime, settle } from "./manual-time.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { toyEngine, toyMechanism, toyMechanisms } from "./toy-engine.ts";
import type { World } from "./world.ts";
import { codeOf, createWorld, member, openWorld, shardA } from "./world.ts";

const options = { snapshotEveryCommands: 20, keyWindowMax: 8 };

type Played = { readonly world: World; readonly journal: MemoryJournal };

async function play(commands: number): Promise<Played> {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const world = await openWorld({ time, journal, options });
  for (let price = 1; price <= commands; price++) {
    await world.send(
      { type: "place_bid", price },
      { key: `bid-no-${price}`, actor: member(price % 2 ? "acme" : "bolt") },
    );
    await settle();
    await written(world, Math.floor((price + 1) / options.snapshotEveryCommands));
  }
  return { world, journal };
}

/** Packing takes place on another thread. */
async function written({ host }: World, snapshots: number): Promise<void> {
  await vi.waitUntil(() => host.stats().snapshots >= snapshots, { interval: 1 });
}

async function load(journal: MemoryJournal, useSnapshots: boolean) {
  const head = (await journal.heads([shardA])).get(shardA);
  if (head === undefined) throw new Error("no head");
  const bad: string[] = [];
  const source = useSnapshots
    ? journal
    : { ...journal, snapshots: { ...journal.snapshots, latestOf: () => Promise.resolve(new Map()) } };
  const onBadSnapshot: LoadOptions["onBadSnapshot"] = (_shard, fault) => void bad.push(String(fault.detail["reason"]));
  const found = await loadShards([{ shard: shardA, head }], {
    journal: source,
    mechanisms: toyMechanisms,
    keyWindowMax: 8,
    onBadSnapshot,
  });
  const loaded = found.get(shardA);
  if (loaded === undefined || loaded instanceof Fault) throw new Error("not loaded", { cause: loaded });
  return { loaded, bad };
}

test("snapshot and tail are the whole journal, keys included", async () => {
  const { journal } = await play(37);
  const [short, whole] = [await load(journal, true), await load(journal, false)];
  expect([short.loaded.snapshotSeq, whole.loaded.snapshotSeq]).toEqual([20, 0]);
  for (const { loaded, bad } of [short, whole]) {
    expect(bad).toEqual([]);
    expect(loaded.rebuilt).toMatchObject({ seq: 38, at: whole.loaded.rebuilt.at });
    for (let price = 1; price <= 37; price++) {
      const company = price % 2 ? "acme" : "bolt";
      const id = `c/${company} bid-no-${price}`;
      expect(loaded.rebuilt.keys.get(id) !== undefined || loaded.rebuilt.keys.mustAsk(id)).toBe(true);
    }
  }
  const hashes = [short, whole].map(({ loaded }) => stateTextOf(toyMechanism, loaded.rebuilt.state));
  expect(hashes[0]).toEqual(hashes[1]);
});

test("no more snapshots are kept than wanted, of the right seq", async () => {
  const { journal, world } = await play(97);
  expect(journal.storedSnapshots.get(shardA)?.map(({ seq }) => seq)).toEqual([40, 60, 80]);
  expect(world.host.stats()).toMatchObject({ snapshots: 4, alerts: 0 });
});

test("the larger the state, the rarer its snapshots", async () => {
  const { journal, world } = await play(18);
  const due = [20, 40, 79];
  for (let seq = 20; seq <= 119; seq++) {
    await world.send({ type: "add_note", text: "x".repeat(16) });
    await settle();
    await written(world, due.filter((one) => one <= seq).length);
  }
  expect(journal.storedSnapshots.get(shardA)?.map(({ seq }) => seq)).toEqual(due);
});

test("a damaged snapshot is left aside with an alert", async () => {
  const { journal } = await play(25);
  const snapshot = journal.storedSnapshots.get(shardA)?.at(-1);
  if (snapshot === undefined) throw new Error("no snapshot");
  snapshot.state[20] = (snapshot.state[20] ?? 0) ^ 1;
  const { loaded, bad } = await load(journal, true);
  expect(bad).toEqual(["snapshot_hash"]);
  expect(loaded).toMatchObject({ snapshotSeq: 0, rebuilt: { seq: 26 } });
  const heir = createWorld({ journal, hostId: "heir", options });
  await heir.host.start();
  expect(heir.host.stats()).toMatchObject({ alerts: 1, shards: { serving: 1, frozen: 0 } });
});

test("a snapshot of another schema version is not looked at", async () => {
  const { journal } = await play(25);
  for (const snapshot of journal.storedSnapshots.get(shardA) ?? []) Object.assign(snapshot, { schemaVersion: 0 });
  expect((await load(journal, true)).loaded.snapshotSeq).toBe(0);
});

test("live state that differs from the replayed one raises an alert and is not stored", async () => {
  const { journal, world } = await play(5);
  const spy = vi.spyOn(toyMechanism as unknown as { encode: typeof toyEngine.encode }, "encode");
  spy.mockImplementationOnce((state) => ({ ...toyEngine.encode(state), best: 999 })); // As if memory had decayed.
  for (let price = 6; price <= 20; price++) await world.send({ type: "place_bid", price });
  await settle();
  spy.mockRestore();
  expect(journal.storedSnapshots.get(shardA) ?? []).toEqual([]);
  expect(world.host.stats()).toMatchObject({ snapshots: 0, alerts: 1 });
  expect(world.logged).toContainEqual({ level: "error", message: "replay and live state differ" });
});

test("a stop may leave snapshots of what has changed", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const world = await openWorld({ time, journal, options: { snapshotOnStop: true } });
  await world.send({ type: "place_bid", price: 1 });
  await Promise.all([world.host.stop(), time.advance(100)]);
  expect(journal.storedSnapshots.get(shardA)?.map(({ seq }) => seq)).toEqual([2]);
  const heir = createWorld({ time, journal, hostId: "heir" });
  await heir.host.start();
  expect(codeOf(await heir.send({ type: "place_bid", price: 1 }))).toBe("not_better_than_reference");
});
