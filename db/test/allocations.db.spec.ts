import { randomUUID } from "node:crypto";
import type { AllocationInput } from "@kontor/protocol";
import { describe, expect, test } from "vitest";
import type { Answered } from "../src/index.ts";
import { early, FakeShard, givenClearing, late, member, noon, operator, strange } from "./given-clearing.ts";

const given = givenClearing();
const later = noon + 60_000_000;

const input = (change: Partial<AllocationInput> = {}): AllocationInput => {
  return { allocationId: randomUUID(), direction: "in", money: "100", receipts: [], ...change };
};

let companies = 0;
/** A company of its own with 1,000 euro and two kinds of receipts. */
async function company(): Promise<string> {
  companies += 1;
  const id = `mill-${companies}`;
  await given.funded(id, "EUR", "1000");
  await given.funded(id, early, "10");
  await given.funded(id, late, "20");
  return id;
}

const request = (shard: FakeShard, companyId: string, asked: { instrumentId: string; input: AllocationInput }) =>
  given.allocations.request(member(companyId), shard, { ...asked, at: noon });

const stateOf = <Value extends { state: string }>(answer: Answered<Value>): string =>
  answer.ok ? answer.value.state : answer.code;

describe("what is allocated", () => {
  test("goes from the books into the instrument, and the shard is told the same", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    const receipts = [
      { assetId: early, quantity: "10" },
      { assetId: late, quantity: "2.5" },
    ];
    const asked = await request(shard, mill, { instrumentId, input: input({ money: "250.5", receipts }) });
    expect(asked).toMatchObject({ ok: true, value: { state: "done", money: "250.50", cause: "request" } });
    expect(await given.balances(mill)).toEqual({
      "available EUR": "749.50 0.00",
      "available 00a": "0.000 0.000",
      "available 00b": "17.500 0.000",
      "trading EUR": "250.50 0.00",
      "trading 00a": "10.000 0.000",
      "trading 00b": "2.500 0.000",
    });
    expect(shard.commands).toMatchObject([
      {
        shard: instrumentId,
        actor: { kind: "system", marketplaceId: "grain" },
        command: { type: "allocate_assets", companyId: mill, money: "250.50", goods: "12.5" },
      },
    ]);
  });

  test("flows back as far as the shard has it free", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    await request(shard, mill, { instrumentId, input: input() });
    const back = input({ direction: "out", money: "40" });
    expect(stateOf(await request(shard, mill, { instrumentId, input: back }))).toBe("done");
    expect(await given.balances(mill)).toMatchObject({ "available EUR": "940.00 0.00", "trading EUR": "60.00 0.00" });
    // The rest is in orders.
    shard.accounts.set(mill, { money: 10_00n, goods: 0n });
    const refused = await request(shard, mill, { instrumentId, input: input({ direction: "out", money: "60" }) });
    expect(refused).toMatchObject({ ok: false, code: "insufficient_funds", data: { limit: "0.00" } });
    expect(await given.balances(mill)).toMatchObject({ "trading EUR": "60.00 0.00" });
  });

  test("does not flow back before it is settled, and the shard is not asked", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    await request(shard, mill, { instrumentId, input: input() });
    shard.accounts.set(mill, { money: 500_00n, goods: 0n });
    const asked = await request(shard, mill, { instrumentId, input: input({ direction: "out", money: "101" }) });
    const numbers = { available: "100.00", required: "101.00", creditLimit: "0.00", assetId: "EUR" };
    expect(asked).toMatchObject({ ok: false, code: "allocation_unsettled", data: numbers });
    expect(shard.commands).toHaveLength(1);
  });

  test("is the same when it is asked for again, whichever way amounts are written; another one is refused", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    const asked = input({ money: "10.50", receipts: [{ assetId: early, quantity: "1" }] });
    const first = await request(shard, mill, { instrumentId, input: asked });
    const again = { ...asked, money: "10.5", receipts: [{ assetId: early, quantity: "1.000" }] };
    expect(await request(shard, mill, { instrumentId, input: again })).toEqual(first);
    expect(await given.balances(mill)).toMatchObject({ "trading EUR": "10.50 0.00" });
    for (const other of [{ money: "11" }, { direction: "out" as const }, { receipts: [] }]) {
      expect(stateOf(await request(shard, mill, { instrumentId, input: { ...asked, ...other } }))).toBe("id_reused");
    }
    const foreign = await company();
    expect(stateOf(await request(shard, foreign, { instrumentId, input: asked }))).toBe("id_reused");
  });
});

