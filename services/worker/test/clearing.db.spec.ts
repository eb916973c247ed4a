import { randomUUID } from "node:crypto";
import type { CommandAnswer, CommandRequest } from "@kontor/bus";
import { createInProcessBus, subjects } from "@kontor/bus";
import type { Connection } from "@kontor/db";
import { connect, createAllocationRepository, createAssetRequestRepository, createBooksRepository } from "@kontor/db";
import type { TestDatabase } from "@kontor/db/testing";
import { createTestDatabase } from "@kontor/db/testing";
import type { Actor } from "@kontor/kernel";
import { InstrumentTerms, problemOf } from "@kontor/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClearing } from "../src/index.ts";

const instrumentId = "55555555-5555-4555-8555-555555555555";
const operator: Actor = { kind: "operator", userId: "op", companyId: null, marketplaceId: "grain" };
const member: Actor = { kind: "member", userId: "clerk", companyId: "mill", marketplaceId: "grain" };
const terms = InstrumentTerms.parse({
  ...{ title: "Wheat", grade: "A", place: "Rouen", period: "2026", deliveryTerm: "FOB", unit: "TNE", currency: "EUR" },
  ...{ tickSize: "1", quantityStep: "1", minPrice: "1", maxPrice: "9", maxQuantity: "9" },
});

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { max: 4 });
  await connection.sql`insert into marketplaces (id, slug, name, currency) values ('grain', 'grain', 'Grain', 'EUR')`;
  await createBooksRepository(connection.db).registerAsset(operator, { kind: "currency", currency: "EUR", scale: 2 });
  await connection.sql`insert into instruments
    (id, marketplace_id, created_by, state, version, title, grade, place, terms, phase, drafted_at, seq)
    values (${instrumentId}, 'grain', 'op', 'listed', 1, 'Wheat', 'A', 'Rouen', ${JSON.stringify(terms)}::text::jsonb,
      'continuous', now(), 1)`;
});
afterAll(async () => {
  await connection.close();
  await database.drop();
});

test("what a crash left open is finished in the background, also when the host was away at first", async () => {
  const at = 1_793_620_800_000_000;
  const input = { requestId: randomUUID(), assetId: "EUR", amount: "5", note: "" };
  const requests = createAssetRequestRepository(connection.db);
  await requests.request(member, { direction: "deposit", input, at });
  const decision = { direction: "deposit", requestId: input.requestId, decision: "confirm", reason: null, at } as const;
  await requests.decide(operator, decision);
  const id = randomUUID();
  await connection.sql`insert into allocations (id, marketplace_id, instrument_id, company_id, direction, cause, currency,
    money, goods, receipts, requested_by, requested_at, changed_at) values (${id}, 'grain', ${instrumentId}, 'mill',
    'in', 'request', 'EUR', '5.00', '0', '[]'::jsonb, 'clerk', '2026-11-02T12:00:00Z', '2026-11-02T12:00:00Z')`;
  const bus = createInProcessBus();
  const asked: CommandRequest[] = [];
  const failures: object[] = [];
  bus.serve(subjects.command, (request: CommandRequest): Promise<CommandAnswer> => {
    asked.push(request);
    const busy = asked.length === 1;
    return Promise.resolve(
      busy
        ? { ok: false, problem: problemOf("overloaded") }
        : { ok: false, epoch: 1, seq: 2, at: 1, problem: problemOf("insufficient_funds") },
    );
  });
  const clearing = createClearing({
    bus,
    db: connection.db,
    clock: { now: () => Date.now() * 1_000 },
    log: { info: () => {}, error: (fields) => failures.push(fields) },
    ...{ resumeMs: 5, settleMs: 5, commandTimeoutMs: 1_000 },
  });
  const find = () => createAllocationRepository(connection.db).find(operator, id);
  clearing.start();
  await expect.poll(async () => (await find())?.state, { timeout: 20_000 }).toBe("refused");
  await clearing.stop();
  await bus.close();
  expect(asked.slice(0, 2).map(({ key }) => key)).toEqual([id, id]);
  expect(asked[0]).toMatchObject({ shard: instrumentId, command: { type: "allocate_assets", companyId: "mill" } });
  expect(failures).toEqual([]);
  expect(await find()).toMatchObject({ problem: { code: "insufficient_funds" } });
});
