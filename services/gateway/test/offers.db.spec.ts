import { describe, expect, test } from "vitest";
import type { Caller } from "./gateway-world.ts";
import { newKey } from "./gateway-world.ts";
import { activeOffer, change, done, givenCatalogue, offerInput, product, variantInput } from "./given-catalogue.ts";

const scene = givenCatalogue();
const path = (rest = "") => `${scene.at}/offers${rest}`;
const listOf = (body: unknown) => (body as { data: readonly Record<string, unknown>[] }).data;
const create = (who: Caller, body: object) => change(who, ["POST", path()], { body });
const step = (who: Caller, way: string, of: { version: number; body?: object }) =>
  change(who, ["POST", path(`/${way}`)], of);

let made = 0;
/** A product of the marketplace that nobody has listed yet. */
const shared = (changes: Readonly<Record<string, unknown>> = {}) =>
  product(scene, scene.operator, {
    brand: `Brand ${++made}`,
    partNo: `P-${made}`,
    texts: [{ language: "en", name: `Article ${made}` }],
    ...changes,
  });

test("an offer goes from a draft over the operator's review to the buyers, and back", async () => {
  const { tools, paper, buyer, operator } = scene;
  const { variantId, productId } = await shared();
  const draft = await done(create(tools, offerInput(variantId, { minQuantity: "5", multiple: "5", leadTimeDays: 3 })));
  expect(draft).toMatchObject({ status: "draft", vendorId: tools.companyId, productId, minQuantity: "5", version: 1 });
  const id = String(draft["offerId"]);
  const hidden = async () => {
    for (const other of [paper, buyer]) {
      const found = await other.get(path(`/${id}`));
      expect([found.status, found.body["code"]]).toEqual([404, "not_found"]);
      expect(listOf((await other.get(path(`?variantId=${variantId}`))).body)).toEqual([]);
    }
  };
  await hidden();
  expect((await step(tools, `${id}/resumption`, { version: 1 })).body).toMatchObject({
    code: "offer_state_wrong",
    state: "draft",
    allowed: ["paused"],
  });
  expect((await step(tools, `${id}/approval`, { version: 1 })).body).toMatchObject({ code: "forbidden" });
  expect((await step(operator, `${id}/approval`, { version: 1 })).body).toMatchObject({ code: "offer_state_wrong" });
  expect((await step(paper, `${id}/proposal`, { version: 1 })).status).toBe(404);
  await done(step(tools, `${id}/proposal`, { version: 1 }));
  await hidden();
  const reason = { reason: "no picture" };
  expect(await done(step(operator, `${id}/rejection`, { version: 2, body: reason }))).toMatchObject({
    status: "rejected",
  });
  const { variantId: _variant, ...terms } = offerInput(variantId) as { variantId: string };
  expect(await done(change(tools, ["PUT", path(`/${id}`)], { version: 3, body: terms }))).toMatchObject({
    status: "draft",
  });
  await done(step(tools, `${id}/proposal`, { version: 4 }));
  expect(listOf((await operator.get(path("?status=proposed"))).body)).toMatchObject([{ offerId: id }]);
  await done(step(operator, `${id}/approval`, { version: 5 }));
  expect((await buyer.get(path(`/${id}`))).body).toMatchObject({ status: "active", vendorName: "Tools Ltd" });
  expect((await step(tools, `${id}/pause`, { version: 5 })).status).toBe(412);
  await done(step(tools, `${id}/pause`, { version: 6 }));
  await hidden();
  await done(step(tools, `${id}/resumption`, { version: 7 }));
  const used = { ...terms, condition: "used" };
  expect(await done(change(tools, ["PUT", path(`/${id}`)], { version: 8, body: used }))).toMatchObject({
    status: "proposed",
  });
  await done(step(tools, `${id}/withdrawal`, { version: 9 }));
  expect((await change(tools, ["PUT", path(`/${id}`)], { version: 10, body: terms })).body).toMatchObject({
    code: "offer_state_wrong",
  });
  const entries = listOf((await tools.get(path(`/${id}/record`))).body);
  expect(entries.map(({ action }) => action)).toEqual([
    "withdrawn",
    "revised",
    "resumed",
    "paused",
    "approved",
    "proposed",
    "revised",
    "rejected",
    "proposed",
    "created",
  ]);
  expect(entries[7]).toMatchObject({
    before: { status: "proposed" },
    after: { status: "rejected" },
    reason: "no picture",
    by: operator.userId,
  });
  expect(entries[1]).toMatchObject({
    before: { condition: "new", status: "active" },
    after: { condition: "used", status: "proposed" },
  });
  expect((await buyer.get(path(`/${id}/record`))).status).toBe(404);
  expect((await paper.get(path(`/${id}/record`))).status).toBe(404);
  expect(listOf((await operator.get(path(`/${id}/record`))).body)).toHaveLength(10);
});

