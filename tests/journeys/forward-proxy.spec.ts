import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refused } from "../world/outcomes.ts";
import { replayJournal } from "../world/replay.ts";
import { act } from "../world/tenders.ts";
import { forwardRules, lot } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 15_000 };

/** A sale from 100.00 in steps of 1.00 with two bidders, open. */
async function openSale(changes: Parameters<typeof forwardRules>[0]) {
  const { anna, bert } = world;
  const draft = { direction: "sell", lots: [lot(forwardRules(changes))] } as const;
  const tender = await world.publish({ draft, suppliers: [anna, bert] });
  await tender.open();
  return { tender, lotId: tender.lotId() };
}

describe("proxy bidding", () => {
  test("pays one step above the runner-up, and no machine but the bidder's sees a maximum before it is beaten", async () => {
    const { anna, bert, observer, buyer } = world;
    const { lotId } = await openSale({ format: "proxy_forward", visibility: "full" });
    const stream = `lot:${lotId}` as const;
    const watching = [anna, bert, observer, buyer].map(({ boss }) => boss.live().subscribe(stream));
    await Promise.all(watching.map((one) => one.until(() => true, patience)));
    const shown = async (): Promise<unknown> => requireValue(await observer.boss.client.lots.get(lotId)).view.bestPrice;
    const proxy = (who: typeof anna, maximum: string) => who.boss.live().commands.setProxy({ lotId, maximum });

    expect(await proxy(anna, "150.37")).toMatchObject({ receipt: { result: { maximum: "150.37", price: "100.00" } } });
    expect(await shown()).toBe("100.00");
    expect(await proxy(bert, "120.00")).toMatchObject({ receipt: { result: { leading: false } } });
    expect(await shown()).toBe("121.00");
    const heard = (who: typeof anna): string => who.boss.wire.received.join("\n");
    await Promise.all(watching.map((one) => one.until(({ bestPrice }) => bestPrice === "121.00", patience)));
    for (const who of [bert, observer, buyer]) expect(heard(who)).not.toContain("150.37");
    expect(await proxy(bert, "160.73")).toMatchObject({ receipt: { result: { leading: true, price: "151.37" } } });
    expect(await shown()).toBe("151.37");

    const last = watching.map((one) => one.until(({ bestPrice }) => bestPrice === "151.37", patience));
    const [mine, theirs] = await Promise.all(last);
    expect([mine?.own?.proxyMaximum, theirs?.own?.proxyMaximum]).toEqual(["150.37", "160.73"]);
    for (const who of [anna, observer, buyer]) expect(heard(who)).not.toContain("160.73");
    expect(heard(observer)).toContain("151.37");
  });

  test("a maximum must exceed what a newcomer would have to offer", async () => {
    const { anna, bert } = world;
    const { lotId } = await openSale({ format: "proxy_forward", visibility: "full" });
    const low = await refused(bert.boss, { type: "set_proxy", lotId, maximum: "99.00" }, "below_opening");
    expect(low).toMatchObject({ limit: "100.00", nearest: "100.00", pointer: "/maximum" });
    await act(anna.boss, { type: "set_proxy", lotId, maximum: "110.00" });
    await act(bert.boss, { type: "set_proxy", lotId, maximum: "105.00" });
    const small = await refused(bert.boss, { type: "set_proxy", lotId, maximum: "106.50" }, "step_too_small");
    expect(small["nearest"]).toBe("107.00");
  });
});

describe("an English forward sale", () => {
  test("goes up in steps, on its grid, under its ceiling, and nobody raises himself", async () => {
    const { anna, bert } = world;
    const rules = { visibility: "full", grid: "0.50", ceilingPrice: "500.00", tiesAllowed: false } as const;
    const { lotId } = await openSale(rules);
    const bid = (price: string) => ({ type: "submit_bid", lotId, price }) as const;
    expect(await refused(anna.boss, bid("99.50"), "below_opening")).toMatchObject({ limit: "100.00" });
    expect(await refused(anna.boss, bid("100.25"), "not_on_grid")).toMatchObject({ limit: "0.50" });
    expect(await refused(anna.boss, bid("500.50"), "above_ceiling")).toMatchObject({ nearest: "500.00" });
    await act(anna.boss, bid("100.00"));
    await refused(anna.boss, bid("101.00"), "already_leading");
    expect(await refused(bert.boss, bid("100.50"), "step_too_small")).toMatchObject({ nearest: "101.00" });
    expect(await refused(bert.boss, bid("100.00"), "step_too_small")).toMatchObject({ limit: "101.00" });
    await act(bert.boss, bid("101.00"));
  });

  test("is bought at once until a bid stands, and never after", async () => {
    const { anna, bert, buyer } = world;
    const { lotId } = await openSale({ visibility: "full", buyNowPrice: "300.00" });
    const bought = await act(anna.boss, { type: "buy_now", lotId });
    expect(bought.result).toMatchObject({ price: "300.00", leading: true });
    const { view } = await buyer.boss.live().until(`lot:${lotId}`, ({ phase }) => phase === "award_pending", patience);
    expect(view.awards).toMatchObject({ [`${lotId}-a1`]: { companyId: anna.companyId, price: "300.00" } });
    const other = await openSale({ visibility: "full", buyNowPrice: "300.00" });
    await act(anna.boss, { type: "submit_bid", lotId: other.lotId, price: "100.00" });
    await refused(bert.boss, { type: "buy_now", lotId: other.lotId }, "buy_now_unavailable");
  });

  test("below its hidden reserve is sold only if the owner says so in time", async () => {
    const { anna, bert, buyer, clock } = world;
    const rules = { visibility: "lead", reserve: { price: "222.25", shown: false }, belowReserveMs: 60_000 } as const;
    const { tender, lotId } = await openSale(rules);
    await act(anna.boss, { type: "submit_bid", lotId, price: "150.00" });
    expect(requireValue(await bert.boss.client.lots.get(lotId)).view.reserveMet).toBe(false);
    await tender.close();
    await refused(bert.boss, { type: "accept_below_reserve", lotId }, "not_owner");
    expect((await act(buyer.boss, { type: "accept_below_reserve", lotId })).result).toMatchObject({ price: "150.00" });
    await refused(buyer.boss, { type: "accept_below_reserve", lotId }, "wrong_stage");
    const heard = [...anna.boss.wire.received, ...bert.boss.wire.received].join("\n");
    expect(heard).not.toContain("222.25");
    for (const { boss } of [anna, bert]) {
      const { view } = requireValue(await boss.client.tenders.get(tender.tenderId));
      expect(JSON.stringify(view)).not.toContain("222.25");
    }

    const second = await openSale(rules);
    await act(anna.boss, { type: "submit_bid", lotId: second.lotId, price: "150.00" });
    await second.tender.close();
    clock.skip(60_000);
    const { view } = await anna.boss
      .live()
      .until(`lot:${second.lotId}`, ({ phase }) => phase === "unsuccessful", patience);
    expect(view.result).toEqual({ outcome: "reserve_unmet" });
  });
});

test("whoever decides the journal again comes to the same", async () => {
  const { code, output } = await replayJournal(world.databaseUrl);
  expect(output).toContain("journal and replay agree");
  expect(code).toBe(0);
});
