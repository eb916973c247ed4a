import { requireValue } from "@kontor/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

/** From a class over a product and two vendors' offers to what a buyer finds, through the client library. */

let world: World;
let vendor: Company;
let rival: Company;
let customer: Company;

beforeAll(async () => {
  world = await createWorld();
  const { operator, marketplaceId } = world;
  [vendor, rival, customer] = await Promise.all([
    world.company("Screws Ltd"),
    world.company("Bolts Ltd"),
    world.company("Workshop Ltd"),
  ]);
  for (const company of [vendor, rival]) await takePart(company, { marketplaceId, operator }, "supplier");
  await takePart(customer, { marketplaceId, operator }, "buyer");
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

test("a vendor lists an article, the operator looks at it, a buyer finds it with what is there of it", async () => {
  const { operator, marketplaceId } = world;
  const { classes, offers: review } = operator.client;
  const scheme = { marketplaceId, scheme: "shop" };
  const set = requireValue(await classes.saveScheme(scheme, { name: "Shop", release: "1" }));
  requireValue(await classes.saveClasses(scheme, [{ code: "screws", labels: { en: "Screws", de: "Schrauben" } }]));
  const length = {
    attribute: "Length",
    kind: "decimal",
    unit: "MMT",
    labels: { en: "Length" },
    required: true,
  } as const;
  requireValue(await classes.saveAttributes({ ...scheme, code: "screws", version: set.version + 1 }, [length]));

  const article = (name: string, value: string) => ({
    brand: "Würth",
    partNo: "0031 6 20",
    texts: [{ language: "en", name }],
    classes: [{ scheme: "shop", code: "screws", primary: true }],
    attributes: [{ attribute: "Length", value }],
    variants: [
      {
        baseUnit: "H87",
        units: [{ unit: "XBX", holds: "200" }],
        gtins: [{ gtin: "4006381333931" }, { gtin: "4006381333948", unit: "XBX" }],
      },
    ],
  });
  const { products, offers } = vendor.boss.client;
  const wrong = await products.create(marketplaceId, article("Cap screw M6x20", "two"));
  expect(wrong).toMatchObject({ ok: false, problem: { code: "attribute_kind_wrong", pointer: "/attributes/0/value" } });
  const draft = requireValue(await products.create(marketplaceId, article("Cap screw M6x20", "20")));
  const { productId } = draft;
  const variantId = draft.variants[0]?.variantId ?? "";
  requireValue(await products.activate({ marketplaceId, productId, version: draft.version }));

  const terms = { vendorPartNo: "S-620", orderUnit: "XBX", minQuantity: "2", multiple: "2", leadTimeDays: 2 };
  const listed = requireValue(await offers.create(marketplaceId, { ...terms, variantId }));
  const key = { marketplaceId, offerId: listed.offerId };
  requireValue(await offers.saveStock({ ...key, place: "main" }, { onHand: "4000" }));
  const proposed = requireValue(await offers.propose({ ...key, version: listed.version }));
  const buyer = customer.boss.client;
  expect(await buyer.offers.get(key)).toMatchObject({ ok: false, problem: { code: "not_found" } });
  expect(await rival.boss.client.offers.get(key)).toMatchObject({ ok: false, problem: { code: "not_found" } });

  const rejected = requireValue(await review.reject({ ...key, version: proposed.version }, "ships from where?"));
  const revised = requireValue(
    await offers.revise({ ...key, version: rejected.version }, { ...terms, shipsFrom: "Ulm" }),
  );
  const again = requireValue(await offers.propose({ ...key, version: revised.version }));
  requireValue(await review.approve({ ...key, version: again.version }));
  expect(requireValue(await buyer.offers.get(key))).toMatchObject({
    vendorName: "Screws Ltd",
    status: "active",
    shipsFrom: "Ulm",
    available: "4000",
    minQuantity: "2",
  });
  requireValue(await buyer.products.savePartNumber({ marketplaceId, partNo: "WS-1" }, variantId));

  // A rival who describes the same article lists it beside the first vendor; it is one product from then on.
  const other = rival.boss.client;
  const theirs = requireValue(await other.products.create(marketplaceId, article("M6x20 cap screw", "20")));
  const bolts = { vendorPartNo: "B-1", orderUnit: "H87", variantId: theirs.variants[0]?.variantId ?? "" };
  const second = requireValue(await other.offers.create(marketplaceId, bolts));
  const active = requireValue(
    await other.products.activate({ marketplaceId, productId: theirs.productId, version: theirs.version }),
  );
  expect(active).toMatchObject({ status: "merged", mergedInto: productId });
  const moved = requireValue(await other.offers.get({ marketplaceId, offerId: second.offerId }));
  expect(moved).toMatchObject({ productId, variantId });
  const sent = requireValue(
    await other.offers.propose({ marketplaceId, offerId: second.offerId, version: moved.version }),
  );
  requireValue(await review.approve({ marketplaceId, offerId: second.offerId, version: sent.version }));
  const found = await buyer.offers.list(marketplaceId, { productId }).all();
  expect(found.map(({ vendorName }) => vendorName).sort()).toEqual(["Bolts Ltd", "Screws Ltd"]);
  const [own] = await buyer.products.partNumbers(marketplaceId).all();
  expect(own).toMatchObject({ partNo: "WS-1", productId });

  const [finding] = await operator.client.products.findings(marketplaceId).all();
  expect(finding).toMatchObject({ state: "merged", reason: "gtin", other: productId });
  const record = await vendor.boss.client.offers.record(key).all();
  expect(record.map(({ action }) => action)).toEqual([
    "approved",
    "proposed",
    "revised",
    "rejected",
    "proposed",
    "created",
  ]);
  expect(await other.offers.record(key).page()).toMatchObject({ ok: false, problem: { code: "not_found" } });
});
