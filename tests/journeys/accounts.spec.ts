import { newId, requireReceipt, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problemIn, refused } from "../world/outcomes.ts";
import { password } from "../world/people.ts";
import { createRawHttp } from "../world/raw-http.ts";
import { openRawSocket } from "../world/raw-socket.ts";
import { act } from "../world/tenders.ts";
import { lot, reverseRules, termsOf } from "../world/terms.ts";
import { totpOf } from "../world/totp.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const refusedWithinMs = 5_000;

async function openLot(): Promise<string> {
  const { anna, bert } = world;
  const rules = reverseRules({ selfRaise: true });
  const tender = await world.publish({ draft: { lots: [lot(rules)] }, suppliers: [anna, bert] });
  await tender.open();
  return tender.lotId();
}

describe("an invitation", () => {
  test("reaches the invited by mail, makes him a member with just its roles, and serves once", async () => {
    const { buyer, marketplaceId, mailsTo } = world;
    const clerk = await world.person("Clerk");
    const { companyId, boss } = buyer;
    const invited = requireValue(
      await boss.client.companies.invite({ companyId, email: clerk.email, roles: ["buyer"] }),
    );
    const [mail] = mailsTo(clerk.email).filter(({ subject }) => subject.includes("Nordwerk"));
    expect(mail?.text).toContain(`companies.acceptInvitation("${invited.id}")`);
    const wrong = await world.person("Somebody else");
    expect((await wrong.client.companies.acceptInvitation(invited.id)).ok).toBe(false);
    requireValue(await clerk.client.companies.acceptInvitation(invited.id));
    expect((await clerk.client.companies.acceptInvitation(invited.id)).ok).toBe(false);

    requireValue(await clerk.client.companies.setActive(companyId));
    const me = requireValue(await clerk.client.me.read());
    expect(me.companies).toMatchObject([{ companyId, roles: ["buyer"] }]);
    const tenderId = newId();
    const create = {
      type: "create_tender",
      marketplaceId,
      tenderId,
      terms: termsOf({ lots: [lot(reverseRules())] }),
    } as const;
    await act(clerk, create);
    const sale = { ...create, tenderId: newId(), terms: { ...create.terms, direction: "sell" as const } };
    await refused(clerk, sale, "forbidden");
    problemIn(await clerk.client.apiKeys.list().page(), "forbidden");
  });
});

describe("the members of a company", () => {
  test("get other roles from its administrators, who also take invitations back", async () => {
    const { buyer, marketplaceId, url } = world;
    const { companyId, boss } = buyer;
    const clerk = await buyer.hire("buyer");
    const members = requireValue(await boss.client.companies.members(companyId));
    const { id: memberId = "" } = members.find(({ userId }) => userId === clerk.userId) ?? {};
    const change = { companyId, memberId, roles: ["seller", "finance"] } as const;
    problemIn(await clerk.client.companies.changeRoles(change), "forbidden");
    const socket = await openRawSocket(url, { headers: clerk.headers() });
    requireValue(await boss.client.companies.changeRoles(change));
    expect(await socket.closing).toEqual({ code: 4002, reason: "session_ended" });
    expect(requireValue(await clerk.client.me.read()).companies).toMatchObject([{ roles: ["seller", "finance"] }]);
    const terms = termsOf({ lots: [lot(reverseRules())] });
    await refused(clerk, { type: "create_tender", marketplaceId, tenderId: newId(), terms }, "forbidden");

    const late = await world.person("Late");
    const invited = requireValue(
      await boss.client.companies.invite({ companyId, email: late.email, roles: ["buyer"] }),
    );
    const pending = async () => {
      const sent = requireValue(await boss.client.companies.sentInvitations(companyId));
      return sent.filter(({ status }) => status === "pending").map(({ id }) => id);
    };
    expect(await pending()).toContain(invited.id);
    problemIn(await clerk.client.companies.sentInvitations(companyId), "forbidden");
    problemIn(await clerk.client.companies.cancelInvitation(invited.id), "forbidden");
    requireValue(await boss.client.companies.cancelInvitation(invited.id));
    expect(await pending()).not.toContain(invited.id);
    expect((await late.client.companies.acceptInvitation(invited.id)).ok).toBe(false);
  });
});

