import type { Micros } from "@kontor/kernel";
import { describe, expect, test } from "vitest";
import { early, FakeShard, givenClearing, late, member, operator } from "./given-clearing.ts";

const given = givenClearing();
const monday = "2026-11-02";
const tuesday = "2026-11-03";
const wednesday = "2026-11-04";
const thursday = "2026-11-05";
const at = (day: string): Micros => Date.parse(`${day}T00:05:00Z`) * 1_000;

let scenes = 0;

/** A market of its own: seller, buyer and third with all that they need for what they trade. */
async function scene(seller: { readonly [assetId: string]: string } = { [early]: "4", [late]: "20" }) {
  scenes += 1;
  const [shard, instrumentId] = [new FakeShard(), await given.listed()];
  const [a, b, c] = ["a", "b", "c"].map((name) => `${name}-${scenes}`) as [string, string, string];
  await given.allocated(shard, instrumentId, { companyId: a, money: "100", receipts: seller });
  await given.allocated(shard, instrumentId, { companyId: b, money: "5000" });
  await given.allocated(shard, instrumentId, { companyId: c, money: "5000" });
  return { shard, instrumentId, a, b, c, trading: (of: string) => tradingOf(of) };
}

async function tradingOf(companyId: string) {
  const all = await given.balances(companyId);
  const trading = Object.entries(all).filter(([name]) => name.startsWith("trading"));
  return Object.fromEntries(trading.map(([name, text]) => [name.slice(-3), text.split(" ")[0]]));
}

const run = (day: string) => given.settlements.run({ at: at(day), limit: 100 });

async function settlementOf(instrumentId: string) {
  const found = await given.settlements.list(operator, { instrumentId });
  return found.ok ? found.data[0] : undefined;
}

async function owedBy(companyId: string, instrumentId: string) {
  const found = await given.settlements.obligations(member(companyId), { instrumentId });
  return found.ok ? found.data[0] : undefined;
}

async function feesTaken(): Promise<string> {
  return (await given.balances(null))["fees EUR"]?.split(" ")[0] ?? "0.00";
}

