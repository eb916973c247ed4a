import { limits } from "@kontor/kernel";
import { expect, test } from "vitest";
import { createStatementRepository } from "../src/index.ts";
import { FakeShard, givenClearing, late, member, operator } from "./given-clearing.ts";

const given = givenClearing();
const monday = "2026-11-02";
const wednesday = "2026-11-04";
const statements = () => createStatementRepository(given.db);

test("a statement tells balances, postings, fills and fees of one day, and the day after begins where it ended", async () => {
  const [shard, instrumentId] = [new FakeShard(), await given.listed()];
  await given.allocated(shard, instrumentId, { companyId: "farm", receipts: { [late]: "8" } });
  await given.allocated(shard, instrumentId, { companyId: "mill", money: "2000" });
  const trade = { buyer: "mill", seller: "farm", quantity: "2", price: "200" };
  await given.traded(instrumentId, monday, [trade, { ...trade, busted: true, fee: "5.00" }]);
  await given.settlements.run({ at: Date.parse(`${wednesday}T00:05:00Z`) * 1_000, limit: 10 });

  const first = await statements().ofDay(member("mill"), { day: monday });
  expect(first).toMatchObject({
    ok: true,
    value: {
      companyId: "mill",
      from: "2026-11-02T00:00:00.000000Z",
      until: "2026-11-03T00:00:00.000000Z",
      fills: [
        { side: "buy", quantity: "2", value: "400.00", fee: "1.00", busted: false },
        { fee: "5.00", busted: true },
      ],
      fees: [{ currency: "EUR", amount: "1.00" }],
    },
  });
  const tellOf = (found: typeof first) =>
    (found.ok ? found.value.accounts : [])
      .map(({ account, opening, postings, closing }) => {
        const name = `${account.purpose} ${account.asset.assetId.slice(-3)}`;
        return [name, opening, postings.map(({ amount }) => amount).join(" "), closing];
      })
      .sort();
  expect(tellOf(first)).toEqual([
    ["available EUR", "0.00", "2000.00 -2000.00", "0.00"],
    ["trading EUR", "0.00", "2000.00", "2000.00"],
  ]);
  const third = await statements().ofDay(member("mill"), { day: wednesday });
  expect(tellOf(third)).toEqual([
    ["available EUR", "0.00", "", "0.00"],
    ["trading 00b", "0.000", "2.000", "2.000"],
    ["trading EUR", "2000.00", "-401.00", "1599.00"],
  ]);
  expect(third.ok && third.value.fills).toEqual([]);
});

test("is for one's own company, and staff read that of any and of the marketplace", async () => {
  expect(await statements().ofDay(member("farm"), { day: monday, companyId: "mill" })).toMatchObject({
    ok: false,
    code: "not_found",
  });
  expect(await statements().ofDay(operator, { day: monday, companyId: "mill" })).toMatchObject({
    ok: true,
    value: { companyId: "mill", fills: [{}, {}] },
  });
  const own = await statements().ofDay(operator, { day: wednesday });
  expect(own.ok && own.value.accounts.map(({ account, closing }) => `${account.purpose} ${closing}`)).toContain(
    "fees 2.00",
  );
  expect(await statements().ofDay(operator, { day: "2026-02-30" })).toMatchObject({ code: "not_found" });
});

test("has an end: a day of too many lines is read page by page", async () => {
  const instrumentId = await given.listed();
  await given.sql`insert into fills (id, trade_id, order_id, instrument_id, marketplace_id, company_id, side, role, price,
      quantity, value, fee, currency, unit, at, busted, seq)
    select 'f' || n, 't', 'o', ${instrumentId}, 'grain', 'busy', 'buy', 'taker', 1, 1, 1, 0, 'EUR', 'TNE',
      '2026-11-02T10:00:00Z', false, 1 from generate_series(1, ${limits.statementLinesMax + 1}) n`;
  expect(await statements().ofDay(member("busy"), { day: monday })).toMatchObject({
    ok: false,
    code: "statement_too_large",
    data: { max: limits.statementLinesMax },
  });
});
