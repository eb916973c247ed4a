import { describe, expect, test } from "vitest";
import { newKey } from "./gateway-world.ts";
import {
  activeOffer,
  change,
  done,
  givenCatalogue,
  offerInput,
  product,
  productInput,
  variantInput,
} from "./given-catalogue.ts";

const scene = givenCatalogue();
const path = (rest = "") => `${scene.at}/products${rest}`;
const listOf = (body: unknown) => (body as { data: readonly Record<string, unknown>[] }).data;
const create = (body: object, who = scene.tools) => change(who, ["POST", path()], { body });

const box = { unit: "XBX", holds: "12" };

test("a seller's product is his company's own draft: nobody else finds it, and the operator's is the marketplace's", async () => {
  const { tools, paper, buyer, operator } = scene;
  const { productId, body } = await product(scene, tools, { active: false });
  expect(body).toMatchObject({
    ownerCompanyId: tools.companyId,
    status: "draft",
    brand: { name: "Bosch" },
    version: 1,
  });
  for (const other of [paper, buyer]) {
    const [foreign, missing] = [
      await other.get(path(`/${productId}`)),
      await other.get(path(`/${"0".repeat(8)}${productId.slice(8)}`)),
    ];
    expect([foreign.status, foreign.body["code"], missing.status]).toEqual([404, "not_found", 404]);
    expect((await other.get(path(`/${productId}/record`))).status).toBe(404);
    expect(listOf((await other.get(path("?owner=me"))).body)).toEqual([]);
  }
  expect((await operator.get(path(`/${productId}`))).headers.get("etag")).toBe('"1"');
  const shared = await product(scene, operator, { partNo: "M-1", brand: "Makita" });
  expect(shared.body).not.toHaveProperty("ownerCompanyId");
  expect((await buyer.get(path(`/${shared.productId}`))).body).toMatchObject({ status: "active" });
  expect(listOf((await buyer.get(path("?owner=marketplace"))).body)).toHaveLength(1);
  const touched = await change(paper, ["POST", path(`/${shared.productId}/withdrawal`)], {
    version: 2,
    body: { reason: "x" },
  });
  expect(touched.body).toMatchObject({ code: "forbidden" });
});

test("a company's own active product is found by others once it is offered", async () => {
  const { tools, buyer } = scene;
  const { productId, variantId } = await product(scene, tools, { partNo: "OWN-1" });
  expect((await buyer.get(path(`/${productId}`))).status).toBe(404);
  await activeOffer(scene, tools, offerInput(variantId));
  expect((await buyer.get(path(`/${productId}`))).body).toMatchObject({ partNo: "OWN-1" });
  expect(listOf((await buyer.get(path("?partNo=own%201"))).body)).toMatchObject([{ productId }]);
});

test("a company that only buys here lists nothing", async () => {
  expect((await create(productInput(), scene.buyer)).body).toMatchObject({ code: "forbidden" });
  const brand = await change(scene.buyer, ["POST", `${scene.at}/brands`], { body: { name: "Mine" } });
  expect(brand.body).toMatchObject({ code: "forbidden" });
  expect((await create(productInput(), scene.clerk)).body).toMatchObject({ code: "forbidden" });
});

test("brands are the same in any spelling", async () => {
  const register = (name: string) => done(change(scene.operator, ["POST", `${scene.at}/brands`], { body: { name } }));
  const [one, other] = [await register("Hewlett-Packard"), await register("HEWLETT PACKARD")];
  expect(other).toEqual(one);
  expect(listOf((await scene.buyer.get(`${scene.at}/brands?q=hewlett`)).body)).toEqual([one]);
});

