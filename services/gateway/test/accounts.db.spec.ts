import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { Caller, gatewayWorld, newKey } from "./gateway-world.ts";
import { colleague, market, participate, password, person } from "./people.ts";

test("a person signs up, founds a company and is known by his session", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const me = await ada.get("/v1/me");
  expect(me.status).toBe(200);
  expect(me.body).toMatchObject({
    userId: ada.userId,
    credential: "session",
    companyId: ada.companyId,
    companies: [{ companyId: ada.companyId, name: "Ada Metals", roles: ["owner"], participations: [] }],
  });
  await ada.post("/v1/auth/sign-out");
  expect((await ada.get("/v1/me")).body).toMatchObject({ code: "unauthenticated", status: 401 });
});

test("a password is kept as an argon2id hash, and a wrong one is refused with a code", async () => {
  await using world = await gatewayWorld();
  await person(world, "Ada");
  const thief = new Caller(world.app);
  const refused = await thief.post("/v1/auth/sign-in/email", { email: "ada@example.test", password: "not the one!" });
  expect(refused.status).toBe(401);
  expect(refused.body).toMatchObject({ code: "unauthenticated", reason: "INVALID_EMAIL_OR_PASSWORD" });
  expect(refused.headers.get("content-type")).toContain("application/problem+json");
  const right = await thief.post("/v1/auth/sign-in/email", { email: "ada@example.test", password });
  expect(right.status).toBe(200);
});

test("an invited member gets his role, loses everything with it, and at once", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const bob = await colleague(world, ada, { name: "Bob", role: "buyer" });
  expect((await bob.get("/v1/me")).body).toMatchObject({ companies: [{ roles: ["buyer"] }] });
  expect((await bob.get("/v1/api-keys")).body).toMatchObject({ code: "forbidden" });
  const removal = { memberIdOrEmail: "bob@example.test", organizationId: ada.companyId };
  const removed = await ada.post("/v1/auth/organization/remove-member", removal, newKey());
  expect(removed.status).toBe(200);
  expect((await bob.get("/v1/me")).body).toMatchObject({ companies: [] });
});

test("an API key acts for its company with its own roles, expires and can be revoked", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const made = await ada.post("/v1/api-keys", { name: "robot", roles: ["seller"], expiresInDays: 30 }, newKey());
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const key = String(made.body["key"]);
  expect(key).toMatch(/^kontor_[A-Za-z]{64}$/);

  const robot = new Caller(world.app);
  robot.headers["x-api-key"] = key;
  expect((await robot.get("/v1/me")).body).toMatchObject({
    credential: "key",
    userId: ada.userId,
    companies: [{ companyId: ada.companyId, roles: ["seller"] }],
  });
  expect((await robot.post("/v1/api-keys", { name: "more", roles: ["seller"] }, newKey())).body).toMatchObject({
    code: "forbidden",
  });
  const bearer = new Caller(world.app);
  bearer.headers["authorization"] = `Bearer ${key}`;
  expect((await bearer.get("/v1/me")).status).toBe(200);

  const listed = await ada.get("/v1/api-keys");
  expect(JSON.stringify(listed.body)).not.toContain(key);
  expect(listed.body).toMatchObject({ data: [{ keyId: made.body["keyId"], name: "robot", roles: ["seller"] }] });
  const revoked = await ada.send("DELETE", `/v1/api-keys/${String(made.body["keyId"])}`, { headers: newKey() });
  expect(revoked.status).toBe(204);
  expect((await robot.get("/v1/me")).body).toMatchObject({ code: "unauthenticated" });
});

test("a key of a member who left is worth nothing", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const bob = await colleague(world, ada, { name: "Bob", role: "admin" });
  const made = await bob.post("/v1/api-keys", { name: "robot", roles: ["seller"] }, newKey());
  const removal = { memberIdOrEmail: "bob@example.test", organizationId: ada.companyId };
  await ada.post("/v1/auth/organization/remove-member", removal, newKey());
  const robot = new Caller(world.app);
  robot.headers["x-api-key"] = String(made.body["key"]);
  expect((await robot.get("/v1/me")).body).toMatchObject({ code: "unauthenticated" });
});

test("with a second factor the password alone opens nothing", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const enabled = await ada.post("/v1/auth/two-factor/enable", { password });
  expect(enabled.status, JSON.stringify(enabled.body)).toBe(200);
  const secret = new URL(String(enabled.body["totpURI"])).searchParams.get("secret") ?? "";
  expect((await ada.post("/v1/auth/two-factor/verify-totp", { code: totpOf(secret) })).status).toBe(200);
  await ada.post("/v1/auth/sign-out");

  const again = new Caller(world.app);
  const half = await again.post("/v1/auth/sign-in/email", { email: "ada@example.test", password });
  expect(half.body).toMatchObject({ twoFactorRedirect: true });
  expect((await again.get("/v1/me")).body).toMatchObject({ code: "unauthenticated" });
  const wrong = await again.post("/v1/auth/two-factor/verify-totp", { code: "000000" });
  expect(wrong.status).toBe(401);
  const whole = await again.post("/v1/auth/two-factor/verify-totp", { code: totpOf(secret) });
  expect(whole.status).toBe(200);
  expect((await again.get("/v1/me")).status).toBe(200);
});

test("a suspended company loses the marketplace at once", async () => {
  await using world = await gatewayWorld();
  const place = await market(world);
  const ada = await person(world, "Ada", "Ada Metals");
  await participate(place, ada);
  const here = `/v1/marketplaces/${place.marketplaceId}`;
  expect((await ada.get(`${here}/tenders`)).status).toBe(200);
  const suspension = `${here}/participations/${ada.companyId}/suspension`;
  await place.operator.post(suspension, { reason: "unpaid" }, { ...newKey(), "if-match": '"2"' });
  expect((await ada.get(`${here}/tenders`)).body).toMatchObject({ code: "not_found" });
});

test("every endpoint of the account library is either declared or answers 404", async () => {
  await using world = await gatewayWorld();
  const mounted = world.app.permissionMatrix().filter(({ path }) => path.startsWith("/v1/auth/"));
  expect(mounted.length).toBeGreaterThan(30);
  const ada = await person(world, "Ada", "Ada Metals");
  for (const path of ["/api-key/create", "/delete-user", "/ok", "/organization/delete", "/update-session"]) {
    expect((await ada.post(`/v1/auth${path}`)).body).toMatchObject({ code: "not_found" });
  }
});

/** RFC 6238: six digits, thirty seconds, SHA-1. */
function totpOf(secret: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/=+$/, "")]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, "0");
}