describe("the trades of a day", () => {
  test("are netted when it is over, and delivered and paid two business days later, in one posting", async () => {
    const { instrumentId, a, b, c, trading } = await scene();
    const before = Number(await feesTaken());
    await given.traded(instrumentId, monday, [
      { buyer: b, seller: a, quantity: "10", price: "200" },
      { buyer: c, seller: b, quantity: "4", price: "210" },
    ]);
    await run(monday);
    expect(await settlementOf(instrumentId)).toBeUndefined();
    await run(tuesday);
    const net = { state: "netted", dueOn: wednesday, price: "210", fees: "4.00", feesOpen: "4.00" };
    expect(await settlementOf(instrumentId)).toMatchObject(net);
    expect(await owedBy(a, instrumentId)).toMatchObject({ money: "1999.00", goods: "-10.0", fees: "1.00" });
    expect(await owedBy(b, instrumentId)).toMatchObject({ money: "-1162.00", goods: "6.0", state: "open" });
    expect(await owedBy(c, instrumentId)).toMatchObject({ money: "-841.00", goodsOpen: "4.0" });
    expect(await trading(a)).toMatchObject({ EUR: "100.00" });
    await run(wednesday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "settled", feesOpen: "0.00", attempts: 1 });
    // The receipts that expire first go first, to the buyers by their ids.
    expect(await trading(a)).toEqual({ EUR: "2099.00", "00a": "0.000", "00b": "14.000" });
    expect(await trading(b)).toEqual({ EUR: "3838.00", "00a": "4.000", "00b": "2.000" });
    expect(await trading(c)).toEqual({ EUR: "4159.00", "00b": "4.000" });
    expect(Number(await feesTaken()) - before).toBe(4);
    expect(await owedBy(b, instrumentId)).toMatchObject({ state: "settled", moneyOpen: "0.00", goodsOpen: "0.0" });
    const [account] = await given.books
      .accounts(member(a), { instrumentId, assetId: "EUR" })
      .then((found) => (found.ok ? found.data : []));
    const postings = await given.books.postings(member(a), account?.accountId ?? "", {});
    expect(postings?.ok && postings.data.at(-1)?.reference).toBe(`Settlement of ${monday} in ${instrumentId}`);
  });

  test("settle once, however often and by how many it is tried", async () => {
    const { instrumentId, a, b, trading } = await scene();
    await given.traded(instrumentId, monday, [{ buyer: b, seller: a, quantity: "3", price: "200" }]);
    await Promise.all([run(wednesday), run(wednesday), run(wednesday)]);
    await run(wednesday);
    expect(await trading(b)).toEqual({ EUR: "4399.00", "00a": "3.000" });
    expect(await given.ledger.audit(operator)).toEqual([]);
  });

  test("are not netted before the read models hold what the shard's journal held", async () => {
    const { instrumentId, a, b } = await scene();
    await given.traded(instrumentId, monday, [{ buyer: b, seller: a, quantity: "3", price: "200" }]);
    await given.sql`update shards set head_seq = 9 where shard = ${instrumentId}`;
    await run(wednesday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "waiting" });
    const key = { instrumentId, tradeDate: monday, at: at(wednesday) };
    expect(await given.settlements.settle(operator, key)).toMatchObject({ code: "settlement_not_ready" });
    await given.sql`update shards set head_seq = 12 where shard = ${instrumentId}`;
    await given.sql`update projection_cursors set seq = 9 where shard = ${instrumentId}`;
    await run(wednesday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "settled" });
  });

  test("settle when the operator says so, also on the day itself, and later ones of the day follow", async () => {
    const { instrumentId, a, b, trading } = await scene();
    const first = { buyer: b, seller: a, quantity: "3", price: "200" };
    await given.traded(instrumentId, monday, [first]);
    const key = { instrumentId, tradeDate: monday, at: at(monday) };
    expect(await given.settlements.settle(operator, key)).toMatchObject({ ok: true, value: { state: "settled" } });
    await given.traded(instrumentId, monday, [first, { ...first, quantity: "1" }]);
    expect(await given.settlements.settle(operator, key)).toMatchObject({ ok: true, value: { state: "settled" } });
    expect(await trading(b)).toEqual({ EUR: "4198.00", "00a": "4.000" });
    const never = { ...key, tradeDate: tuesday };
    expect(await given.settlements.settle(operator, never)).toMatchObject({ code: "settlement_not_ready" });
    const nowhere = { ...key, tradeDate: "2026-02-30" };
    expect(await given.settlements.settle(operator, nowhere)).toMatchObject({ code: "not_found" });
  });

  test("of an instrument on trust are delivered from what companies have at their disposal", async () => {
    const instrumentId = await given.listed({ holds: "none", settlementDays: 0 });
    await given.funded("trusted", late, "5");
    await given.funded("trusting", "EUR", "1000");
    await given.traded(instrumentId, monday, [{ buyer: "trusting", seller: "trusted", quantity: "5", price: "150" }]);
    await run(tuesday);
    expect(await given.balances("trusting")).toEqual({
      "available EUR": "249.00 0.00",
      "available 00b": "5.000 0.000",
    });
    expect(await given.balances("trusted")).toEqual({ "available EUR": "749.00 0.00", "available 00b": "0.000 0.000" });
  });

  test("of more companies than one transfer takes go through clearing, which is even again", async () => {
    const instrumentId = await given.listed({ holds: "none", settlementDays: 0 });
    const buyers = Array.from({ length: 251 }, (_, index) => `crowd-${index}`);
    await given.funded("farmer", late, "251");
    await given.funded(buyers, "EUR", "200");
    const trade = { seller: "farmer", quantity: "1", price: "150", fee: "0" };
    await given.traded(
      instrumentId,
      monday,
      buyers.map((buyer) => ({ ...trade, buyer })),
    );
    await run(tuesday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "settled" });
    expect(await given.balances("crowd-250")).toMatchObject({
      "available EUR": "50.00 0.00",
      "available 00b": "1.000 0.000",
    });
    expect(await given.balances("farmer")).toMatchObject({ "available EUR": "37650.00 0.00" });
    expect(await given.balances(null)).toMatchObject({ "clearing EUR": "0.00 0.00", "clearing 00b": "0.000 0.000" });
    expect(await given.ledger.audit(operator)).toEqual([]);
  });
});