test("ratios are exact, GTINs have fourteen digits at their packaging level", async () => {
  const variant = variantInput({
    units: [box, { unit: "KGM", num: "1", den: "3", decimals: 3 }],
    gtins: [{ gtin: "4006381333931" }, { gtin: "4 006381 333 948", unit: "XBX" }],
  });
  const { body } = await product(scene, scene.tools, { partNo: "RATIO-1", variants: [variant], active: false });
  expect((body["variants"] as object[])[0]).toMatchObject({
    baseUnit: "H87",
    units: [
      { unit: "KGM", num: "1", den: "3", decimals: 3, sold: true },
      { unit: "XBX", num: "12", den: "1" },
    ],
    gtins: [
      { gtin: "04006381333931", unit: "H87" },
      { gtin: "04006381333948", unit: "XBX" },
    ],
  });
  expect(listOf((await scene.tools.get(path("?gtin=4006381333931"))).body)).toMatchObject([{ partNo: "RATIO-1" }]);
});

describe("what is wrong is told by its place", () => {
  const withVariant = (changes: object) =>
    productInput({ variants: [variantInput(changes as Record<string, unknown>)] });
  test.each([
    [
      withVariant({ gtins: [{ gtin: "4006381333932" }] }),
      { code: "gtin_invalid", pointer: "/variants/0/gtins/0/gtin", reason: "check_digit_wrong", expectedDigit: "1" },
    ],
    [withVariant({ gtins: [{ gtin: "40063" }] }), { code: "gtin_invalid", reason: "length_wrong" }],
    [
      withVariant({ gtins: [{ gtin: "4006381333931" }, { gtin: "04006381333931" }] }),
      { code: "gtin_repeated", pointer: "/variants/0/gtins/1/gtin" },
    ],
    [withVariant({ baseUnit: "Stk" }), { code: "unit_unknown", pointer: "/variants/0/baseUnit", meant: "H87" }],
    [withVariant({ units: [box, box] }), { code: "unit_repeated", pointer: "/variants/0/units/1/unit" }],
    [
      withVariant({
        units: [
          { unit: "XBX", num: "999999999999999999", den: "1" },
          { unit: "KGM", holds: "0" },
        ],
      }),
      { code: "request_invalid" },
    ],
    [
      withVariant({ gtins: [{ gtin: "4006381333931", unit: "XBX" }] }),
      { code: "unit_not_of_variant", choices: ["H87"], pointer: "/variants/0/gtins/0/unit" },
    ],
    [
      withVariant({ units: [{ unit: "XBX", holds: 12 }] }),
      { code: "request_invalid", errors: [{ pointer: "/variants/0/units/0" }] },
    ],
    [
      productInput({ attributes: [{ attribute: "Weight", value: 12 }] }),
      { code: "request_invalid", errors: [{ pointer: "/attributes/0/value" }] },
    ],
    [productInput({ variants: [variantInput(), variantInput()] }), { code: "variant_not_distinct" }],
    [
      productInput({ classes: [{ scheme: "shop", code: "X" }] }),
      { code: "class_unknown", pointer: "/classes/0", scheme: "shop" },
    ],
    [
      productInput({
        texts: [
          { language: "en", name: "A" },
          { language: "en", name: "B" },
        ],
      }),
      { code: "text_repeated", pointer: "/texts/1/language" },
    ],
    [productInput({ texts: [{ language: "EN", name: "A" }] }), { code: "request_invalid" }],
    [
      productInput({
        attributes: [
          { attribute: "A", value: "1" },
          { attribute: "A", value: "2" },
        ],
      }),
      { code: "attribute_repeated" },
    ],
  ])("%j", async (body, problem) => {
    expect((await create(body)).body).toMatchObject(problem);
  });
});

