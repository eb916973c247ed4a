import type { ProblemCode } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import { expect, test } from "vitest";
import type { KontorOptions } from "../src/index.ts";
import { createKontor } from "../src/index.ts";
import type { Scripted } from "./fake-http.ts";
import { FakeHttp } from "./fake-http.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const lotId = "00000000-0000-4000-8000-000000000001-1";
const bid = { lotId, price: "12.50" };
const receipt = { epoch: 1, seq: 4, at: "2026-11-01T10:00:00.000000Z", result: {} };
const accepted: Scripted = { status: 201, body: receipt };
const later = (code: ProblemCode, retryAfterMs: number) => problemOf(code, { retryAfterMs });
const refusal = (code: ProblemCode, retryAfterMs: number): Scripted => {
  const body = later(code, retryAfterMs);
  return { status: body.status, body };
};

async function connected(options: Partial<KontorOptions> = {}, ...script: readonly Scripted[]) {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const http = new FakeHttp(...script);
  const parts = { fetch: http.fetch, WebSocket: server.Socket, clock, random: () => 0, ...options };
  const kontor = createKontor({ baseUrl: "http://kontor.test", ...parts });
  const live = kontor.live();
  await clock.advance(10);
  return { clock, server, http, kontor, live };
}

/** What has become of it by now. */
function watched<Value>(promise: Promise<Value>): { outcome: Value | null } {
  const watch: { outcome: Value | null } = { outcome: null };
  void promise.then((value) => {
    watch.outcome = value;
  });
  return watch;
}

test.each(["rate_limited", "overloaded", "unavailable"] as const)(
  "%s on the socket: the hint is waited for, and the same command goes out again under the same key",
  async (code) => {
    const { clock, server, http, live } = await connected();
    server.refusals = [later(code, 2_000), later(code, 700)];
    const watch = watched(live.commands.submitBid(bid));
    await clock.advance(1_990);
    expect(server.asked).toHaveLength(1);
    await clock.advance(100);
    expect(server.asked).toHaveLength(2);
    await clock.advance(1_000);
    expect(watch.outcome).toMatchObject({ ok: true });
    expect(server.asked).toHaveLength(3);
    expect(new Set(server.asked).size).toBe(1);
    expect([...server.executed.values()]).toEqual([1]);
    expect(http.seen).toEqual([]);
    live.close();
  },
);

test("who was told the same time to wait does not come back at the same time", async () => {
  const spread = [0, 0.5, 1];
  const { clock, server, live } = await connected({ random: () => spread.shift() ?? 0 });
  server.refusals = spread.map(() => later("rate_limited", 1_000));
  for (const _ of [1, 2, 3]) void live.commands.submitBid(bid);
  const came: number[] = [];
  for (let ms = 0; ms < 1_200; ms += 10) {
    await clock.advance(10);
    came.push(server.asked.length);
  }
  expect(new Set(came)).toEqual(new Set([3, 4, 5, 6]));
  live.close();
});

test("a refusal that decides is no reason to wait", async () => {
  const { clock, server, live } = await connected();
  server.refusals = [problemOf("step_too_small", { retryAfterMs: 1 })];
  const watch = watched(live.commands.submitBid(bid));
  await clock.advance(0);
  expect(watch.outcome).toMatchObject({ ok: false, problem: { code: "step_too_small" } });
  live.close();
});

test("so many attempts and no more, over whichever way", async () => {
  const { clock, server, http, live } = await connected({ retry: { attemptsMax: 4 } }, refusal("overloaded", 100));
  server.refusals = [1, 2].map(() => later("overloaded", 100));
  const watch = watched(live.commands.submitBid(bid));
  await clock.advance(160);
  expect(server.asked).toHaveLength(2);
  server.refusesLinks = true;
  server.cutAll();
  await clock.advance(5_000);
  expect(watch.outcome).toMatchObject({ ok: false, problem: { code: "overloaded", retryAfterMs: 100 } });
  const posts = http.seen.filter(({ method }) => method === "POST");
  expect(posts).toHaveLength(2);
  expect(new Set([...server.asked, ...posts.map(({ headers }) => headers["idempotency-key"])]).size).toBe(1);
  live.close();
});

test("a hint beyond the deadline is passed on at once", async () => {
  const { clock, server, live } = await connected({ retry: { deadlineMs: 3_000 } });
  server.refusals = [later("rate_limited", 2_000), later("rate_limited", 2_000)];
  const watch = watched(live.commands.submitBid(bid));
  await clock.advance(2_100);
  expect(watch.outcome).toMatchObject({ ok: false, problem: { code: "rate_limited", retryAfterMs: 2_000 } });
  expect(server.asked).toHaveLength(2);
  live.close();
});