describe("who cannot deliver", () => {
  test("leaves all buyers short in proportion, and makes it good on the next business day", async () => {
    const { shard, instrumentId, a, b, c, trading } = await scene({ [late]: "6" });
    await given.traded(instrumentId, monday, [
      { buyer: b, seller: a, quantity: "6", price: "200", fee: "0" },
      { buyer: c, seller: a, quantity: "3", price: "200", fee: "0" },
    ]);
    await run(wednesday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "failed", nextOn: thursday });
    expect(await trading(b)).toEqual({ EUR: "4200.00", "00b": "4.000" });
    expect(await trading(c)).toEqual({ EUR: "4600.00", "00b": "2.000" });
    expect(await owedBy(a, instrumentId)).toMatchObject({ state: "failed", goodsOpen: "-3.0", moneyOpen: "600.00" });
    await given.allocated(shard, instrumentId, { companyId: a, receipts: { [early]: "5" } });
    await run(wednesday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "failed", attempts: 1 });
    await run(thursday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "settled", attempts: 2 });
    expect(await trading(b)).toEqual({ EUR: "3800.00", "00a": "2.000", "00b": "4.000" });
    expect(await trading(a)).toEqual({ EUR: "1900.00", "00a": "2.000", "00b": "0.000" });
  });

  test("can be bought in: he pays what the goods cost more, and the shard is put right", async () => {
    const { shard, instrumentId, a, b, trading } = await scene({ [late]: "2" });
    await given.traded(instrumentId, monday, [{ buyer: b, seller: a, quantity: "3", price: "200", fee: "0" }]);
    // What the shard's own accounts made of the trade.
    shard.accounts.set(a, { money: 700_00n, goods: 0n });
    shard.accounts.set(b, { money: 4_400_00n, goods: 30n });
    const decision = { instrumentId, tradeDate: monday, companyId: a, reason: "no stock", at: at(wednesday) };
    await run(tuesday);
    const price = "230";
    expect(await given.settlements.buyIn(operator, { ...decision, price })).toMatchObject({
      code: "obligation_not_failed",
    });
    await run(wednesday);
    const odd = await given.settlements.buyIn(operator, { ...decision, price: "230.001" });
    expect(odd).toMatchObject({ code: "off_tick", data: { pointer: "/price" } });
    const bought = await given.settlements.buyIn(operator, { ...decision, price });
    expect(bought).toMatchObject({ ok: true, value: { goodsOpen: "0.0", moneyOpen: "-30.00", reason: "no stock" } });
    await run(thursday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "settled" });
    expect(await trading(a)).toEqual({ EUR: "470.00", "00b": "0.000" });
    expect(await trading(b)).toEqual({ EUR: "4630.00", "00b": "2.000" });
    await given.settlements.correct(shard, { at: at(thursday), limit: 10 });
    expect(shard.of(a)).toEqual({ money: 470_00n, goods: 10n });
    expect(shard.of(b)).toEqual({ money: 4_630_00n, goods: 20n });
    const again = await given.settlements.buyIn(operator, { ...decision, price });
    expect(again).toMatchObject({ code: "obligation_not_failed" });
  });
});

describe("a dispute", () => {
  const disputed = async () => {
    const all = await scene();
    const { instrumentId, a, b } = all;
    await given.traded(instrumentId, monday, [{ buyer: b, seller: a, quantity: "3", price: "200" }]);
    await run(tuesday);
    const key = { instrumentId, tradeDate: monday, reason: "wrong quality", at: at(tuesday) };
    const answer = await given.settlements.dispute(member(b), key);
    expect(answer).toMatchObject({ ok: true, value: { state: "disputed", reason: "wrong quality" } });
    expect(await given.settlements.dispute(member(b), key)).toMatchObject({ code: "obligation_disputed" });
    return { ...all, key };
  };

  test("keeps an obligation out until the operator decides that it stands", async () => {
    const { instrumentId, a, b, key, trading } = await disputed();
    await run(wednesday);
    expect(await trading(a)).toMatchObject({ "00a": "4.000" });
    expect(await owedBy(a, instrumentId)).toMatchObject({ state: "failed" });
    expect(await owedBy(b, instrumentId)).toMatchObject({ state: "disputed" });
    const decision = { ...key, companyId: b, upheld: false, reason: "quality was as agreed" };
    expect(await given.settlements.decideDispute(operator, decision)).toMatchObject({ ok: true });
    expect(await given.settlements.decideDispute(operator, decision)).toMatchObject({
      code: "obligation_not_disputed",
    });
    await run(thursday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "settled" });
    expect(await given.settlements.dispute(member(b), key)).toMatchObject({ code: "obligation_settled" });
  });

  test("upheld releases the company, and the other side loses what it expected", async () => {
    const { instrumentId, a, b, key, trading } = await disputed();
    const decision = { ...key, companyId: b, upheld: true, reason: "quality was poor" };
    expect(await given.settlements.decideDispute(operator, decision)).toMatchObject({
      ok: true,
      value: { state: "settled", moneyOpen: "0.00", goodsOpen: "0.0" },
    });
    await run(wednesday);
    expect(await trading(a)).toMatchObject({ "00a": "4.000" });
    expect(await owedBy(a, instrumentId)).toMatchObject({ goodsOpen: "0.0" });
    expect(await given.settlements.dispute(member("nobody"), key)).toMatchObject({ code: "obligation_unknown" });
    const elsewhere = { ...operator, marketplaceId: "metals" };
    expect(await given.settlements.decideDispute(elsewhere, decision)).toMatchObject({
      code: "obligation_unknown",
    });
  });
});