describe("a product of a class", () => {
  const attributes = [
    { attribute: "Weight", kind: "decimal", unit: "KGM", labels: { en: "Weight" }, required: true },
    {
      attribute: "Colour",
      kind: "choice",
      labels: { en: "Colour" },
      parts: true,
      choices: ["red", "blue"].map((value) => ({ value, labels: { en: value } })),
    },
  ];
  const classes = [{ scheme: "goods", code: "drills", primary: true }];

  test("tells what its class asks for, with values that fit", async () => {
    const { operator, tools } = scene;
    const scheme = `${scene.at}/class-schemes/goods`;
    const headers = { ...newKey(), "if-none-match": "*" };
    await done(operator.send("PUT", scheme, { body: { name: "Goods", release: "1" }, headers }));
    const tree = [{ code: "drills", labels: { en: "Drills" } }];
    await done(change(operator, ["PUT", `${scheme}/classes`], { body: { classes: tree } }));
    await done(change(operator, ["PUT", `${scheme}/classes/drills/attributes`], { version: 2, body: { attributes } }));

    const of = (told: readonly object[]) => productInput({ classes, partNo: "CLASS-1", attributes: told });
    expect((await create({ ...of([]), classes: [{ ...classes[0], primary: false }] })).body).toMatchObject({
      code: "primary_class_missing",
    });
    const cases = [
      [
        { attribute: "Wieght", value: "1" },
        { code: "attribute_unknown", allowed: ["Colour", "Weight"] },
      ],
      [
        { attribute: "Weight", value: "heavy" },
        { code: "attribute_kind_wrong", kind: "decimal" },
      ],
      [
        { attribute: "Weight", value: "1", unit: "MTR" },
        { code: "attribute_unit_wrong", allowed: ["KGM"] },
      ],
      [
        { attribute: "Colour", value: "green" },
        { code: "attribute_choice_unknown", allowed: ["red", "blue"] },
      ],
    ] as const;
    for (const [told, problem] of cases) expect((await create(of([told]))).body).toMatchObject(problem);

    const parted = ["red", "blue"].map((value) => variantInput({ attributes: [{ attribute: "Colour", value }] }));
    const wrong = [variantInput({ attributes: [{ attribute: "Weight", value: "1" }] })];
    expect((await create({ ...of([]), variants: wrong })).body).toMatchObject({
      code: "attribute_not_parting",
      allowed: ["Colour"],
    });
    const draft = await done(create({ ...of([]), variants: parted }));
    const own = path(`/${String(draft["productId"])}`);
    expect((await change(tools, ["POST", `${own}/activation`], { version: 1 })).body).toMatchObject({
      code: "attribute_missing",
      attributes: ["Weight"],
    });
    const { variants: _variants, ...revision } = of([{ attribute: "Weight", value: "1500", unit: "GRM" }]) as Record<
      string,
      unknown
    >;
    expect(await done(change(tools, ["PUT", own], { version: 1, body: revision }))).toMatchObject({ version: 2 });
    expect(await done(change(tools, ["POST", `${own}/activation`], { version: 2 }))).toMatchObject({
      status: "active",
    });
    const third = variantInput({ attributes: [{ attribute: "Colour", value: "red" }] });
    expect((await change(tools, ["POST", `${own}/variants`], { body: third })).body).toMatchObject({
      code: "variant_not_distinct",
    });
  });
});

test("changes need the version that was read, stand in the record, and are done once under a key", async () => {
  const { tools, operator } = scene;
  const { productId } = await product(scene, tools, { partNo: "REC-1", active: false });
  const { variants: _variants, ...revision } = productInput({ partNo: "REC-2", taxCategory: "reduced" });
  const own = path(`/${productId}`);
  const headers = { ...newKey(), "if-match": '"1"' };
  const revised = await tools.send("PUT", own, { body: revision, headers });
  expect(revised.body).toMatchObject({ partNo: "REC-2", version: 2, taxCategory: "reduced" });
  expect((await tools.send("PUT", own, { body: revision, headers })).body).toEqual(revised.body);
  const late = await change(tools, ["PUT", own], { version: 1, body: revision });
  expect([late.status, late.body]).toMatchObject([412, { actualVersion: 2 }]);
  await done(change(operator, ["POST", `${own}/withdrawal`], { version: 2, body: { reason: "recalled" } }));
  const entries = listOf((await tools.get(`${own}/record`)).body);
  expect(entries).toMatchObject([
    {
      action: "withdrawn",
      before: { status: "draft" },
      after: { status: "withdrawn" },
      reason: "recalled",
      version: 3,
    },
    { action: "revised", before: { partNo: "REC-1" }, after: { partNo: "REC-2" }, by: tools.userId },
    { action: "created", before: {} },
  ]);
  expect(Object.keys(entries[1]?.["after"] as object).sort()).toEqual(["partNo", "taxCategory"]);
  const body = productInput({ partNo: "ONCE-1" });
  const key = newKey();
  const [one, again] = [await tools.post(path(), body, key), await tools.post(path(), body, key)];
  expect(again.body).toEqual(one.body);
});

