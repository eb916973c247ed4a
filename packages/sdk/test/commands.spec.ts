import { personCommands, problemOf } from "@kontor/protocol";
import { expect, test } from "vitest";
import type { KontorOptions } from "../src/index.ts";
import { createKontor } from "../src/index.ts";
import type { Scripted } from "./fake-http.ts";
import { FakeHttp } from "./fake-http.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const lotId = "00000000-0000-4000-8000-000000000001-1";
const receipt = { epoch: 1, seq: 4, at: "2026-11-01T10:00:00.000000Z", result: { bidId: `${lotId}-b1` } };
const accepted: Scripted = { status: 201, body: receipt };
const refusal = (code: Parameters<typeof problemOf>[0], data: object = {}): Scripted => {
  const body = problemOf(code, { ...data });
  return { status: body.status, body };
};

function clientOf(script: readonly Scripted[], options: Partial<KontorOptions> = {}) {
  const clock = new VirtualClock();
  const http = new FakeHttp(...script);
  const kontor = createKontor({ baseUrl: "http://kontor.test", fetch: http.fetch, clock, random: () => 0, ...options });
  return { clock, http, kontor };
}

/** Lets time run until the promise is settled. */
async function settled<Value>(clock: VirtualClock, promise: Promise<Value>): Promise<Value> {
  let done = false;
  void promise.finally(() => {
    done = true;
  });
  for (let i = 0; i < 1_000 && !done; i++) await clock.advance(100);
  return promise;
}

test("every command has a method of its name", () => {
  const { kontor } = clientOf([accepted]);
  const names = Object.keys(personCommands).map((type) => type.replace(/_(.)/g, (_, letter) => letter.toUpperCase()));
  expect(Object.keys(kontor.commands)).toEqual(names);
});

test("path members go into the path, the version into If-Match, the rest into the body", async () => {
  const { http, kontor } = clientOf([accepted]);
  const tenderId = lotId.slice(0, 36);
  await kontor.commands.submitBid({ lotId, price: "12.50" }, { key: "key-00001", validUntil: "2026-11-01T10:00:01Z" });
  await kontor.commands.publishTender({ tenderId, expectedVersion: 3 }, { key: "key-00002" });
  expect(http.seen[0]).toMatchObject({ method: "POST", path: `/v1/lots/${lotId}/bids`, body: { price: "12.50" } });
  expect(http.seen[0]?.headers).toMatchObject({
    "idempotency-key": "key-00001",
    "valid-until": "2026-11-01T10:00:01Z",
  });
  expect(http.seen[1]).toMatchObject({ method: "POST", path: `/v1/tenders/${tenderId}/publication`, body: {} });
  expect(http.seen[1]?.headers).toMatchObject({ "if-match": '"3"' });
});

test("a refusal is an answer and is not asked again", async () => {
  const { http, kontor } = clientOf([refusal("step_too_small", { nearest: "12.40" })]);
  const outcome = await kontor.commands.submitBid({ lotId, price: "12.45" });
  expect(outcome).toMatchObject({ ok: false, problem: { code: "step_too_small", nearest: "12.40" } });
  expect(http.seen).toHaveLength(1);
});

test("without an answer the same key is sent until there is one", async () => {
  const { clock, http, kontor } = clientOf(["silent", refusal("unavailable"), refusal("in_progress"), accepted]);
  const outcome = await settled(clock, kontor.commands.submitBid({ lotId, price: "12.50" }));
  expect(outcome).toEqual({ ok: true, receipt });
  expect(http.seen).toHaveLength(4);
  expect(new Set(http.seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
});

test("the server's hint is waited for", async () => {
  const { clock, http, kontor } = clientOf([refusal("overloaded", { retryAfterMs: 3_000 }), accepted]);
  const outcome = kontor.commands.submitBid({ lotId, price: "12.50" });
  await clock.advance(2_900);
  expect(http.seen).toHaveLength(1);
  await clock.advance(200);
  expect((await outcome).ok).toBe(true);
});

test("nobody answering until the deadline is said as what it is", async () => {
  const { clock, kontor } = clientOf(["silent"]);
  const started = clock.now();
  const outcome = await settled(clock, kontor.commands.submitBid({ lotId, price: "12.50" }));
  expect(outcome).toMatchObject({ ok: false, problem: { code: "outcome_unknown" } });
  expect(clock.now() - started).toBeLessThanOrEqual(20_100);
});

test("a proxy's error page is a problem too", async () => {
  const { clock, kontor } = clientOf([{ status: 502 }], { retry: { attemptsMax: 2 } });
  const outcome = await settled(clock, kontor.commands.submitBid({ lotId, price: "12.50" }));
  expect(outcome).toMatchObject({ ok: false, problem: { code: "unavailable", status: 502 } });
});

test("password credentials sign in before the first request and again when the session has ended", async () => {
  const cookie = { "set-cookie": "kontor.session_token=one; Path=/; HttpOnly" };
  const signedIn: Scripted = { status: 200, body: {}, headers: cookie };
  const script = [signedIn, accepted, refusal("unauthenticated"), signedIn, accepted];
  const { http, kontor } = clientOf(script, { credentials: { email: "a@kontor.test", password: "secret-secret" } });
  await kontor.commands.submitBid({ lotId, price: "12.50" });
  const outcome = await kontor.commands.submitBid({ lotId, price: "12.40" });
  expect(outcome.ok).toBe(true);
  const bid = `/v1/lots/${lotId}/bids`;
  const signIn = "/v1/auth/sign-in/email";
  expect(http.seen.map(({ path }) => path)).toEqual([signIn, bid, bid, signIn, bid]);
  expect(http.seen[1]?.headers["cookie"]).toBe("kontor.session_token=one");
});

test("an API key goes along with requests and with the live connection's handshake", async () => {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const credentials = { apiKey: "kontor_secret" };
  const { http, kontor } = clientOf([accepted], { credentials, WebSocket: server.Socket, clock });
  await kontor.commands.submitBid({ lotId, price: "12.50" });
  const live = kontor.live();
  await clock.advance(10);
  expect(http.seen[0]?.headers["x-api-key"]).toBe("kontor_secret");
  expect(server.handshakes).toEqual([{ headers: { "x-api-key": "kontor_secret" } }]);
  live.close();
});

test("a command that the socket leaves unanswered is asked about over HTTP with the same key", async () => {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const { http, kontor } = clientOf([accepted], { WebSocket: server.Socket, clock });
  const live = kontor.live();
  await clock.advance(10);
  server.swallowsAnswers = true;
  const cut = live.commands.submitBid({ lotId, price: "12.50" });
  await clock.advance(1);
  server.cutAll();
  expect((await settled(clock, cut)).ok).toBe(true);
  await clock.advance(2_000);
  const late = await settled(clock, live.commands.submitBid({ lotId, price: "12.40" }));
  expect(late.ok).toBe(true);
  const keys = http.seen.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toEqual([...server.executed.keys()]);
  live.close();
});

test("a command without an open link goes over HTTP at once", async () => {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  server.refusesLinks = true;
  const { http, kontor } = clientOf([accepted], { WebSocket: server.Socket, clock });
  const live = kontor.live();
  const outcome = await live.commands.submitBid({ lotId, price: "12.50" });
  expect(outcome.ok).toBe(true);
  expect(http.seen).toHaveLength(1);
  live.close();
});
