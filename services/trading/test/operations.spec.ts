import type { ShardsAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { expect, test } from "vitest";
import { createManualTime } from "./manual-time.ts";
import type { MemoryJournal } from "./memory-journal.ts";
import { createMemoryJournal } from "./memory-journal.ts";
import { codeOf, createWorld, member, openWorld, shardA, shardB } from "./world.ts";

/** Turns one bit inside a stored segment of shard A; a second time mends it. */
function turnBit(journal: MemoryJournal): void {
  const [segment] = journal.stored.get(shardA) ?? [];
  if (segment === undefined) throw new Error("nothing to damage");
  segment.entries[9] = (segment.entries[9] ?? 0) ^ 1;
}

test("an operator is told over the bus which shards are frozen and why, and has them read again", async () => {
  const time = createManualTime();
  const journal = createMemoryJournal(time.now);
  const before = await openWorld({ time, journal });
  await before.send(
    { type: "open_sale", closesAt: time.now() + 60_000_000 },
    { shard: shardB, actor: member("owner") },
  );
  turnBit(journal);
  const { bus, host, send } = createWorld({ time, journal, hostId: "host-2" });
  await host.start();
  const ask = (subject: string, message = {}) => bus.request<ShardsAnswer>(subject, message, { timeoutMs: 60_000 });
  const recover = (shard: string) => ask(subjects.recoverShard, { shard });

  const frozen = { shard: shardA, state: "frozen", reason: "journal_corrupt" };
  expect(await ask(subjects.frozenShards)).toEqual({ shards: [frozen] });
  expect(await recover(shardA)).toEqual({ shards: [frozen] });
  expect(codeOf(await send({ type: "place_bid", price: 2 }))).toBe("unavailable");

  turnBit(journal);
  const serving = { shard: shardA, state: "serving" };
  expect(await recover(shardA)).toEqual({ shards: [serving] });
  expect(await ask(subjects.frozenShards)).toEqual({ shards: [] });
  expect(codeOf(await send({ type: "place_bid", price: 2 }))).toBe("ok");

  const { recoveries } = host.stats();
  expect(await recover(shardA)).toEqual({ shards: [serving] });
  expect(await recover("0190a000-0000-7000-8000-00000000000c")).toEqual({ shards: [] });
  expect(host.stats().recoveries).toBe(recoveries);
  await host.stop();
  await expect(recover(shardA)).rejects.toMatchObject({ code: "bus_unavailable" });
});
