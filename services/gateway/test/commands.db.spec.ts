import { Fault } from "@kontor/kernel";
import { expect, test } from "vitest";
import { rejected } from "./fake-host.ts";
import { Caller, gatewayWorld } from "./gateway-world.ts";
import { largestTerms } from "./largest-terms.ts";
import { colleague, market, participate, person } from "./people.ts";
import { lotId, publishTender, tenderId, terms } from "./tenders.ts";

const key = { "idempotency-key": "key-00000001" };
const bid = `/v1/lots/${lotId}/bids`;

async function trading() {
  const world = await gatewayWorld();
  const place = await market(world);
  const owner = await person(world, "Olga", "Olga Works");
  const bidder = await person(world, "Bert", "Bert Metals");
  await participate(place, owner, "buyer");
  await participate(place, bidder, "supplier");
  publishTender(world, { marketplaceId: place.marketplaceId, ownerCompanyId: owner.companyId });
  return { world, place, owner, bidder, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

test("a bid becomes a command of its company and its receipt comes back", async () => {
  await using scene = await trading();
  const { world, bidder, place } = scene;
  const answer = await bidder.post(bid, { price: "8990.00" }, { "idempotency-key": '"key-00000001"' });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  expect(answer.body).toEqual({
    epoch: 1,
    seq: 1,
    at: "2027-01-15T08:00:00.000000Z",
    result: { done: "submit_bid" },
  });
  expect(world.host.commands).toEqual([
    {
      shard: tenderId,
      mechanism: "tender",
      key: "key-00000001",
      command: { type: "submit_bid", lotId, price: "8990.00" },
      actor: {
        kind: "member",
        userId: bidder.userId,
        companyId: bidder.companyId,
        marketplaceId: place.marketplaceId,
      },
    },
  ]);
});

test("every refusal before the host is coded and names what is wrong", async () => {
  await using scene = await trading();
  const { world, bidder } = scene;
  const nobody = new Caller(world.app);
  const cases: [string, Promise<{ status: number; body: Record<string, unknown> }>][] = [
    ["unauthenticated", nobody.post(bid, { price: "1" }, key)],
    ["key_missing", bidder.post(bid, { price: "8990.00" })],
    ["key_malformed", bidder.post(bid, { price: "8990.00" }, { "idempotency-key": "short" })],
    ["request_invalid", bidder.post(bid, { price: 8990 }, key)],
    ["request_invalid", bidder.post(bid, { price: "8990.00", lot: 1 }, key)],
    ["request_invalid", bidder.post(bid, { price: "8\u0000" }, key)],
    ["request_invalid", bidder.post("/v1/lots/none/bids", { price: "1" }, key)],
    ["request_invalid", bidder.post(bid, { price: "1" }, { ...key, "valid-until": "2026-02-31T00:00:00Z" })],
    ["body_unreadable", bidder.send("POST", bid, { body: "{", headers: key })],
    [
      "media_type_unsupported",
      bidder.send("POST", bid, { body: "x", headers: { ...key, "content-type": "text/plain" } }),
    ],
    ["body_too_large", bidder.post(bid, { price: "1".repeat(300_000) }, key)],
    ["method_not_allowed", bidder.send("DELETE", bid)],
    ["not_found", bidder.get("/v1/nowhere")],
    ["precondition_required", scene.owner.post(`/v1/tenders/${tenderId}/publication`, undefined, key)],
    [
      "request_invalid",
      scene.owner.post(`/v1/tenders/${tenderId}/publication`, undefined, { ...key, "if-match": "x" }),
    ],
    ["request_invalid", scene.owner.post(`/v1/lots/${lotId}/resumption`, { why: 1 }, key)],
  ];
  for (const [code, asked] of cases) {
    const { status, body } = await asked;
    expect(body, code).toMatchObject({ code, status, type: `urn:kontor:problem:${code}` });
    expect(body["instance"]).toMatch(/^[0-9a-f-]{36}$/);
  }
  const invalid = await bidder.post(bid, { price: 8990 }, key);
  expect(invalid.body["errors"]).toEqual([
    expect.objectContaining({ pointer: "/price", detail: expect.stringContaining("string") }),
  ]);
  expect(world.host.commands).toEqual([]);
});

test("the largest tender that fits its schema is taken; what is larger is told how much may come", async () => {
  await using scene = await trading();
  const { world, place, owner, bidder } = scene;
  const address = `/v1/marketplaces/${place.marketplaceId}/tenders`;
  const taken = await owner.post(address, { tenderId, terms: { ...largestTerms, direction: "buy" } }, key);
  expect(taken.status, JSON.stringify(taken.body)).toBe(201);
  expect(world.host.commands.at(-1)?.command).toMatchObject({ type: "create_tender" });
  const tooLarge = await owner.post(address, " ".repeat(17_000_000), key);
  expect(tooLarge).toMatchObject({ status: 413, body: { code: "body_too_large" } });
  expect(tooLarge.body["limit"]).toBeGreaterThan(JSON.stringify(largestTerms).length);
  const bidTooLarge = await bidder.post(bid, { price: "1".repeat(300_000) }, key);
  expect(bidTooLarge).toMatchObject({ status: 413, body: { code: "body_too_large", limit: 262_144 } });
});

test("the version of a document travels in If-Match, and a stale one answers 412", async () => {
  await using scene = await trading();
  const { world, owner } = scene;
  const at = { ...key, "if-match": '"3"' };
  await owner.post(`/v1/tenders/${tenderId}/publication`, undefined, at);
  expect(world.host.commands[0]?.command).toEqual({ type: "publish_tender", tenderId, expectedVersion: 3 });
  world.host.answer = () => rejected("version_stale");
  const stale = await owner.post(`/v1/tenders/${tenderId}/publication`, undefined, at);
  expect(stale.status).toBe(412);
  expect(stale.body).toMatchObject({ code: "version_stale", at: "2027-01-15T08:00:00.000000Z" });
});

test("faults of the bus say whether the outcome is known, and when to come back", async () => {
  await using scene = await trading();
  const { world, bidder } = scene;
  world.host.answer = () => {
    throw new Fault("overloaded");
  };
  await bidder.post(bid, { price: "1" }, key);
  world.host.stop();
  const gone = await bidder.post(bid, { price: "1" }, key);
  expect(gone.status).toBe(503);
  expect(gone.body).toMatchObject({ code: "unavailable", retryAfterMs: 1000 });
  expect(gone.headers.get("retry-after")).toBe("1");
});

test("a host that does not answer leaves the outcome unknown", async () => {
  await using scene = await trading();
  const { world, bidder } = scene;
  world.host.answer = () => new Promise(() => {});
  const silent = await bidder.post(bid, { price: "1" }, key);
  expect(silent.status).toBe(504);
  expect(silent.body).toMatchObject({ code: "outcome_unknown" });
});

test("roles follow the side: a buyer cannot bid in a buying tender, a seller cannot run it", async () => {
  await using scene = await trading();
  const { world, owner, bidder, place } = scene;
  const buyer = await colleague(world, bidder, { name: "Basil", role: "buyer" });
  const seller = await colleague(world, bidder, { name: "Selma", role: "seller" });
  expect((await buyer.post(bid, { price: "1.00" }, key)).body).toMatchObject({ code: "forbidden" });
  expect((await seller.post(bid, { price: "1.00" }, key)).status).toBe(201);
  const pause = `/v1/lots/${lotId}/pause`;
  expect((await seller.post(pause, { reason: "lunch" }, key)).body).toMatchObject({ code: "forbidden" });
  const finance = await colleague(world, owner, { name: "Fiona", role: "finance" });
  expect((await finance.post(pause, { reason: "lunch" }, key)).body).toMatchObject({ code: "forbidden" });
  const award = `/v1/lots/${lotId}/awards/${lotId}-a1/acceptance`;
  expect((await finance.post(award, undefined, key)).status).toBe(200);
  const paused = await place.operator.post(pause, { reason: "power cut" }, key);
  expect(paused.status).toBe(200);
  expect(world.host.commands.at(-1)?.actor).toMatchObject({ kind: "operator", companyId: null });
});

test("a company that only buys in the marketplace cannot bid as a supplier", async () => {
  await using scene = await trading();
  const { world, place } = scene;
  const onlyBuys = await person(world, "Cora", "Cora Buys");
  await participate(place, onlyBuys, "buyer");
  expect((await onlyBuys.post(bid, { price: "1.00" }, key)).body).toMatchObject({ code: "forbidden" });
});

test("what belongs to another marketplace answers exactly like what does not exist", async () => {
  await using scene = await trading();
  const { world, bidder } = scene;
  const elsewhere = await market(world, "grain");
  const stranger = await person(world, "Stan", "Stan Grain");
  await participate(elsewhere, stranger);
  const missing = "0190a7c0-0000-7000-8000-00000000ffff";
  const addresses = (id: string): [string, string, unknown][] => [
    ["GET", `/v1/tenders/${id}`, undefined],
    ["GET", `/v1/tenders/${id}/suppliers`, undefined],
    ["GET", `/v1/lots/${id}-1`, undefined],
    ["GET", `/v1/lots/${id}-1/bids`, undefined],
    ["POST", `/v1/lots/${id}-1/bids`, { price: "1.00" }],
    ["POST", `/v1/tenders/${id}/admission-requests`, undefined],
  ];
  for (const [index, [method, url, body]] of addresses(tenderId).entries()) {
    const [, missingUrl] = addresses(missing)[index] ?? ["", ""];
    const foreign = await stranger.send(method, url, { body, headers: key });
    const absent = await stranger.send(method, String(missingUrl), { body, headers: key });
    expect({ ...foreign.body, instance: "" }, url).toEqual({ ...absent.body, instance: "" });
    expect(foreign.body).toMatchObject({ code: "not_found", status: 404 });
  }
  const marketplace = elsewhere.marketplaceId;
  for (const id of [marketplace, "none-such"]) {
    expect((await bidder.get(`/v1/marketplaces/${id}/tenders`)).body).toMatchObject({ code: "not_found" });
  }
  expect(world.host.commands).toEqual([]);
});

test("a tender is created in the marketplace of the path, by whoever trades on its side", async () => {
  await using scene = await trading();
  const { world, owner, bidder, place } = scene;
  const create = `/v1/marketplaces/${place.marketplaceId}/tenders`;
  const made = await owner.post(create, { tenderId, terms }, key);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  expect(world.host.commands[0]?.command).toMatchObject({
    type: "create_tender",
    tenderId,
    marketplaceId: place.marketplaceId,
    terms: { direction: "buy" },
  });
  expect((await bidder.post(create, { tenderId, terms }, key)).body).toMatchObject({ code: "forbidden" });
});

test("views show what the schema lists and nothing else", async () => {
  await using scene = await trading();
  const lot = await scene.bidder.get(`/v1/lots/${lotId}`);
  expect(lot.status, JSON.stringify(lot.body)).toBe(200);
  expect(lot.body).toMatchObject({ audience: "public", view: { lotId, phase: "open" } });
  // A place in the journal would count the commands that the reader may not see.
  expect(lot.body).not.toHaveProperty("seq");
  expect(JSON.stringify(lot.body)).not.toContain("never shown");
});

test("a user of two companies chooses by header, and only among his own", async () => {
  await using scene = await trading();
  const { world, bidder, owner } = scene;
  const other = { ...key, "kontor-company": owner.companyId };
  expect((await bidder.post(bid, { price: "1.00" }, other)).body).toMatchObject({ code: "company_required" });
  const chosen = { ...key, "kontor-company": bidder.companyId };
  expect((await bidder.post(bid, { price: "1.00" }, chosen)).status).toBe(201);
  expect(world.host.commands).toHaveLength(1);
});

test("a page of another origin cannot act with the cookie", async () => {
  await using scene = await trading();
  const answer = await scene.bidder.post(bid, { price: "1.00" }, { ...key, origin: "https://evil.example" });
  expect(answer.body).toMatchObject({ code: "origin_refused", status: 403 });
});
