import { expect, test } from "vitest";
import { createKontor } from "../src/index.ts";
import { FakeHttp } from "./fake-http.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const key = { instrumentId: "i1", tradeDate: "2026-11-02" };
const market = "/v1/marketplaces/m1";

test("the books, allocations and settlements are asked for where they are, mutations under keys", async () => {
  const clock = new VirtualClock();
  const done = { status: 200, body: {} };
  const http = new FakeHttp(...Array.from({ length: 12 }, () => done));
  const options = { fetch: http.fetch, WebSocket: new FakeServer(clock).Socket, clock, random: () => 0 };
  const { ledger } = createKontor({ baseUrl: "http://kontor.test", ...options });
  const request = { requestId: "r1", assetId: "EUR", amount: "5" };
  await ledger.deposits.request("m1", request);
  await ledger.withdrawals.refuse({ marketplaceId: "m1", requestId: "r1" }, "no");
  await ledger.setCreditLimit({ marketplaceId: "m1", accountId: "a1" }, "100");
  await ledger.statement({ marketplaceId: "m1", day: "2026-11-02", companyId: "c1" });
  await ledger.postings({ marketplaceId: "m1", accountId: "a1" }, { limit: 2 }).page();
  await ledger.allocate("i1", { allocationId: "x1", direction: "in", money: "7" });
  await ledger.allocation("i1", "x1");
  await ledger.instructSweep("i1", true);
  await ledger.obligations("m1", { state: "failed" }).page();
  await ledger.settle(key);
  await ledger.dispute(key, "late");
  await ledger.buyIn({ ...key, companyId: "c1" }, { price: "250", reason: "no stock" });
  expect(http.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST ${market}/deposits`,
    `POST ${market}/withdrawals/r1/refusal`,
    `PUT ${market}/accounts/a1/credit-limit`,
    `GET ${market}/statements/2026-11-02?companyId=c1`,
    `GET ${market}/accounts/a1/postings?limit=2`,
    "POST /v1/instruments/i1/allocations",
    "GET /v1/instruments/i1/allocations/x1",
    "PUT /v1/instruments/i1/sweep",
    `GET ${market}/obligations?state=failed`,
    "POST /v1/instruments/i1/settlements/2026-11-02/execution",
    "POST /v1/instruments/i1/settlements/2026-11-02/dispute",
    "POST /v1/instruments/i1/settlements/2026-11-02/obligations/c1/buy-in",
  ]);
  const keyed = http.seen.filter(({ headers }) => headers["idempotency-key"] !== undefined);
  expect(keyed.map(({ method }) => method)).not.toContain("GET");
  expect(keyed).toHaveLength(8);
});
