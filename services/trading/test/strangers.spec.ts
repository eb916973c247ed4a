import type { Actor } from "@kontor/kernel";
import { beforeEach, describe, expect, test } from "vitest";
import type { TenderWorld } from "./given-tender.ts";
import {
  creation,
  lotId,
  marketplaceId,
  owner,
  publish,
  required,
  startTenderWorld,
  tenderId,
  termsAt,
} from "./given-tender.ts";
import { codeOf, member, shardB } from "./world.ts";

const elsewhere = "market-2";
const abroad: Actor = { kind: "member", userId: "eve", companyId: "eve", marketplaceId: elsewhere };
const neighbour = member("bolt");

let world: TenderWorld;
beforeEach(async () => {
  world = await startTenderWorld();
});

async function create(actor: Actor, shard = tenderId) {
  const terms = termsAt(world.time.now());
  const command = { ...creation(terms, { marketplaceId: actor.marketplaceId ?? marketplaceId }), tenderId: shard };
  return await world.command(command, actor, { shard });
}

describe("a tender that its sender may not know of", () => {
  test.each([
    ["of another marketplace", abroad],
    ["of another company, which has only drafted it", neighbour],
  ])("%s gets no entry by a creation under its id", async (_, stranger) => {
    await required(create(owner));
    const refused = await create(stranger);
    expect(refused).toEqual({ ok: false, problem: expect.objectContaining({ code: "tender_not_found", status: 404 }) });
    expect(await world.entries()).toHaveLength(1);
    expect(await world.command({ type: "publish_tender", tenderId, expectedVersion: 1 }, owner)).toMatchObject({
      ok: true,
      seq: 2,
    });
  });

  test("is to him as one that is not there, in every member of the answer", async () => {
    await required(create(owner));
    const missing = `${shardB}-1`;
    for (const stranger of [abroad, neighbour]) {
      const bid = (id: string, shard: string) =>
        world.command({ type: "submit_bid", lotId: id, price: "9000.00" }, stranger, { shard });
      expect(await bid(lotId, tenderId)).toEqual(await bid(missing, shardB));
    }
    expect(await world.entries()).toHaveLength(1);
    expect(await world.entries(shardB)).toEqual([]);
  });

  test("leaves the stranger's keys free", async () => {
    await required(create(owner));
    const key = { key: "one-key" };
    const bid = { type: "submit_bid", lotId, price: "9000.00" } as const;
    expect(codeOf(await world.command(bid, neighbour, key))).toBe("tender_not_found");
    expect(codeOf(await world.command({ ...bid, price: "8000.00" }, neighbour, key))).toBe("tender_not_found");
  });
});

test("a published tender gets no entry by a creation under its id either; what concerns it is journaled", async () => {
  await publish(world, ["acme"]);
  const before = (await world.entries()).length;
  for (const actor of [neighbour, owner]) {
    const refused = await create(actor);
    expect(refused).toEqual({ ok: false, problem: expect.objectContaining({ code: "tender_exists", status: 409 }) });
  }
  expect(codeOf(await create(abroad))).toBe("tender_not_found");
  expect(await world.entries()).toHaveLength(before);
  const early = await world.command({ type: "submit_bid", lotId, price: "9000.00" }, member("acme"));
  expect(early).toMatchObject({ ok: false, seq: before + 1 });
});
