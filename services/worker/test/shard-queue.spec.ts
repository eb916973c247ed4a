import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ShardQueue, Task } from "../src/shard-queue.ts";
import { createShardQueue } from "../src/shard-queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nameOf = (task: Task): string => (typeof task === "string" ? task : task.shard);

async function given(): Promise<ShardQueue> {
  const queue = createShardQueue({ lookEveryMs: 1_000, settleMs: 25 });
  expect(await queue.next()).toBe("look");
  return queue;
}

/** The next task and after how many milliseconds it came. */
async function nextAfter(queue: ShardQueue): Promise<[string, number]> {
  const since = performance.now();
  const task = queue.next();
  await vi.advanceTimersToNextTimerAsync();
  return [nameOf(await task), performance.now() - since];
}

test("shards come once each, in the order in which they were added", async () => {
  const queue = await given();
  for (const shard of ["b", "a", "b", "c"]) queue.add(shard);
  expect([await queue.next(), await queue.next(), await queue.next()]).toEqual([
    { shard: "b" },
    { shard: "a" },
    { shard: "c" },
  ]);
});

test("a look is due again and again, also while shards wait", async () => {
  const queue = await given();
  expect(await nextAfter(queue)).toEqual(["look", 1_000]);
  vi.advanceTimersByTime(1_000);
  queue.add("a");
  expect(nameOf(await queue.next())).toBe("look");
  expect(nameOf(await queue.next())).toBe("a");
});

test("whoever waits for the next task gets what is added", async () => {
  const queue = await given();
  const task = queue.next();
  queue.add("a");
  expect(await task).toEqual({ shard: "a" });
});

test("after its turn a shard rests while others go on", async () => {
  const queue = await given();
  queue.succeeded("a", true);
  queue.add("a");
  queue.add("b");
  expect(nameOf(await queue.next())).toBe("b");
  expect(await nextAfter(queue)).toEqual(["a", 25]);
});

test("who waits for a shard does not wait for its rest", async () => {
  const queue = await given();
  queue.succeeded("a", true);
  queue.urge("a");
  expect(nameOf(await queue.next())).toBe("a");
  queue.succeeded("a", false);
  queue.add("a");
  expect(nameOf(await queue.next())).toBe("a");
});

test("a shard that fails rests longer each time, and no urging shortens it", async () => {
  const queue = await given();
  const rests: number[] = [];
  for (let failures = 0; failures < 8; failures++) {
    const since = performance.now();
    queue.failed("a");
    queue.urge("a");
    for (let task = "look"; task === "look"; ) [task] = await nextAfter(queue);
    rests.push(Math.round((performance.now() - since) / 1_000));
  }
  expect(rests).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  queue.succeeded("a", true);
  const since = performance.now();
  queue.failed("a");
  queue.add("a");
  for (let task = "look"; task === "look"; ) [task] = await nextAfter(queue);
  expect(performance.now() - since).toBe(1_000);
});

test("a stopped queue says so, also to whoever waits", async () => {
  const queue = await given();
  const task = queue.next();
  queue.stop();
  expect([await task, await queue.next()]).toEqual(["stopped", "stopped"]);
});
