import type { MatrixEntry } from "@kontor/gateway";
import type { CommandType } from "@kontor/protocol";
import { commandPermissions, exchangeChannels, personCommands } from "@kontor/protocol";
import { newId, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openMarket } from "../world/instruments.ts";
import { refused } from "../world/outcomes.ts";
import type { Person } from "../world/people.ts";
import { password, takePart } from "../world/people.ts";
import type { RawAnswer, RawHttp, RawRequest } from "../world/raw-http.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { RawSocket } from "../world/raw-socket.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { act } from "../world/tenders.ts";
import { forwardRules, lot, reverseRules, termsOf } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";
import type { Caller } from "./permissions/callers.ts";
import { assembleCallers, callerNames } from "./permissions/callers.ts";
import { decidedLot, recordsOf } from "./permissions/decided-lot.ts";
import { declaredDoors } from "./permissions/declared-doors.ts";
import type { Place } from "./permissions/example-commands.ts";
import { exampleCommand, requestOf } from "./permissions/example-commands.ts";
import { exampleRequest } from "./permissions/example-requests.ts";
import type { Expected } from "./permissions/expectation.ts";
import { closedCodes, expectedOf } from "./permissions/expectation.ts";

/** Every door of the gateway against every kind of caller, by what the declarations say. */

let world: World;
let raw: RawHttp;
let doors: readonly MatrixEntry[];
let callers: ReadonlyMap<string, Caller>;
let spare: Person;
let here: Place;
/** Well-formed, and nobody's. */
const nowhere: Place = {
  marketplaceId: "no-such-marketplace",
  tenderId: newId(),
  instrumentId: newId(),
  companyId: "no-such-company",
  records: recordsOf(`${newId()}-1`),
};
const opened = new Map<string, Set<string>>();

beforeAll(async () => {
  const generous = { messagesPerSecondSession: 10_000, messagesPerSecondKey: 10_000, messageBurst: 10_000 };
  world = await createWorld({ liveLimits: generous, logLevel: "warn" });
  const { anna, marketplaceId } = world;
  const records = await decidedLot(world);
  const tender = await world.publish({ draft: { lots: [lot(reverseRules())] }, suppliers: [anna] });
  await tender.open();
  const { instrumentId } = await openMarket({ marketplaceId, operator: world.operator });
  here = { marketplaceId, tenderId: tender.tenderId, instrumentId, companyId: anna.companyId, records };
  [spare, doors, callers] = await Promise.all([
    world.person("Spare"),
    declaredDoors(world.databaseUrl),
    assembleCallers(world),
  ]);
  requireValue(await world.operator.client.marketplaces.appoint({ marketplaceId, userId: spare.userId }, "auditor"));
  raw = createRawHttp(world.url);
}, 120_000);
afterAll(async () => {
  raw.close();
  await world[Symbol.asyncDispose]();
});

const nameOf = ({ kind, method, path }: MatrixEntry): string =>
  kind === "live" ? `live ${path}` : `${method} ${path}`;
const isCommand = (action: string): action is CommandType => action in personCommands;
const isAccount = ({ path }: MatrixEntry): boolean => path.startsWith("/v1/auth/");
const httpDoors = (): readonly MatrixEntry[] => doors.filter((door) => door.kind === "http" && !isAccount(door));
const accountDoors = (): readonly MatrixEntry[] => doors.filter((door) => door.kind === "http" && isAccount(door));
const liveDoors = (): readonly MatrixEntry[] => doors.filter(({ kind }) => kind === "live");

function callerNamed(name: string): Caller {
  const caller = callers.get(name);
  if (caller === undefined) throw new Error(`nobody is called ${name}`);
  return caller;
}

function enter(door: MatrixEntry, caller: Caller): void {
  const name = nameOf(door);
  opened.set(name, (opened.get(name) ?? new Set()).add(caller.name));
}