test("one attempt: nothing is sent again", async () => {
  const once = { retry: { attemptsMax: 1 } };
  const { clock, server, http, kontor, live } = await connected(once, refusal("unavailable", 100));
  server.refusals = [later("unavailable", 100)];
  const over = [watched(live.commands.submitBid(bid)), watched(kontor.commands.submitBid(bid))];
  await clock.advance(1_000);
  for (const { outcome } of over) expect(outcome).toMatchObject({ ok: false, problem: { code: "unavailable" } });
  expect([server.asked.length, http.seen.length]).toEqual([1, 1]);
  live.close();
});

test("whoever gives up while waiting has the refusal at once, and nothing more is sent", async () => {
  const { clock, server, live } = await connected();
  server.refusals = [later("overloaded", 10_000)];
  const caller = new AbortController();
  const watch = watched(live.commands.submitBid(bid, { signal: caller.signal }));
  await clock.advance(1_000);
  caller.abort();
  await clock.advance(0);
  expect(watch.outcome).toMatchObject({ ok: false, problem: { code: "overloaded" } });
  await clock.advance(30_000);
  expect(server.asked).toHaveLength(1);
  live.close();
});

test("whoever gives up before an answer is told that the outcome is unknown", async () => {
  const { clock, server, http, live } = await connected();
  server.swallowsAnswers = true;
  const caller = new AbortController();
  const watch = watched(live.commands.submitBid(bid, { signal: caller.signal }));
  await clock.advance(100);
  caller.abort();
  await clock.advance(0);
  expect(watch.outcome).toMatchObject({ ok: false, problem: { code: "outcome_unknown" } });
  expect([server.asked.length, http.seen.length]).toEqual([1, 0]);
  const never = await live.commands.submitBid(bid, { signal: AbortSignal.abort() });
  expect(never).toMatchObject({ ok: false, problem: { code: "unavailable" } });
  expect([server.asked.length, http.seen.length]).toEqual([1, 0]);
  live.close();
});

test("mutations wait for the hint too and keep their key; the client's signal ends all waiting", async () => {
  const caller = new AbortController();
  const script = [refusal("rate_limited", 1_500), { status: 201, body: { status: "pending" } }] as const;
  const { clock, http, kontor, live } = await connected(
    { signal: caller.signal },
    ...script,
    refusal("unavailable", 9_000),
  );
  const first = watched(kontor.participations.request("m1", "supplier"));
  await clock.advance(1_400);
  expect(http.seen).toHaveLength(1);
  await clock.advance(200);
  expect(first.outcome).toMatchObject({ ok: true });
  expect(new Set(http.seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  const second = watched(kontor.participations.request("m2", "supplier"));
  await clock.advance(100);
  caller.abort();
  await clock.advance(0);
  expect(second.outcome).toMatchObject({ ok: false, problem: { code: "unavailable" } });
  expect(http.seen).toHaveLength(3);
  live.close();
});

test("a request under way is cut off when its caller gives up", async () => {
  const clock = new VirtualClock();
  const caller = new AbortController();
  const fetch: NonNullable<KontorOptions["fetch"]> = (_, { signal }) =>
    new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("cut off"))));
  const kontor = createKontor({ baseUrl: "http://kontor.test", fetch, clock });
  const watch = watched(kontor.commands.submitBid(bid, { signal: caller.signal }));
  await clock.advance(100);
  caller.abort();
  await clock.advance(0);
  expect(watch.outcome).toMatchObject({
    ok: false,
    problem: { code: "outcome_unknown", detail: "No answer from the server: given up by the caller." },
  });
});

test("a refusal after an attempt without an answer is no proof that nothing happened", async () => {
  const retry = { attemptsMax: 2 };
  const { clock, kontor, live } = await connected({ retry }, "silent", refusal("overloaded", 100));
  const watch = watched(kontor.commands.submitBid(bid));
  await clock.advance(5_000);
  expect(watch.outcome).toMatchObject({ ok: false, problem: { code: "outcome_unknown", retryAfterMs: 100 } });
  live.close();
});

test("an unanswered command on the socket that HTTP only refuses to take on stays in doubt", async () => {
  const retry = { attemptsMax: 1 };
  const { clock, server, live } = await connected({ retry }, refusal("rate_limited", 100), accepted);
  server.swallowsAnswers = true;
  const watch = watched(live.commands.submitBid(bid));
  await clock.advance(6_000);
  expect(watch.outcome).toMatchObject({ ok: false, problem: { code: "outcome_unknown" } });
  live.close();
});
