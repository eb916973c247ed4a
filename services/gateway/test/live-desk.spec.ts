import { expect, test } from "vitest";
import type { Gate } from "../src/access/gate.ts";
import type { Identity } from "../src/auth/identity.ts";
import { LiveDesk } from "../src/live/live-desk.ts";
import { liveLimits } from "../src/live/live-limits.ts";
import { Refusal } from "../src/refusal.ts";
import { FakeClient } from "./fake-client.ts";

function deskOf(): LiveDesk {
  const gate: Gate = { actorFor: () => Promise.reject(new Refusal("not_found")) };
  return new LiveDesk({ gate, limits: liveLimits, now: () => 0, random: () => 0 });
}

const identity: Identity = {
  kind: "session",
  id: "s1",
  userId: "u1",
  companyId: "c1",
  memberships: new Map([["c1", { companyId: "c1", companyName: "One", roles: ["seller"], standings: new Map() }]]),
  staffRoles: new Map(),
  installationAdmin: false,
  expiresAtMs: Number.MAX_SAFE_INTEGER,
};

test("a membership that ended during the handshake is noticed when the connection comes in", async () => {
  const desk = deskOf();
  const client = new FakeClient();
  client.connection.identity = identity;
  desk.enter(client.connection, () => Promise.resolve({ ...identity, memberships: new Map() }));
  await expect.poll(() => client.closes).toEqual(["session_ended"]);
  await desk.close();
});

test("one that did not stays open, also when nobody can say", async () => {
  const desk = deskOf();
  const [same, unknown] = [new FakeClient(), new FakeClient()];
  for (const { connection } of [same, unknown]) connection.identity = identity;
  desk.enter(same.connection, () => Promise.resolve(identity));
  desk.enter(unknown.connection, () => Promise.reject(new Error("the database is away")));
  await new Promise((resolve) => setImmediate(resolve));
  expect([same.closes, unknown.closes]).toEqual([[], []]);
  await desk.close();
});