/** What a command that comes too late is told behind the door: the host heard of it, and nothing happened. */
const behind = "command_stale";
const past = "2020-01-01T00:00:00Z";

/** Asked for with an id of nothing, behind the door. */
const ofNothing = "subscribe import";

type Asking = { readonly place: Place; readonly keyless?: boolean };

/** With `keyless` as it is asked by who forgot the Idempotency-Key. */
async function askHttp(
  door: MatrixEntry,
  caller: Caller,
  { place, keyless = false }: Asking,
): Promise<RawAnswer & { wanted: number }> {
  const identity = caller.person?.headers() ?? {};
  const sent = (headers: RawRequest["headers"] = {}): Record<string, string> => {
    const { "idempotency-key": key, ...others } = headers;
    return { ...others, ...(keyless || key === undefined ? {} : { "idempotency-key": key }), ...identity };
  };
  const { action } = door;
  if (isCommand(action)) {
    const { headers, ...request } = requestOf(exampleCommand(action, place), newId());
    const answer = await raw.ask({ ...request, headers: { ...sent(headers), "valid-until": past } });
    return { ...answer, wanted: 422 };
  }
  const { request, status } = await exampleRequest(door, place, { world, caller, spare });
  const answer = await raw.ask({ ...request, headers: sent(request.headers) });
  return { ...answer, wanted: status };
}

/** What went otherwise than expected, in words; null when all went well. */
async function judgeHttp(door: MatrixEntry, caller: Caller): Promise<string | null> {
  enter(door, caller);
  const expected = expectedOf(door.permission, caller.standing);
  if (door.path === "/v1/live") return await judgeHandshake(door, caller, expected);
  const { status, body, text, wanted } = await askHttp(door, caller, { place: here });
  const code = (body as { code?: string } | undefined)?.code;
  const got = `${nameOf(door)}: ${status} ${code ?? ""} instead of ${expected}`;
  const statuses = { unauthenticated: 401, forbidden: 403, company_required: 403, not_found: 404, ok: wanted };
  if (status !== statuses[expected]) return `${got} ${text.slice(0, 200)}`;
  if (door.method === "HEAD") return null;
  if (expected === "ok") return closedCodes.includes(code ?? "") ? got : null;
  return code === expected ? null : got;
}

async function judgeHandshake(door: MatrixEntry, caller: Caller, expected: Expected): Promise<string | null> {
  const headers = caller.person?.headers() ?? {};
  if (door.method === "HEAD") {
    const { status } = await raw.ask({ method: "HEAD", path: door.path, headers });
    return status === (expected === "ok" ? 404 : 401) ? null : `HEAD ${door.path}: ${status}`;
  }
  const outcome = await openRawSocket(world.url, { headers }).then(
    (socket) => {
      socket.terminate();
      return "ok";
    },
    (error: Error) => (error.message.includes("401") ? "unauthenticated" : error.message),
  );
  return outcome === expected ? null : `live connection: ${outcome} instead of ${expected}`;
}

function messageAt({ path, action }: MatrixEntry, place: Place): { readonly id: string } & Record<string, unknown> {
  const id = newId();
  if (isCommand(action)) return { id, op: "command", command: exampleCommand(action, place), validUntil: past };
  const streams: Readonly<Record<string, string>> = {
    "subscribe lot": `lot:${place.tenderId}-1`,
    "subscribe tender": `tender:${place.tenderId}`,
    "subscribe me": "me",
    [ofNothing]: `import:${newId()}`,
  };
  const channel = exchangeChannels.find((name) => path === `subscribe ${name}`);
  const stream = channel === undefined ? streams[path] : `${channel}:${place.instrumentId}`;
  if (stream !== undefined) return { id, op: "subscribe", stream };
  return path === "unsubscribe" ? { id, op: "unsubscribe", stream: "me" } : { id, op: path };
}

