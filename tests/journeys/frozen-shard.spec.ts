import { requireReceipt } from "@kontor/sdk";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRawHttp } from "../world/raw-http.ts";
import { lot, reverseRules } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ logLevel: "warn" });
});
afterAll(() => world[Symbol.asyncDispose]());

/** Turns one bit in the first segment of a journal, as a disk might; a second time mends it. */
async function turnBit(shard: string): Promise<void> {
  const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  await sql`alter table journal_segments disable trigger user`;
  await sql`
    update journal_segments set entries = set_byte(entries, 9, get_byte(entries, 9) # 1)
    where shard = ${shard} and first_seq = 1`;
  await sql`alter table journal_segments enable trigger user`;
  await sql.end();
}

test("a damaged journal stops its tender alone, shows itself, and trades again once an operator has it read anew", async () => {
  const { anna, bert, admin, operator } = world;
  const draft = { lots: [lot(reverseRules())] };
  const damaged = await world.publish({ draft, suppliers: [anna, bert] });
  const sound = await world.publish({ draft, suppliers: [anna, bert] });
  for (const tender of [damaged, sound]) await tender.open();
  await world.stop();
  await turnBit(damaged.tenderId);
  await world.start();

  const http = createRawHttp(world.url);
  const bid = (lotId: string, price: string) => anna.boss.client.commands.submitBid({ lotId, price });
  const recover = (who: typeof admin, key: string) => {
    const headers = { ...who.headers(), "idempotency-key": key };
    return http.ask({ method: "POST", path: `/v1/operations/shards/${damaged.tenderId}/recovery`, headers });
  };
  const frozen = { shard: damaged.tenderId, state: "frozen", reason: "journal_corrupt" };
  requireReceipt(await bid(sound.lotId(), "8900.00"));
  expect(await http.ask({ method: "GET", path: "/readyz" })).toMatchObject({
    status: 200,
    body: { ready: true, warnings: { "trading host": expect.stringMatching(/^Frozen shards: 1\./) } },
  });
  expect((await http.ask({ method: "GET", path: "/metrics" })).text).toContain('trading_shards{phase="frozen"} 1');
  const path = "/v1/operations/shards?state=frozen";
  expect(await http.ask({ method: "GET", path, headers: admin.headers() })).toMatchObject({ body: { data: [frozen] } });
  expect((await recover(operator, "operator-1")).status).toBe(403);
  expect(await recover(admin, "too-early")).toMatchObject({ status: 200, body: frozen });

  await turnBit(damaged.tenderId);
  const mended = { status: 200, body: { shard: damaged.tenderId, state: "serving" } };
  expect(await recover(admin, "mended-1")).toMatchObject(mended);
  requireReceipt(await bid(damaged.lotId(), "8900.00"));
  expect((await http.ask({ method: "GET", path: "/readyz" })).body).not.toHaveProperty("warnings.trading host");
  http.close();
});
