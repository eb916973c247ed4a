import { randomUUID } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller, GatewayWorld } from "./gateway-world.ts";
import { gatewayWorld, newKey } from "./gateway-world.ts";
import { listOffer } from "./listed-offers.ts";
import type { Market } from "./people.ts";
import { market, participate, person } from "./people.ts";

let world: GatewayWorld;
let metals: Market;
let mill: Caller;
let baker: Caller;
let at: string;

beforeAll(async () => {
  world = await gatewayWorld();
  metals = await market(world);
  at = `/v1/marketplaces/${metals.marketplaceId}`;
  mill = await person(world, "Mill", "Mill Ltd");
  baker = await person(world, "Baker", "Baker Ltd");
  await participate(metals, mill);
  await participate(metals, baker);
});
afterAll(() => world[Symbol.asyncDispose]());

async function listed(): Promise<{ readonly partNo: string; readonly offerId: string }> {
  const partNo = `q${randomUUID().replaceAll("-", "")}`;
  return { partNo, offerId: await listOffer(world, { ...metals, vendorId: baker.companyId, partNo }) };
}

const file = (content: string | Uint8Array, more: object = {}) =>
  mill.post(
    `${at}/cart/quick-order/file`,
    { content: Buffer.from(content as string).toString("base64"), ...more },
    newKey(),
  );
const paste = (text: string) => mill.post(`${at}/cart/quick-order`, { text }, newKey());

const linesOf = ({ status, body }: Awaited<ReturnType<typeof paste>>): readonly Readonly<Record<string, unknown>>[] => {
  expect(status, JSON.stringify(body)).toBe(200);
  return body["lines"] as readonly Readonly<Record<string, unknown>>[];
};

test("a file's rows are told by their numbers: added, unknown, unreadable, and with both neighbours of a wrong quantity", async () => {
  const { partNo, offerId } = await listed();
  await world.sql`update offers set min_quantity = 48000000, multiple = 24000000 where id = ${offerId}`;
  const text = `Artikelnummer;Menge;Bemerkung\n${partNo};50;soon\n\nno-such-number;1;\n${partNo};;\n${partNo};1.000;\n`;
  const answer = await file(text);
  const lines = linesOf(answer);
  expect(lines.map(({ row, outcome }) => [row, outcome])).toEqual([
    [2, "added"],
    [4, "unknown"],
    [5, "unreadable"],
    [6, "unreadable"],
  ]);
  const { lineId } = lines[0] ?? {};
  expect(lines[0]).toMatchObject({
    faults: [{ code: "quantity_not_multiple", neighbours: { below: "48", above: "72" } }, {}],
  });
  expect(lines.slice(2)).toMatchObject([
    { reason: { code: "quantity_missing" } },
    { text: `${partNo}\t1.000`, reason: { code: "quantity_ambiguous", hint: expect.stringContaining("1000") } },
  ]);
  expect(answer.body["cart"]).toMatchObject({ lines: [{ lineId, quantity: "50" }] });
  expect(linesOf(await file(text, { decimalMark: "," }))[3]).toMatchObject({ outcome: "added", lineId });
  expect(linesOf(await paste(`${partNo}\t1.000`))).toMatchObject([
    { row: 1, outcome: "unreadable", reason: { code: "quantity_ambiguous" } },
  ]);
});

test("the same file under the same key is ordered once", async () => {
  const { partNo } = await listed();
  const body = { content: Buffer.from(`${partNo};3\n`).toString("base64") };
  const key = newKey();
  const first = await mill.post(`${at}/cart/quick-order/file`, body, key);
  const again = await mill.post(`${at}/cart/quick-order/file`, body, key);
  expect(again.body).toEqual(first.body);
  expect(JSON.stringify((await mill.get(`${at}/cart`)).body)).toContain('"quantity":"3"');
});

test("a file that cannot be read is refused with its cause and what to do about it", async () => {
  const refused = async (content: string | Uint8Array, more: object = {}) => {
    const { status, body } = await file(content, more);
    return [status, body["code"], body["cause"]];
  };
  expect(await refused("    ")).toEqual([422, "file_unreadable", "file_empty"]);
  expect(await refused("<BMECAT/>")).toEqual([422, "file_unreadable", "file_is_xml"]);
  expect(await refused(Uint8Array.of(1, 2, 3, 4, 5))).toEqual([422, "file_unreadable", "file_is_binary"]);
  expect(await refused("PK\x03\x04 nothing more")).toEqual([422, "file_unreadable", "zip_broken"]);
  expect(await refused(zipBomb())).toEqual([422, "file_unreadable", "file_too_large"]);
  expect(await refused("SKU;Menge\n")).toEqual([422, "quick_order_empty", undefined]);
  expect(await refused(`SKU;Menge\n${"A;1\n".repeat(2_001)}`)).toEqual([422, "quick_order_too_long", undefined]);
  const missing = await file("One;Two;Three\nA;1;2\n");
  expect(missing.body).toMatchObject({
    code: "file_column_missing",
    column: "partNumber",
    columns: ["One", "Two", "Three"],
    pointer: "/columns/partNumber",
  });
  const pasted = await paste("\n\n");
  expect(pasted.body).toMatchObject({ code: "quick_order_empty", pointer: "/text" });
});

test("what is no file is refused before it is looked at", async () => {
  const send = (body: object) => mill.post(`${at}/cart/quick-order/file`, body, newKey());
  expect((await send({ content: "not base64!" })).body).toMatchObject({ errors: [{ pointer: "/content" }] });
  expect((await send({ content: 5 })).body).toMatchObject({ errors: [{ pointer: "/content" }] });
  expect((await send({ content: "A".repeat(1_398_108) })).body).toMatchObject({ errors: [{ pointer: "/content" }] });
  expect((await send({ content: "A".repeat(2_000_000) })).status).toBe(413);
  const most = await send({ content: Buffer.alloc(1_048_576, "A;1\n").toString("base64") });
  expect([most.status, most.body["code"]]).toEqual([422, "quick_order_too_long"]);
});

/** A workbook of a few kilobytes whose one sheet unpacks to more than may be. */
function zipBomb(): Buffer {
  const spaces = Buffer.alloc(9_000_000, " ");
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const parts: Readonly<Record<string, Buffer>> = {
    "_rels/.rels": Buffer.from(
      `<R><Relationship Id="r" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></R>`,
    ),
    "xl/workbook.xml": Buffer.from(`<w xmlns:r="${relations}"><sheet name="S" r:id="s"/></w>`),
    "xl/_rels/workbook.xml.rels": Buffer.from(
      `<R><Relationship Id="s" Type="${relations}/worksheet" Target="sheet.xml"/></R>`,
    ),
    "xl/sheet.xml": Buffer.concat([Buffer.from("<s><sheetData>"), spaces, Buffer.from("</sheetData></s>")]),
  };
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    head.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(Buffer.concat(files).length, 10);
    files.push(Buffer.from("PK\x03\x04"), head, Buffer.from(name), packed);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), head, place, Buffer.from(name));
  }
  const end = Buffer.alloc(18);
  const count = Object.keys(parts).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(Buffer.concat(files).length, 12);
  return Buffer.concat([...files, ...directory, Buffer.from("PK\x05\x06"), end]);
}
