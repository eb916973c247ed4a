import { randomUUID } from "node:crypto";
import { InstrumentTerms } from "@kontor/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foundView } from "./fake-host.ts";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import type { Market } from "./people.ts";
import { market, participate, person } from "./people.ts";

const instrumentId = "0190a7c0-0000-7000-8000-0000000000aa";
const receipts = "0190a7c0-0000-7000-8000-0000000000bb";
const tradeDate = "2026-03-02";
const at = `/v1/instruments/${instrumentId}/settlements/${tradeDate}`;

let world: GatewayWorld;
let grain: Market;
let mill: Caller;
let farm: Caller;
let books: string;

beforeAll(async () => {
  world = await gatewayWorld();
  grain = await market(world, "grain");
  books = `/v1/marketplaces/${grain.marketplaceId}`;
  mill = await person(world, "Mill", "Mill Ltd");
  farm = await person(world, "Farm", "Farm Ltd");
  await participate(grain, mill);
  await participate(grain, farm);
  const wheat = { kind: "good", assetId: receipts, unit: "TNE", scale: 3, grade: "A", storageLot: "S", place: "Rouen" };
  await grain.operator.post(`${books}/assets`, { kind: "currency", currency: "EUR", scale: 2 }, newKey());
  await grain.operator.post(`${books}/assets`, wheat, newKey());
  await deposited(mill, "EUR", "5000");
  await deposited(farm, receipts, "6");
  await tradedOnTrust();
  world.host.view = ({ actor }) =>
    actor.marketplaceId === grain.marketplaceId
      ? foundView({ marketplaceId: grain.marketplaceId, view: { state: "listed" } })
      : { found: false };
});
afterAll(() => world[Symbol.asyncDispose]());

async function deposited(who: Caller, assetId: string, amount: string): Promise<void> {
  const requestId = randomUUID();
  await who.post(`${books}/deposits`, { requestId, assetId, amount }, newKey());
  const confirmed = await grain.operator.post(`${books}/deposits/${requestId}/confirmation`, undefined, newKey());
  expect(confirmed.status).toBe(200);
}

/** Ten tonnes at 200, of which the farm has six. */
async function tradedOnTrust(): Promise<void> {
  const { sql } = world;
  const terms = InstrumentTerms.parse({
    ...{
      title: "Wheat",
      grade: "A",
      place: "Rouen",
      period: "2026",
      deliveryTerm: "FOB",
      unit: "TNE",
      currency: "EUR",
    },
    ...{ tickSize: "0.25", quantityStep: "0.5", minPrice: "1", maxPrice: "900", maxQuantity: "900", holds: "none" },
  });
  const m = grain.marketplaceId;
  const trade = `${instrumentId}-t0000000001`;
  await sql`insert into instruments
    (id, marketplace_id, created_by, state, version, title, grade, place, terms, phase, drafted_at, seq)
    values (${instrumentId}, ${m}, 'op', 'listed', 1, 'Wheat', 'A', 'Rouen', ${JSON.stringify(terms)}::text::jsonb,
      'continuous', now(), 1)`;
  await sql`insert into shards (shard, mechanism, head_seq, head_hash)
    values (${instrumentId}, 'exchange', 5, decode(repeat('00', 32), 'hex'))`;
  await sql`insert into projection_cursors (projection, shard, seq) values ('records', ${instrumentId}, 5)`;
  await sql`insert into trades (id, instrument_id, marketplace_id, price, quantity, auction, at, place, busted, seq)
    values (${trade}, ${instrumentId}, ${m}, 200, 10, false, '2026-03-02T10:00:00Z', 1, false, 5)`;
  for (const [side, companyId] of [
    ["buy", mill.companyId],
    ["sell", farm.companyId],
  ]) {
    await sql`insert into fills (id, trade_id, order_id, instrument_id, marketplace_id, company_id, side, role, price,
        quantity, value, fee, currency, unit, at, busted, seq)
      values (${`${trade}-${side}`}, ${trade}, ${`${instrumentId}-o0000000001`}, ${instrumentId}, ${m}, ${companyId ?? ""}, ${side ?? ""}, 'taker',
        200, 10, 2000, 1, 'EUR', 'TNE', '2026-03-02T10:00:00Z', false, 5)`;
  }
  await sql`insert into instrument_days (instrument_id, marketplace_id, day, open, high, low, close, volume, turnover,
      trades, orders, seq)
    values (${instrumentId}, ${m}, ${tradeDate}, 200, 200, 200, 200, 10, 2000, 1, 2, 5)`;
}

