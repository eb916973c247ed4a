import type { RecoverShardRequest, ShardCondition, ShardsAnswer } from "@kontor/bus";
import { subjects } from "@kontor/bus";
import { expect, test } from "vitest";
import { Caller, gatewayWorld, newKey } from "./gateway-world.ts";
import { market, person } from "./people.ts";
import { tenderId } from "./tenders.ts";

const shards = "/v1/operations/shards";
const frozen: ShardCondition = { shard: tenderId, state: "frozen", reason: "journal_corrupt" };

test("who administers the installation lists frozen tenders and has them read again, nobody else", async () => {
  await using world = await gatewayWorld();
  const { operator } = await market(world);
  const admin = await person(world, "Ada", "Ada Metals");
  await world.accounts.makeInstallationAdmin(admin.userId);
  world.advance(10_000);
  const answer = (conditions: readonly ShardCondition[]) => Promise.resolve<ShardsAnswer>({ shards: conditions });
  const asked: string[] = [];
  world.bus.serve(subjects.frozenShards, () => answer([frozen]));
  world.bus.serve(subjects.recoverShard, ({ shard }: RecoverShardRequest) => {
    asked.push(shard);
    return answer(shard === tenderId ? [{ shard, state: "serving" }] : []);
  });

  expect(await admin.get(`${shards}?state=frozen`)).toMatchObject({ status: 200, body: { data: [frozen] } });
  expect(await admin.get(shards)).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  expect(await admin.get(`${shards}?state=serving`)).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  const recover = (who: Caller, shard: string) => who.post(`${shards}/${shard}/recovery`, undefined, newKey());
  expect(await recover(admin, tenderId)).toMatchObject({ status: 200, body: { shard: tenderId, state: "serving" } });
  expect((await recover(admin, tenderId.replace(/.$/, "9"))).status).toBe(404);
  expect(await recover(admin, "no-tender")).toMatchObject({ status: 400, body: { code: "request_invalid" } });
  expect(asked).toHaveLength(2);

  for (const who of [operator, await person(world, "Bert", "Bert Metals")]) {
    expect((await who.get(`${shards}?state=frozen`)).status).toBe(403);
    expect((await recover(who, tenderId)).status).toBe(403);
  }
  expect((await recover(new Caller(world.app), tenderId)).status).toBe(401);
  expect(asked).toHaveLength(2);
});

test("without a host that could be asked the answer is to come back later", async () => {
  await using world = await gatewayWorld();
  const admin = await person(world, "Ada");
  await world.accounts.makeInstallationAdmin(admin.userId);
  world.advance(10_000);
  expect(await admin.get(`${shards}?state=frozen`)).toMatchObject({ status: 503, body: { code: "unavailable" } });
});
