import { randomUUID } from "node:crypto";
import type { BmecatItem, CatalogueRow } from "@kontor/formats";
import { readBmecat } from "@kontor/formats";
import { expect, test } from "vitest";
import type { Caller } from "./gateway-world.ts";
import { newKey } from "./gateway-world.ts";
import { activeOffer, change, done, givenCatalogue, product } from "./given-catalogue.ts";

const scene = givenCatalogue();

type Body = Readonly<Record<string, unknown>>;

const bmecat = (who: Caller, query = "") => who.get(`${scene.at}/exports/bmecat${query}`);
const report = (who: Caller, query = "") => who.get(`${scene.at}/exports/bmecat/report${query}`);

async function itemsOf(xml: string): Promise<readonly BmecatItem[]> {
  const items: BmecatItem[] = [];
  const bytes = async function* () {
    yield await Promise.resolve(Buffer.from(xml));
  };
  for await (const item of readBmecat(bytes()).items) items.push(item);
  return items;
}

async function rowsOf(who: Caller, query = ""): Promise<readonly CatalogueRow[]> {
  const { status, body, headers } = await bmecat(who, query);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(headers.get("content-type")).toBe("application/xml; charset=utf-8");
  const items = await itemsOf(String(body["text"]));
  expect(items.filter(({ kind }) => kind === "warning")).toEqual([]);
  return items.flatMap((item) => (item.kind === "row" ? [item.row] : []));
}

async function priceList(who: Caller, more: Body = {}): Promise<string> {
  const made = await done(
    who.post(`${scene.at}/price-lists`, { name: randomUUID(), currency: "EUR", ...more }, newKey()),
  );
  return String(made["listId"]);
}

async function rungs(who: Caller, [listId, offerId]: readonly [string, string], list: readonly Body[]): Promise<void> {
  const path = `${scene.at}/price-lists/${listId}/prices/${offerId}`;
  await done(who.send("PUT", path, { body: { rungs: list }, headers: newKey() }));
}

test("a catalogue with texts, classes, units, files and prices comes back as it was", async () => {
  const { tools, market, world } = scene;
  await world.sql`insert into class_schemes (marketplace_id, scheme, release, name)
    values (${market.marketplaceId}, 'own', '1', 'Own')`;
  await world.sql`insert into class_nodes (marketplace_id, scheme, code, labels)
    values (${market.marketplaceId}, 'own', '21-01', '{"en":"Drills"}')`;
  await world.sql`insert into class_attributes (marketplace_id, scheme, class_code, attribute, kind, unit, labels)
    values (${market.marketplaceId}, 'own', '21-01', 'Voltage', 'decimal', 'VLT', '{"en":"Voltage"}'),
      (${market.marketplaceId}, 'own', '21-01', 'Cordless', 'yes_no', null, '{"en":"Cordless"}')`;
  const { productId, variantId } = await product(scene, tools, {
    texts: [
      { language: "en", name: "Drill & bit", description: "Turns.\nQuickly.", keywords: ["drill"] },
      { language: "de", name: "Bohrer <groß>" },
    ],
    classes: [{ scheme: "own", code: "21-01", primary: true }],
    attributes: [
      { attribute: "Voltage", value: "18", unit: "VLT" },
      { attribute: "Cordless", value: true },
    ],
    variants: [{ baseUnit: "C62", units: [{ unit: "XBX", num: "12", den: "1" }], gtins: [{ gtin: "4006209796856" }] }],
  });
  const file = { kind: "data_sheet", title: "Sheet", mediaType: "application/pdf", url: "https://x.example/a.pdf" };
  await done(change(tools, ["POST", `${scene.at}/products/${productId}/files`], { body: file }));
  const text = {
    kind: "other",
    title: "Note",
    mediaType: "text/plain",
    content: Buffer.from("hello").toString("base64"),
  };
  const kept = await done(change(tools, ["POST", `${scene.at}/products/${productId}/files`], { body: text }));
  const { offerId } = await activeOffer(scene, tools, {
    variantId,
    vendorPartNo: "T-1",
    orderUnit: "XBX",
    minQuantity: "2",
    multiple: "2",
    leadTimeDays: 3,
    deliveryTerm: "DAP",
    deliveryPlace: "Hall 3",
    shipsFrom: "Ulm",
  });
  const listId = await priceList(tools);
  await rungs(
    tools,
    [listId, offerId],
    [
      { unit: "XBX", price: "100" },
      { unit: "XBX", minQuantity: "10", price: "96.5" },
      { unit: "C62", minQuantity: "7", price: "9" },
    ],
  );
  const query = `?listId=${listId}&catalogueId=TOOLS&catalogueVersion=2.1`;
  const rows = await rowsOf(tools, query);
  expect(rows).toMatchObject([
    {
      partNumber: "T-1",
      mode: "replace",
      texts: [
        { language: "de", name: "Bohrer <groß>" },
        { language: "en", name: "Drill & bit", description: "Turns.\nQuickly.", keywords: ["drill"] },
      ],
      manufacturer: "Bosch",
      manufacturerPartNumber: "GSR 18V-55",
      classes: [{ scheme: "own", code: "21-01" }],
      attributes: [
        { name: "Cordless", values: ["true"] },
        { name: "Voltage", values: ["18"], unit: "VLT" },
      ],
      orderUnit: "XBX",
      content: { unit: "C62", ratio: { num: "12", den: "1" } },
      minQuantity: "2",
      multiple: "2",
      leadTimeDays: 3,
      condition: "new",
      deliveryTerm: { term: "DAP", place: "Hall 3" },
      prices: [
        { currency: "EUR", minQuantity: "1", amount: "100", baseQuantity: "1" },
        { currency: "EUR", minQuantity: "10", amount: "96.5", baseQuantity: "1" },
      ],
      files: [
        { kind: "data_sheet", address: "https://x.example/a.pdf", title: "Sheet" },
        { kind: "other", address: expect.stringContaining(`/files/${String(kept["fileId"])}/content`) },
      ],
    },
  ]);
  const { status, body } = await report(tools, query);
  expect([status, body]).toMatchObject([200, { offers: 1, written: 1, problemsFound: 3 }]);
  expect(body["problems"]).toEqual([
    { partNumber: "T-1", code: "member_not_in_format", member: "shipsFrom", value: "Ulm" },
    { partNumber: "T-1", code: "value_left_out", member: "prices", value: "9 EUR for 1 C62 from 7" },
    { partNumber: "T-1", code: "member_not_in_format", member: "gtins", value: "04006209796856 C62" },
  ]);
});

