import { limits } from "@kontor/kernel";
import { expect, test } from "vitest";
import type { GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { person } from "./people.ts";

const order = { name: "robot", roles: ["seller"] };

/** Keys that are worth nothing, made past the gateway: expired ones where `expired` says so. */
async function fill(
  { sql }: GatewayWorld,
  companyId: string,
  { count, expired = false }: { count: number; expired?: boolean },
) {
  const expiresAt = expired ? "2026-01-01T00:00:00Z" : null;
  await sql`
    insert into api_keys (id, config_id, company_id, name, key_hash, metadata, expires_at, created_at)
    select ${companyId} || ${String(expired)} || n, 'default', ${companyId}, 'old', ${companyId} || ${String(expired)} || n,
      '{"roles":["buyer"]}', ${expiresAt}, now() - interval '1 day' from generate_series(1, ${count}::int) n`;
}

async function pagesOf(ada: Awaited<ReturnType<typeof person>>, limit: number) {
  const keyIds: string[] = [];
  let address: string | undefined = `/v1/api-keys?limit=${limit}`;
  while (address !== undefined) {
    const page = await ada.get(address);
    keyIds.push(...(page.body["data"] as { keyId: string }[]).map(({ keyId }) => keyId));
    address = /^<([^>]+)>/.exec(page.headers.get("link") ?? "")?.[1];
  }
  return keyIds;
}

test("a company has so many keys and no more, however many are asked for at once", async () => {
  await using world = await gatewayWorld();
  const max = limits.apiKeysPerCompanyMax;
  const [ada, bob] = [await person(world, "Ada", "Ada Metals"), await person(world, "Bob", "Bob Metals")];
  await fill(world, ada.companyId, { count: max - 2 });
  await fill(world, ada.companyId, { count: 3, expired: true });
  const first = await ada.post("/v1/api-keys", order, newKey());
  expect(first.status, JSON.stringify(first.body)).toBe(201);
  const together = await Promise.all([1, 2, 3, 4].map(() => ada.post("/v1/api-keys", order, newKey())));
  expect(together.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
  const refused = together.filter(({ status }) => status !== 201);
  for (const { body } of refused) expect(body).toMatchObject({ code: "too_many_api_keys", status: 409, limit: max });
  const valid = async () => {
    const [row] = await world.sql<{ count: number }[]>`
      select count(*)::int as count from api_keys
      where company_id = ${ada.companyId} and (expires_at is null or expires_at > now())`;
    return row?.count ?? 0;
  };
  expect(await valid()).toBe(max - 1 + (4 - refused.length));
  if (refused.length === 4) expect((await ada.post("/v1/api-keys", order, newKey())).status).toBe(201);
  const key = newKey();
  const full = await ada.post("/v1/api-keys", order, key);
  expect(full.body).toMatchObject({ code: "too_many_api_keys" });
  expect(await valid()).toBe(max);
  expect((await bob.post("/v1/api-keys", order, newKey())).status).toBe(201);
  await ada.send("DELETE", `/v1/api-keys/${String(first.body["keyId"])}`, { headers: newKey() });
  expect((await ada.post("/v1/api-keys", order, newKey())).status).toBe(201);
  // The refusal was this request's first answer, and stays it.
  expect((await ada.post("/v1/api-keys", order, key)).body).toEqual(full.body);
});

test("the list comes newest first in pages, and holds no other company's keys", async () => {
  await using world = await gatewayWorld();
  const [ada, bob] = [await person(world, "Ada", "Ada Metals"), await person(world, "Bob", "Bob Metals")];
  await fill(world, ada.companyId, { count: 5 });
  await fill(world, bob.companyId, { count: 3 });
  const newest = await ada.post("/v1/api-keys", order, newKey());
  const all = await pagesOf(ada, 200);
  expect(all).toHaveLength(6);
  expect(all[0]).toBe(newest.body["keyId"]);
  expect(all.every((keyId) => keyId === all[0] || keyId.startsWith(ada.companyId))).toBe(true);
  // The others were made in the same microsecond.
  for (const limit of [1, 2, 3]) expect(await pagesOf(ada, limit)).toEqual(all);
  expect((await ada.get("/v1/api-keys?cursor=bm90IG91cnM")).body).toMatchObject({ code: "cursor_malformed" });
});
