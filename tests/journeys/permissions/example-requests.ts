import type { MatrixEntry } from "@kontor/gateway";
import { newId, requireValue } from "@kontor/sdk";
import type { Person } from "../../world/people.ts";
import type { RawRequest } from "../../world/raw-http.ts";
import type { World } from "../../world/world.ts";
import { bookExamples } from "./book-examples.ts";
import { buyingExamples } from "./buying-examples.ts";
import type { Caller } from "./callers.ts";
import { catalogueExamples } from "./catalogue-examples.ts";
import type { Place } from "./example-commands.ts";
import { importExamples } from "./import-examples.ts";
import { marketExamples } from "./market-examples.ts";
import { priceExamples } from "./price-examples.ts";
import { quoteExamples } from "./quote-examples.ts";
import { searchExamples } from "./search-examples.ts";
import { standingExamples } from "./standing-examples.ts";

/** How one asks at a door so that nothing changes that another caller needs, and the status of who is let in. */
export type Example = {
  readonly status: number;
  /** Made anew for each request where it is a function. */
  readonly body?: unknown;
  readonly query?: string;
  /** Beside the key that every mutation has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes what the request is about; members replace those of the path. */
  readonly prepare?: (scene: Scene) => Promise<Readonly<Record<string, string>>>;
};

/** `spare` is on the marketplace's staff and asks for nothing himself. */
export type Scene = { readonly world: World; readonly caller: Caller; readonly spare: Person };

const profile = { legalName: "New name", country: "DE" };
/** A version that nobody has: whoever is let in is told so, and nothing is written. */
const staleVersion = { "if-match": '"999"' };
const reason = { reason: "because" };
const decided = { status: 412, headers: staleVersion };
const participation = "/v1/marketplaces/:marketplaceId/participations";
const staff = "/v1/marketplaces/:marketplaceId/staff/:userId";

const examples: Readonly<Record<string, Example>> = {
  "GET /": { status: 302 },
  "HEAD /": { status: 302 },
  "GET /docs": { status: 301 },
  "HEAD /docs": { status: 301 },
  "POST /v1/api-keys": { status: 201, body: { name: "one more", roles: ["seller"] } },
  "DELETE /v1/api-keys/:keyId": { status: 204, prepare: keyOfCaller },
  "PUT /v1/company": { status: 412, body: profile, headers: staleVersion },
  // What is not frozen stays as it is.
  "GET /v1/operations/shards": { status: 200, query: "?state=frozen" },
  "HEAD /v1/operations/shards": { status: 200, query: "?state=frozen" },
  "POST /v1/operations/shards/:shard/recovery": { status: 200 },
  "POST /v1/notices/reading": { status: 200, body: { noticeIds: ["none"] } },
  "POST /v1/marketplaces": { status: 201, body: { slug: "new", name: "New", currency: "EUR" } },
  "PATCH /v1/marketplaces/:marketplaceId": { ...decided, body: {} },
  [`POST ${participation}`]: { status: 201, body: { side: "both" } },
  [`POST ${participation}/:companyId/approval`]: decided,
  [`POST ${participation}/:companyId/refusal`]: { ...decided, body: reason },
  [`POST ${participation}/:companyId/suspension`]: { ...decided, body: reason },
  [`PUT ${staff}`]: { ...decided, body: { role: "auditor" } },
  [`DELETE ${staff}`]: decided,
  "POST /v1/marketplaces/:marketplaceId/trading-halt": { status: 200, body: reason },
  "POST /v1/marketplaces/:marketplaceId/traders/:companyId/blocking": { status: 200, body: reason },
  "POST /v1/marketplaces/:marketplaceId/traders/:companyId/unblocking": { status: 200, body: reason },
  ...bookExamples,
  ...buyingExamples,
  ...catalogueExamples,
  ...marketExamples,
  ...importExamples,
  ...quoteExamples,
  ...standingExamples,
  ...priceExamples,
  ...searchExamples,
};

/** A key to revoke: of the caller's company where there is one. */
async function keyOfCaller({ world, caller }: Scene): Promise<{ keyId: string }> {
  const company = [world.buyer, world.anna, world.foreigner].find(({ companyId }) => companyId === caller.companyId);
  const { boss } = company ?? world.buyer;
  const { keyId } = requireValue(await boss.client.apiKeys.create({ name: "to revoke", roles: ["seller"] }));
  return { keyId };
}

export type Asking = { readonly request: RawRequest; readonly status: number };

/** @throws Error for a door that nobody wrote an example for */
export async function exampleRequest(door: MatrixEntry, place: Place, scene: Scene): Promise<Asking> {
  const { records, ...ids } = place;
  const { method, path } = door;
  const name = `${method ?? ""} ${path}`;
  const reads = method === "GET" || method === "HEAD";
  const example: Example | undefined = examples[name] ?? (reads ? { status: 200 } : undefined);
  if (example === undefined) throw new Error(`no example of ${name}: say how one asks there`);
  const prepared = await example.prepare?.(scene);
  const members: Readonly<Record<string, string>> = {
    ...ids,
    ...records,
    lotId: `${place.tenderId}-1`,
    userId: scene.spare.userId,
    keyId: newId(),
    shard: place.tenderId,
    orderId: `${place.instrumentId}-o1`,
    ...prepared,
  };
  const filled = path.replace(/:(\w+)/g, (_, member: string) => {
    const value = members[member];
    if (value === undefined) throw new Error(`no example of ${member} in ${path}`);
    return value;
  });
  const { status, query = "" } = example;
  const body: unknown = typeof example.body === "function" ? example.body() : example.body;
  const headers = { ...(reads ? {} : { "idempotency-key": newId() }), ...example.headers };
  const request = { method: method ?? "GET", path: filled + query, headers, ...(body === undefined ? {} : { body }) };
  return { request, status };
}