test("an agreement's catalogue has what its buyer pays, from the quantities at which that changes", async () => {
  const { paper, buyer, at } = scene;
  const { variantId } = await product(scene, paper, {
    brand: "Leitz",
    partNo: "1010",
    variants: [{ baseUnit: "C62" }],
  });
  const { offerId } = await activeOffer(scene, paper, { variantId, vendorPartNo: "P-1", orderUnit: "C62" });
  const [base, contract] = [await priceList(paper), await priceList(paper)];
  await rungs(
    paper,
    [base, offerId],
    [
      { unit: "C62", price: "10" },
      { unit: "C62", minQuantity: "100", price: "9.5" },
    ],
  );
  await rungs(paper, [contract, offerId], [{ unit: "C62", minQuantity: "50", price: "8.8", priceBaseQuantity: "1" }]);
  const offer = await done(paper.get(`${at}/offers/${offerId}`));
  await done(
    change(paper, ["PUT", `${at}/offers/${offerId}/base-list`], { version: offer.version, body: { listId: base } }),
  );
  const terms = { currency: "EUR", paymentTerm: { kind: "prepaid" }, priceLists: [{ listId: contract }] };
  const draft = await done(change(paper, ["POST", `${at}/agreements`], { body: { buyerId: buyer.companyId, terms } }));
  const path = `${at}/agreements/${String(draft["agreementId"])}`;
  await done(change(paper, ["POST", `${path}/proposal`], { version: 1 }));
  const early = await bmecat(paper, `?agreementId=${String(draft["agreementId"])}`);
  expect([early.status, early.body["code"]]).toEqual([409, "agreement_not_in_force"]);
  await done(change(buyer, ["POST", `${path}/acceptance`], { version: 2, body: {} }));
  expect(await rowsOf(paper, `?agreementId=${String(draft["agreementId"])}`)).toMatchObject([
    {
      partNumber: "P-1",
      prices: [
        { minQuantity: "1", amount: "10" },
        { minQuantity: "50", amount: "8.8" },
      ],
    },
  ]);
  expect(await rowsOf(paper)).toMatchObject([{ partNumber: "P-1", prices: [] }]);
  const gross = await priceList(paper, { priceMode: "gross" });
  await rungs(paper, [gross, offerId], [{ unit: "C62", price: "11.9" }]);
  expect((await report(paper, `?listId=${gross}`)).body).toMatchObject({
    problems: [{ code: "value_left_out", member: "prices", value: "11.9 EUR per C62 with tax" }],
  });
});

test("nobody has another's catalogue, list or agreement, and a wrong question is told", async () => {
  const { tools, paper, buyer, clerk, operator } = scene;
  const foreign = await priceList(paper);
  const asked = await bmecat(tools, `?listId=${foreign}`);
  expect([asked.status, asked.body["code"]]).toEqual([422, "price_list_unknown"]);
  expect((await bmecat(tools, `?agreementId=${randomUUID()}`)).body["code"]).toBe("agreement_not_in_force");
  expect((await bmecat(clerk)).body["code"]).toBe("forbidden");
  expect((await bmecat(operator)).body["code"]).toBe("forbidden");
  expect(await rowsOf(buyer)).toEqual([]);
  expect((await bmecat(tools, `?listId=${foreign}&agreementId=${randomUUID()}`)).body).toMatchObject({
    code: "request_invalid",
    errors: [{ pointer: "/query/agreementId" }],
  });
  expect((await bmecat(tools, "?catalogueVersion=one")).status).toBe(400);
  expect((await bmecat(tools, "?language=tlh")).body).toMatchObject({ code: "export_header_unfit", status: 422 });
});
