import type { CommandReceipt } from "@kontor/protocol";
import type { Result } from "@kontor/sdk";
import { newId, requireValue } from "@kontor/sdk";
import { wheatTerms } from "@kontor/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openMarket } from "../world/instruments.ts";
import type { Company } from "../world/people.ts";
import { act } from "../world/tenders.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Money and grain from the deposit to the delivery, through the real market. */

let world: World;
let instrumentId: string;
const receipts = newId();

beforeAll(async () => {
  world = await createWorld({ clearing: { settleMs: 20 } });
  const { operator, marketplaceId } = world;
  const { ledger } = operator.client;
  requireValue(await ledger.registerAsset(marketplaceId, { kind: "currency", currency: "EUR", scale: 2 }));
  const { unit, grade, place } = wheatTerms();
  const wheat = { kind: "good", assetId: receipts, unit, scale: 3, grade, place, storageLot: "Silo 4" } as const;
  requireValue(await ledger.registerAsset(marketplaceId, wheat));
  const market = await openMarket({ marketplaceId, operator, terms: { holds: "allocated", settlementDays: 0 } });
  instrumentId = market.instrumentId;
  await until("the instrument is on record", async () => (await operator.client.instruments.read(instrumentId)).ok);
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

async function deposited({ boss }: Company, assetId: string, amount: string): Promise<void> {
  const { operator, marketplaceId } = world;
  const requestId = newId();
  requireValue(await boss.client.ledger.deposits.request(marketplaceId, { requestId, assetId, amount }));
  requireValue(await operator.client.ledger.deposits.confirm({ marketplaceId, requestId }));
}

const allocate = ({ boss }: Company, direction: "in" | "out", what: { money?: string; quantity?: string }) =>
  boss.client.ledger.allocate(instrumentId, {
    allocationId: newId(),
    direction,
    money: what.money ?? "0",
    receipts: what.quantity === undefined ? [] : [{ assetId: receipts, quantity: what.quantity }],
  });

const order = ({ boss }: Company, side: "buy" | "sell"): Promise<CommandReceipt> =>
  act(boss, { type: "submit_order", instrumentId, side, price: "200.00", quantity: "50" });

async function balancesOf({ boss }: Company): Promise<Readonly<Record<string, string>>> {
  const accounts = await boss.client.ledger.accounts(world.marketplaceId).all();
  return Object.fromEntries(accounts.map(({ purpose, asset, balance }) => [`${purpose} ${asset.unit}`, balance]));
}

const codeOf = (result: Result<unknown>): string => (result.ok ? "ok" : result.problem.code);

test("what is put in is traded, settled, and comes out again; nothing twice and nothing before it is settled", async () => {
  const { operator, buyer, anna, marketplaceId } = world;
  await deposited(buyer, "EUR", "15000");
  await deposited(anna, receipts, "60");
  expect(requireValue(await allocate(buyer, "in", { money: "12000" })).state).toBe("done");
  expect(requireValue(await allocate(anna, "in", { quantity: "50" })).state).toBe("done");
  expect(codeOf(await allocate(anna, "in", { quantity: "50" }))).toBe("insufficient_balance");

  await order(anna, "sell");
  expect(codeOf(await allocate(anna, "out", { quantity: "50" }))).toBe("insufficient_goods");
  await order(buyer, "buy");
  // The instrument has the proceeds; the books do not.
  const early = await allocate(anna, "out", { money: "10000" });
  expect(early).toMatchObject({ problem: { code: "allocation_unsettled", available: "0.00", required: "10000.00" } });
  expect(codeOf(await allocate(buyer, "out", { money: "2000.01" }))).toBe("insufficient_funds");

  const tradeDate = world.clock.instantIn(0).slice(0, 10);
  const settlement = await until("the day is settled", async () => {
    const settled = await operator.client.ledger.settle({ instrumentId, tradeDate });
    return settled.ok && settled.value.state === "settled" ? settled.value : null;
  });
  expect(settlement).toMatchObject({ price: "200.00", currency: "EUR", feesOpen: "0.00" });
  expect(await anna.boss.client.ledger.obligations(marketplaceId).all()).toMatchObject([
    { companyId: anna.companyId, money: "10000.00", goods: "-50", state: "settled" },
  ]);
  expect(requireValue(await allocate(anna, "out", { money: "10000" })).state).toBe("done");
  expect(requireValue(await allocate(buyer, "out", { money: "2000", quantity: "50" })).state).toBe("done");
  const none = { "trading EUR": "0.00", "trading TNE": "0.000" };
  expect(await balancesOf(anna)).toEqual({ ...none, "available EUR": "10000.00", "available TNE": "10.000" });
  expect(await balancesOf(buyer)).toEqual({ ...none, "available EUR": "5000.00", "available TNE": "50.000" });
  const statement = requireValue(await anna.boss.client.ledger.statement({ marketplaceId, day: tradeDate }));
  expect(statement.fills).toMatchObject([{ side: "sell", quantity: "50", value: "10000.00" }]);
});

test("a standing instruction brings back what is free when the market closes", async () => {
  const { buyer, operator } = world;
  requireValue(await allocate(buyer, "in", { money: "100" }));
  requireValue(await buyer.boss.client.ledger.instructSweep(instrumentId, true));
  expect(requireValue(await buyer.boss.client.ledger.sweep(instrumentId)).atClose).toBe(true);
  await act(operator, { type: "set_phase", instrumentId, phase: "closed", reason: "The end of the day." });
  await until("all of it is back", async () => (await balancesOf(buyer))["available EUR"] === "5000.00");
  const [sweep] = await buyer.boss.client.ledger.allocations(instrumentId).all();
  expect(sweep).toMatchObject({ cause: "sweep", direction: "out", money: "100.00", state: "done" });
});