describe("a crash after each step leaves nothing half", () => {
  const whole = { "available EUR": "900.00 0.00", "trading EUR": "100.00 0.00" };
  const nothing = { "available EUR": "1000.00 0.00" };

  test("after the row was written", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    const id = randomUUID();
    await given.sql`insert into allocations (id, marketplace_id, instrument_id, company_id, direction, cause, currency,
      money, goods, receipts, requested_by, requested_at, changed_at) values (${id}, 'grain', ${instrumentId}, ${mill},
      'in', 'request', 'EUR', '100.00', '0.0', '[]'::jsonb, 'clerk', '2026-11-02T12:00:00Z', '2026-11-02T12:00:00Z')`;
    expect(await given.balances(mill)).toMatchObject(nothing);
    await given.allocations.resume(shard, { at: later, limit: 100 });
    expect(await given.balances(mill)).toMatchObject(whole);
    expect(shard.of(mill).money).toBe(100_00n);
  });

  test.each(["unreachable", "overloaded", "loses answers"] as const)(
    "after the hold, when the host %s: the same command goes again under its key",
    async (mode) => {
      const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
      shard.mode = mode;
      const asked = input();
      expect(stateOf(await request(shard, mill, { instrumentId, input: asked }))).toBe("held");
      expect(await given.balances(mill)).toMatchObject({ "available EUR": "1000.00 100.00" });
      await given.allocations.resume(shard, { at: later, limit: 100 });
      expect(stateOf(await request(shard, mill, { instrumentId, input: asked }))).toBe("held");
      shard.mode = "answers";
      await given.allocations.resume(shard, { at: later + 60_000_000, limit: 100 });
      expect(await given.balances(mill)).toMatchObject(whole);
      expect(shard.of(mill).money).toBe(100_00n);
      expect(await given.allocations.find(member(mill), asked.allocationId)).toMatchObject({ state: "done" });
    },
  );

  test("after a rejection whose answer was lost: the hold is given up", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    await request(shard, mill, { instrumentId, input: input() });
    shard.accounts.set(mill, { money: 0n, goods: 0n });
    shard.mode = "loses answers";
    const asked = input({ direction: "out", money: "50" });
    expect(stateOf(await request(shard, mill, { instrumentId, input: asked }))).toBe("held");
    expect(await given.balances(mill)).toMatchObject({ "trading EUR": "100.00 50.00" });
    shard.mode = "answers";
    shard.accounts.set(mill, { money: 100_00n, goods: 0n });
    await given.allocations.resume(shard, { at: later, limit: 100 });
    expect(await given.balances(mill)).toMatchObject(whole);
    const record = await given.allocations.find(operator, asked.allocationId);
    expect(record).toMatchObject({ state: "refused", problem: { code: "insufficient_funds" } });
  });

  test("many at once finish it once", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    const asked = input();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => request(shard, mill, { instrumentId, input: asked })),
    );
    expect(new Set(answers.map(stateOf))).toEqual(new Set(["done"]));
    expect(await given.balances(mill)).toMatchObject(whole);
    expect(shard.of(mill).money).toBe(100_00n);
    expect(await given.ledger.audit(operator)).toEqual([]);
  });
});

