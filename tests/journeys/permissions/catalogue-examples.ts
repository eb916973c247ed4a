import { newId, requireValue } from "@kontor/sdk";
import type { Company } from "../../world/people.ts";
import type { Example, Scene } from "./example-requests.ts";
import { reading } from "./reading-examples.ts";

/** What one company has in the catalogue: an active product of its own with an offer, stock, a file. */
type Listed = Readonly<
  Record<"productId" | "variantId" | "offerId" | "fileId" | "findingId" | "scheme" | "code", string>
>;

const listed = new Map<string, Promise<Listed>>();

/** Of the caller's company where it takes part here, else of another. */
function companyOf({ world, caller }: Scene): Company {
  return [world.buyer, world.anna].find(({ companyId }) => companyId === caller.companyId) ?? world.anna;
}

/** Made once for each company. */
function listedBy(scene: Scene): Promise<Listed> {
  const company = companyOf(scene);
  const known = listed.get(company.companyId) ?? list(scene.world, company);
  listed.set(company.companyId, known);
  return known;
}

let count = 0;

async function list({ operator, marketplaceId }: Scene["world"], { boss }: Company): Promise<Listed> {
  const { products, offers } = boss.client;
  const name = `Cap screw ${++count}`;
  const texts = [{ language: "en", name }];
  const product = { brand: name, partNo: name, texts, variants: [{ baseUnit: "H87" }] };
  const make = async () => requireValue(await products.create(marketplaceId, product));
  const { productId, variants } = await make();
  const [own, like] = [
    { marketplaceId, productId },
    { marketplaceId, productId: (await make()).productId },
  ];
  for (const key of [own, like]) requireValue(await products.activate({ ...key, version: 1 }));
  const [finding] = await operator.client.products.findings(marketplaceId).all();
  const variantId = variants[0]?.variantId ?? "";
  const offer = { variantId, vendorPartNo: name, orderUnit: "H87" };
  const { offerId } = requireValue(await offers.create(marketplaceId, offer));
  const key = { marketplaceId, offerId };
  requireValue(await offers.propose({ ...key, version: 1 }));
  requireValue(await operator.client.offers.approve({ ...key, version: 2 }));
  requireValue(await offers.saveStock({ ...key, place: "main" }, { onHand: "5" }));
  const content = Buffer.from("words").toString("base64");
  const file = { kind: "manual", mediaType: "text/plain", content } as const;
  const { fileId } = requireValue(await products.addFile(own, file));
  const scheme = await classesOf(operator.client.classes, marketplaceId);
  return { productId, variantId, offerId, fileId, findingId: finding?.findingId ?? "", scheme, code: "T" };
}

async function classesOf(classes: Company["boss"]["client"]["classes"], marketplaceId: string): Promise<string> {
  const scheme = `shop-${++count}`;
  const key = { marketplaceId, scheme };
  requireValue(await classes.saveScheme(key, { name: "Shop", release: "1" }));
  requireValue(await classes.saveClasses(key, [{ code: "T", labels: { en: "Tools" } }]));
  return scheme;
}

const ofListed: Example["prepare"] = async (scene) => ({ ...(await listedBy(scene)), place: "main" });

/** A file that may be taken away. */
async function fileToRemove(scene: Scene): Promise<{ productId: string; fileId: string }> {
  const { marketplaceId } = scene.world;
  const { products } = companyOf(scene).boss.client;
  const product = { texts: [{ language: "en", name: "Washer" }], variants: [{ baseUnit: "H87" }] };
  const { productId } = requireValue(await products.create(marketplaceId, product));
  const file = { kind: "manual", mediaType: "application/pdf", url: "https://example.test/manual.pdf" } as const;
  const { fileId } = requireValue(await products.addFile({ marketplaceId, productId }, file));
  return { productId, fileId };
}

async function numberToRemove(scene: Scene): Promise<{ partNo: string }> {
  const { variantId } = await listedBy(scene);
  const key = { marketplaceId: scene.world.marketplaceId, partNo: newId() };
  requireValue(await companyOf(scene).boss.client.products.savePartNumber(key, variantId));
  return key;
}

