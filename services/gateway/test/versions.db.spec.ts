import { expect, test } from "vitest";
import type { Caller } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { market, participate, person } from "./people.ts";

async function scene() {
  const world = await gatewayWorld();
  const place = await market(world);
  const here = `/v1/marketplaces/${place.marketplaceId}`;
  const ada = await person(world, "Ada", "Ada Metals");
  return {
    world,
    place,
    here,
    ada,
    operator: place.operator,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

type Edit = {
  readonly method: "PATCH" | "PUT" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** The version that is stored. */
  readonly version: number;
};

/** An edit needs the stored version; the answer tells the next one. */
async function expectVersioned(operator: Caller, { method, path, body, version }: Edit): Promise<void> {
  const send = (match: Record<string, string>) =>
    operator.send(method, path, { body, headers: { ...newKey(), ...match } });
  const why = `${method} ${path}`;
  expect((await send({})).body, why).toMatchObject({ status: 428, code: "precondition_required" });
  const faulty = (await send({ "if-match": "newest" })).body;
  expect(faulty, why).toMatchObject({ code: "request_invalid", errors: [{ pointer: "/headers/if-match" }] });
  expect((await send({ "if-match": `"${version + 1}"` })).body, why).toMatchObject({
    status: 412,
    code: "precondition_failed",
    actualVersion: version,
  });
  const done = await send({ "if-match": `"${version}"` });
  expect(done.status, `${why} ${JSON.stringify(done.body)}`).toBe(method === "DELETE" ? 204 : 200);
  if (method === "DELETE") return;
  expect(done.body, why).toMatchObject({ version: version + 1 });
  expect(done.headers.get("etag"), why).toBe(`"${version + 1}"`);
}

test("a marketplace is changed by who has read it as it is", async () => {
  await using one = await scene();
  const { operator, here } = one;
  const read = await operator.get(here);
  expect([read.body["version"], read.headers.get("etag")]).toEqual([1, '"1"']);
  await expectVersioned(operator, { method: "PATCH", path: here, body: { name: "Metals of Europe" }, version: 1 });
  expect((await operator.get(here)).body).toMatchObject({ name: "Metals of Europe", version: 2 });
  const unchanged = await operator.send("PATCH", here, { body: {}, headers: { ...newKey(), "if-match": '"2"' } });
  expect(unchanged.body).toMatchObject({ version: 2 });
});

test("staff is appointed anew with If-None-Match, changed and dismissed with the version that was read", async () => {
  await using one = await scene();
  const { operator, here, ada } = one;
  const path = `${here}/staff/${ada.userId}`;
  const appoint = (match: Record<string, string>) =>
    operator.send("PUT", path, { body: { role: "auditor" }, headers: { ...newKey(), ...match } });
  expect((await appoint({ "if-match": '"1"' })).body).toMatchObject({ code: "precondition_failed", actualVersion: 0 });
  const first = await appoint({ "if-none-match": "*" });
  expect([first.status, first.headers.get("etag")]).toEqual([200, '"1"']);
  expect((await appoint({ "if-none-match": "*" })).body).toMatchObject({
    code: "precondition_failed",
    actualVersion: 1,
  });
  await expectVersioned(operator, { method: "PUT", path, body: { role: "operator" }, version: 1 });
  await expectVersioned(operator, { method: "DELETE", path, version: 2 });
});

test("a decision is about the participation that was read: a request that changed meanwhile is read again", async () => {
  await using one = await scene();
  const { operator, here, ada } = one;
  const path = `${here}/participations/${ada.companyId}`;
  const asked = await ada.post(`${here}/participations`, { side: "buyer" }, newKey());
  expect(asked.headers.get("etag")).toBe('"1"');
  const wider = await ada.post(`${here}/participations`, { side: "both" }, newKey());
  expect(wider.headers.get("etag")).toBe('"2"');
  expect((await operator.get(path)).headers.get("etag")).toBe('"2"');
  const reason = { reason: "because" };
  await expectVersioned(operator, { method: "POST", path: `${path}/refusal`, body: reason, version: 2 });
  await expectVersioned(operator, { method: "POST", path: `${path}/approval`, version: 3 });
  await expectVersioned(operator, { method: "POST", path: `${path}/suspension`, body: reason, version: 4 });
});

test("the list of a marketplace's staff comes in pages, and holds nobody of another one", async () => {
  await using one = await scene();
  const { world, operator, here, place } = one;
  const elsewhere = await market(world, "grain");
  const people = await Promise.all(["Ben", "Cleo", "Dora"].map((name) => person(world, name)));
  for (const { userId } of people) {
    const headers = { ...newKey(), "if-none-match": "*" };
    await operator.send("PUT", `${here}/staff/${userId}`, { body: { role: "auditor" }, headers });
  }
  const admin = await person(world, "Root");
  await world.accounts.makeInstallationAdmin(admin.userId);
  const expected = [operator, ...people].map(({ userId }) => userId).sort();
  for (const reader of [operator, admin]) {
    const seen: string[] = [];
    let address: string | undefined = `${here}/staff?limit=3`;
    while (address !== undefined) {
      const page = await reader.get(address);
      seen.push(...(page.body["data"] as { userId: string }[]).map(({ userId }) => userId));
      address = /^<([^>]+)>/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(expected);
  }
  await participate(place, one.ada);
  expect((await one.ada.get(`${here}/staff`)).body).toMatchObject({ code: "forbidden" });
  expect((await elsewhere.operator.get(`${here}/staff`)).body).toMatchObject({ code: "not_found" });
});
