import { expect, test } from "vitest";
import type { ConnectionState, Stream } from "../src/index.ts";
import { createKontor, ProblemError, WaitTimeout } from "../src/index.ts";
import type { Scripted } from "./fake-http.ts";
import { FakeHttp } from "./fake-http.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const stream: Stream = "tender:00000000-0000-4000-8000-000000000001";

function connected(me: Scripted = { status: 503 }) {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const http = new FakeHttp(me);
  const options = { fetch: http.fetch, WebSocket: server.Socket, clock, random: () => 0 };
  const live = createKontor({ baseUrl: "http://kontor.test", ...options }).live();
  return { clock, server, http, live };
}

test("a goodbye's hint delays the return", async () => {
  const { clock, server, live } = connected();
  await clock.advance(10);
  server.goodbye(4_000);
  await clock.advance(3_900);
  expect(server.linkCount).toBe(0);
  await clock.advance(300);
  expect(live.state).toBe("open");
  live.close();
});

test("what it holds grows old while the link says nothing, whatever the socket believes", async () => {
  const { clock, server, live } = connected();
  expect([live.quietMs(), live.clockErrorMs(), live.roundTripMs]).toEqual([null, null, null]);
  await clock.advance(2_000);
  expect(live.quietMs()).toBeLessThanOrEqual(1_000);
  expect(live.roundTripMs).not.toBeNull();
  expect(live.clockErrorMs()).not.toBeNull();
  server.freeze();
  await clock.advance(3_000);
  expect(live.state).toBe("open");
  expect(live.quietMs()).toBeGreaterThanOrEqual(3_000);
  live.close();
});

test("waits between attempts grow, up to a bound", async () => {
  const { clock, server, live } = connected();
  server.refusesLinks = true;
  await clock.advance(60_000);
  const early = server.handshakes.length;
  await clock.advance(60_000);
  expect(early).toBeLessThan(24);
  expect(server.handshakes.length - early).toBeLessThanOrEqual(13);
  live.close();
});

test("a server that takes links and drops them at once is not asked ever faster", async () => {
  const { clock, server, live } = connected();
  for (let i = 0; i < 600; i++) {
    await clock.advance(100);
    server.cutAll();
  }
  expect(server.handshakes.length).toBeLessThan(24);
  live.close();
});

test("a connection that nobody knows any more is closed, with the reason", async () => {
  const { clock, server, live } = connected({ status: 401 });
  const ends: (string | undefined)[] = [];
  await clock.advance(10);
  live.onState((state, problem) => state === "closed" && ends.push(problem?.code));
  server.refusesLinks = true;
  server.cutAll();
  await clock.advance(60_000);
  expect(ends).toEqual(["unauthenticated"]);
});

test("password credentials sign in anew when the session has ended", async () => {
  const clock = new VirtualClock();
  const server = new FakeServer(clock);
  const signIn = { status: 200, body: {}, headers: { "set-cookie": "kontor.session_token=fresh" } };
  const http = new FakeHttp(signIn, { status: 401 }, signIn, { status: 200, body: {} });
  const credentials = { email: "a@kontor.test", password: "secret-secret" };
  const options = { fetch: http.fetch, WebSocket: server.Socket, clock, random: () => 0, credentials };
  const live = createKontor({ baseUrl: "http://kontor.test", ...options }).live();
  await clock.advance(10);
  server.refusesLinks = true;
  server.cutAll();
  await clock.advance(150);
  server.refusesLinks = false;
  await clock.advance(5_000);
  expect(live.state).toBe("open");
  const signIns = http.seen.filter(({ path }) => path.endsWith("/sign-in/email"));
  expect(signIns).toHaveLength(2);
  live.close();
});

test("a link on which nothing comes is given up and replaced", async () => {
  const { clock, server, live } = connected();
  await clock.advance(2_000);
  server.freeze();
  await clock.advance(6_500);
  expect(server.handshakes).toHaveLength(2);
  expect(live.state).toBe("open");
  live.close();
});

