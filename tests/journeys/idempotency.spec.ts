import { newId, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RawHttp } from "../world/raw-http.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { RawSocket } from "../world/raw-socket.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { replayJournal } from "../world/replay.ts";
import { lot, reverseRules } from "../world/terms.ts";
import { until } from "../world/until.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

const atOnce = 25;

let world: World;
let raw: RawHttp;
let sockets: readonly RawSocket[];
beforeAll(async () => {
  world = await createWorld();
  raw = createRawHttp(world.url, atOnce);
  const headers = world.anna.boss.headers();
  sockets = await Promise.all([1, 2, 3, 4].map(() => openRawSocket(world.url, { headers })));
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  raw.close();
  await world[Symbol.asyncDispose]();
});

async function openLot(): Promise<string> {
  const { anna, bert } = world;
  const tender = await world.publish({ draft: { lots: [lot(reverseRules())] }, suppliers: [anna, bert] });
  await tender.open();
  return tender.lotId();
}

type Bid = { readonly lotId: string; readonly key: string; readonly price: string };

function bidOverHttp({ lotId, key, price }: Bid, bidder = world.anna.boss) {
  return raw.ask({
    method: "POST",
    path: `/v1/lots/${lotId}/bids`,
    headers: { ...bidder.headers(), "idempotency-key": key },
    body: { price },
  });
}

/** Half of them over HTTP, half over four sockets, all at the same time. */
async function fiftyTimes(bid: Bid) {
  const { lotId, key, price } = bid;
  const overHttp = Array.from({ length: atOnce }, () => bidOverHttp(bid));
  const message = JSON.stringify({ id: key, op: "command", command: { type: "submit_bid", lotId, price } });
  for (let sent = 0; sent < atOnce; sent++) sockets[sent % sockets.length]?.send(message);
  const replies = await until("every socket has answered every time", () => {
    const texts = sockets.flatMap(({ received }) => received.filter((text) => text.includes(`"re":"${key}"`)));
    return texts.length === atOnce && texts;
  });
  return { http: await Promise.all(overHttp), replies };
}

describe("fifty times the same key at once", () => {
  test("is one bid and fifty equal answers, byte for byte", async () => {
    const lotId = await openLot();
    const key = newId();
    const { http, replies } = await fiftyTimes({ lotId, key, price: "8900.00" });
    const [{ status, text } = { status: 0, text: "" }] = http;
    expect(status).toBe(201);
    expect(new Set(http.map((answer) => answer.text)).size).toBe(1);
    expect(new Set(replies)).toEqual(new Set([`{"re":"${key}","ok":true,${text.slice(1)}`]));
    const { own, view } = requireValue(await world.anna.boss.client.lots.get(lotId));
    expect([own?.bidCount, view.bidCount]).toEqual([1, 1]);
  });

  test("is one rejection and fifty equal answers, however often it is asked again", async () => {
    const lotId = await openLot();
    const key = newId();
    const { http, replies } = await fiftyTimes({ lotId, key, price: "9000.01" });
    expect(new Set(http.map(({ status }) => status))).toEqual(new Set([409]));
    const problems = new Set([
      ...http.map(({ body }) => JSON.stringify({ ...(body as object), instance: undefined })),
      ...replies.map((text) => JSON.stringify((JSON.parse(text) as { problem: object }).problem)),
    ]);
    expect([...problems]).toHaveLength(1);
    const again = await bidOverHttp({ lotId, key, price: "9000.01" });
    expect(JSON.stringify({ ...(again.body as object), instance: undefined })).toBe([...problems][0]);
  });
});

describe("a key that was used", () => {
  test("is refused for another command, at once and later, over both ways, and nothing happens", async () => {
    const lotId = await openLot();
    const key = newId();
    const [one, two] = await Promise.all([
      bidOverHttp({ lotId, key, price: "8900.00" }),
      bidOverHttp({ lotId, key, price: "8800.00" }),
    ]);
    const codes = [one, two].map(({ body }) => (body as { code?: string }).code);
    expect([...codes].sort()).toEqual(["key_reused", undefined]);
    const other = codes[0] === undefined ? "8800.00" : "8900.00";
    const later = await bidOverHttp({ lotId, key, price: other });
    expect([later.status, later.body]).toMatchObject([422, { code: "key_reused" }]);
    const [socket] = sockets;
    const command = { type: "submit_bid", lotId, price: other };
    const reply = await socket?.ask({ id: key, op: "command", command });
    expect(reply?.frame).toMatchObject({ ok: false, problem: { code: "key_reused" } });
    expect(requireValue(await world.anna.boss.client.lots.get(lotId)).own?.bidCount).toBe(1);
  });

  test("belongs to the company that used it: another's same key is another command", async () => {
    const lotId = await openLot();
    const key = newId();
    const first = await bidOverHttp({ lotId, key, price: "8900.00" });
    const second = await bidOverHttp({ lotId, key, price: "8800.00" }, world.bert.boss);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.text).not.toBe(second.text);
  });

  test("has the form that is asked for, or is asked for", async () => {
    const lotId = await openLot();
    const { "idempotency-key": _, ...headers } = { ...world.anna.boss.headers(), "idempotency-key": "" };
    const path = `/v1/lots/${lotId}/bids`;
    const none = await raw.ask({ method: "POST", path, headers, body: { price: "8900.00" } });
    expect([none.status, none.body]).toMatchObject([400, { code: "key_missing" }]);
    for (const key of ["short", "with space", "ü".repeat(10), "x".repeat(65)]) {
      const answer = await bidOverHttp({ lotId, key: encodeURI(key), price: "8900.00" });
      expect([answer.status, answer.body]).toMatchObject([400, { code: "key_malformed" }]);
    }
  });
});

test("the same request again for what no lot decides: one marketplace, one answer", async () => {
  const { admin } = world;
  const key = newId();
  const create = (name: string) =>
    raw.ask({
      method: "POST",
      path: "/v1/marketplaces",
      headers: { ...admin.headers(), "idempotency-key": key },
      body: { slug: `slug-${key}`, name, currency: "EUR" },
    });
  const answers = await Promise.all(Array.from({ length: 10 }, () => create("Paper")));
  const decided = answers.filter(({ body }) => (body as { code?: string }).code !== "in_progress");
  expect(new Set(decided.map(({ text }) => text)).size).toBe(1);
  expect(decided[0]?.status).toBe(201);
  expect((await create("Board")).body).toMatchObject({ code: "key_reused" });
  const all = await admin.client.marketplaces.list({ q: "Paper" }).all();
  expect(all).toHaveLength(1);
});

test("whoever decides the journal again comes to the same", async () => {
  const { code, output } = await replayJournal(world.databaseUrl);
  expect(output).toContain("journal and replay agree");
  expect(code).toBe(0);
});
