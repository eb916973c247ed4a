import { expect, test } from "vitest";
import { createKontor } from "../src/index.ts";
import { FakeHttp } from "./fake-http.ts";
import { FakeServer } from "./fake-server.ts";
import { VirtualClock } from "./virtual-clock.ts";

const market = "/v1/marketplaces/m1";

function client() {
  const clock = new VirtualClock();
  const http = new FakeHttp(...Array.from({ length: 40 }, () => ({ status: 200, body: {} })));
  const options = { fetch: http.fetch, WebSocket: new FakeServer(clock).Socket, clock, random: () => 0 };
  return { http, kontor: createKontor({ baseUrl: "http://kontor.test", ...options }) };
}

/** Method, path and version of what was sent. */
const seenBy = (http: FakeHttp) =>
  http.seen.map(({ method, path, headers }) =>
    [method, path, headers["if-match"] ?? headers["if-none-match"]].join(" ").trim(),
  );

test("classes are asked for where they are, with the version that was read", async () => {
  const { http, kontor } = client();
  const { classes } = kontor;
  const scheme = { marketplaceId: "m1", scheme: "shop" };
  const key = { ...scheme, code: "T-1" };
  await classes.schemes("m1").page();
  await classes.scheme(scheme);
  await classes.saveScheme(scheme, { name: "Shop", release: "1" });
  await classes.saveScheme({ ...scheme, version: 3 }, { name: "Shop", release: "2" });
  await classes.saveClasses(scheme, [{ code: "T", labels: { en: "Tools" } }]);
  await classes.install("m1", "cpv");
  await classes.list(scheme, { parent: "T" }).page();
  await classes.get(key);
  await classes.attributes(key);
  await classes.saveAttributes({ ...key, version: 4 }, []);
  expect(seenBy(http)).toEqual([
    `GET ${market}/class-schemes`,
    `GET ${market}/class-schemes/shop`,
    `PUT ${market}/class-schemes/shop *`,
    `PUT ${market}/class-schemes/shop "3"`,
    `PUT ${market}/class-schemes/shop/classes`,
    `POST ${market}/class-schemes/cpv/installation`,
    `GET ${market}/class-schemes/shop/classes?parent=T`,
    `GET ${market}/class-schemes/shop/classes/T-1`,
    `GET ${market}/class-schemes/shop/classes/T-1/attributes`,
    `PUT ${market}/class-schemes/shop/classes/T-1/attributes "4"`,
  ]);
});

test("so are products, variants, files, numbers and findings", async () => {
  const { http, kontor } = client();
  const { products } = kontor;
  const product = { marketplaceId: "m1", productId: "p1" };
  const variant = { marketplaceId: "m1", variantId: "v1" };
  const texts = [{ language: "en", name: "Drill" }];
  await products.create("m1", { texts, variants: [{ baseUnit: "H87", units: [{ unit: "XBX", holds: "12" }] }] });
  await products.list("m1", { gtin: "4006381333931" }).page();
  await products.get(product);
  await products.revise({ ...product, version: 1 }, { texts });
  await products.activate({ ...product, version: 2 });
  await products.withdraw({ ...product, version: 3 }, "over");
  await products.record(product).page();
  await products.variant(variant);
  await products.addVariant(product, { baseUnit: "H87" });
  await products.reviseVariant({ ...variant, version: 1 }, { baseUnit: "H87" });
  await products.withdrawVariant({ ...variant, version: 2 });
  await products.activateVariant({ ...variant, version: 3 });
  await products.files(product);
  await products.addFile(product, { kind: "picture", mediaType: "image/png", url: "https://example.test/a.png" });
  await products.removeFile({ ...product, fileId: "f1" });
  await products.brands("m1", { q: "bo" }).page();
  await products.registerBrand("m1", "Bosch");
  await products.partNumbers("m1").page();
  await products.savePartNumber({ marketplaceId: "m1", partNo: "A/1" }, "v1");
  await products.removePartNumber({ marketplaceId: "m1", partNo: "A/1" });
  await products.findings("m1", { state: "open" }).page();
  await products.finding({ marketplaceId: "m1", findingId: "f1" });
  await products.mergeFinding({ marketplaceId: "m1", findingId: "f1" }, "p1");
  await products.keepApart({ marketplaceId: "m1", findingId: "f1" }, "two things");
  expect(seenBy(http)).toEqual([
    `POST ${market}/products`,
    `GET ${market}/products?gtin=4006381333931`,
    `GET ${market}/products/p1`,
    `PUT ${market}/products/p1 "1"`,
    `POST ${market}/products/p1/activation "2"`,
    `POST ${market}/products/p1/withdrawal "3"`,
    `GET ${market}/products/p1/record`,
    `GET ${market}/variants/v1`,
    `POST ${market}/products/p1/variants`,
    `PUT ${market}/variants/v1 "1"`,
    `POST ${market}/variants/v1/withdrawal "2"`,
    `POST ${market}/variants/v1/activation "3"`,
    `GET ${market}/products/p1/files`,
    `POST ${market}/products/p1/files`,
    `DELETE ${market}/products/p1/files/f1`,
    `GET ${market}/brands?q=bo`,
    `POST ${market}/brands`,
    `GET ${market}/part-numbers`,
    `PUT ${market}/part-numbers/A%2F1`,
    `DELETE ${market}/part-numbers/A%2F1`,
    `GET ${market}/match-findings?state=open`,
    `GET ${market}/match-findings/f1`,
    `POST ${market}/match-findings/f1/merge`,
    `POST ${market}/match-findings/f1/separation`,
  ]);
  expect(products.filePath({ ...product, fileId: "f1" })).toBe(`${market}/products/p1/files/f1/content`);
});

test("and offers with their stock, mutations under keys", async () => {
  const { http, kontor } = client();
  const { offers } = kontor;
  const offer = { marketplaceId: "m1", offerId: "o1" };
  await offers.create("m1", { variantId: "v1", vendorPartNo: "A-1", orderUnit: "H87" });
  await offers.list("m1", { vendor: "me" }).page();
  await offers.get(offer);
  await offers.revise({ ...offer, version: 1 }, { vendorPartNo: "A-1", orderUnit: "H87" });
  await offers.propose({ ...offer, version: 2 });
  await offers.approve({ ...offer, version: 3 });
  await offers.reject({ ...offer, version: 4 }, "no");
  await offers.pause({ ...offer, version: 5 });
  await offers.resume({ ...offer, version: 6 });
  await offers.withdraw({ ...offer, version: 7 });
  await offers.record(offer).page();
  await offers.stock(offer);
  await offers.saveStock({ ...offer, place: "main" }, { onHand: "5" });
  await offers.saveStock({ ...offer, place: "main", version: 1 }, { onHand: "4" });
  const at = `${market}/offers/o1`;
  expect(seenBy(http)).toEqual([
    `POST ${market}/offers`,
    `GET ${market}/offers?vendor=me`,
    `GET ${at}`,
    `PUT ${at} "1"`,
    `POST ${at}/proposal "2"`,
    `POST ${at}/approval "3"`,
    `POST ${at}/rejection "4"`,
    `POST ${at}/pause "5"`,
    `POST ${at}/resumption "6"`,
    `POST ${at}/withdrawal "7"`,
    `GET ${at}/record`,
    `GET ${at}/stock`,
    `PUT ${at}/stock/main *`,
    `PUT ${at}/stock/main "1"`,
  ]);
  const keyed = http.seen.filter(({ headers }) => headers["idempotency-key"] !== undefined);
  expect(keyed).toHaveLength(10);
  expect(keyed.map(({ method }) => method)).not.toContain("GET");
});
