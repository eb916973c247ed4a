import { expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { connect, listen } from "./live-client.ts";
import type { Market } from "./people.ts";
import { market, participate, person } from "./people.ts";
import { publishTender, tenderId, terms } from "./tenders.ts";

type Problem = Readonly<Record<string, unknown>>;
type Send = (command: Readonly<Record<string, unknown>>) => Promise<Problem | "ok">;

/** The same command over HTTP and over a live connection, each under a key of its own. */
async function waysOf(world: GatewayWorld, caller: Caller): Promise<Readonly<Record<"http" | "live", Send>>> {
  const client = await connect(await listen(world), caller);
  return {
    async http({ type, ...members }) {
      const { marketplaceId, ...rest } = members;
      const path =
        type === "create_tender" ? `marketplaces/${String(marketplaceId)}/tenders` : `tenders/${tenderId}/invitations`;
      const { tenderId: inPath, ...invitation } = rest;
      const body = type === "create_tender" ? rest : invitation;
      expect(inPath).toBe(tenderId);
      const answer = await caller.post(`/v1/${path}`, body, newKey());
      return answer.status === 201 ? "ok" : { ...answer.body, instance: undefined };
    },
    async live(command) {
      const answer = await client.ask({ id: String(newKey()["idempotency-key"]), op: "command", command });
      return answer["ok"] === true ? "ok" : (answer["problem"] as Problem);
    },
  };
}

async function scene() {
  const world = await gatewayWorld();
  const place = await market(world);
  const owner = await person(world, "Olga", "Olga Works");
  await participate(place, owner, "both");
  const ways = await waysOf(world, owner);
  return { world, place, owner, ways, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

async function change(place: Market, changes: object): Promise<void> {
  const path = `/v1/marketplaces/${place.marketplaceId}`;
  const headers = { ...newKey(), "if-match": (await place.operator.get(path)).headers.get("etag") ?? "" };
  const { status, body } = await place.operator.send("PATCH", path, { body: changes, headers });
  expect(status, JSON.stringify(body)).toBe(200);
}

async function describeCompany(caller: Caller): Promise<void> {
  const body = { legalName: `${caller.companyId} Ltd`, country: "DE" };
  const { status } = await caller.send("PUT", "/v1/company", { body, headers: { ...newKey(), "if-none-match": "*" } });
  expect(status).toBe(200);
}

test.each(["http", "live"] as const)("a closed marketplace takes no new tender, over %s", async (way) => {
  await using one = await scene();
  const { world, place, owner, ways } = one;
  const { marketplaceId } = place;
  const create = { type: "create_tender", marketplaceId, tenderId, terms };
  await change(place, { status: "closed" });
  const refused = await ways[way](create);
  expect(refused).toMatchObject({ code: "conflict", status: 409, pointer: "/marketplaceId" });
  expect(world.host.commands).toEqual([]);
  // A tender that is there is no new one: only the host knows whether this was how it came about.
  publishTender(world, { marketplaceId, ownerCompanyId: owner.companyId });
  expect(await ways[way](create)).toBe("ok");
  world.host.view = () => ({ found: false });
  await change(place, { status: "active" });
  expect(await ways[way](create)).toBe("ok");
  expect(world.host.commands).toHaveLength(2);
});

test.each(["http", "live"] as const)(
  "only companies of the directory's other side are invited, over %s",
  async (way) => {
    await using one = await scene();
    const { world, place, owner, ways } = one;
    const { marketplaceId } = place;
    const elsewhere = await market(world, "grain");
    publishTender(world, { marketplaceId, ownerCompanyId: owner.companyId });
    const found = async (name: string, side: "buyer" | "supplier" | "both" | "pending", where = place) => {
      const caller = await person(world, name, `${name} Works`);
      await describeCompany(caller);
      if (side === "pending") {
        await caller.post(`/v1/marketplaces/${marketplaceId}/participations`, { side: "supplier" }, newKey());
      } else await participate(where, caller, side);
      return caller.companyId;
    };
    const bare = await person(world, "Bare", "Bare Works");
    await participate(place, bare, "supplier");
    const outsiders = [
      "no-such-company",
      bare.companyId,
      await found("Pete", "pending"),
      await found("Cora", "buyer"),
      await found("Stan", "supplier", elsewhere),
    ];
    const invite = (companyId: string) => ways[way]({ type: "invite_supplier", tenderId, companyId });
    const refusals = await Promise.all(outsiders.map(invite));
    expect(refusals[0]).toMatchObject({ code: "supplier_not_found", status: 404, pointer: "/companyId" });
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
    expect(world.host.commands).toEqual([]);
    for (const companyId of [await found("Sam", "supplier"), await found("Bo", "both")]) {
      expect(await invite(companyId)).toBe("ok");
    }
    // Who invites himself hears from the host that the lot is his own.
    expect(await invite(owner.companyId)).toBe("ok");
    expect(world.host.commands).toHaveLength(3);
  },
);

test("to a selling tender buyers are invited, and who does not own it hears so from the host", async () => {
  await using one = await scene();
  const { world, place, owner, ways } = one;
  const other = await person(world, "Otto", "Otto Works");
  await participate(place, other, "both");
  const seller = await person(world, "Sam", "Sam Works");
  await describeCompany(seller);
  await participate(place, seller, "supplier");
  const buyer = await person(world, "Cora", "Cora Works");
  await describeCompany(buyer);
  await participate(place, buyer, "buyer");
  publishTender(world, { marketplaceId: place.marketplaceId, ownerCompanyId: owner.companyId, direction: "sell" });
  const invite = (companyId: string) => ways.http({ type: "invite_supplier", tenderId, companyId });
  expect(await invite(seller.companyId)).toMatchObject({ code: "supplier_not_found" });
  expect(await invite(buyer.companyId)).toBe("ok");
  const path = `/v1/tenders/${tenderId}/invitations`;
  expect((await other.post(path, { companyId: "no-such-company" }, newKey())).status).toBe(201);
  expect(world.host.commands.map(({ actor }) => actor.companyId)).toEqual([owner.companyId, other.companyId]);
});