async function judgeLive(door: MatrixEntry, caller: Caller, socket: RawSocket | null): Promise<string | null> {
  enter(door, caller);
  const expected = expectedOf(door.permission, caller.standing);
  if (socket === null) return expected === "unauthenticated" ? null : `${nameOf(door)}: no connection for ${expected}`;
  const { frame } = await socket.ask(messageAt(door, here));
  const code = (frame["problem"] as { code?: string } | undefined)?.code;
  const got = `${nameOf(door)}: ${code ?? "ok"} instead of ${expected}`;
  if (expected !== "ok") return code === expected ? null : got;
  if (door.path === ofNothing) return code === "import_unknown" ? null : got;
  return code === (isCommand(door.action) ? behind : undefined) ? null : got;
}

type Judge = (door: MatrixEntry) => Promise<string | null>;

/** Several doors at a time; what went otherwise than expected. */
async function faultsOf(all: readonly MatrixEntry[], judge: Judge, atOnce = 8): Promise<readonly string[]> {
  const waiting = [...all];
  const faults: string[] = [];
  const work = async (): Promise<void> => {
    for (let door = waiting.shift(); door !== undefined; door = waiting.shift()) {
      const fault = await judge(door);
      if (fault !== null) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return faults;
}

describe.each(callerNames)("%s", (name) => {
  test("finds every HTTP route open or closed as it is declared", async () => {
    const caller = callerNamed(name);
    expect(await faultsOf(httpDoors(), (door) => judgeHttp(door, caller))).toEqual([]);
  });

  test("finds every live message open or closed as it is declared", async () => {
    const caller = callerNamed(name);
    const headers = caller.person?.headers();
    const socket = headers === undefined ? null : await openRawSocket(world.url, { headers });
    expect(await faultsOf(liveDoors(), (door) => judgeLive(door, caller, socket))).toEqual([]);
    socket?.terminate();
  });

  test("learns nothing from a refusal: what is not his and what is not there look the same", async () => {
    const caller = callerNamed(name);
    const hidden = doors.filter(
      (door) => !isAccount(door) && expectedOf(door.permission, caller.standing) === "not_found",
    );
    const headers = caller.person?.headers() ?? {};
    const socket = hidden.length === 0 ? null : await openRawSocket(world.url, { headers });
    const different = await faultsOf(hidden, async (door) => {
      const [foreign, missing] = await Promise.all([tellOf(door, here), tellOf(door, nowhere)]);
      return foreign === missing ? null : `${nameOf(door)}: ${foreign} but ${missing}`;
    });
    socket?.terminate();
    expect(different).toEqual([]);

    async function tellOf(door: MatrixEntry, place: Place): Promise<string> {
      if (door.kind === "live") return JSON.stringify((await socket?.ask(messageAt(door, place)))?.frame["problem"]);
      const { status, text } = await askHttp(door, caller, { place });
      return `${status} ${text.replace(/"instance":"[^"]*"/, "")}`;
    }
  });
});

describe("beside the declarations", () => {
  test("every mutation is refused without its key, and nothing happens", async () => {
    const mutations = httpDoors().filter(({ method }) => method !== "GET" && method !== "HEAD");
    expect(mutations.length).toBeGreaterThan(40);
    const faults = await faultsOf(mutations, async (door) => {
      const caller = [...callers.values()].find(({ standing }) => expectedOf(door.permission, standing) === "ok");
      if (caller === undefined) return `${nameOf(door)}: nobody is let in`;
      const { status, text } = await askHttp(door, caller, { place: here, keyless: true });
      return status === 400 && text.includes('"key_missing"') ? null : `${nameOf(door)}: ${status} ${text}`;
    });
    expect(faults).toEqual([]);
  });

  test("a company that takes part on one side only does not trade on the other", async () => {
    const { operator, marketplaceId, buyer } = world;
    const seller = await world.company("Sells only");
    await takePart(seller, { marketplaceId, operator }, "supplier");
    const create = { type: "create_tender", marketplaceId, tenderId: newId() } as const;
    await refused(seller.boss, { ...create, terms: termsOf({ lots: [lot(reverseRules())] }) }, "forbidden");
    const sale = termsOf({ direction: "sell", lots: [lot(forwardRules())] });
    await act(seller.boss, { ...create, terms: sale });
    const draft = { direction: "sell", lots: [lot(forwardRules())] } as const;
    const tender = await world.publish({ owner: buyer.boss, draft });
    await refused(seller.boss, { type: "request_admission", tenderId: tender.tenderId }, "forbidden");
  });

  test("another company's key, notice or member is as if it were not there", async () => {
    const { anna, bert } = world;
    const { keyId } = requireValue(await bert.boss.client.apiKeys.create({ name: "theirs", roles: ["seller"] }));
    const revoke = (id: string) =>
      raw.ask({
        method: "DELETE",
        path: `/v1/api-keys/${id}`,
        headers: { ...anna.boss.headers(), "idempotency-key": newId() },
      });
    const [foreign, missing] = [await revoke(keyId), await revoke("no-such-key")];
    const bare = ({ status, body }: RawAnswer) => [status, { ...(body as object), instance: "" }];
    expect(bare(foreign)).toEqual(bare(missing));
    expect(foreign.status).toBe(404);
    expect((await bert.boss.client.apiKeys.list().all()).map((key) => key.keyId)).toContain(keyId);
    expect((await anna.boss.client.companies.members(bert.companyId)).ok).toBe(false);
  });
});

/** Some of these end sessions, so they come last and each caller signs in for them anew. */
const endsSessions = /sign-out|revoke-/;

describe.each(callerNames)("at the doors of accounts, %s", (name) => {
  test("is let in as declared; what the library then thinks has a reason of its own", async () => {
    const caller = callerNamed(name);
    let headers = await freshIdentity(caller);
    const judge: Judge = async (door) => {
      enter(door, caller);
      const expected = expectedOf(door.permission, caller.standing);
      const path = door.path.replace(":token", "no-such-token");
      const body = door.method === "POST" ? { body: {}, headers: { ...headers, "idempotency-key": newId() } } : {};
      const answer = await raw.ask({ method: door.method ?? "GET", path, headers, ...body });
      if (endsSessions.test(path)) headers = await freshIdentity(caller);
      const { code, reason } = (answer.body ?? {}) as { code?: string; reason?: string };
      const refusedByGate = closedCodes.includes(code ?? "") && reason === undefined;
      const got = `${nameOf(door)}: ${answer.status} ${code ?? ""} ${reason ?? ""} instead of ${expected}`;
      if (answer.status >= 500) return got;
      if (expected !== "ok") return answer.status === 401 && (door.method === "HEAD" || refusedByGate) ? null : got;
      return refusedByGate ? got : null;
    };
    const faults = await faultsOf(accountDoors(), judge, 1);
    expect(faults).toEqual([]);
  });

  async function freshIdentity({ person, standing }: Caller): Promise<Readonly<Record<string, string>>> {
    if (person === null || standing.credential !== "session") return person?.headers() ?? {};
    const body = { email: person.email, password };
    const { status, headers } = await raw.ask({ method: "POST", path: "/v1/auth/sign-in/email", body });
    expect(status).toBe(200);
    const cookies = [headers["set-cookie"] ?? []].flat().map((line) => line.split(";")[0]);
    return { cookie: cookies.join("; "), origin: world.url };
  }
});

test("every declared door was tried by every kind of caller", () => {
  const wanted = doors.map(nameOf);
  expect(wanted.length).toBeGreaterThan(150);
  expect(Object.keys(commandPermissions).filter((type) => !wanted.includes(`live command ${type}`))).toEqual([]);
  const untried = wanted.filter((name) => opened.get(name)?.size !== callerNames.length);
  expect(untried).toEqual([]);
});
