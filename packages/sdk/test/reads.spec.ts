import { expect, test } from "vitest";
import { createKontor, ProblemError } from "../src/index.ts";
import type { Scripted } from "./fake-http.ts";
import { FakeHttp } from "./fake-http.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const page = (data: readonly string[], next: string | null): Scripted => ({ status: 200, body: { data, next } });

function clientOf(script: readonly Scripted[], company?: string) {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const http = new FakeHttp(...script);
  const acting = company === undefined ? {} : { company };
  const options = { fetch: http.fetch, WebSocket: server.Socket, clock, random: () => 0, ...acting };
  return { http, server, clock, kontor: createKontor({ baseUrl: "http://kontor.test", ...options }) };
}

test("a list is read page by page until there is no next one", async () => {
  const { http, kontor } = clientOf([page(["a", "b"], "c1"), page(["c"], null)]);
  const phases = ["auction", "evaluation"] as const;
  expect(await kontor.tenders.list("m1", { phase: [...phases], limit: 2 }).all()).toEqual(["a", "b", "c"]);
  const first = "/v1/marketplaces/m1/tenders?phase=auction&phase=evaluation&limit=2";
  expect(http.seen.map(({ path }) => path)).toEqual([first, `${first}&cursor=c1`]);
});

test("an instrument's records are read where they are", async () => {
  const { http, kontor } = clientOf([
    { status: 200, body: {} },
    { status: 200, body: {} },
  ]);
  await kontor.instruments.read("i1");
  await kontor.instruments.order("i1-o7");
  const from = "2026-11-01T09:00:00Z";
  const lists = [
    kontor.instruments.list("m1", { state: ["listed"], q: "wheat" }),
    kontor.instruments.orders("m1", { state: "open" }),
    kontor.instruments.fills("m1", { orderId: "i1-o7" }),
    kontor.instruments.trades("i1", { from }),
    kontor.instruments.candles("i1", "5m", { from }),
    kontor.instruments.statistics("i1"),
  ];
  for (const pages of lists) await pages.page();
  expect(http.seen.map(({ path }) => path)).toEqual([
    "/v1/instruments/i1",
    "/v1/orders/i1-o7",
    "/v1/marketplaces/m1/instruments?state=listed&q=wheat",
    "/v1/marketplaces/m1/orders?state=open",
    "/v1/marketplaces/m1/fills?orderId=i1-o7",
    `/v1/instruments/i1/trades?from=${encodeURIComponent(from)}`,
    `/v1/instruments/i1/candles?from=${encodeURIComponent(from)}&interval=5m`,
    "/v1/instruments/i1/statistics",
  ]);
});

test("a refused page is thrown by the iterator and answered by the single read", async () => {
  const { kontor } = clientOf([{ status: 404 }]);
  const pages = kontor.lots.list("m1");
  await expect(pages.all()).rejects.toBeInstanceOf(ProblemError);
  expect(await pages.page()).toMatchObject({ ok: false, problem: { code: "not_found" } });
});

test("mutations outside the journal carry a key too, the same when they are asked again", async () => {
  const { http, clock, kontor } = clientOf(["silent", { status: 201, body: { status: "pending" } }]);
  const asked = kontor.participations.request("m1", "supplier");
  await clock.advance(1_000);
  expect(await asked).toMatchObject({ ok: true, value: { status: "pending" } });
  const keys = http.seen.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(http.seen[0]).toMatchObject({ path: "/v1/marketplaces/m1/participations", body: { side: "supplier" } });
});

test("changes of a company carry a key and are asked again under it, signing in does not", async () => {
  const { http, clock, kontor } = clientOf(["silent", { status: 200, body: { id: "c1", name: "Ada Metals" } }]);
  const made = kontor.companies.create("Ada Metals");
  await clock.advance(1_000);
  expect(await made).toMatchObject({ ok: true, value: { id: "c1" } });
  await kontor.companies.changeRoles({ companyId: "c1", memberId: "m1", roles: ["buyer", "finance"] });
  await kontor.companies.cancelInvitation("i1");
  await kontor.auth.verifyBackupCode("abc");
  const keys = http.seen.map(({ headers }) => headers["idempotency-key"]);
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys).size).toBe(4);
  expect(http.seen.map(({ path }) => path.replace("/v1/auth/", ""))).toEqual([
    "organization/create",
    "organization/create",
    "organization/update-member-role",
    "organization/cancel-invitation",
    "two-factor/verify-backup-code",
  ]);
  expect(http.seen[0]?.body).toEqual(http.seen[1]?.body);
  expect(http.seen[2]?.body).toEqual({ organizationId: "c1", memberId: "m1", role: ["buyer", "finance"] });
  expect(keys[4]).toBeUndefined();
});

test("edited documents are written with the version that was read, and first ones where there is none", async () => {
  const { http, kontor } = clientOf([{ status: 200, body: {} }]);
  const key = { marketplaceId: "m1", companyId: "c1", version: 4 };
  await kontor.marketplaces.change("m1", { name: "New" }, 3);
  await kontor.marketplaces.appoint({ marketplaceId: "m1", userId: "u1" }, "auditor");
  await kontor.marketplaces.appoint({ marketplaceId: "m1", userId: "u1", version: 1 }, "operator");
  await kontor.marketplaces.dismiss({ marketplaceId: "m1", userId: "u1", version: 2 });
  await kontor.participations.approve(key);
  await kontor.participations.refuse(key, "why");
  await kontor.participations.suspend(key, "why");
  const matches = http.seen.map(({ headers }) => headers["if-match"] ?? headers["if-none-match"]);
  expect(matches).toEqual(['"3"', "*", '"1"', '"2"', '"4"', '"4"', '"4"']);
});

test("an API key is made and revoked under a key of its own", async () => {
  const { http, kontor } = clientOf([{ status: 201, body: { keyId: "k1", key: "kontor_x" } }, { status: 204 }]);
  expect(await kontor.apiKeys.create({ name: "robot", roles: ["seller"] })).toMatchObject({ ok: true });
  expect(await kontor.apiKeys.revoke("k1")).toEqual({ ok: true, value: undefined });
  const keys = http.seen.map(({ headers }) => headers["idempotency-key"]);
  expect(new Set(keys).size).toBe(2);
  for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
});

test("the company one acts for goes along with requests and with the live connection", async () => {
  const { http, server, clock, kontor } = clientOf([{ status: 200, body: {} }], "c7");
  await kontor.tenders.get("t1");
  expect(http.seen[0]?.headers["kontor-company"]).toBe("c7");
  kontor.live();
  await clock.advance(10);
  expect(server.addresses).toEqual(["ws://kontor.test/v1/live?company=c7"]);
});

test("an answer that is no problem document is put into the form of one", async () => {
  const { kontor } = clientOf([{ status: 401, body: { message: "Wrong." } }]);
  const outcome = await kontor.auth.signIn({ email: "a@kontor.test", password: "wrong" });
  expect(outcome).toMatchObject({ ok: false, problem: { code: "unauthenticated", detail: "Wrong." } });
});
