import { connect } from "node:net";
import type { Problem } from "@kontor/protocol";
import { problemCodes, problemKinds } from "@kontor/protocol";
import { requireReceipt, requireValue } from "@kontor/sdk";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../world/people.ts";
import type { RawAnswer, RawHttp } from "../world/raw-http.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { RawSocket } from "../world/raw-socket.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";
import { heldBytes } from "./bad-input/heap.ts";
import type { HttpCase, ReferenceDocument } from "./bad-input/http-cases.ts";
import { httpCases } from "./bad-input/http-cases.ts";
import type { LiveCase } from "./bad-input/live-cases.ts";
import { liveCases } from "./bad-input/live-cases.ts";
import { freshPools, sendersOf } from "./bad-input/place.ts";
import type { Pools } from "./bad-input/placeholders.ts";
import { filled } from "./bad-input/placeholders.ts";

/*
 * Whatever anybody sends: no fault of ours, every refusal with its code, and the server goes on. The cases follow from
 * the seed alone; a failure names the case.
 */
const seed = givenSeed() ?? 20_261_121;
const httpTotal = 21_000;
const liveTotal = 6_000;
const rounds = 4;
const sliceSize = 250;
/** Of what is held after the first round, by which caches and compiled code are there. */
const growthMax = 0.1;
const atOnce = 12;
const liveAtOnce = 50;

/** Null when nobody chose one. @throws RangeError */
function givenSeed(): number | null {
  // biome-ignore lint/style/noProcessEnv: the one setting of this test, read here only.
  const text = process.env.KONTOR_FUZZ_SEED ?? "";
  if (text === "") return null;
  if (!/^\d{1,10}$/.test(text)) throw new RangeError("KONTOR_FUZZ_SEED is a whole number of at most ten digits");
  return Number(text);
}

let world: World;
let raw: RawHttp;
let senders: readonly (Person | null)[];
const uncaught: unknown[] = [];
/** How often each outcome came: `done` or the code of the refusal. */
const outcomes = new Map<string, number>();
const count = (outcome: string): void => {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
};
const note = (error: unknown): void => {
  uncaught.push(error);
};

beforeAll(async () => {
  process.on("unhandledRejection", note).on("uncaughtExceptionMonitor", note);
  console.log(`bad input: seed ${seed}; KONTOR_FUZZ_SEED chooses another`);
  const generous = {
    messagesPerSecondSession: 1e6,
    messagesPerSecondKey: 1e6,
    messageBurst: 1e6,
    socketsPerUserMax: 50,
  };
  world = await createWorld({ liveLimits: generous, logLevel: "warn" });
  // The first to install a list of codes has it read into memory, where it stays: no growth, whenever it comes.
  requireValue(await world.operator.client.classes.install(world.marketplaceId, "cpv"));
  senders = await sendersOf(world);
  raw = createRawHttp(world.url, atOnce);
});
afterAll(async () => {
  process.off("unhandledRejection", note).off("uncaughtExceptionMonitor", note);
  raw.close();
  await world[Symbol.asyncDispose]();
});

/** In slices: the server runs in this thread, and its database waits half a minute for it at most. */
async function sampled<Case>(cases: fc.Arbitrary<Case>, total: number): Promise<readonly Case[]> {
  const found: Case[] = [];
  for (let slice = 0; found.length < total; slice++) {
    found.push(...fc.sample(cases, { seed: seed + slice, numRuns: Math.min(sliceSize, total - found.length) }));
    await new Promise(setImmediate);
  }
  return found;
}

/** What is wrong with an answer; null when nothing is. */
function faultOfProblem(status: number, problem: Partial<Problem> | undefined): string | null {
  const code = problem?.code ?? "none";
  if (status >= 500) return `answered ${status} ${code}`;
  if (!problemCodes.includes(code as (typeof problemCodes)[number])) return `has no registered code: ${code}`;
  const wanted = problemKinds[code as keyof typeof problemKinds].status;
  if (wanted !== status || problem?.status !== status) return `code ${code} came with ${status}`;
  return typeof problem.title === "string" && problem.type === `urn:kontor:problem:${code}` ? null : "is no problem";
}

/** Sessions end at these, so whoever has one asks there as nobody. */
const endsSessions = /sign-out|revoke-|organization\/(leave|set-active)/;

async function sendHttp(one: HttpCase, pools: Pools): Promise<string | null> {
  const sender = endsSessions.test(one.route) ? null : senders[one.caller % senders.length];
  const headers = Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [name, filled(value, pools)]));
  const answer = await raw.ask({
    method: one.method,
    path: filled(one.path, pools),
    headers: { ...sender?.headers(), ...headers },
    ...(one.body === undefined ? {} : { body: filled(one.body, pools) }),
  });
  count((answer.body as Partial<Problem> | undefined)?.code ?? "done");
  const fault = faultOfAnswer(one, answer);
  return fault === null ? null : `${fault}: ${JSON.stringify(one).slice(0, 600)} -> ${answer.text.slice(0, 300)}`;
}

