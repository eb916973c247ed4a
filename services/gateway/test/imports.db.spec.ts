import { randomUUID } from "node:crypto";
import { limits } from "@kontor/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { market, participate, person } from "./people.ts";

/** Doors of catalogue imports; what becomes of a file is the worker's and stands in the journeys. */
let world: GatewayWorld;
let mill: Caller;
let rival: Caller;
let imports: string;
let mappings: string;

const table = "SKU;Name\nA-1;Bearing\nA-2;Seal\n";
const mapping = { columns: [{ field: "part_number", column: "SKU" }] };

beforeAll(async () => {
  world = await gatewayWorld();
  const metals = await market(world);
  const at = `/v1/marketplaces/${metals.marketplaceId}`;
  [imports, mappings] = [`${at}/imports`, `${at}/import-mappings`];
  mill = await person(world, "Mill", "Mill Ltd");
  rival = await person(world, "Rival", "Rival Ltd");
  await participate(metals, mill);
  await participate(metals, rival);
});
afterAll(() => world[Symbol.asyncDispose]());

async function created(): Promise<string> {
  const made = await mill.post(imports, { fileName: "catalogue.csv" }, newKey());
  expect([made.status, made.body["state"]]).toEqual([201, "uploading"]);
  return `${imports}/${String(made.body["importId"])}`;
}

function send(at: string, text: string, { offset = 0, by = mill } = {}) {
  const headers = { ...newKey(), "content-type": "application/octet-stream" };
  return by.send("PUT", `${at}/file?offset=${offset}`, { body: text, headers });
}

test("a file comes in parts, each behind the last; whoever is wrong about where is told where to go on", async () => {
  const at = await created();
  expect((await send(at, table.slice(0, 10))).body).toEqual({ receivedBytes: 10 });
  expect((await send(at, table.slice(0, 10))).body).toMatchObject({ code: "import_offset_wrong", receivedBytes: 10 });
  expect((await send(at, "", { offset: 10 })).body).toMatchObject({ code: "import_part_empty" });
  const early = await mill.post(`${at}/start`, { fileBytes: table.length }, newKey());
  expect(early.body).toMatchObject({ code: "import_upload_incomplete", receivedBytes: 10, fileBytes: table.length });
  expect((await send(at, table.slice(10), { offset: 10 })).body).toEqual({ receivedBytes: table.length });
  const preview = await mill.get(`${at}/preview`);
  expect(preview.body).toMatchObject({ format: "csv", separator: ";", columns: [{ name: "SKU" }, { name: "Name" }] });
  const started = await mill.post(`${at}/start`, { fileBytes: table.length, dryRun: true }, newKey());
  expect(started.body).toMatchObject({ state: "waiting", dryRun: true, fileBytes: table.length });
  expect((await send(at, "more", { offset: table.length })).body).toMatchObject({
    code: "import_state_wrong",
    state: "waiting",
  });
  const cancelled = await mill.post(`${at}/cancellation`, {}, newKey());
  expect(cancelled.body).toMatchObject({ state: "cancelled" });
  expect((await mill.post(`${at}/start`, { fileBytes: table.length }, newKey())).status).toBe(409);
});

test("no file grows larger than files may be", async () => {
  const at = await created();
  const { importFileBytesMax } = limits;
  Object.assign(limits, { importFileBytesMax: 10 });
  try {
    expect((await send(at, table)).body).toMatchObject({ code: "import_file_too_large", limit: 10 });
  } finally {
    Object.assign(limits, { importFileBytesMax });
  }
  expect((await mill.get(at)).body).toMatchObject({ receivedBytes: 0 });
});

test("an import begins with a mapping and a list of one's own", async () => {
  const at = await created();
  await send(at, table);
  const start = (more: object) => mill.post(`${at}/start`, { fileBytes: table.length, ...more }, newKey());
  const [mappingId, priceListId] = [randomUUID(), randomUUID()];
  expect((await start({ mappingId })).body).toMatchObject({ code: "import_mapping_unknown", pointer: "/mappingId" });
  expect((await start({ priceListId })).body).toMatchObject({ code: "import_list_unknown", pointer: "/priceListId" });
  const saved = await mill.post(mappings, { name: "Ours", mapping }, newKey());
  expect(saved.status).toBe(201);
  const own = { mappingId: saved.body["mappingId"] };
  expect((await start(own)).body).toMatchObject({ state: "waiting", ...own, mappingVersion: 1 });
});

test("a mapping is changed by who has read it, and gone when it was removed", async () => {
  const saved = await mill.post(mappings, { name: "First", mapping }, newKey());
  const at = `${mappings}/${String(saved.body["mappingId"])}`;
  const change = (headers: Record<string, string>) =>
    mill.send("PUT", at, { body: { name: "Second", mapping }, headers: { ...newKey(), ...headers } });
  expect((await change({})).body).toMatchObject({ code: "precondition_required" });
  expect((await change({ "if-match": '"7"' })).body).toMatchObject({ code: "precondition_failed" });
  const changed = await change({ "if-match": saved.headers.get("etag") ?? "" });
  expect(changed.body).toMatchObject({ name: "Second", version: 2 });
  expect((await rival.get(at)).body).toMatchObject({ code: "import_mapping_unknown" });
  expect((await mill.send("DELETE", at, { headers: newKey() })).status).toBe(204);
  expect((await mill.get(at)).body).toMatchObject({ code: "import_mapping_unknown" });
});

test("nobody else's company has the import, and rows that were kept long enough are gone", async () => {
  const at = await created();
  for (const path of [at, `${at}/preview`, `${at}/problems`, `${at}/failed-rows`]) {
    expect((await rival.get(path)).body, path).toMatchObject({ code: "import_unknown" });
  }
  expect((await send(at, table, { by: rival })).body).toMatchObject({ code: "import_unknown" });
  expect((await mill.get(`${at}/failed-rows`)).status).toBe(200);
  await world.sql`update imports set rows_removed_at = now() where id = ${at.split("/").at(-1) ?? ""}`;
  for (const path of [`${at}/problems`, `${at}/failed-rows`]) {
    const { status, body } = await mill.get(path);
    expect([status, body["code"]], path).toEqual([410, "import_rows_removed"]);
  }
});
