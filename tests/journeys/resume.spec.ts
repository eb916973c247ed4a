import type { CommandReceipt } from "@kontor/protocol";
import { newId, requireReceipt, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../world/people.ts";
import type { Frame } from "../world/recorded-socket.ts";
import { act } from "../world/tenders.ts";
import { lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** The server keeps just so many frames for those who come back. */
const kept = 4;
const patience = { timeoutMs: 15_000 };

let world: World;
beforeAll(async () => {
  world = await createWorld({ liveLimits: { ringMessagesMax: kept } });
});
afterAll(() => world[Symbol.asyncDispose]());

async function openLot() {
  const { anna, bert } = world;
  const rules = reverseRules({ visibility: "full", selfRaise: true });
  const tender = await world.publish({ draft: { lots: [lot(rules)] }, suppliers: [anna, bert] });
  await tender.open();
  return tender.lotId();
}

/** Bids of one supplier, each a step better. */
async function bids(bidder: Person, lotId: string, prices: readonly number[]): Promise<void> {
  for (const price of prices) await act(bidder, { type: "submit_bid", lotId, price: price.toFixed(2) });
}

/** Frames of the lot since the given number of frames had come. */
function framesOf(person: Person, lotId: string, since = 0): readonly Frame[] {
  return person.wire
    .frames()
    .slice(since)
    .filter((frame) => frame["stream"] === `lot:${lotId}`);
}

async function linked(person: Person, links: number): Promise<void> {
  await until(`${person.name} is linked again`, () => person.wire.links() > links && person.live().state === "open");
}

describe("a link that breaks in the middle of the stream", () => {
  test("is taken up where it broke: the missing frames come, no snapshot, and the state is the server's", async () => {
    const { anna, bert } = world;
    const watcher = bert.boss;
    const lotId = await openLot();
    const subscription = watcher.live().subscribe(`lot:${lotId}`);
    await bids(anna.boss, lotId, [8900, 8890]);
    await subscription.until(({ bidCount }) => bidCount === 2, patience);
    const { links, received, cut } = watcher.wire;
    const [linksBefore, since] = [links(), received.length];
    cut();
    await bids(anna.boss, lotId, [8880, 8870, 8860]);
    const { view } = await subscription.until(({ bidCount }) => bidCount === 5, patience);
    expect(links()).toBeGreaterThan(linksBefore);

    const later = framesOf(watcher, lotId, since);
    expect(later.filter((frame) => "snapshot" in frame)).toEqual([]);
    const earlier = framesOf(watcher, lotId).slice(0, -later.length);
    const numbers = [...earlier.slice(-1), ...later].map(({ epoch, seq }) => [epoch, seq]);
    const [[epoch, first]] = numbers as [[string, number]];
    expect(numbers).toEqual(numbers.map((_, index) => [epoch, first + index]));
    expect(view).toEqual(requireValue(await watcher.client.lots.get(lotId)).view);
    subscription.close();
  });

  test("comes back to a snapshot when more was missed than is kept", async () => {
    const { anna, bert } = world;
    const watcher = bert.boss;
    const lotId = await openLot();
    const subscription = watcher.live().subscribe(`lot:${lotId}`);
    await subscription.until(() => true, patience);
    const [links, since] = [watcher.wire.links(), watcher.wire.received.length];
    const reunite = watcher.wire.isolate();
    const many = Array.from({ length: kept + 3 }, (_, index) => 8900 - 5 * index);
    await bids(anna.boss, lotId, many);
    reunite();
    await linked(watcher, links);
    const { view } = await subscription.until(({ bidCount }) => bidCount === many.length, patience);
    expect(framesOf(watcher, lotId, since).some((frame) => "snapshot" in frame)).toBe(true);
    expect(view).toEqual(requireValue(await watcher.client.lots.get(lotId)).view);
    subscription.close();
  });
});

test("a lost frame shows itself as a gap, and what is missing is asked for", async () => {
  const { anna, bert } = world;
  const watcher = bert.boss;
  const lotId = await openLot();
  const subscription = watcher.live().subscribe(`lot:${lotId}`);
  await bids(anna.boss, lotId, [8900]);
  await subscription.until(({ bidCount }) => bidCount === 1, patience);
  let lost = 0;
  watcher.wire.dropWhile((frame) => "event" in frame && frame["stream"] === `lot:${lotId}` && ++lost === 1);
  await bids(anna.boss, lotId, [8890]);
  await until("one frame is lost", () => lost > 0);
  expect(subscription.state?.view.bidCount).toBe(1);
  await bids(anna.boss, lotId, [8880]);
  const { view } = await subscription.until(({ bidCount }) => bidCount === 3, patience);
  watcher.wire.dropWhile(null);
  expect(view).toEqual(requireValue(await watcher.client.lots.get(lotId)).view);
  subscription.close();
});

test("a silent loss at the end of the stream is found by the heartbeat", async () => {
  const { anna, bert } = world;
  const watcher = bert.boss;
  const lotId = await openLot();
  const subscription = watcher.live().subscribe(`lot:${lotId}`);
  await subscription.until(() => true, patience);
  let lost = 0;
  watcher.wire.dropWhile((frame) => "event" in frame && ++lost === 1);
  await bids(anna.boss, lotId, [8900]);
  const { view } = await subscription.until(({ bidCount }) => bidCount === 1, patience);
  expect(lost).toBeGreaterThan(0);
  watcher.wire.dropWhile(null);
  expect(view.bestPrice).toBe("8900.00");
  subscription.close();
});

describe("a command in doubt", () => {
  test("whose answer is lost with the link is asked about over HTTP with the same key: one effect", async () => {
    const { bert } = world;
    const lotId = await openLot();
    const { live, wire, client } = bert.boss;
    await live().opened();
    const key = newId();
    wire.loseAt((frame) => frame["re"] === key);
    const outcome = await live().commands.submitBid({ lotId, price: "8900.00" }, { key });
    const receipt: CommandReceipt = requireReceipt(outcome);
    const lost = wire.frames().find((frame) => frame["re"] === key);
    expect(lost).toMatchObject({ ok: true });
    const { re: _, ok: __, ...first } = lost ?? {};
    expect(receipt).toEqual(first);
    expect(requireValue(await client.lots.get(lotId)).own).toMatchObject({ bidCount: 1, price: "8900.00" });
  });

  test("that never left the machine goes over HTTP: one effect", async () => {
    const { bert } = world;
    const lotId = await openLot();
    const { live, wire, client } = bert.boss;
    await live().opened();
    wire.cut();
    requireReceipt(await live().commands.submitBid({ lotId, price: "8900.00" }));
    expect(requireValue(await client.lots.get(lotId)).own).toMatchObject({ bidCount: 1 });
  });

  test("that was rejected stays rejected, with the same words", async () => {
    const { bert } = world;
    const lotId = await openLot();
    const { live, wire } = bert.boss;
    await live().opened();
    const key = newId();
    wire.loseAt((frame) => frame["re"] === key);
    const outcome = await live().commands.submitBid({ lotId, price: "9000.01" }, { key });
    const lost = wire.frames().find((frame) => frame["re"] === key)?.["problem"];
    if (outcome.ok) throw new Error("a price above the ceiling was accepted");
    const { instance: _, ...problem } = outcome.problem;
    expect(problem).toMatchObject({ code: "above_ceiling" });
    expect(problem).toEqual(lost);
  });
});
