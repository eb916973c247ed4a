import { newId, requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Company, Person } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { RawAnswer, RawHttp } from "../world/raw-http.ts";
import { createRawHttp } from "../world/raw-http.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";
import type { CompanyIds, CompanyRequest } from "./permissions/company-requests.ts";
import { companyDoors } from "./permissions/company-requests.ts";
import { declaredDoors } from "./permissions/declared-doors.ts";

/*
 * The account library judges for itself who may do what in a company. Every endpoint of it that is about companies, with
 * well-formed requests: about one's own company it does what it says, about a foreign one nothing, for nobody.
 */

const base = "/v1/auth/organization/";

let world: World;
let raw: RawHttp;
let mine: Company;
let clerk: Person;
let own: CompanyIds;
let foreign: CompanyIds;
/** Of the foreign company: none of it may be in an answer. */
let secrets: readonly string[];
let lookAtForeign: () => Promise<unknown>;

beforeAll(async () => {
  world = await createWorld();
  raw = createRawHttp(world.url);
  const { operator, marketplaceId, observer } = world;
  const theirs = await world.company("Walled Garden");
  mine = await world.company("Own House");
  for (const company of [mine, theirs]) await takePart(company, { marketplaceId, operator }, "both");
  await confirm(mine.boss);
  const hidden = await theirs.hire("buyer");
  clerk = await mine.hire("buyer");
  const assistant = await mine.hire("seller");
  const received = await Promise.all([observer, world.bert].map((host) => invite(host, mine.boss.email)));
  const [accepted = "", rejected = ""] = received;
  const guest = await world.person("Guest of the garden");
  const walled = await invite(theirs, guest.email);
  foreign = { ...(await idsOf(theirs, hidden)), ...guestOf(guest, walled), receivedIds: [walled, walled] };
  const friend = await world.person("Friend of the house");
  own = {
    ...(await idsOf(mine, assistant)),
    ...guestOf(friend, await invite(mine, friend.email)),
    receivedIds: [accepted, rejected],
  };
  const people = [theirs.boss, hidden, guest];
  const { memberId, organizationId, slug, sentId } = foreign;
  secrets = [organizationId, slug, memberId, sentId, theirs.name, ...people.flatMap((one) => [one.email, one.userId])];
  lookAtForeign = async () => {
    const path = `${base}get-full-organization?organizationId=${organizationId}`;
    const answer = await raw.ask({ method: "GET", path, headers: theirs.boss.headers() });
    // To its own people it tells all of this.
    expect(toldIn(answer)).toEqual(expect.arrayContaining([organizationId, slug, memberId, sentId, theirs.name]));
    return answer.body;
  };
}, 120_000);
afterAll(async () => {
  raw.close();
  await world[Symbol.asyncDispose]();
});

/** Only who has confirmed his address is told of his invitations. */
async function confirm({ client, email }: Person): Promise<void> {
  const mail = world.mailsTo(email).find(({ subject }) => subject === "Confirm your address");
  const [link = ""] = /https?:\S+/.exec(mail?.text ?? "") ?? [];
  requireValue(await client.auth.verifyEmail(String(new URL(link).searchParams.get("token"))));
}

async function invite({ boss, companyId }: Company, email: string): Promise<string> {
  return requireValue(await boss.client.companies.invite({ companyId, email, roles: ["buyer"] })).id;
}

function guestOf({ email }: Person, sentId: string): Pick<CompanyIds, "sentId" | "invitedEmail"> {
  return { sentId, invitedEmail: email };
}

async function idsOf({ companyId, boss }: Company, member: Person) {
  const headers = boss.headers();
  const listed = await raw.ask({ method: "GET", path: `${base}list`, headers });
  const slug = (listed.body as { id: string; slug: string }[]).find(({ id }) => id === companyId)?.slug ?? "";
  const members = requireValue(await boss.client.companies.members(companyId));
  const memberId = members.find(({ userId }) => userId === member.userId)?.id ?? "";
  expect([slug, memberId]).not.toContain("");
  return { organizationId: companyId, slug, memberId, memberEmail: member.email };
}

function ask(door: string, { query, body }: CompanyRequest, person: Person): Promise<RawAnswer> {
  const [method = "", name = ""] = door.split(" ");
  const asked = query === undefined ? "" : `?${new URLSearchParams(query)}`;
  const headers = { ...person.headers(), ...(method === "GET" ? {} : { "idempotency-key": newId() }) };
  return raw.ask({ method, path: `${base}${name}${asked}`, headers, ...(body === undefined ? {} : { body }) });
}

const toldIn = ({ text }: RawAnswer): readonly string[] => secrets.filter((secret) => text.includes(secret));
const doorNames = Object.keys(companyDoors);

test("every endpoint about companies stands in the table", async () => {
  const doors = (await declaredDoors(world.databaseUrl)).filter(({ path }) => path.startsWith(base));
  const names = doors.map(({ method, path }) => `${method} ${path.slice(base.length)}`);
  expect(names.filter((name) => !name.startsWith("HEAD ")).sort()).toEqual([...doorNames].sort());
});

describe("about a foreign company", () => {
  const askers: Readonly<Record<string, () => Person | Promise<Person>>> = {
    "the owner of another": () => mine.boss,
    "an administrator of another": () => mine.hire("admin"),
    "an ordinary member of another": () => clerk,
    "somebody without a company": () => world.person("Nobody"),
    "a key of another": () => mine.robot("seller"),
    "the operator of its marketplace": () => world.operator,
    "an administrator of the installation": () => world.admin,
  };

  test.each(Object.keys(askers))("%s does and learns nothing", async (name) => {
    const asker = await (askers[name]?.() ?? mine.boss);
    const before = await lookAtForeign();
    for (const [door, { foreign: askedOf }] of Object.entries(companyDoors)) {
      for (const request of askedOf(foreign, own)) {
        const answer = await ask(door, request, asker);
        const what = `${door} ${JSON.stringify(request)}: ${answer.status} ${answer.text}`;
        expect(answer.status, what).toBeGreaterThanOrEqual(400);
        expect(answer.status, what).toBeLessThan(500);
        expect(toldIn(answer), what).toEqual([]);
      }
    }
    expect(await lookAtForeign()).toEqual(before);
  });
});

test.each(doorNames)("about one's own, %s does what it says and tells of no other", async (door) => {
  const { own: askedOf, by } = companyDoors[door] ?? { own: () => ({}) };
  const answer = await ask(door, askedOf(own), by === "clerk" ? clerk : mine.boss);
  expect(answer.status, answer.text).toBe(200);
  expect(toldIn(answer)).toEqual([]);
});