describe("an address", () => {
  test("is confirmed by the link that was sent to it, and only then its invitations are listed", async () => {
    const { anna, mailsTo } = world;
    const { client, email } = await world.person("Newcomer");
    const { companyId, boss } = anna;
    const invited = requireValue(await boss.client.companies.invite({ companyId, email, roles: ["seller"] }));
    problemIn(await client.companies.invitations(), "forbidden");
    requireValue(await client.auth.sendVerificationEmail(email));
    const mails = mailsTo(email).filter(({ subject }) => subject === "Confirm your address");
    expect(mails).toHaveLength(2);
    const [link = ""] = /https?:\S+/.exec(mails[1]?.text ?? "") ?? [];
    problemIn(await client.auth.verifyEmail("no such token"), "unauthenticated");
    requireValue(await client.auth.verifyEmail(String(new URL(link).searchParams.get("token"))));
    expect(requireValue(await client.companies.invitations())).toMatchObject([{ id: invited.id, email }]);
    requireValue(await client.companies.rejectInvitation(invited.id));
    expect(requireValue(await client.companies.invitations())).toEqual([]);
  });
});

describe("a forgotten password", () => {
  test("is replaced with the code from the mail, once, and every session ends", async () => {
    const { mailsTo } = world;
    const { client, email } = await world.person("Forgetful");
    const stranger = world.stranger();
    requireValue(await stranger.auth.requestPasswordReset({ email: "nobody@example.test" }));
    expect(mailsTo("nobody@example.test")).toEqual([]);
    requireValue(await stranger.auth.requestPasswordReset({ email }));
    const mail = mailsTo(email).find(({ subject }) => subject === "Set a new password");
    const [, token = ""] = /code for a new password is ([A-Za-z0-9_-]+)\./.exec(mail?.text ?? "") ?? [];
    const newPassword = "another horse, another battery";
    problemIn(await stranger.auth.resetPassword({ token: "no such token", newPassword }), "request_invalid");
    problemIn(await stranger.auth.resetPassword({ token, newPassword: "short" }), "request_invalid");
    requireValue(await stranger.auth.resetPassword({ token, newPassword }));
    problemIn(await stranger.auth.resetPassword({ token, newPassword }), "request_invalid");
    problemIn(await client.me.read(), "unauthenticated");
    problemIn(await stranger.auth.signIn({ email, password }), "unauthenticated");
    requireValue(await stranger.auth.signIn({ email, password: newPassword }));
  });
});

describe("an API key", () => {
  test("does what its roles say, for its company alone, and nothing about accounts", async () => {
    const { anna, marketplaceId } = world;
    const lotId = await openLot();
    const robot = await anna.robot("seller");
    const receipt = requireReceipt(await robot.live().commands.submitBid({ lotId, price: "8900.00" }));
    expect(receipt.result).toMatchObject({ leading: true });
    const terms = termsOf({ lots: [lot(reverseRules())] });
    await refused(robot, { type: "create_tender", marketplaceId, tenderId: newId(), terms }, "forbidden");
    problemIn(await robot.client.apiKeys.create({ name: "another", roles: ["seller"] }), "forbidden");
    const raw = createRawHttp(world.url);
    const headers = { ...robot.headers(), "kontor-company": world.bert.companyId };
    const foreign = await raw.ask({ method: "GET", path: `/v1/lots/${lotId}`, headers });
    expect([foreign.status, foreign.body]).toMatchObject([403, { code: "company_required" }]);
    const bearer = { authorization: `Bearer ${robot.headers()["x-api-key"]}` };
    expect((await raw.ask({ method: "GET", path: "/v1/me", headers: bearer })).status).toBe(200);
    const accounts = await raw.ask({ method: "GET", path: "/v1/auth/organization/list", headers: robot.headers() });
    expect([accounts.status, accounts.body]).toMatchObject([401, { code: "unauthenticated" }]);
    raw.close();
  });

  test("is worth nothing from the moment it is revoked, also on an open socket", async () => {
    const { anna } = world;
    const lotId = await openLot();
    const robot = await anna.robot("seller");
    const raw = await openRawSocket(world.url, { headers: robot.headers() });
    const bid = (id: string, price: string) =>
      raw.ask({ id, op: "command", command: { type: "submit_bid", lotId, price } });
    expect((await bid("bid-number-1", "8900.00")).frame).toMatchObject({ ok: true });
    const keys = await anna.boss.client.apiKeys.list().all();
    const own = keys.find(({ start }) => robot.headers()["x-api-key"]?.startsWith(start));
    requireValue(await anna.boss.client.apiKeys.revoke(String(own?.keyId)));
    expect(await raw.closing).toEqual({ code: 4002, reason: "session_ended" });
    problemIn(await robot.client.me.read(), "unauthenticated");
  });
});

