import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  createBuyerPartNumberRepository,
  createClassificationRepository,
  createMatchRepository,
  createOfferRepository,
  createProductFileRepository,
  createProductRepository,
  createStockRepository,
} from "../../src/index.ts";
import {
  activeProduct,
  givenCatalog,
  member,
  noon,
  plainRules,
  quantities,
  revision,
  staff,
  terms,
  variant,
} from "./given-catalog.ts";

const given = givenCatalog();
const products = () => createProductRepository(given.db(), plainRules);
const offers = () => createOfferRepository(given.db(), plainRules);
const stock = () => createStockRepository(given.db());
const [one, two, three] = [member("one"), member("two"), member("three")];
const operator = staff("operator");

/** Everybody who is not the company one, nor staff of its marketplace. */
const strangers = [two, three, member("one", "grain"), staff("operator", "grain"), staff("auditor", "grain")];

async function draftOffer(partNo: string) {
  const listed = await activeProduct(given.db(), operator, { partNo });
  const offerId = randomUUID();
  const made = await offers().create(one, {
    offerId,
    terms: terms(partNo),
    quantities,
    at: noon,
    variantId: listed.variantId,
  });
  if (!made.ok) throw new Error(made.code);
  return { ...listed, offerId };
}

describe("what is another's is not there", () => {
  test("a draft product, its record, files and variants", async () => {
    const [productId, only] = [randomUUID(), variant()];
    await products().create(one, { productId, revision: revision("D-1"), variants: [only] });
    const files = createProductFileRepository(given.db());
    for (const stranger of strangers) {
      expect(await products().find(stranger, productId)).toBeUndefined();
      expect(await products().findVariant(stranger, only.variantId)).toBeUndefined();
      expect(await products().record(stranger, productId, {})).toBeUndefined();
      expect(await files.list(stranger, productId)).toBeUndefined();
      const step = { productId, status: "active", reason: null, expectedVersion: 1 } as const;
      expect(await products().step(stranger, step)).toMatchObject({ code: "not_found" });
    }
    expect(await products().find(operator, productId)).toMatchObject({ status: "draft" });
    expect(
      await products().step(staff("auditor"), { productId, status: "active", reason: null, expectedVersion: 1 }),
    ).toMatchObject({
      code: "forbidden",
    });
  });

  test("a draft offer, its record and stock", async () => {
    const { offerId } = await draftOffer("O-1");
    const key = { offerId, place: "main", expectedVersion: 0 };
    expect(await stock().save(one, key, { onHand: "5", backorderMax: "0" })).toMatchObject({ ok: true });
    for (const stranger of strangers) {
      expect(await offers().find(stranger, { offerId, at: noon })).toBeUndefined();
      expect(await offers().record(stranger, { offerId, at: noon }, {})).toBeUndefined();
      expect(await stock().list(stranger, offerId)).toBeUndefined();
      expect(await stock().save(stranger, key, { onHand: "1", backorderMax: "0" })).toMatchObject({
        code: "not_found",
      });
      const step = { offerId, step: "withdraw", reason: null, expectedVersion: 1 } as const;
      expect(await offers().step(stranger, step)).toMatchObject({ ok: false });
    }
    expect(await stock().list(operator, offerId)).toMatchObject([{ onHand: "5" }]);
  });

  test("classes, part numbers and findings of another marketplace", async () => {
    const classes = createClassificationRepository(given.db());
    await classes.saveScheme(operator, { scheme: "shop", expectedVersion: 0 }, { name: "Shop", release: "1" });
    await classes.saveClasses(operator, "shop", [{ code: "T", labels: { en: "Tools" } }]);
    const elsewhere = member("one", "grain");
    expect(await classes.class(elsewhere, { scheme: "shop", code: "T" })).toBeUndefined();
    expect(await classes.attributesOf(elsewhere, [{ scheme: "shop", code: "T" }])).toMatchObject({
      code: "class_unknown",
    });
    expect(await classes.saveClasses(one, "shop", [{ code: "U", labels: { en: "U" } }])).toMatchObject({
      code: "not_found",
    });
    const numbers = createBuyerPartNumberRepository(given.db(), plainRules);
    const { variantId } = await activeProduct(given.db(), operator, { partNo: "N-1" });
    expect(await numbers.save(one, { partNo: "X-1", variantId })).toMatchObject({ ok: true });
    expect(await numbers.save(elsewhere, { partNo: "X-1", variantId })).toMatchObject({ code: "variant_unknown" });
    for (const stranger of strangers) expect(await numbers.list(stranger, {})).toMatchObject({ data: [] });
    const findings = createMatchRepository(given.db(), plainRules);
    expect(await findings.list(one, {})).toMatchObject({ data: [] });
  });
});

test("of ten who list under one number at once, one does", async () => {
  const { variantId } = await activeProduct(given.db(), operator, { partNo: "RACE-1" });
  const made = await Promise.all(
    Array.from({ length: 10 }, () =>
      offers().create(two, { offerId: randomUUID(), terms: terms("RACE-1"), quantities, at: noon, variantId }),
    ),
  );
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  expect(new Set(made.flatMap((answer) => (answer.ok ? [] : [answer.code])))).toEqual(new Set(["offer_exists"]));
});

test("of ten who change what they have read, one does; what is refused leaves nothing behind", async () => {
  const { offerId } = await draftOffer("VERSION-1");
  const steps = Array.from({ length: 10 }, () =>
    offers().step(one, { offerId, step: "propose", reason: null, expectedVersion: 1 }),
  );
  const done = await Promise.all(steps);
  expect(done.filter(({ ok }) => ok)).toHaveLength(1);
  const record = await offers().record(one, { offerId, at: noon }, {});
  expect(record).toMatchObject({
    data: [
      { action: "proposed", version: 2 },
      { action: "created", version: 1 },
    ],
  });
});

test("a merge moves offers that come while it runs, or they are refused: none is left with a merged product", async () => {
  const rules = {
    ...plainRules,
    compare: ((found, other) => ({
      kind: "merge",
      reason: "gtin",
      score: 10_000,
      evidence: {},
      pairs: [{ from: found.variants[0]?.variantId ?? "", to: other.variants[0]?.variantId ?? "" }],
    })) satisfies typeof plainRules.compare,
  };
  for (let round = 0; round < 5; round++) {
    const partNo = `MERGE-${round}`;
    await given.sql()`insert into brands (marketplace_id, name, name_key) values ('metals', ${partNo}, ${partNo.toLowerCase()})`;
    const kept = await activeProduct(given.db(), operator, { partNo });
    const [productId, only] = [randomUUID(), variant()];
    await products().create(one, { productId, revision: revision(partNo), variants: [only] });
    await given.sql()`update products set brand_id = (select id from brands where name = ${partNo})
      where id in (${kept.productId}, ${productId})`;
    const offer = { offerId: randomUUID(), terms: terms(partNo), quantities, at: noon, variantId: only.variantId };
    const step = { productId, status: "active", reason: null, expectedVersion: 1 } as const;
    const [made, merged] = await Promise.all([
      offers().create(one, offer),
      createProductRepository(given.db(), rules).step(one, step),
    ]);
    expect(merged).toMatchObject({ value: { status: "merged", mergedInto: kept.productId } });
    if (made.ok)
      expect(await offers().find(one, { offerId: offer.offerId, at: noon })).toMatchObject({
        variantId: kept.variantId,
      });
    else expect(["product_not_active", "variant_unknown"]).toContain(made.code);
  }
});
