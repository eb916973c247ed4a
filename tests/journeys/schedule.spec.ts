import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refused } from "../world/outcomes.ts";
import { act, microsOf } from "../world/tenders.ts";
import { auctionProcedure, lot, reverseRules } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 15_000 };
const minute = 60_000;

async function threeLots(mode: "staggered" | "serial") {
  const { anna, bert, clock } = world;
  const softClose = { variant: "extend_from_bid", extensionMs: 5 * minute } as const;
  const rules = reverseRules({ durationMs: 10 * minute, softClose, visibility: "full" });
  const procedure = { ...auctionProcedure, schedule: { mode, gapMs: minute } };
  const tender = await world.publish({
    draft: { lots: [1, 2, 3].map(() => lot(rules)), procedure },
    suppliers: [anna, bert],
  });
  const { view } = requireValue(await anna.boss.client.tenders.get(tender.tenderId));
  clock.skipTo(microsOf(view.calendar.auctionOpensAt));
  const phase = (number: number, wanted: string) =>
    anna.boss.live().until(`lot:${tender.lotId(number)}`, (lotView) => lotView.phase === wanted, patience);
  return { tender, phase };
}

test("staggered lots open one gap after the other, whatever happens to those before", async () => {
  const { anna, clock } = world;
  const { tender, phase } = await threeLots("staggered");
  const first = await phase(1, "open");
  const second = await phase(2, "scheduled");
  await refused(anna.boss, { type: "submit_bid", lotId: tender.lotId(2), price: "8900.00" }, "auction_not_open");
  expect(microsOf(second.view.opensAt) - microsOf(first.view.opensAt)).toBe(minute * 1000);
  clock.skip(minute);
  await phase(2, "open");
  await phase(3, "scheduled");
  await act(anna.boss, { type: "submit_bid", lotId: tender.lotId(1), price: "8900.00" });
  clock.skip(minute);
  await phase(3, "open");
});

test("serial lots wait for the one before to close, extensions and all", async () => {
  const { anna, bert, clock } = world;
  const { tender, phase } = await threeLots("serial");
  const { view: planned } = await phase(1, "open");
  clock.skip(9 * minute);
  await act(anna.boss, { type: "submit_bid", lotId: tender.lotId(1), price: "8900.00" });
  const { view: extended } = requireValue(await bert.boss.client.lots.get(tender.lotId(1)));
  expect(microsOf(extended.endsAt)).toBeGreaterThan(microsOf(planned.endsAt));
  clock.skipTo(microsOf(planned.endsAt));
  await phase(2, "scheduled");
  clock.skipTo(microsOf(extended.endsAt));
  await phase(1, "award_pending");
  const { view: next } = await phase(2, "scheduled");
  expect(microsOf(next.opensAt) - microsOf(extended.endsAt)).toBe(minute * 1000);
  clock.skip(minute);
  await phase(2, "open");
  await phase(3, "scheduled");
  await act(bert.boss, { type: "submit_bid", lotId: tender.lotId(2), price: "8900.00" });
});