test("without a gap nothing is asked for again", async () => {
  const { clock, server, live } = connected();
  live.subscribe(stream);
  for (let i = 0; i < 20; i++) {
    await clock.advance(900);
    server.change(stream, { view: { phase: `p${i}` } });
  }
  expect(server.subscribes).toBe(1);
  live.close();
});

test("several listeners share one subscription; the last to leave ends it", async () => {
  const { clock, server, live } = connected();
  const first = live.subscribe(stream);
  const second = live.subscribe(stream);
  await clock.advance(10);
  first.close();
  server.change(stream, { view: { phase: "draft" } });
  await clock.advance(10);
  expect(second.state?.view.phase).toBe("draft");
  expect(server.subscribes).toBe(1);
  second.close();
  server.change(stream, { view: { phase: "enquiries" } });
  expect(second.state?.view.phase).toBe("draft");
  live.subscribe(stream);
  expect(server.subscribes).toBe(2);
  live.close();
});

test("an ended stream says so once and rejects those who wait", async () => {
  const { clock, server, live } = connected();
  const ends: string[] = [];
  const subscription = live.subscribe(stream, { onEnd: (problem) => ends.push(problem.code) });
  await clock.advance(10);
  const waiting = subscription.until(() => false, { timeoutMs: 60_000 });
  server.end(stream, "forbidden");
  await expect(waiting).rejects.toBeInstanceOf(ProblemError);
  await clock.advance(30_000);
  expect(ends).toEqual(["not_found"]);
  live.close();
});

test("until gives the first state that fulfils the condition, or a timeout with the last state", async () => {
  const { clock, server, live } = connected();
  const open = live.until(stream, (view) => view.phase === "auction", { timeoutMs: 5_000 });
  const late = live.until(stream, (view) => view.phase === "complete", { timeoutMs: 5_000 });
  await clock.advance(10);
  server.change(stream, { view: { phase: "auction" }, own: { state: "admitted" } });
  expect(await open).toMatchObject({ view: { phase: "auction" }, own: { state: "admitted" } });
  const failed = late.catch((error: unknown) => error);
  await clock.advance(5_000);
  const error = await failed;
  expect(error).toBeInstanceOf(WaitTimeout);
  expect((error as WaitTimeout).last).toMatchObject({ view: { phase: "auction" } });
  live.close();
});

test("iterating gives the newest state and skips those a slow loop missed", async () => {
  const { clock, server, live } = connected();
  const phases: string[] = [];
  const subscription = live.subscribe(stream);
  const loop = (async () => {
    for await (const { view } of subscription) {
      phases.push(view.phase);
      if (view.phase === "complete") break;
    }
  })();
  await clock.advance(10);
  server.change(stream, { view: { phase: "auction" } });
  await clock.advance(10);
  server.change(stream, { view: { phase: "evaluation" } });
  server.change(stream, { view: { phase: "complete" } });
  await loop;
  expect(phases.filter((phase) => phase !== undefined)).toEqual(["auction", "complete"]);
  live.close();
});

test("the server's time is known", async () => {
  const { clock, live } = connected();
  await clock.advance(3_000);
  expect(live.serverNow()).toBe(clock.now());
  live.close();
});

test("closing ends streams, waits and the link, for good", async () => {
  const { clock, server, live } = connected();
  const states: ConnectionState[] = [];
  live.onState((state) => states.push(state));
  const waiting = live.until(stream, () => false, { timeoutMs: 60_000 });
  await clock.advance(10);
  const failed = waiting.catch((error: unknown) => error);
  live.close();
  expect(await failed).toBeInstanceOf(ProblemError);
  await clock.advance(60_000);
  expect(states.at(-1)).toBe("closed");
  expect(server.handshakes).toHaveLength(1);
  await expect(live.opened()).rejects.toBeInstanceOf(ProblemError);
});
