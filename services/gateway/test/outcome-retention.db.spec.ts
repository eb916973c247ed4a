import { createRequestOutcomeStore } from "@kontor/db/auth";
import { limits } from "@kontor/kernel";
import { expect, test } from "vitest";
import type { GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { person } from "./people.ts";

const day = 86_400_000;
const rowsMax = limits.requestOutcomesSweepRows;

/** Answers given so many days ago, under keys that count up. */
async function given({ sql }: GatewayWorld, daysAgo: number, count: number): Promise<void> {
  await sql`
    insert into request_outcomes (scope, request_key, fingerprint, status, begun_at)
    select 'days ' || ${daysAgo}::int, 'key-' || number, 'f', 200, now() - ${daysAgo}::int * interval '1 day'
    from generate_series(1, ${count}::int) as number`;
}

async function kept({ sql }: GatewayWorld): Promise<Record<string, number>> {
  const rows = await sql<{ scope: string; count: number }[]>`
    select scope, count(*)::int from request_outcomes group by scope`;
  return Object.fromEntries(rows.map(({ scope, count }) => [scope, count]));
}

test("answers are kept for 400 days and deleted oldest first, so many at a time", async () => {
  await using world = await gatewayWorld();
  const outcomes = createRequestOutcomeStore(world.accountDatabase);
  await given(world, 399, 3);
  await given(world, 401, 3);
  await given(world, 500, 2);
  const bounds = { keptMs: limits.requestOutcomesKeptMs, rowsMax: 4 };
  expect(bounds.keptMs).toBe(400 * day);
  expect(await outcomes.forget(bounds)).toBe(4);
  expect(await kept(world)).toEqual({ "days 399": 3, "days 401": 1 });
  expect(await outcomes.forget(bounds)).toBe(1);
  expect(await outcomes.forget(bounds)).toBe(0);
  expect(await kept(world)).toEqual({ "days 399": 3 });
});

test("a gateway deletes what is old from its start on, however much it is, and the key is free again", async () => {
  await using world = await gatewayWorld();
  await given(world, 401, rowsMax * 2 + 1);
  await given(world, 1, 2);
  await world.app.ready();
  await expect.poll(() => kept(world), { timeout: 10_000 }).toEqual({ "days 1": 2 });
  const ada = await person(world, "Ada", "Ada Metals");
  const headers = { "if-none-match": "*", ...newKey() };
  const write = (country: string) =>
    ada.send("PUT", "/v1/company", { body: { legalName: "Ada Metals", country }, headers });
  expect((await write("DE")).status).toBe(200);
  expect((await write("FR")).body).toMatchObject({ code: "key_reused" });
  await world.sql`update request_outcomes set begun_at = now() - interval '401 days'`;
  await createRequestOutcomeStore(world.accountDatabase).forget({ keptMs: limits.requestOutcomesKeptMs, rowsMax });
  expect((await write("FR")).body).toMatchObject({ code: "precondition_failed" });
});
