import { expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { colleague, person } from "./people.ts";

const organization = (path: string): string => `/v1/auth/organization/${path}`;

/** Repeated as it is: one effect, one answer. Under the same key another request is refused, without one any is. */
async function expectRepeatable(caller: Caller, path: string, body: object): Promise<Record<string, unknown>> {
  const ask = (key: Record<string, string>, members: object = body) => caller.post(organization(path), members, key);
  expect((await ask({})).body, path).toMatchObject({ status: 400, code: "key_missing" });
  const key = newKey();
  const first = await ask(key);
  expect(first.status, `${path} ${JSON.stringify(first.body)}`).toBe(200);
  const again = await ask(key);
  expect([again.status, again.body, again.headers.get("idempotency-replayed")], path).toEqual([
    200,
    first.body,
    "true",
  ]);
  expect((await ask(key, { ...body, more: 1 })).body, path).toMatchObject({ status: 422, code: "key_reused" });
  return first.body;
}

async function countOf(world: GatewayWorld, table: "companies" | "company_members" | "company_invitations") {
  const [row] = await world.sql<{ count: number }[]>`select count(*)::int as count from ${world.sql(table)}`;
  return row?.count;
}

test("changes of companies and of who belongs to them happen once, however often they are asked for", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada");
  // The first company becomes the session's own, so that the repeat comes from somebody who acts for one.
  const { id } = await expectRepeatable(ada, "create", { name: "Ada Metals", slug: "ada-metals" });
  const organizationId = String(id);
  expect(await countOf(world, "companies")).toBe(1);
  await expectRepeatable(ada, "update", { organizationId, data: { name: "Ada Metals SE" } });

  const bob = await person(world, "Bob");
  const invitation = { organizationId, email: "bob@example.test", role: "buyer" };
  const { id: invitationId } = await expectRepeatable(ada, "invite-member", invitation);
  expect(await countOf(world, "company_invitations")).toBe(1);
  expect(world.mails.filter(({ subject }) => subject.startsWith("Join"))).toHaveLength(1);
  const accepted = await expectRepeatable(bob, "accept-invitation", { invitationId });
  expect(await countOf(world, "company_members")).toBe(2);

  const { id: memberId } = accepted["member"] as { id: string };
  await expectRepeatable(ada, "update-member-role", { organizationId, memberId, role: "seller" });
  const other = await expectRepeatable(ada, "invite-member", { ...invitation, email: "cleo@example.test" });
  await expectRepeatable(ada, "cancel-invitation", { invitationId: other["id"] });
  await expectRepeatable(bob, "leave", { organizationId });
  ada.companyId = organizationId;
  const dora = await colleague(world, ada, { name: "Dora", role: "finance" });
  expect((await dora.get("/v1/me")).body).toMatchObject({ companies: [{ companyId: organizationId }] });
  await expectRepeatable(ada, "remove-member", { organizationId, memberIdOrEmail: "dora@example.test" });
  expect(await countOf(world, "company_members")).toBe(1);
});

test("a body that is nested without end is refused before anybody looks at what is in it", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const depth = 5_000;
  const body = `{"organizationId":${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}}`;
  for (const path of ["create", "update-member-role", "set-active"]) {
    const answer = await ada.send("POST", organization(path), { body, headers: newKey() });
    expect(answer.body, path).toMatchObject({ status: 400, code: "request_invalid" });
    expect(JSON.stringify(answer.body["errors"])).toContain('"too_deep"');
  }
});

test("a change of a company that names nothing to change is refused, and one that does is made", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  for (const data of [{}, { unknown: [{ deep: 1 }] }]) {
    const answer = await ada.post(organization("update"), { data }, newKey());
    expect(answer.body, JSON.stringify(data)).toMatchObject({ code: "request_invalid", reason: "NOTHING_TO_CHANGE" });
  }
  const renamed = await ada.post(organization("update"), { data: { name: "Ada Copper" } }, newKey());
  expect(renamed.body).toMatchObject({ name: "Ada Copper" });
});

test("many requests at once under one key found one company", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada");
  const key = newKey();
  const body = { name: "Ada Metals", slug: "ada-metals" };
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => ada.post(organization("create"), body, key)));
  expect(answers.every(({ status, body: { code } }) => status === 200 || code === "in_progress")).toBe(true);
  expect(await countOf(world, "companies")).toBe(1);
});

test("signing in and what belongs to it take no key, and nothing of their answers is kept", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  expect((await ada.post("/v1/auth/organization/set-active", { organizationId: ada.companyId })).status).toBe(200);
  expect((await ada.post("/v1/auth/sign-out")).status).toBe(200);
  const kept = await world.sql<{ body: string }[]>`select body from request_outcomes`;
  expect(kept).toHaveLength(1);
  expect(kept[0]?.body).toContain("Ada Metals");
});

test("no mail names an address that is not there", async () => {
  await using world = await gatewayWorld();
  const ada = await person(world, "Ada", "Ada Metals");
  const invitation = { organizationId: ada.companyId, email: "bob@example.test", role: ["buyer", "finance"] };
  const invited = await ada.post(organization("invite-member"), invitation, newKey());
  await ada.post("/v1/auth/request-password-reset", { email: "ada@example.test" });
  await ada.post("/v1/auth/request-password-reset", {
    email: "ada@example.test",
    redirectTo: "http://127.0.0.1:8080/docs",
  });
  const texts = world.mails.map(({ text }) => text);
  expect(texts).toHaveLength(4);
  expect(texts.find((text) => text.includes(String(invited.body["id"])))).toContain("as buyer, finance");
  const paths = world.app.permissionMatrix().map(({ method, path }) => `${method} ${path}`);
  const named = texts.flatMap((text) => text.match(/(GET|POST) \/v1\/[a-z/-]+/g) ?? []);
  expect(named).toEqual(["POST /v1/auth/organization/accept-invitation", "POST /v1/auth/reset-password"]);
  for (const name of named) expect(paths).toContain(name);
  const links = texts.flatMap((text) => text.match(/https?:\/\/[^\s]+/g) ?? []);
  expect(links).toHaveLength(3);
  for (const link of links) {
    const followed = await world.app.inject({ url: link });
    expect([301, 302], `${link} ${followed.body}`).toContain(followed.statusCode);
    const target = await world.app.inject({ url: String(followed.headers["location"]) });
    expect(target.statusCode, link).toBeLessThan(400);
  }
});
