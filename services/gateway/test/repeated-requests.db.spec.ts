import { expect, test } from "vitest";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { market, person } from "./people.ts";

const profile = { legalName: "Ada Metals GmbH", country: "DE" };
const first = { "if-none-match": "*" };

test("a mutation without a key is refused and told what to send, one with a wrong key too", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const requests: [string, string, unknown][] = [
    ["PUT", "/v1/company", profile],
    ["POST", "/v1/api-keys", { name: "robot", roles: ["seller"] }],
    ["DELETE", "/v1/api-keys/nothing", undefined],
    ["POST", "/v1/notices/reading", {}],
  ];
  for (const [method, path, body] of requests) {
    const send = (headers: Record<string, string>) => ada.send(method, path, { body, headers });
    const missing = await send({});
    expect(missing.body, path).toMatchObject({ status: 400, code: "key_missing" });
    expect(missing.body["detail"]).toContain("8 to 64 letters");
    expect((await send({ "idempotency-key": "" })).body).toMatchObject({ code: "key_missing" });
    expect((await send({ "idempotency-key": "short" })).body).toMatchObject({ status: 400, code: "key_malformed" });
  }
  expect((await ada.get("/v1/company")).body).toMatchObject({ code: "not_found" });
  expect((await ada.get("/v1/api-keys")).body).toEqual({ data: [], next: null });
});

test("the same request under the same key gets its first answer again, another one is refused", async () => {
  await using world = await gatewayWorld();
  const { marketplaceId, operator } = await market(world);
  const ada = await person(world, "Ada", "Ada Metals");
  const key = newKey();
  await ada.post(`/v1/marketplaces/${marketplaceId}/participations`, { side: "buyer" }, newKey());
  const approval = `/v1/marketplaces/${marketplaceId}/participations/${ada.companyId}/approval`;
  const decide = (headers: Record<string, string>) => operator.post(approval, undefined, headers);
  const first = { ...key, "if-match": '"1"' };
  const decided = await decide(first);
  expect(decided.body).toMatchObject({ status: "approved" });
  const again = await decide(first);
  expect(again.status).toBe(200);
  expect(again.body).toEqual(decided.body);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const refused = { ...newKey(), "if-match": '"2"' };
  const conflict = await decide(refused);
  expect(conflict.body).toMatchObject({ code: "conflict" });
  expect((await decide(refused)).body).toEqual(conflict.body);
  const other = await operator.post(approval.replace("approval", "suspension"), { reason: "unpaid" }, key);
  expect(other.body).toMatchObject({ code: "key_reused", status: 422 });
});

test("a repeated answer has status, body and tag of the first, whatever happened since", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const write = (legalName: string, headers: Record<string, string>) =>
    ada.send("PUT", "/v1/company", { body: { ...profile, legalName }, headers });
  const key = { ...first, ...newKey() };
  const written = await write("Ada Metals GmbH", key);
  expect([written.status, written.headers.get("etag")]).toEqual([200, '"1"']);
  expect((await write("Ada Metals SE", { "if-match": '"1"', ...newKey() })).headers.get("etag")).toBe('"2"');
  const again = await write("Ada Metals GmbH", key);
  expect([again.status, again.headers.get("etag"), again.body]).toEqual([200, '"1"', written.body]);
  expect((await write("Ada Metals AG", key)).body).toMatchObject({ code: "key_reused", status: 422 });
  const stale = { "if-match": '"1"', ...newKey() };
  expect((await write("Ada Metals AG", stale)).body).toMatchObject({ code: "precondition_failed" });
  expect((await write("Ada Metals AG", { ...stale, "if-match": '"2"' })).body).toMatchObject({ code: "key_reused" });
  expect((await ada.get("/v1/company")).body).toMatchObject({ legalName: "Ada Metals SE", version: 2 });
});

test("a request that was not understood leaves its key free", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const key = newKey();
  const write = (headers: Record<string, string>) => ada.send("PUT", "/v1/company", { body: profile, headers });
  expect((await write(key)).body).toMatchObject({ code: "precondition_required" });
  expect((await write({ ...key, "if-match": "one" })).body).toMatchObject({ code: "request_invalid" });
  expect((await write({ ...key, ...first })).status).toBe(200);
});

test("a mutation that takes no body refuses one, however deep it goes", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const depth = 20_000;
  for (const body of ['{"why":"so"}', "[]", `${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`]) {
    const answer = await ada.send("DELETE", "/v1/api-keys/nothing", { body, headers: newKey() });
    expect(answer.body).toMatchObject({ status: 400, code: "request_invalid" });
  }
  const empty = await ada.send("DELETE", "/v1/api-keys/nothing", { body: {}, headers: newKey() });
  expect(empty.body).toMatchObject({ code: "not_found" });
});

test.each([2, 50])("%i requests at once under one key have one effect and equal answers", async (times) => {
  await using world = await gatewayWorld();
  const { marketplaceId } = await market(world);
  const ada = await person(world, "Ada", "Ada Metals");
  const key = newKey();
  const ask = () => ada.post(`/v1/marketplaces/${marketplaceId}/participations`, { side: "buyer" }, key);
  const answers = await Promise.all(Array.from({ length: times }, ask));
  const decided = answers.filter(({ status }) => status === 201);
  expect(decided.length).toBeGreaterThan(0);
  expect(answers.every(({ status, body }) => status === 201 || body["code"] === "in_progress")).toBe(true);
  expect(new Set(decided.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect((await ask()).body).toEqual(decided[0]?.body);
});

test("a new API key is shown once: the same request again makes no second one and tells which it was", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const key = newKey();
  const make = (name: string) => ada.post("/v1/api-keys", { name, roles: ["seller"] }, key);
  const made = await make("robot");
  const secret = String(made.body["key"]);
  expect(secret).toMatch(/^kontor_/);
  const again = await make("robot");
  expect(again.body).toMatchObject({ status: 409, code: "secret_not_repeated", keyId: made.body["keyId"] });
  expect(JSON.stringify(again.body)).not.toContain(secret);
  expect((await make("robot")).body).toEqual(again.body);
  expect((await make("other")).body).toMatchObject({ code: "key_reused" });
  expect((await ada.get("/v1/api-keys")).body).toMatchObject({ data: [{ keyId: made.body["keyId"], name: "robot" }] });
  const rows = await world.sql<{ request_key: string }[]>`select * from request_outcomes`;
  expect(rows.filter((row) => row.request_key === key["idempotency-key"])).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test("a revoked API key is revoked once, however often it is asked", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const made = await ada.post("/v1/api-keys", { name: "robot", roles: ["seller"] }, newKey());
  const headers = newKey();
  const revoke = (more: Record<string, string>) =>
    ada.send("DELETE", `/v1/api-keys/${String(made.body["keyId"])}`, { headers: more });
  expect([(await revoke(headers)).status, (await revoke(headers)).status]).toEqual([204, 204]);
  expect((await revoke(newKey())).status).toBe(404);
});