const market = "/v1/marketplaces/:marketplaceId";
const scheme = `${market}/class-schemes/:scheme`;
const product = `${market}/products/:productId`;
const variant = `${market}/variants/:variantId`;
const offer = `${market}/offers/:offerId`;
const finding = `${market}/match-findings/:findingId`;
const reason = { reason: "because" };
const read = { prepare: ofListed };
/** A version that nobody has. */
const stale = { status: 412, headers: { "if-match": '"999"' }, prepare: ofListed };
/** Refused for what it says. */
const wrong = { status: 422, prepare: ofListed };
const sameUnit = { baseUnit: "H87" };
const noUnit = { baseUnit: "Stk" };
const texts = [{ language: "en", name: "Cap screw" }];
const terms = { vendorPartNo: "N-1", orderUnit: "H87" };

/** How one asks at the doors of classes, products, offers and the match queue. */
export const catalogueExamples: Readonly<Record<string, Example>> = {
  ...reading("/v1/marketplaces/:marketplaceId/exports/bmecat", {}),
  ...reading("/v1/marketplaces/:marketplaceId/exports/bmecat/report", {}),
  ...reading(scheme, read),
  ...reading(`${scheme}/classes`, read),
  ...reading(`${scheme}/classes/:code`, read),
  ...reading(`${scheme}/classes/:code/attributes`, read),
  [`PUT ${scheme}`]: { ...stale, body: { name: "Shop", release: "2" } },
  [`PUT ${scheme}/classes`]: { ...wrong, body: { classes: [{ code: "N", parent: "X", labels: { en: "New" } }] } },
  [`PUT ${scheme}/classes/:code/attributes`]: { ...stale, body: { attributes: [] } },
  [`POST ${scheme}/installation`]: { status: 200, prepare: () => Promise.resolve({ scheme: "cpv" }) },

  ...reading(product, read),
  ...reading(`${product}/record`, read),
  ...reading(`${product}/files`, read),
  ...reading(`${product}/files/:fileId/content`, read),
  ...reading(variant, read),
  [`POST ${market}/brands`]: { status: 201, body: { name: "Cap screws" } },
  [`POST ${market}/products`]: { ...wrong, body: { texts, variants: [noUnit] } },
  [`PUT ${product}`]: { ...stale, body: { texts } },
  [`POST ${product}/activation`]: stale,
  [`POST ${product}/withdrawal`]: { ...stale, body: reason },
  [`POST ${product}/variants`]: { ...wrong, body: noUnit },
  [`PUT ${variant}`]: { ...stale, body: sameUnit },
  [`POST ${variant}/activation`]: stale,
  [`POST ${variant}/withdrawal`]: stale,
  [`POST ${product}/files`]: { ...wrong, body: { kind: "manual", mediaType: "text/plain", content: "no base64!" } },
  [`DELETE ${product}/files/:fileId`]: { status: 204, prepare: fileToRemove },
  [`PUT ${market}/part-numbers/:partNo`]: {
    status: 422,
    body: () => ({ variantId: newId() }),
    prepare: () => Promise.resolve({ partNo: "N-1" }),
  },
  [`DELETE ${market}/part-numbers/:partNo`]: { status: 204, prepare: numberToRemove },

  ...reading(offer, read),
  ...reading(`${offer}/record`, read),
  ...reading(`${offer}/stock`, read),
  [`POST ${market}/offers`]: { ...wrong, body: () => ({ ...terms, variantId: newId() }) },
  [`PUT ${offer}`]: { ...stale, body: terms },
  ...Object.fromEntries(
    ["proposal", "approval", "pause", "resumption", "withdrawal"].map((way) => [`POST ${offer}/${way}`, stale]),
  ),
  [`POST ${offer}/rejection`]: { ...stale, body: reason },
  ...reading(`${market}/offer-review`, {}),
  [`PUT ${market}/offer-review`]: { ...stale, body: { activeWithoutReview: false } },
  [`PUT ${offer}/stock/:place`]: { ...stale, body: { onHand: "1" } },

  ...reading(finding, read),
  // It is none of the two.
  [`POST ${finding}/merge`]: { status: 409, body: () => ({ keep: newId() }), prepare: ofListed },
  [`POST ${finding}/separation`]: { status: 200, body: reason, prepare: ofListed },
};
