import type { Actor } from "@kontor/kernel";
import { applyMergePatch } from "@kontor/kernel";
import { expect, test } from "vitest";
import { settle } from "./manual-time.ts";
import { toyMarket } from "./toy-engine.ts";
import { member, openWorld } from "./world.ts";

const staff = (kind: "operator" | "auditor", marketplaceId = toyMarket): Actor => ({
  kind,
  userId: kind,
  companyId: null,
  marketplaceId,
});

test("each actor gets the audience it belongs to", async () => {
  const { send, view } = await openWorld();
  await send({ type: "place_bid", price: 5 }, { actor: member("acme") });
  expect(await view(member("stranger"))).toMatchObject({ audience: "public", view: { best: 5 } });
  expect(await view(member("stranger"))).not.toHaveProperty("view.bids");
  expect(await view(member("acme"))).toMatchObject({ audience: "company", view: { bids: 1 }, own: { leads: true } });
  for (const actor of [member("owner"), staff("operator"), staff("auditor")]) {
    const seen = await view(actor);
    expect(seen).toMatchObject({ audience: "owner", view: { leader: "acme" } });
    expect(seen).not.toHaveProperty("own");
  }
});

test("another marketplace, the host itself and a missing stream look the same", async () => {
  const { view, bus } = await openWorld();
  const system: Actor = { kind: "system", userId: "system", companyId: null, marketplaceId: null };
  const elsewhere = { ...member("owner"), marketplaceId: "market-2" };
  for (const actor of [elsewhere, staff("operator", "market-2"), system])
    expect(await view(actor)).toEqual({ found: false });
  expect(await view(member("acme"), "0190a000-0000-7000-8000-0000000000ff")).toEqual({ found: false });
  const missing = { shard: "0190a000-0000-7000-8000-00000000000a", stream: "other", actor: member("acme") };
  expect(await bus.request("trading.view", missing, { timeoutMs: 1_000 })).toEqual({ found: false });
});

test("patches keep a reader's copy equal to the view, for every audience", async () => {
  const { send, view, watch } = await openWorld();
  const updates = watch();
  await send({ type: "place_bid", price: 1 }, { actor: member("acme") });
  const readers = { public: member("stranger"), participant: member("acme"), owner: member("owner") };
  const copies: Record<string, unknown> = {};
  for (const [audience, actor] of Object.entries(readers)) copies[audience] = viewOf(await view(actor));
  let own: unknown = ownOf(await view(member("acme")));
  updates.length = 0;
  for (const [price, company] of [
    [2, "bolt"],
    [4, "acme"],
    [3, "cord"],
    [9, "bolt"],
  ] as const) {
    await send({ type: "place_bid", price }, { actor: member(company) });
  }
  await settle();
  for (const { updates: changes } of updates) {
    for (const { own: owns, ...change } of changes) {
      for (const audience of ["public", "participant", "owner"] as const) {
        if (audience in change) copies[audience] = applyMergePatch(copies[audience], change[audience]);
      }
      own = applyMergePatch(own, owns?.["acme"] ?? {});
    }
  }
  for (const [audience, actor] of Object.entries(readers)) expect(copies[audience]).toEqual(viewOf(await view(actor)));
  expect(own).toEqual(ownOf(await view(member("acme"))));
  expect(updates.flatMap(({ updates: changes }) => changes.flatMap(({ moved = [] }) => moved))).toEqual(["bolt"]);
  expect(updates.map(({ prevSeq }) => prevSeq).slice(1)).toEqual(updates.map(({ seq }) => seq).slice(0, -1));
});

const viewOf = (answer: object): unknown => ("view" in answer ? answer.view : null);
const ownOf = (answer: object): unknown => ("own" in answer ? answer.own : null);

test("nothing is published for streams that nobody reads", async () => {
  const { send, watch } = await openWorld();
  const updates = watch();
  await send({ type: "place_bid", price: 1 });
  await settle();
  expect(updates).toEqual([]);
});
