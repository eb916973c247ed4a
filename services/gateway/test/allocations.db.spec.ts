import { randomUUID } from "node:crypto";
import { InstrumentTerms, problemOf } from "@kontor/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foundView } from "./fake-host.ts";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import type { Market } from "./people.ts";
import { market, participate, person } from "./people.ts";

const instrumentId = "0190a7c0-0000-7000-8000-0000000000aa";
const at = `/v1/instruments/${instrumentId}`;

let world: GatewayWorld;
let grain: Market;
let mill: Caller;
let baker: Caller;

beforeAll(async () => {
  world = await gatewayWorld();
  grain = await market(world, "grain");
  mill = await person(world, "Mill", "Mill Ltd");
  baker = await person(world, "Baker", "Baker Ltd");
  await participate(grain, mill);
  await participate(grain, baker);
  const books = `/v1/marketplaces/${grain.marketplaceId}`;
  await grain.operator.post(`${books}/assets`, { kind: "currency", currency: "EUR", scale: 2 }, newKey());
  const requestId = randomUUID();
  await mill.post(`${books}/deposits`, { requestId, assetId: "EUR", amount: "100" }, newKey());
  await grain.operator.post(`${books}/deposits/${requestId}/confirmation`, undefined, newKey());
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
    ...{ tickSize: "1", quantityStep: "1", minPrice: "1", maxPrice: "9", maxQuantity: "9" },
  });
  await world.sql`insert into instruments
    (id, marketplace_id, created_by, state, version, title, grade, place, terms, phase, drafted_at, seq)
    values (${instrumentId}, ${grain.marketplaceId}, 'operator', 'listed', 1, 'Wheat', 'A', 'Rouen',
      ${JSON.stringify(terms)}::text::jsonb, 'continuous', now(), 1)`;
  world.host.view = ({ actor }) =>
    actor.marketplaceId === grain.marketplaceId
      ? foundView({ marketplaceId: grain.marketplaceId, view: { state: "listed" } })
      : { found: false };
});
afterAll(() => world[Symbol.asyncDispose]());

const allocated = (who: Caller, money: string, direction = "in") =>
  who.post(`${at}/allocations`, { allocationId: randomUUID(), direction, money }, newKey());

test("a company puts money into an instrument, and others see nothing of it", async () => {
  const { status, body } = await allocated(mill, "60");
  expect([status, body]).toMatchObject([201, { state: "done", money: "60.00", instrumentId }]);
  expect(world.host.commands.at(-1)).toMatchObject({
    shard: instrumentId,
    mechanism: "exchange",
    key: body["allocationId"],
    actor: { kind: "system", marketplaceId: grain.marketplaceId },
    command: { type: "allocate_assets", companyId: mill.companyId, money: "60.00" },
  });
  const one = `${at}/allocations/${String(body["allocationId"])}`;
  expect((await mill.get(one)).body).toEqual(body);
  expect((await baker.get(one)).status).toBe(404);
  expect((await baker.get(`${at}/allocations`)).body).toMatchObject({ data: [] });
  expect((await grain.operator.get(`${at}/allocations`)).body).toMatchObject({ data: [body] });
});

test("what the ledger or the instrument refuses is told with its numbers", async () => {
  const poor = await allocated(mill, "40.01");
  expect([poor.status, poor.body]).toMatchObject([409, { code: "insufficient_balance", available: "40.00" }]);
  const unsettled = await allocated(mill, "61", "out");
  expect([unsettled.status, unsettled.body]).toMatchObject([409, { code: "allocation_unsettled", available: "60.00" }]);
  const { answer } = world.host;
  world.host.answer = () => ({ ok: false, epoch: 1, seq: 2, problem: problemOf("insufficient_funds", { limit: "5" }) });
  expect((await allocated(mill, "6", "out")).body).toMatchObject({ code: "insufficient_funds", limit: "5" });
  world.host.answer = () => ({ ok: false, problem: problemOf("overloaded") });
  const waiting = await allocated(mill, "6", "out");
  expect([waiting.status, waiting.body]).toMatchObject([201, { state: "held" }]);
  world.host.answer = answer;
  expect((await allocated(grain.operator, "1")).body).toMatchObject({ code: "forbidden" });
});

test("a company says whether what is free flows back at the close", async () => {
  expect((await mill.get(`${at}/sweep`)).body).toEqual({ instrumentId, atClose: false });
  const put = await mill.send("PUT", `${at}/sweep`, { body: { atClose: true }, headers: newKey() });
  expect([put.status, put.body]).toEqual([200, { instrumentId, atClose: true }]);
  expect((await mill.get(`${at}/sweep`)).body).toMatchObject({ atClose: true });
  expect((await baker.get(`${at}/sweep`)).body).toMatchObject({ atClose: false });
});