test("the record is not changed, not even by hand", async () => {
  const { sql } = scene.world;
  await expect(sql`update catalog_record set action = 'nothing'`).rejects.toThrow();
  await expect(sql`delete from catalog_record`).rejects.toThrow();
});

test("two vendors list one article; each has his own number once", async () => {
  const { tools, paper, buyer } = scene;
  const { variantId, productId } = await shared();
  const [one, two] = [
    await activeOffer(scene, tools, offerInput(variantId)),
    await activeOffer(scene, paper, offerInput(variantId)),
  ];
  const listed = listOf((await buyer.get(path(`?productId=${productId}`))).body).map(({ offerId }) => offerId);
  expect(listed.sort()).toEqual([one.offerId, two.offerId].sort());
  const again = await create(tools, offerInput(variantId));
  expect([again.status, again.body]).toMatchObject([409, { code: "offer_exists", offerId: one.offerId }]);
  expect(listOf((await tools.get(path(`?vendor=me&vendorPartNo=v%20${variantId.slice(0, 8)}`))).body)).toHaveLength(1);
  expect(listOf((await buyer.get(path(`?vendor=${paper.companyId}`))).body)).toHaveLength(1);
});

test("what is another company's own, unknown or not active is not listed", async () => {
  const { tools, paper, buyer } = scene;
  const draft = await product(scene, tools, { partNo: "OWN-1", active: false });
  expect((await create(paper, offerInput(draft.variantId))).body).toMatchObject({
    code: "variant_unknown",
    pointer: "/variantId",
  });
  const early = await done(create(tools, offerInput(draft.variantId)));
  expect((await step(tools, `${early["offerId"] as string}/proposal`, { version: 1 })).body).toMatchObject({
    code: "product_not_active",
  });
  await done(change(tools, ["POST", `${scene.at}/products/${draft.productId}/activation`], { version: 1 }));
  await done(step(tools, `${early["offerId"] as string}/proposal`, { version: 1 }));
  await done(step(scene.operator, `${early["offerId"] as string}/approval`, { version: 2 }));
  expect((await create(paper, offerInput(draft.variantId))).body).toMatchObject({ code: "product_private" });
  expect((await create(buyer, offerInput(draft.variantId))).body).toMatchObject({ code: "forbidden" });
  const gone = { version: 2, body: { reason: "over" } };
  await done(change(tools, ["POST", `${scene.at}/products/${draft.productId}/withdrawal`], gone));
  expect((await buyer.get(path(`/${String(early["offerId"])}`))).status).toBe(404);
  const other = offerInput(draft.variantId, { vendorPartNo: "other" });
  expect((await create(tools, other)).body).toMatchObject({ code: "product_not_active" });
});