test("units in which a variant is offered stay, and what is stocked is counted as before", async () => {
  const { tools } = scene;
  const variants = [variantInput({ units: [box] })];
  const { variantId, productId } = await product(scene, tools, { partNo: "UNITS-1", variants });
  await activeOffer(scene, tools, offerInput(variantId, { orderUnit: "XBX" }));
  const own = `${scene.at}/variants/${variantId}`;
  const revise = (changes: object, version = 1) =>
    change(tools, ["PUT", own], { version, body: variantInput({ units: [box], ...changes }) });
  expect((await revise({ units: [] })).body).toMatchObject({ code: "unit_in_use", unit: "XBX" });
  expect((await revise({ units: [{ ...box, holds: "10" }] })).body).toMatchObject({ code: "unit_in_use" });
  expect((await revise({ baseUnit: "KGM" })).body).toMatchObject({ code: "unit_in_use", pointer: "/baseUnit" });
  expect(await done(revise({ partNo: "V2" }))).toMatchObject({ partNo: "V2", version: 2 });
  expect((await revise({ partNo: "V3" })).status).toBe(412);
  expect(
    (await scene.paper.send("PUT", own, { body: variantInput(), headers: { ...newKey(), "if-match": "2" } })).body,
  ).toMatchObject({
    code: "forbidden",
  });
  const more = variantInput({ attributes: [{ attribute: "Colour", value: "red" }] });
  const added = await done(change(tools, ["POST", path(`/${productId}/variants`)], { body: more }));
  const other = `${scene.at}/variants/${String(added["variantId"])}`;
  expect(await done(change(tools, ["POST", `${other}/withdrawal`], { version: 1 }))).toMatchObject({
    status: "withdrawn",
  });
  expect(await done(change(tools, ["POST", `${other}/activation`], { version: 2 }))).toMatchObject({
    status: "active",
  });
  expect((await tools.get(other)).headers.get("etag")).toBe('"3"');
});