function faultOfAnswer({ method }: HttpCase, { status, headers, body, text }: RawAnswer): string | null {
  if (status < 400) return null;
  if (method === "HEAD") return status < 500 ? null : `answered ${status}`;
  const type = String(headers["content-type"]);
  if (!type.startsWith("application/problem+json")) return `is ${type}`;
  if (/\bat (\w+ )?\(?(file:|\/|node:)|select |insert into|postgres/i.test(text)) return "tells of our insides";
  return faultOfProblem(status, body as Partial<Problem>);
}

async function inTurns<Case>(cases: readonly Case[], send: (one: Case) => Promise<string | null>): Promise<string[]> {
  const waiting = [...cases];
  const faults: string[] = [];
  const work = async (): Promise<void> => {
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      const fault = await send(one).catch((error: Error) => `${error.message}: ${JSON.stringify(one).slice(0, 600)}`);
      if (fault !== null) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return faults;
}

/** Sends a batch over one socket; every message must bring exactly one reply, and each refusal its code. */
async function sendLive(batch: readonly LiveCase[], socket: RawSocket, pools: Pools): Promise<string[]> {
  const repliesIn = (texts: readonly string[]): readonly string[] => texts.filter((text) => text.startsWith('{"re":'));
  const before = socket.received.length;
  for (const { text } of batch) socket.send(filled(text, pools));
  const arrived = until("every message has its reply", () => {
    const found = repliesIn(socket.received.slice(before));
    return found.length >= batch.length && found;
  });
  const closed = socket.closing.then(({ code }) => Promise.reject(new Error(`the connection was closed with ${code}`)));
  const replies = await Promise.race([arrived, closed]).catch((error: Error) => {
    const got = repliesIn(socket.received.slice(before)).length;
    throw new Error(`${error.message} (${got} of ${batch.length}): ${JSON.stringify(batch).slice(0, 20_000)}`);
  });
  const problems = replies.map((text) => JSON.parse(text) as { ok: boolean; problem?: Problem });
  const faults = problems.flatMap(({ ok, problem }) => {
    count(problem?.code ?? "done");
    const fault = ok ? null : faultOfProblem(problem?.status ?? 0, problem);
    return fault === null ? [] : [`${fault}: ${JSON.stringify(problem)}`];
  });
  return replies.length === batch.length
    ? faults
    : [...faults, `${replies.length} replies to ${batch.length} messages`];
}

async function overSockets(cases: readonly LiveCase[], pools: Pools): Promise<string[]> {
  const faults: string[] = [];
  for (const [index, person] of senders.entries()) {
    const own = cases.filter(({ caller }) => caller % senders.length === index);
    // Nobody has no connection; his messages come from somebody of another marketplace.
    const headers = (person ?? world.foreigner.boss).headers();
    const socket = await openRawSocket(world.url, { headers });
    for (let sent = 0; sent < own.length; sent += liveAtOnce) {
      faults.push(...(await sendLive(own.slice(sent, sent + liveAtOnce), socket, pools)));
    }
    socket.terminate();
  }
  return faults;
}

describe("generated and mutated input", () => {
  let requests: readonly HttpCase[];
  let messages: readonly LiveCase[];
  let warm = 0;

  test(`comes from the schemas: ${httpTotal} requests and ${liveTotal} messages`, async () => {
    const { body } = await raw.ask({ method: "GET", path: "/v1/openapi.json" });
    requests = await sampled(httpCases(body as ReferenceDocument), httpTotal);
    messages = await sampled(liveCases, liveTotal);
    expect(new Set(requests.map(({ route }) => route)).size).toBeGreaterThan(90);
    expect([requests.length, messages.length]).toEqual([httpTotal, liveTotal]);
  });

  test.each(Array.from({ length: rounds }, (_, round) => round))(
    "round %i is refused with codes or done",
    async (round) => {
      const pools = await freshPools(world);
      const part = <Case>(all: readonly Case[]): readonly Case[] => all.filter((_, index) => index % rounds === round);
      expect((await inTurns(part(requests), (one) => sendHttp(one, pools))).slice(0, 5)).toEqual([]);
      expect((await overSockets(part(messages), pools)).slice(0, 5)).toEqual([]);
      expect(world.logBook.errorTexts()).toEqual([]);
      if (round === 0) warm = heldBytes();
    },
  );

  test("gets past the schemas often enough to mean something", () => {
    const total = [...outcomes.values()].reduce((sum, times) => sum + times, 0);
    const often = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, times]) => `${outcome} ${times}`);
    console.log(`bad input: ${total} answers: ${often.join(", ")}`);
    expect(total).toBe(httpTotal + liveTotal);
    expect(outcomes.get("done") ?? 0).toBeGreaterThan(total / 20);
    expect(outcomes.size).toBeGreaterThan(30);
  });

  test("leaves nothing behind that grows with it", () => {
    const held = heldBytes();
    const growth = held / warm - 1;
    console.log(
      `bad input: ${(warm / 1e6).toFixed(1)} MB after round 0, ${(held / 1e6).toFixed(1)} MB at the end (${(growth * 100).toFixed(1)} %)`,
    );
    expect(growth).toBeLessThan(growthMax);
  });
});