describe("terms that contradict each other are refused", () => {
  test.each([
    [
      { minQuantity: "10", multiple: "4" },
      { code: "quantity_terms_inconsistent", neighbours: { below: "8", above: "12" } },
    ],
    [
      { minQuantity: "5", maxQuantity: "4" },
      { code: "quantity_terms_inconsistent", limit: "5", pointer: "/maxQuantity" },
    ],
    [{ minQuantity: "0.5" }, { code: "quantity_scale_exceeded", pointer: "/minQuantity", decimals: 0 }],
    [{ orderUnit: "XPX" }, { code: "unit_not_of_variant", choices: ["H87", "XBX"], pointer: "/orderUnit" }],
    [{ deliveryTerm: "DAP" }, { code: "delivery_place_missing", pointer: "/deliveryPlace" }],
    [{ deliveryTerm: "DAT", deliveryPlace: "Hamburg" }, { code: "request_invalid" }],
    [
      { validFrom: "2027-01-01T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" },
      { code: "validity_empty", pointer: "/validUntil" },
    ],
    [{ validFrom: "2027-02-30T00:00:00Z" }, { code: "validity_empty", pointer: "/validFrom" }],
    [{ minQuantity: 5 }, { code: "request_invalid", errors: [{ pointer: "/minQuantity" }] }],
    [{ minQuantity: "0" }, { code: "request_invalid" }],
  ])("%j", async (changes, problem) => {
    const box = { unit: "XBX", holds: "12" };
    const pallet = { unit: "XPX", holds: "480", sold: false };
    const { variantId } = await shared({ variants: [variantInput({ units: [box, pallet] })] });
    expect((await create(scene.tools, offerInput(variantId, changes))).body).toMatchObject(problem);
  });
});

test("an offer holds from its beginning to its end", async () => {
  const { tools, buyer, world } = scene;
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const { variantId } = await shared();
  const soon = await activeOffer(scene, tools, offerInput(variantId, { validFrom: at(1), validUntil: at(2) }));
  expect((await buyer.get(path(`/${soon.offerId}`))).status).toBe(404);
  expect((await tools.get(path(`/${soon.offerId}`))).status).toBe(200);
  world.advance(1.5 * 86_400_000);
  expect((await buyer.get(path(`/${soon.offerId}`))).status).toBe(200);
  world.advance(86_400_000);
  expect((await buyer.get(path(`/${soon.offerId}`))).status).toBe(404);
});

test("stock is the vendor's to tell; buyers see what they can have", async () => {
  const { tools, paper, buyer, operator, world } = scene;
  const { variantId } = await shared();
  const { offerId } = await activeOffer(scene, tools, offerInput(variantId));
  const stock = path(`/${offerId}/stock`);
  const put = (
    who: Caller,
    place: string,
    { match, ...body }: { match: Record<string, string> } & Record<string, unknown>,
  ) => who.send("PUT", `${stock}/${place}`, { body, headers: { ...newKey(), ...match } });
  const first = { "if-none-match": "*" };
  expect((await buyer.get(path(`/${offerId}`))).body).not.toHaveProperty("available");
  const kept = await put(tools, "main", { onHand: "10", match: first });
  expect([kept.status, kept.headers.get("etag"), kept.body]).toMatchObject([
    200,
    '"1"',
    { onHand: "10", reserved: "0" },
  ]);
  await done(put(tools, "annex", { onHand: "2.5", backorderMax: "4", match: first }));
  expect((await put(tools, "main", { onHand: "9", match: first })).body).toMatchObject({
    code: "precondition_failed",
    actualVersion: 1,
  });
  expect((await put(tools, "roof", { onHand: "9", match: { "if-match": "1" } })).status).toBe(404);
  expect((await put(tools, "main", { onHand: 9, match: { "if-match": "1" } })).body).toMatchObject({
    code: "request_invalid",
    errors: [{ pointer: "/onHand" }],
  });
  await world.sql`update stock_levels set reserved = 4000000 where offer_id = ${offerId} and place = 'main'`;
  expect((await put(tools, "main", { onHand: "3", match: { "if-match": "1" } })).body).toMatchObject({
    code: "stock_promised",
    reserved: "4",
  });
  expect(await done(put(tools, "main", { onHand: "3", backorderMax: "1", match: { "if-match": "1" } }))).toMatchObject({
    available: "0",
    version: 2,
  });
  expect(await done(put(tools, "main", { onHand: "10", match: { "if-match": "2" } }))).toMatchObject({
    available: "6",
  });
  expect((await buyer.get(path(`/${offerId}`))).body).toMatchObject({ available: "8.5" });
  for (const other of [paper, buyer]) expect((await other.get(stock)).status).toBe(404);
  expect((await put(paper, "main", { onHand: "1", match: first })).status).toBe(404);
  const { levels } = (await operator.get(stock)).body as { levels: readonly object[] };
  expect(levels).toMatchObject([
    { place: "annex", onHand: "2.5" },
    { place: "main", reserved: "4" },
  ]);
});

