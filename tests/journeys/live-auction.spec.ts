import type { CommandReceipt } from "@kontor/protocol";
import { newId, requireReceipt, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRawHttp } from "../world/raw-http.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { replayJournal } from "../world/replay.ts";
import { act, microsOf } from "../world/tenders.ts";
import { auctionProcedure, lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const patience = { timeoutMs: 15_000 };
const tenMinutes = 600_000;

/** A reverse lot whose late bids move the end by ten minutes, open, with two bidders. */
async function openLot(changes: Parameters<typeof reverseRules>[0] = {}, procedure = auctionProcedure) {
  const { anna, bert } = world;
  const softClose = { variant: "reset_in_window", windowMs: tenMinutes, extensionMs: tenMinutes } as const;
  const lots = [lot(reverseRules({ softClose, ...changes }))];
  const tender = await world.publish({ draft: { lots, procedure }, suppliers: [anna, bert] });
  await tender.open();
  return { tender, lotId: tender.lotId() };
}

describe("a live auction over real sockets", () => {
  test("a bid shortly before the end moves it, and every socket sees the same new end", async () => {
    const { anna, bert, buyer, observer, clock } = world;
    const { lotId } = await openLot();
    const stream = `lot:${lotId}` as const;
    const watching = [anna, bert, buyer, observer].map(({ boss }) => boss.live().subscribe(stream));
    const before = await Promise.all(watching.map((one) => one.until(({ endsAt }) => endsAt !== undefined, patience)));
    const [planned] = before.map(({ view }) => view.endsAt);
    expect(before.map(({ view }) => [view.endsAt, view.extensions])).toEqual(before.map(() => [planned, 0]));

    clock.skipTo(microsOf(planned) - 30_000_000);
    const receipt = requireReceipt(await anna.boss.live().commands.submitBid({ lotId, price: "8900.00" }));
    const endsAt = String(receipt.result["endsAt"]);
    expect(microsOf(endsAt) - microsOf(receipt.at)).toBe(tenMinutes * 1000);
    expect(microsOf(endsAt)).toBeGreaterThan(microsOf(planned));
    const after = await Promise.all(watching.map((one) => one.until(({ extensions }) => extensions === 1, patience)));
    expect(after.map(({ view }) => view.endsAt)).toEqual(after.map(() => endsAt));
    for (const one of watching) one.close();
  });

  test("a bid whose validUntil has passed is refused, over socket and HTTP, and leaves no trace", async () => {
    const { anna, clock } = world;
    const { lotId } = await openLot();
    const key = newId();
    const late = { key, validUntil: clock.instantIn(-1) };
    const command = { type: "submit_bid", lotId, price: "8900.00" } as const;
    for (const send of [anna.boss.live().command.bind(anna.boss.live()), anna.boss.client.command]) {
      expect(await send(command, late)).toMatchObject({ ok: false, problem: { code: "command_stale", status: 422 } });
    }
    expect(requireValue(await anna.boss.client.lots.get(lotId)).own).toMatchObject({ bidCount: 0 });
    const inTime = await anna.boss.client.command(command, { key, validUntil: clock.instantIn(60_000) });
    expect(requireReceipt(inTime).result).toMatchObject({ price: "8900.00", leading: true });
  });

  test("the same key gets the same answer over socket and HTTP, accepted or rejected", async () => {
    const { bert, url } = world;
    const { lotId } = await openLot();
    await using http = closing(createRawHttp(url));
    const socket = await openRawSocket(url, { headers: bert.boss.headers() });
    const overSocket = async (id: string, price: string) =>
      (await socket.ask({ id, op: "command", command: { type: "submit_bid", lotId, price } })).frame;
    const overHttp = (id: string, price: string) =>
      http.ask({
        method: "POST",
        path: `/v1/lots/${lotId}/bids`,
        headers: { ...bert.boss.headers(), "idempotency-key": id },
        body: { price },
      });

    const { re, ok, ...receipt } = await overSocket("accepted-1", "8900.00");
    expect([re, ok]).toEqual(["accepted-1", true]);
    const again = await overHttp("accepted-1", "8900.00");
    expect(again.status).toBe(201);
    expect(again.text).toBe(JSON.stringify(receipt));
    expect(await overSocket("accepted-1", "8900.00")).toEqual({ re, ok, ...receipt });

    const { instance: _, ...refused } = (await overHttp("rejected-1", "9999.00")).body as Record<string, unknown>;
    expect(refused).toMatchObject({ code: "above_ceiling", status: 409, limit: "9000.00", pointer: "/price" });
    expect((await overSocket("rejected-1", "9999.00"))["problem"]).toEqual(refused);
    const other = await overHttp("rejected-1", "8800.00");
    expect(other.body).toMatchObject({ code: "key_reused", status: 422 });
    expect(requireValue(await bert.boss.client.lots.get(lotId)).own).toMatchObject({ bidCount: 1, price: "8900.00" });
    socket.terminate();
  });

  test("a bid after the close says by how many milliseconds it was late", async () => {
    const { anna, clock } = world;
    const { tender, lotId } = await openLot();
    await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
    await tender.close();
    clock.skip(1_234);
    const late = await anna.boss.live().commands.submitBid({ lotId, price: "8800.00" });
    if (late.ok) throw new Error("a late bid was accepted");
    const { code, endedAt, lateByMs, at } = late.problem;
    expect(code).toBe("auction_closed");
    expect(lateByMs).toBe((microsOf(String(at)) - microsOf(String(endedAt))) / 1000);
    expect(lateByMs).toBeGreaterThan(1_234);
    const { view } = requireValue(await anna.boss.client.lots.get(lotId));
    expect(endedAt).toBe(view.endsAt);
  });

  test("a refusal names the bound and the nearest price that would pass, and that price passes", async () => {
    const { anna, bert } = world;
    const { lotId } = await openLot();
    await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
    const small = await bert.boss.live().commands.submitBid({ lotId, price: "8899.00" });
    expect(small).toMatchObject({ problem: { code: "step_too_small", pointer: "/price", nearest: "8895.00" } });
    requireReceipt(await bert.boss.live().commands.submitBid({ lotId, price: "8895.00" }));
  });
});

describe("from the close to the contract", () => {
  test("the holder declines, the next best gets it, both sign after the standstill", async () => {
    const { anna, bert, buyer, clock } = world;
    const procedure = { ...auctionProcedure, standstillMs: tenMinutes };
    const { tender, lotId } = await openLot({}, procedure);
    const stream = `lot:${lotId}` as const;
    await act(anna.boss, { type: "submit_bid", lotId, price: "8900.00" });
    await act(bert.boss, { type: "submit_bid", lotId, price: "8850.00" });
    await tender.close();
    const first = await bert.boss.live().until(stream, (_, own) => own?.award?.status === "pending", patience);
    expect(first.own?.award).toMatchObject({ awardId: `${lotId}-a1`, price: "8850.00", rank: 1 });
    expect(requireValue(await anna.boss.client.lots.get(lotId)).own).not.toHaveProperty("award");

    await act(bert.boss, { type: "refuse_award", lotId, awardId: `${lotId}-a1`, reason: "the furnace is down" });
    const second = await anna.boss.live().until(stream, (_, own) => own?.award !== undefined, patience);
    expect(second.own?.award).toMatchObject({ awardId: `${lotId}-a2`, status: "pending", price: "8900.00" });

    const signer = await buyer.hire("finance");
    const clerk = await buyer.hire("buyer");
    const accept = { type: "accept_award", lotId, awardId: `${lotId}-a2` } as const;
    expect(await clerk.client.command(accept)).toMatchObject({ problem: { code: "forbidden" } });
    const accepted: CommandReceipt = await act(signer, accept);
    expect(microsOf(String(accepted.result["standstillEndsAt"])) - microsOf(accepted.at)).toBe(tenMinutes * 1000);
    const sign = { type: "sign_contract", lotId, contractId: `${lotId}-c1` } as const;
    expect(await signer.client.command(sign)).toMatchObject({ problem: { code: "contract_not_found" } });

    clock.skip(tenMinutes);
    await signer.live().until(stream, ({ contract }) => contract !== undefined, patience);
    expect(await signer.client.command({ ...accept, type: "cancel_award", reason: "too late" })).toMatchObject({
      problem: { code: "standstill_over", status: 409 },
    });
    expect((await act(signer, sign)).result).toMatchObject({ complete: false });
    expect(await signer.client.command(sign)).toMatchObject({ problem: { code: "already_signed" } });
    expect((await act(anna.boss, sign)).result).toMatchObject({ complete: true });
    await expectContractOnRecord(lotId, tender.tenderId);
  });

  /** The record as both sides read it, and the row itself. */
  async function expectContractOnRecord(lotId: string, tenderId: string): Promise<void> {
    const { anna, bert, buyer, marketplaceId } = world;
    const record = await until("the contract is signed on record", async () => {
      const [found] = await buyer.boss.client.lots.contracts(lotId, { status: "signed" }).all();
      return found;
    });
    expect(record).toMatchObject({
      contractId: `${lotId}-c1`,
      awardId: `${lotId}-a2`,
      tenderId,
      companyId: anna.companyId,
      ownerCompanyId: buyer.companyId,
      price: "8900.00",
      currency: "EUR",
      status: "signed",
    });
    expect(await anna.boss.client.records.contracts(marketplaceId, { tenderId }).all()).toHaveLength(1);
    expect(await bert.boss.client.records.contracts(marketplaceId, { tenderId }).all()).toEqual([]);
    const awards = await buyer.boss.client.lots.awards(lotId).all();
    expect(awards.map(({ awardId, status }) => [awardId, status]).sort()).toEqual([
      [`${lotId}-a1`, "refused"],
      [`${lotId}-a2`, "accepted"],
    ]);
  }
});

test("whoever decides the journal again comes to the same", async () => {
  const { code, output } = await replayJournal(world.databaseUrl);
  expect(output).toContain("journal and replay agree");
  expect(code).toBe(0);
});

function closing<Closable extends { close: () => void }>(closable: Closable): Closable & AsyncDisposable {
  return { ...closable, [Symbol.asyncDispose]: () => Promise.resolve(closable.close()) };
}
