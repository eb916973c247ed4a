import type { ViewAnswer } from "@kontor/bus";
import type { StreamPatches } from "@kontor/kernel";
import { applyMergePatch } from "@kontor/kernel";
import { expect, test } from "vitest";
import { mechanismOf, mechanismsOf } from "../src/index.ts";
import { settle } from "./manual-time.ts";
import type { ToyEvent, ToyState } from "./toy-engine.ts";
import { toyEngine } from "./toy-engine.ts";
import type { World } from "./world.ts";
import { member, openWorld, shardA } from "./world.ts";

/* A sale whose engine names what bids of known companies change. */

function patchesOf(state: ToyState, events: readonly ToyEvent[]): StreamPatches | null {
  const bids = events.flatMap((event) => (event.type === "bid_placed" ? [event] : []));
  if (bids.length < events.length) return null;
  const { best, bids: count, leader } = state;
  const own = [...state.prices].map(([company, price]) => [company, { price, leads: company === leader }] as const);
  const shared = { best, phase: state.phase };
  return {
    public: shared,
    participant: { ...shared, bids: count },
    owner: { ...shared, bids: count, leader },
    own: new Map(own),
  };
}

async function patchedWorld() {
  const calls = { views: 0 };
  const engine: typeof toyEngine = {
    ...toyEngine,
    views: (state, stream) => {
      calls.views += 1;
      return toyEngine.views(state, stream);
    },
    patches: (state, _stream, events) => patchesOf(state, events),
  };
  const world = await openWorld({ mechanisms: mechanismsOf([mechanismOf(engine)]) });
  return { ...world, calls };
}

const bid = (world: World, price: number, company: string) =>
  world.send({ type: "place_bid", price }, { actor: member(company) });
const seen = (answer: ViewAnswer) => (answer.found ? { view: answer.view, own: answer.own } : null);

test("patches that an engine names keep a reader's copy equal, without making views", async () => {
  const world = await patchedWorld();
  await bid(world, 1, "acme");
  await bid(world, 2, "bolt");
  const updates = world.watch();
  let copy: { view: unknown; own: unknown } | null = seen(await world.view(member("acme")));
  const made = world.calls.views;
  for (let price = 3; price < 100; price++) await bid(world, price, price % 3 === 0 ? "acme" : "bolt");
  await settle();
  expect(world.calls.views).toBe(made);
  for (const { updates: changes } of updates) {
    for (const { participant = {}, own } of changes) {
      copy = {
        view: applyMergePatch(copy?.view, participant),
        own: applyMergePatch(copy?.own, own?.["acme"] ?? {}),
      };
    }
  }
  expect(copy).toEqual(seen(await world.view(member("acme"))));
  const sent = updates.flatMap(({ updates: changes }) => changes);
  expect(sent.every((change) => !JSON.stringify(change).includes("phase"))).toBe(true); // It is as it was.
});

test("who takes part only now is a reason to compare", async () => {
  const world = await patchedWorld();
  await bid(world, 1, "acme");
  await world.view(member("acme"));
  const updates = world.watch();
  await bid(world, 2, "bolt");
  await settle();
  expect(updates.at(-1)?.updates).toMatchObject([{ moved: ["bolt"], own: { acme: { leads: false } } }]);
  expect(seen(await world.view(member("bolt")))).toMatchObject({ own: { price: 2, leads: true } });
});

test("what is not committed is not shown", async () => {
  const world = await patchedWorld();
  await bid(world, 1, "acme");
  await world.view(member("acme"));
  world.journal.plan.push("hold");
  const answer = bid(world, 2, "acme");
  await settle();
  expect(seen(await world.view(member("acme")))).toMatchObject({ view: { best: 1 }, own: { price: 1 } });
  await world.journal.release();
  await answer;
  expect(seen(await world.view(member("acme")))).toMatchObject({ view: { best: 2 }, own: { price: 2 } });
});

test("what is read once is committed, and nothing of it is published afterwards", async () => {
  const world = await patchedWorld();
  await bid(world, 1, "acme");
  const updates = world.watch();
  const once = () =>
    world.bus.request<ViewAnswer>(
      "trading.view",
      { shard: shardA, stream: "sale", actor: member("acme"), once: true },
      { timeoutMs: 60_000 },
    );
  expect(seen(await once())).toMatchObject({ view: { best: 1 } });
  world.journal.plan.push("hold", "hold");
  const first = bid(world, 2, "acme");
  await settle();
  const waiting = once();
  const second = bid(world, 3, "acme");
  await settle();
  await world.journal.release();
  await first;
  await settle();
  await world.journal.release();
  await second;
  expect(seen(await waiting)).toMatchObject({ view: { best: 3 } });
  await bid(world, 4, "acme");
  await settle();
  expect(updates).toEqual([]);
});