test("offers of vendors whom the operator trusts go live at once, and the record says by which rule", async () => {
  const { tools, paper, buyer, operator } = scene;
  const review = `${scene.at}/offer-review`;
  const write = (who: Caller, body: object) =>
    who.send("PUT", review, { body, headers: { ...newKey(), "if-none-match": "*" } });
  expect((await tools.get(review)).body).toMatchObject({ activeWithoutReview: false, vendors: [], version: 0 });
  expect((await write(tools, { activeWithoutReview: true })).status).toBe(403);
  const stranger = [{ vendorId: buyer.companyId, activeWithoutReview: true }];
  expect((await write(operator, { activeWithoutReview: true, vendors: stranger })).body).toMatchObject({
    code: "vendor_unfit",
    pointer: "/vendors/0",
  });
  const vendors = [{ vendorId: paper.companyId, activeWithoutReview: false }];
  const rules = { activeWithoutReview: true, vendors };
  expect(await done(write(operator, rules))).toMatchObject({
    ...rules,
    version: 1,
  });
  expect((await tools.get(review)).body).toMatchObject({ activeWithoutReview: true, vendors: [] });

  const { variantId } = await shared();
  const propose = async (who: Caller, number: string) => {
    const draft = await done(create(who, offerInput(variantId, { vendorPartNo: number })));
    return await done(step(who, `${draft["offerId"]}/proposal`, { version: 1 }));
  };
  expect(await propose(paper, "TR-1")).toMatchObject({ status: "proposed" });
  const live = await propose(tools, "TR-1");
  expect(live).toMatchObject({ status: "active", version: 2 });
  const id = String(live["offerId"]);
  const [entry] = listOf((await tools.get(path(`/${id}/record`))).body);
  expect(entry).toMatchObject({
    action: "approved_by_rule",
    before: { status: "draft" },
    after: { status: "active" },
    reason: "Active without review: the rule for all vendors of the marketplace, version 1.",
  });

  const { variantId: _variant, ...terms } = offerInput(variantId) as { variantId: string };
  const used = { ...terms, vendorPartNo: String(live["vendorPartNo"]), condition: "used" };
  const revised = await done(change(tools, ["PUT", path(`/${id}`)], { version: 2, body: used }));
  expect(revised).toMatchObject({ status: "active", condition: "used" });
  await done(step(operator, `${id}/rejection`, { version: 3, body: { reason: "not what it says" } }));
  expect(await done(step(tools, `${id}/proposal`, { version: 4 }))).toMatchObject({ status: "proposed" });

  const nobody = { activeWithoutReview: false, vendors: [{ vendorId: tools.companyId, activeWithoutReview: true }] };
  await done(change(operator, ["PUT", review], { version: 1, body: nobody }));
  const [own] = listOf((await tools.get(path(`/${(await propose(tools, "TR-2"))["offerId"]}/record`))).body);
  expect(own).toMatchObject({ reason: "Active without review: the rule for this vendor, version 2." });
  await done(change(operator, ["PUT", review], { version: 2, body: { activeWithoutReview: false } }));
});