test("a day is settled, what fails is bought in, and everybody sees his own part of it", async () => {
  expect((await mill.post(`${at}/execution`, undefined, newKey())).body).toMatchObject({ code: "forbidden" });
  const first = await grain.operator.post(`${at}/execution`, undefined, newKey());
  expect([first.status, first.body]).toMatchObject([200, { state: "failed", price: "200", dueOn: "2026-03-04" }]);
  const own = await mill.get(`${books}/obligations?tradeDate=${tradeDate}`);
  expect(own.body).toMatchObject({
    data: [{ companyId: mill.companyId, goods: "10.0", goodsOpen: "4.0" }],
    next: null,
  });
  expect((await mill.get(`${books}/settlements`)).body).toMatchObject({ code: "forbidden" });
  expect((await grain.operator.get(`${books}/settlements?state=failed`)).body).toMatchObject({
    data: [{ instrumentId, tradeDate }],
  });
  const disputed = await mill.post(`${at}/dispute`, { reason: "late" }, newKey());
  expect(disputed.body).toMatchObject({ state: "disputed", reason: "late" });
  const decision = `${at}/obligations/${mill.companyId}/dispute-decision`;
  const dismissed = await grain.operator.post(decision, { upheld: false, reason: "wait for the buy-in" }, newKey());
  expect(dismissed.body).toMatchObject({ state: "failed", goodsOpen: "4.0" });
  const buyIn = { price: "250", reason: "no stock" };
  const bought = await grain.operator.post(`${at}/obligations/${farm.companyId}/buy-in`, buyIn, newKey());
  expect(bought.body).toMatchObject({ moneyOpen: "-200.00", goodsOpen: "0.0" });
  const last = await grain.operator.post(`${at}/execution`, undefined, newKey());
  expect(last.body).toMatchObject({ state: "settled" });
  const accounts = await mill.get(`${books}/accounts?purpose=available&assetId=EUR`);
  // Six tonnes and the fee paid, four bought elsewhere for 50 a tonne more.
  expect(accounts.body).toMatchObject({ data: [{ balance: "3999.00" }] });
  const absent = await grain.operator.post(`${at.replace(tradeDate, "2026-03-03")}/execution`, undefined, newKey());
  expect([absent.status, absent.body]).toMatchObject([409, { code: "settlement_not_ready" }]);
});

test("a statement is read as a document and as a table, of one's own company", async () => {
  const account = (await mill.get(`${books}/accounts?assetId=EUR`)).body as { data: readonly { accountId: string }[] };
  const postings = await mill.get(`${books}/accounts/${account.data[0]?.accountId ?? ""}/postings`);
  const day = (postings.body as { data: readonly { at: string }[] }).data.at(-1)?.at.slice(0, 10) ?? "";
  const { status, body } = await mill.get(`${books}/statements/${day}`);
  expect([status, body]).toMatchObject([200, { companyId: mill.companyId, day }]);
  const foreign = await mill.get(`${books}/statements/${day}?companyId=${farm.companyId}`);
  expect([foreign.status, foreign.body]).toMatchObject([404, { code: "not_found" }]);
  const table = await world.app.inject({ url: `${books}/statements/${day}/table`, headers: { cookie: mill.cookie } });
  expect(table.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(table.body.split("\r\n")[0]).toContain("line,at,account,instrument,asset,unit,reference");
  expect(table.body).toContain(`Settlement of ${tradeDate} in ${instrumentId}`);
  const traded = await farm.get(`${books}/statements/${tradeDate}`);
  expect(traded.body).toMatchObject({ fills: [{ side: "sell", quantity: "10" }], fees: [{ amount: "1" }] });
});