describe("what does not fit is refused before anything is kept", () => {
  const receipts = (assetId: string, quantity: string) => ({ money: "0", receipts: [{ assetId, quantity }] });
  test.each([
    [{ money: "0" }, "amount_missing", {}],
    [{ money: "1.005" }, "amount_scale_exceeded", { scale: 2, pointer: "/money" }],
    [receipts(strange, "1"), "asset_unfit", { rule: "place", pointer: "/receipts/0" }],
    [receipts(early, "0.75"), "off_quantity_step", { limit: "0.500", pointer: "/receipts/0/quantity" }],
    [receipts(early, "0.0001"), "amount_scale_exceeded", { scale: 3 }],
    [receipts("00000000-0000-4000-8000-00000000000d", "1"), "asset_unknown", {}],
    [
      { receipts: [...receipts(early, "1").receipts, ...receipts(early, "1").receipts] },
      "asset_unfit",
      { rule: "repeated" },
    ],
    [{ money: "1000.01" }, "insufficient_balance", { available: "1000.00", required: "1000.01" }],
  ] as const)("%j", async (wrong, code, data) => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    const asked = input(wrong as Partial<AllocationInput>);
    expect(await request(shard, mill, { instrumentId, input: asked })).toMatchObject({ ok: false, code, data });
    expect(shard.commands).toEqual([]);
  });

  test("receipts must last until what trades today could be delivered, holidays and weekends counted", async () => {
    const [shard, mill] = [new FakeShard(), await company()];
    // Noon of Monday 2 November 2026.
    const lasting = await given.listed({ settlementDays: 43 });
    const asked = { money: "0", receipts: [{ assetId: early, quantity: "1" }] };
    expect(stateOf(await request(shard, mill, { instrumentId: lasting, input: input(asked) }))).toBe("done");
    const timetable = { timeZone: "Europe/Paris", weekdays: [1], holidays: ["2026-12-25"], steps: [] };
    const tooLong = await given.listed({ settlementDays: 43, timetable });
    const refused = await request(shard, mill, { instrumentId: tooLong, input: input(asked) });
    expect(refused).toMatchObject({ code: "asset_unfit", data: { rule: "expiresOn" } });
  });

  test("an instrument on trust needs no allocation, one of elsewhere is not there, a new one not yet", async () => {
    const [shard, mill] = [new FakeShard(), await company()];
    const trusting = await given.listed({ holds: "none" });
    expect(stateOf(await request(shard, mill, { instrumentId: trusting, input: input() }))).toBe(
      "allocation_not_needed",
    );
    expect(stateOf(await request(shard, mill, { instrumentId: randomUUID(), input: input() }))).toBe("unavailable");
    const elsewhere = { ...member(mill), marketplaceId: "metals" };
    const instrumentId = await given.listed();
    const asked = given.allocations.request(elsewhere, shard, { instrumentId, input: input(), at: noon });
    expect(stateOf(await asked)).toBe("not_found");
  });
});

describe("the standing instruction", () => {
  const sweep = (shard: FakeShard) => given.sweeps.sweep(shard, { at: later, limit: 100 });
  const phase = (instrumentId: string, to: string) =>
    given.sql`update instruments set phase = ${to} where id = ${instrumentId}`;

  test("lets all that is free and settled flow back at each close, once", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    const receipts = [
      { assetId: early, quantity: "3" },
      { assetId: late, quantity: "4" },
    ];
    await request(shard, mill, { instrumentId, input: input({ receipts }) });
    const order = { instrumentId, atClose: true, at: noon };
    expect(await given.sweeps.instruct(member(mill), order)).toMatchObject({ ok: true, value: { atClose: true } });
    await sweep(shard);
    expect(await given.balances(mill)).toMatchObject({ "trading EUR": "100.00 0.00" });
    // Of the goods five are free, and the money includes a sale that is not settled.
    shard.accounts.set(mill, { money: 150_00n, goods: 50n });
    await phase(instrumentId, "closed");
    await sweep(shard);
    expect(await given.balances(mill)).toMatchObject({
      "trading EUR": "0.00 0.00",
      "trading 00a": "0.000 0.000",
      "trading 00b": "2.000 0.000",
    });
    expect(shard.of(mill)).toEqual({ money: 50_00n, goods: 0n });
    await request(shard, mill, { instrumentId, input: input({ money: "7" }) });
    await sweep(shard);
    expect(await given.balances(mill)).toMatchObject({ "trading EUR": "7.00 0.00" });
    await phase(instrumentId, "continuous");
    await sweep(shard);
    await phase(instrumentId, "closed");
    await sweep(shard);
    expect(await given.balances(mill)).toMatchObject({ "trading EUR": "0.00 0.00" });
    const found = await given.allocations.list(member(mill), instrumentId, {});
    expect(found.ok && found.data.filter(({ cause }) => cause === "sweep")).toHaveLength(2);
  });

  test("can be taken back, and is the company's own", async () => {
    const [shard, instrumentId, mill] = [new FakeShard(), await given.listed(), await company()];
    await request(shard, mill, { instrumentId, input: input() });
    await given.sweeps.instruct(member(mill), { instrumentId, atClose: true, at: noon });
    expect(await given.sweeps.instruction(member(await company()), instrumentId)).toMatchObject({ atClose: false });
    await given.sweeps.instruct(member(mill), { instrumentId, atClose: false, at: noon });
    await phase(instrumentId, "closed");
    await sweep(shard);
    expect(await given.balances(mill)).toMatchObject({ "trading EUR": "100.00 0.00" });
  });
});