describe("a second factor", () => {
  test("is asked for at every sign-in once it is confirmed, and a wrong code opens nothing", async () => {
    const careful = await world.person("Careful");
    const { totpURI } = requireValue(await careful.client.auth.enableTotp(password));
    const secret = String(new URL(totpURI).searchParams.get("secret"));
    requireValue(await careful.client.auth.verifyTotp(totpOf(secret)));
    const client = world.stranger();
    const half = requireValue(await client.auth.signIn({ email: careful.email, password }));
    expect(half).toEqual({ state: "second_factor" });
    problemIn(await client.me.read(), "unauthenticated");
    const right = totpOf(secret);
    const wrong = right === "000000" ? "000001" : "000000";
    problemIn(await client.auth.verifyTotp(wrong), "unauthenticated");
    requireValue(await client.auth.verifyTotp(totpOf(secret)));
    expect(requireValue(await client.me.read()).userId).toBe(careful.userId);
  });

  test("gives way to each of the codes that were handed out with it, once", async () => {
    const { client: careful, email } = await world.person("Careful twin");
    const { totpURI, backupCodes } = requireValue(await careful.auth.enableTotp(password));
    requireValue(await careful.auth.verifyTotp(totpOf(String(new URL(totpURI).searchParams.get("secret")))));
    const [code = ""] = backupCodes;
    for (const isFirst of [true, false]) {
      const client = world.stranger();
      requireValue(await client.auth.signIn({ email, password }));
      const entered = await client.auth.verifyBackupCode(code);
      if (isFirst) expect(requireValue(entered)).toMatchObject({ email });
      else problemIn(entered, "unauthenticated");
      expect((await client.me.read()).ok).toBe(isFirst);
    }
  });

  test("a wrong password is refused without a word about which part was wrong", async () => {
    const stranger = world.stranger();
    const known = await stranger.auth.signIn({ email: world.admin.email, password: "not the password" });
    const unknown = await stranger.auth.signIn({ email: "nobody@example.test", password: "not the password" });
    const [one, two] = [problemIn(known, "unauthenticated"), problemIn(unknown, "unauthenticated")];
    expect({ ...one, instance: "" }).toEqual({ ...two, instance: "" });
  });
});

describe("whoever loses his role while his socket trades", () => {
  test("is refused the next command within five seconds, and his socket closes", async () => {
    const { anna } = world;
    const lotId = await openLot();
    const trader = await anna.hire("seller");
    const raw = await openRawSocket(world.url, { headers: trader.headers() });
    await raw.ask({ id: "watch", op: "subscribe", stream: `lot:${lotId}` });
    const command = { type: "submit_bid", lotId, price: "8900.00" } as const;
    expect((await raw.ask({ id: newId(), op: "command", command })).frame).toMatchObject({ ok: true });
    const removedAt = performance.now();
    requireValue(await anna.boss.client.companies.removeMember(anna.companyId, trader.email));
    expect(await raw.closing).toEqual({ code: 4002, reason: "session_ended" });
    expect(raw.frames()).toContainEqual({ stream: `lot:${lotId}`, ended: "forbidden" });
    expect(performance.now() - removedAt).toBeLessThan(refusedWithinMs);
    await refused(trader, { ...command, price: "8800.00" }, "not_found");
    const again = await openRawSocket(world.url, { headers: trader.headers() });
    const reply = await again.ask({ id: newId(), op: "command", command: { ...command, price: "8800.00" } });
    expect(reply.frame).toMatchObject({ ok: false, problem: { code: "not_found" } });
    again.terminate();
    expect(requireValue(await anna.boss.client.lots.get(lotId)).own).toMatchObject({ price: "8900.00" });
  });

  test("or signs out, likewise; of a suspended company the streams end and commands are refused", async () => {
    const { bert, operator, marketplaceId } = world;
    const lotId = await openLot();
    const trader = await bert.hire("seller");
    const other = await bert.hire("seller");
    const open = (person: typeof trader) => openRawSocket(world.url, { headers: person.headers() });
    const [leaving, suspended] = await Promise.all([open(trader), open(other)]);
    await Promise.all(
      [leaving, suspended].map((one) => one.ask({ id: "watch", op: "subscribe", stream: `lot:${lotId}` })),
    );
    requireValue(await trader.client.auth.signOut());
    expect(await leaving.closing).toMatchObject({ code: 4002 });
    const key = { marketplaceId, companyId: bert.companyId };
    const before = requireValue(await operator.client.participations.get(key));
    const { version } = requireValue(await operator.client.participations.suspend(before, "unpaid fees"));
    await suspended.next((frame) => frame["ended"] === "forbidden");
    const command = { type: "submit_bid", lotId, price: "8700.00" };
    const reply = await suspended.ask({ id: newId(), op: "command", command });
    expect(reply.frame).toMatchObject({ ok: false, problem: { code: "not_found" } });
    suspended.terminate();
    requireValue(await operator.client.participations.approve({ ...key, version }));
    requireReceipt(await other.client.commands.submitBid({ lotId, price: "8700.00" }));
  });
});
