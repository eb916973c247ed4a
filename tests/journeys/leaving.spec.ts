import { createKontor, newId, requireValue } from "@kontor/sdk";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemIn, refused } from "../world/outcomes.ts";
import type { Company, Person } from "../world/people.ts";
import type { RawSocket } from "../world/raw-socket.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { lot, reverseRules } from "../world/terms.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** Rights are looked at again this often, instead of once a minute. */
const recheckMs = 50;
/** So long a gateway trusts what it knows of somebody when no word of a change reached it. */
const trustMs = 5_000;
const ended = { code: 4002, reason: "session_ended" };

let world: World;
let tenderId: string;
let lotId: string;
beforeAll(async () => {
  world = await createWorld({ liveLimits: { permissionRecheckMs: recheckMs, heartbeatMs: recheckMs } });
  const { anna, bert } = world;
  const rules = reverseRules({ selfRaise: true });
  const tender = await world.publish({ draft: { lots: [lot(rules)] }, suppliers: [anna, bert] });
  await tender.open();
  tenderId = tender.tenderId;
  lotId = tender.lotId();
});
afterAll(() => world[Symbol.asyncDispose]());

const streams = (): readonly string[] => [`lot:${lotId}`, `tender:${tenderId}`, "me"];
const bid = (price = "8900.00") => ({ type: "submit_bid", lotId, price }) as const;

/** A socket that follows everything there is for him. */
async function watching({ headers }: Pick<Person, "headers">, query = ""): Promise<RawSocket> {
  const socket = await openRawSocket(world.url, { headers: headers(), query });
  for (const stream of streams()) {
    expect((await socket.ask({ id: stream, op: "subscribe", stream })).frame, stream).toMatchObject({ ok: true });
  }
  return socket;
}

/** All his sockets close, and what he tries from then on, in whichever way, ends at the door. */
async function expectShutOut(person: Person, sockets: readonly RawSocket[]): Promise<void> {
  for (const socket of sockets) {
    expect(await socket.closing).toEqual(ended);
    const ends = socket.frames().filter((frame) => frame["ended"] === "forbidden");
    expect(ends.map(({ stream }) => stream).sort()).toEqual([...streams()].sort());
  }
  const again = await openRawSocket(world.url, { headers: person.headers() });
  for (const stream of streams()) {
    const { frame } = await again.ask({ id: stream, op: "subscribe", stream });
    const code = stream === "me" ? "company_required" : "not_found";
    expect(frame, stream).toMatchObject({ ok: false, problem: { code } });
  }
  const { frame } = await again.ask({ id: newId(), op: "command", command: bid() });
  expect(frame).toMatchObject({ ok: false, problem: { code: "not_found" } });
  expect(again.frames().filter((one) => "snapshot" in one || "event" in one)).toEqual([]);
  again.terminate();
  await refused(person, bid(), "not_found");
  problemIn(await person.client.lots.get(lotId), "not_found");
}

describe("whoever belongs to a company no more", () => {
  test("because he left it", async () => {
    const { anna } = world;
    const trader = await anna.hire("seller");
    const sockets = [await watching(trader), await watching(trader)];
    requireValue(await trader.client.companies.leave(anna.companyId));
    await expectShutOut(trader, sockets);
  });

  test("because he was removed; the keys that he made go with him, his colleagues stay", async () => {
    const { anna } = world;
    const [chief, colleague] = [await anna.hire("admin", "seller"), await anna.hire("seller")];
    const { key } = requireValue(await chief.client.apiKeys.create({ name: "robot", roles: ["seller"] }));
    const robot = { headers: () => ({ "x-api-key": key }) };
    const [own, ofRobot, ofColleague] = [await watching(chief), await watching(robot), await watching(colleague)];
    requireValue(await anna.boss.client.companies.removeMember(anna.companyId, chief.email));
    await expectShutOut(chief, [own]);
    expect(await ofRobot.closing).toEqual(ended);
    await expect(openRawSocket(world.url, { headers: robot.headers() })).rejects.toThrow("401");
    const client = createKontor({ baseUrl: world.url, credentials: { apiKey: key } });
    problemIn(await client.command(bid()), "unauthenticated");
    const { frame } = await ofColleague.ask({ id: newId(), op: "command", command: bid("8890.00") });
    expect(frame).toMatchObject({ ok: true });
    ofColleague.terminate();
  });

  test("comes back for another company of his own, and for that one alone", async () => {
    const { anna, bert } = world;
    const broker = await anna.hire("seller");
    await join(broker, bert);
    const [forAnna, forBert] = await Promise.all(
      [anna, bert].map(({ companyId }) => watching(broker, `?company=${companyId}`)),
    );
    requireValue(await anna.boss.client.companies.removeMember(anna.companyId, broker.email));
    expect(await forAnna?.closing).toEqual(ended);
    expect(await forBert?.closing).toEqual(ended);
    const again = await watching(broker, `?company=${bert.companyId}`);
    const { frame } = await again.ask({ id: newId(), op: "command", command: bid("8700.00") });
    expect(frame).toMatchObject({ ok: true });
    again.terminate();
    const old = await openRawSocket(world.url, {
      headers: broker.headers(),
      query: `?company=${anna.companyId}`,
    });
    const reply = await old.ask({ id: "lot", op: "subscribe", stream: `lot:${lotId}` });
    expect(reply.frame).toMatchObject({ ok: false, problem: { code: "company_required" } });
    old.terminate();
  });

  test("is found out by the next look when no word of it reached the gateway", async () => {
    const { anna, clock, databaseUrl } = world;
    const trader = await anna.hire("seller");
    const sockets = [await watching(trader)];
    const sql = postgres(databaseUrl, { max: 1 });
    await sql`delete from company_members where user_id = ${trader.userId}`;
    await sql.end();
    clock.skip(trustMs);
    await expectShutOut(trader, sockets);
  });
});

async function join(person: Person, { companyId, boss }: Company): Promise<void> {
  const invited = requireValue(
    await boss.client.companies.invite({ companyId, email: person.email, roles: ["seller"] }),
  );
  requireValue(await person.client.companies.acceptInvitation(invited.id));
}