describe("files", () => {
  const pixel = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").toString("base64");

  test("are sent or named by their address, downloaded as what they are, and taken away", async () => {
    const { tools, buyer } = scene;
    const { productId, variantId } = await product(scene, tools, { partNo: "FILES-1" });
    await activeOffer(scene, tools, offerInput(variantId));
    const files = path(`/${productId}/files`);
    const sent = { kind: "picture", title: "Front", mediaType: "image/png", content: pixel };
    const kept = await done(change(tools, ["POST", files], { body: sent }));
    expect(kept).toMatchObject({ length: 16, mediaType: "image/png" });
    const named = { kind: "data_sheet", mediaType: "application/pdf", url: "https://example.test/sheet.pdf" };
    const other = await done(change(tools, ["POST", files], { body: named }));
    const { files: listed } = (await buyer.get(files)).body as { files: readonly object[] };
    expect(listed).toEqual([kept, other]);
    const reply = await scene.world.app.inject({
      url: `${files}/${String(kept["fileId"])}/content`,
      headers: { cookie: buyer.cookie },
    });
    expect(reply.headers).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff" });
    expect(reply.headers["content-disposition"]).toBe(`attachment; filename="${String(kept["fileId"])}.png"`);
    expect(reply.rawPayload.toString("base64")).toBe(pixel);
    expect((await buyer.get(`${files}/${String(other["fileId"])}/content`)).status).toBe(404);
    const wrong = await change(tools, ["POST", files], { body: { ...sent, mediaType: "image/jpeg" } });
    expect(wrong.body).toMatchObject({ code: "file_content_invalid", pointer: "/content" });
    expect((await change(tools, ["POST", files], { body: { ...sent, content: "no base64!" } })).body).toMatchObject({
      code: "file_content_invalid",
    });
    const text = { kind: "other", mediaType: "text/plain", content: Buffer.from("words").toString("base64") };
    expect(await done(change(tools, ["POST", files], { body: text }))).toMatchObject({ length: 5 });
    const plain = { ...named, url: "http://example.test/sheet.pdf" };
    expect((await change(tools, ["POST", files], { body: plain })).body).toMatchObject({ code: "request_invalid" });
    expect((await change(scene.paper, ["DELETE", `${files}/${String(kept["fileId"])}`])).body).toMatchObject({
      code: "forbidden",
    });
    expect((await change(tools, ["DELETE", `${files}/${String(kept["fileId"])}`])).status).toBe(204);
    expect((await change(tools, ["DELETE", `${files}/${String(kept["fileId"])}`])).status).toBe(404);
  });

  test("are as many as a product needs, and no more", async () => {
    const { productId } = await product(scene, scene.tools, { partNo: "FILES-2", active: false });
    const body = { kind: "manual", mediaType: "application/pdf", url: "https://example.test/manual.pdf" };
    const add = () => change(scene.tools, ["POST", path(`/${productId}/files`)], { body });
    for (let count = 0; count < 50; count++) await done(add());
    expect((await add()).body).toMatchObject({ code: "files_too_many", limit: 50 });
  });
});

test("a product has a limited number of variants", async () => {
  const { productId } = await product(scene, scene.tools, { partNo: "MANY-1", active: false });
  const add = (size: string) =>
    change(scene.tools, ["POST", path(`/${productId}/variants`)], {
      body: variantInput({ attributes: [{ attribute: "Size", value: size }] }),
    });
  await scene.world.sql`insert into variants (product_id, marketplace_id, base_unit, status)
    select ${productId}, ${scene.market.marketplaceId}, 'H87', 'withdrawn' from generate_series(1, 198)`;
  await done(add("1"));
  expect((await add("2")).body).toMatchObject({ code: "variants_too_many", limit: 200 });
});

describe("a buyer's own part numbers", () => {
  test("are his company's alone, the same in any spelling", async () => {
    const { operator, buyer, clerk, tools } = scene;
    const { variantId, productId } = await product(scene, operator, { partNo: "BPN-1", brand: "Hilti" });
    const own = (partNo: string) => `${scene.at}/part-numbers/${encodeURIComponent(partNo)}`;
    const save = (who: typeof buyer, partNo: string, body: object = { variantId }) =>
      change(who, ["PUT", own(partNo)], { body });
    expect(await done(save(buyer, "ACME/0001"))).toMatchObject({ partNo: "ACME/0001", variantId, productId });
    expect(await done(save(buyer, "acme 0001"))).toMatchObject({ partNo: "acme 0001" });
    expect(listOf((await buyer.get(`${scene.at}/part-numbers?variantId=${variantId}`)).body)).toHaveLength(1);
    expect(listOf((await tools.get(`${scene.at}/part-numbers`)).body)).toEqual([]);
    expect((await operator.get(`${scene.at}/part-numbers`)).body).toMatchObject({ code: "forbidden" });
    const hidden = await product(scene, tools, { partNo: "BPN-2", active: false });
    expect((await save(buyer, "X-1", { variantId: hidden.variantId })).body).toMatchObject({ code: "variant_unknown" });
    await done(save(clerk, "ACME/0001"));
    expect((await change(buyer, ["DELETE", own("ACME-0001")])).status).toBe(204);
    expect((await change(buyer, ["DELETE", own("ACME-0001")])).status).toBe(404);
    expect(listOf((await clerk.get(`${scene.at}/part-numbers`)).body)).toHaveLength(1);
  });
});