describe("below HTTP", () => {
  const starts = (text: string): RegExp => new RegExp(`^HTTP/1.1 ${text}`);

  /** What the server says to raw bytes until it is done or closes. */
  function tell(bytes: string | Buffer): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
      const parts: Buffer[] = [];
      const end = (): void => {
        socket.destroy();
        resolve(Buffer.concat(parts).toString("latin1"));
      };
      socket.on("data", (part: Buffer) => {
        parts.push(part);
        if (Buffer.concat(parts).includes("\r\n\r\n")) setImmediate(end);
      });
      socket.on("close", end).on("error", end);
      socket.write(bytes);
    });
  }

  test.each([
    ["a line that is none", "NONSENSE\r\n\r\n"],
    ["a method that is none", "FETCH /v1/me HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["a header with a line break in it", "GET /v1/me HTTP/1.1\r\nHost: x\r\nX-A: b\rc\r\n\r\n"],
    ["a header with a NUL", "GET /v1/me HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n"],
    ["two lengths", "POST /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    ["a length that is none", "POST /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n"],
    [
      "length and chunks at once",
      "POST /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    [
      "a chunk that is none",
      "POST /v1/auth/sign-out HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ["headers without end", `GET /v1/me HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(40_000)}\r\n\r\n`],
    ["no host", "GET /v1/me HTTP/1.1\r\n\r\n"],
  ])("%s is refused with a code", async (_, bytes) => {
    const answer = await tell(bytes);
    expect(answer).toMatch(starts("4\\d\\d"));
    expect(answer.toLowerCase()).toContain("content-type: application/problem+json");
    const [, body = ""] = answer.split("\r\n\r\n");
    expect(problemCodes).toContain((JSON.parse(body) as Problem).code);
  });

  test("a handshake that is half one is refused, and an upgrade to something else", async () => {
    const { cookie = "" } = world.anna.boss.headers();
    const head = `GET /v1/live HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\n`;
    expect(await tell(`${head}Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n`)).toMatch(starts("4\\d\\d"));
    expect(await tell(`${head}Upgrade: h2c\r\n\r\n`)).toMatch(starts("4\\d\\d"));
  });
});

describe("below messages", () => {
  const open = () => openRawSocket(world.url, { headers: world.anna.boss.headers() });

  test.each([
    ["a binary frame", 4003, (socket: RawSocket) => socket.send(Buffer.from([1, 2, 3]), { binary: true })],
    ["a frame above the limit", 1009, (socket: RawSocket) => socket.send(`"${"x".repeat(65_536)}"`)],
    ["bytes that are no text", 1007, (socket: RawSocket) => socket.send(Buffer.from([0xff, 0xfe]), { binary: false })],
    [
      "fragments without end",
      1008,
      (socket: RawSocket) => {
        for (let sent = 0; sent < 200; sent++) socket.send("x", { fin: false });
      },
    ],
  ])("%s ends the connection with its code", async (_, code, act) => {
    const socket = await open();
    await socket.ask({ id: "first", op: "time" });
    act(socket);
    expect((await socket.closing).code).toBe(code);
  });

  test("a message in several fragments is one message", async () => {
    const socket = await open();
    for (const part of ['{"id":"frag', 'ments","op"', ':"time"']) socket.send(part, { fin: false });
    socket.send("}", { fin: true });
    expect((await socket.next((frame) => frame["re"] === "fragments")).frame).toMatchObject({ ok: true });
    socket.terminate();
  });
});

test("after all that the server trades as before, and nothing went unseen", async () => {
  const { anna, bert } = world;
  const tender = await world.publish({ draft: { lots: [lot(reverseRules())] }, suppliers: [anna, bert] });
  await tender.open();
  requireReceipt(await anna.boss.live().commands.submitBid({ lotId: tender.lotId(), price: "8900.00" }));
  expect((await raw.ask({ method: "GET", path: "/readyz" })).status).toBe(200);
  expect(uncaught).toEqual([]);
  expect(world.logBook.errorTexts()).toEqual([]);
});