describe("a trade that is busted", () => {
  test("after it was settled is undone by the next settlement, and the shard is told", async () => {
    const { shard, instrumentId, a, b, trading } = await scene();
    const trade = { buyer: b, seller: a, quantity: "3", price: "200" };
    await given.traded(instrumentId, monday, [trade, { ...trade, quantity: "1" }]);
    await run(wednesday);
    expect(await trading(b)).toMatchObject({ EUR: "4198.00", "00a": "4.000" });
    // The shard keeps on its accounts what it had traded.
    shard.accounts.set(a, { money: 898_00n, goods: 200n });
    shard.accounts.set(b, { money: 4_198_00n, goods: 0n });
    await given.traded(instrumentId, monday, [
      { ...trade, busted: true },
      { ...trade, quantity: "1" },
    ]);
    await run(thursday);
    expect(await settlementOf(instrumentId)).toMatchObject({ state: "settled", fees: "2.00" });
    expect(await trading(a)).toMatchObject({ EUR: "299.00", "00a": "3.000" });
    expect(await trading(b)).toMatchObject({ EUR: "4799.00", "00a": "1.000" });
    await given.settlements.correct(shard, { at: at(thursday), limit: 10 });
    expect(shard.of(a)).toEqual({ money: 299_00n, goods: 230n });
    // What the buyer has sold on, or has in orders, is asked for again later.
    expect(shard.of(b)).toEqual({ money: 4_799_00n, goods: 0n });
    shard.accounts.set(b, { money: 4_799_00n, goods: 40n });
    await given.settlements.correct(shard, { at: at(thursday), limit: 10 });
    expect(shard.of(b)).toEqual({ money: 4_799_00n, goods: 40n });
    await given.settlements.correct(shard, { at: at(thursday) + 120_000_000, limit: 10 });
    expect(shard.of(b)).toEqual({ money: 4_799_00n, goods: 10n });
  });

  test("or corrected before it was settled is settled as it stands", async () => {
    const { shard, instrumentId, a, b, trading } = await scene();
    const trade = { buyer: b, seller: a, quantity: "3", price: "200", fee: "0" };
    await given.traded(instrumentId, monday, [
      { ...trade, busted: true },
      { ...trade, price: "190", corrects: true },
    ]);
    shard.accounts.set(a, { money: 700_00n, goods: 210n });
    shard.accounts.set(b, { money: 4_400_00n, goods: 30n });
    await run(wednesday);
    expect(await trading(b)).toEqual({ EUR: "4430.00", "00a": "3.000" });
    await given.settlements.correct(shard, { at: at(thursday), limit: 10 });
    expect(shard.of(a)).toEqual({ money: 670_00n, goods: 210n });
    expect(shard.of(b)).toEqual({ money: 4_430_00n, goods: 30n });
  });
});

test("obligations are the company's own, and all of the marketplace for its staff", async () => {
  const { instrumentId, a, b } = await scene();
  await given.traded(instrumentId, monday, [{ buyer: b, seller: a, quantity: "3", price: "200" }]);
  await run(tuesday);
  const seen = async (actor: typeof operator) => {
    const found = await given.settlements.obligations(actor, { instrumentId, tradeDate: monday });
    return found.ok ? found.data.map(({ companyId }) => companyId).sort() : found.code;
  };
  expect(await seen(member(a))).toEqual([a]);
  expect(await seen(operator)).toEqual([a, b]);
  expect(await seen({ ...operator, marketplaceId: "metals" })).toEqual([]);
  expect(await given.settlements.list(member(a), {})).toMatchObject({ data: [] });
  expect(await given.settlements.list(operator, { cursor: "bm90IG91cnM" })).toMatchObject({ ok: false });
});
