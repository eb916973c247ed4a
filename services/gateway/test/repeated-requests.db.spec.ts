import { expect, test } from "vitest";
import { gatewayWorld } from "./gateway-world.ts";
import { market, person } from "./people.ts";

test("the same request under the same key gets its first answer again, another one is refused", async () => {
  await using world = await gatewayWorld();
  const { marketplaceId, operator } = await market(world);
  const ada = await person(world, "Ada", "Ada Metals");
  const key = { "idempotency-key": "approve-ada-1" };
  await ada.post(`/v1/marketplaces/${marketplaceId}/participations`, { side: "buyer" });
  const approval = `/v1/marketplaces/${marketplaceId}/participations/${ada.companyId}/approval`;
  const first = await operator.post(approval, undefined, key);
  expect(first.body).toMatchObject({ status: "approved" });
  const again = await operator.post(approval, undefined, key);
  expect(again.status).toBe(200);
  expect(again.body).toEqual(first.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect((await operator.post(approval)).body).toMatchObject({ code: "conflict" });
  const other = await operator.post(approval.replace("approval", "suspension"), { reason: "unpaid" }, key);
  expect(other.body).toMatchObject({ code: "key_reused", status: 422 });
  expect((await operator.post(approval, undefined, { "idempotency-key": "x" })).body).toMatchObject({
    code: "key_malformed",
  });
});

test("fifty requests at once under one key have one effect and equal answers", async () => {
  await using world = await gatewayWorld();
  const { marketplaceId } = await market(world);
  const ada = await person(world, "Ada", "Ada Metals");
  const ask = () =>
    ada.post(`/v1/marketplaces/${marketplaceId}/participations`, { side: "buyer" }, { "idempotency-key": "ask-00001" });
  const answers = await Promise.all(Array.from({ length: 50 }, ask));
  const decided = answers.filter(({ status }) => status === 201);
  expect(decided.length).toBeGreaterThan(0);
  expect(answers.every(({ status, body }) => status === 201 || body["code"] === "in_progress")).toBe(true);
  expect(new Set(decided.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});
