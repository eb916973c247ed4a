import { describe, expect, test } from "vitest";
import type { Caller } from "./gateway-world.ts";
import type { Made } from "./given-catalogue.ts";
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
const path = (rest = "") => `${scene.at}/match-findings${rest}`;
type Finding = Readonly<Record<string, unknown>> & {
  readonly findingId: string;
  readonly evidence: Record<string, unknown>;
};
const listOf = (body: unknown) => (body as { data: readonly Finding[] }).data;

const weight = (value: string, unit = "KGM") => [{ attribute: "Weight", value, unit }];
const bearing = (gtin: string, unit = "H87") =>
  variantInput({ units: [{ unit: "XBX", holds: "12" }], gtins: [{ gtin, unit }] });
const productOf = async (who: Caller, { productId }: Made) => (await who.get(`${scene.at}/products/${productId}`)).body;

async function findingsOf(...ids: readonly string[]): Promise<readonly Finding[]> {
  const all = listOf((await scene.operator.get(path("?limit=200"))).body);
  return all.filter(({ subject, other }) => ids.includes(String(subject)) && ids.includes(String(other)));
}

const decide = ({ findingId }: Finding, way: "merge" | "separation", body: object) =>
  change(scene.operator, ["POST", path(`/${findingId}/${way}`)], { body });

test("what two vendors describe alike becomes one product with both their offers, the marketplace's own", async () => {
  const { tools, paper, buyer, operator } = scene;
  const gtin = "4006381333931";
  const same = { partNo: "GSR-1", variants: [bearing(gtin)] };
  const elder = await product(scene, tools, { ...same, attributes: weight("1.1") });
  const kept = await activeOffer(scene, tools, offerInput(elder.variantId));
  const texts = [
    { language: "en", name: "GSR 1 cordless drill" },
    { language: "de", name: "Akku-Bohrschrauber" },
  ];
  const younger = await product(scene, paper, {
    ...same,
    texts,
    partNo: "gsr 1",
    attributes: weight("1100", "GRM"),
    active: false,
  });
  const moved = await done(
    change(paper, ["POST", `${scene.at}/offers`], { body: offerInput(younger.variantId, { orderUnit: "XBX" }) }),
  );
  await done(change(buyer, ["PUT", `${scene.at}/part-numbers/MINE-1`], { body: { variantId: elder.variantId } }));
  const merged = await done(
    change(paper, ["POST", `${scene.at}/products/${younger.productId}/activation`], { version: 1 }),
  );
  expect(merged).toMatchObject({ status: "merged", mergedInto: elder.productId });

  const one = await productOf(operator, elder);
  expect(one).toMatchObject({
    status: "active",
    texts: [{ language: "de" }, { language: "en", name: "Cordless drill GSR 18V-55" }],
  });
  expect(one).not.toHaveProperty("ownerCompanyId");
  const offer = `${scene.at}/offers/${String(moved["offerId"])}`;
  expect((await paper.get(offer)).body).toMatchObject({
    variantId: elder.variantId,
    productId: elder.productId,
    version: 2,
  });
  const { data: record } = (await paper.get(`${offer}/record`)).body as { data: readonly object[] };
  expect(record[0]).toMatchObject({
    action: "moved",
    before: { variantId: younger.variantId },
    after: { variantId: elder.variantId },
  });
  await done(change(paper, ["POST", `${offer}/proposal`], { version: 2 }));
  await done(change(operator, ["POST", `${offer}/approval`], { version: 3 }));
  const { data } = (await buyer.get(`${scene.at}/offers?productId=${elder.productId}`)).body as {
    data: readonly { offerId: string }[];
  };
  expect(data.map(({ offerId }) => offerId).sort()).toEqual([kept.offerId, String(moved["offerId"])].sort());

  const [finding] = await findingsOf(elder.productId, younger.productId);
  expect(finding).toMatchObject({ kind: "same_product", reason: "gtin", state: "merged", score: 10_000 });
  expect(finding).not.toHaveProperty("decidedBy");
  const { variants: _variants, ...revision } = productInput();
  const late = await change(operator, ["PUT", `${scene.at}/products/${younger.productId}`], {
    version: 3,
    body: revision,
  });
  expect(late.body).toMatchObject({ code: "product_merged", mergedInto: elder.productId });
});

test("the marketplace's own product stays, also where it comes later", async () => {
  const { tools, operator } = scene;
  const same = { partNo: "LATE-1", variants: [bearing("4006381333948")] };
  const own = await product(scene, tools, same);
  const shared = await product(scene, operator, same);
  expect(shared.body).toMatchObject({ status: "active" });
  expect(await productOf(tools, own)).toMatchObject({ status: "merged", mergedInto: shared.productId });
});

test("of two that come at once one is left", async () => {
  const { tools, paper } = scene;
  const same = { partNo: "RACE-1", variants: [bearing("4006381333955")], active: false };
  const drafts = [await product(scene, tools, same), await product(scene, paper, same)];
  const ends = await Promise.all(
    [tools, paper].map((who, index) =>
      done(change(who, ["POST", `${scene.at}/products/${drafts[index]?.productId}/activation`], { version: 1 })),
    ),
  );
  expect(ends.map(({ status }) => status)).toContain("active");
  const states = await Promise.all(drafts.map((draft) => productOf(scene.operator, draft)));
  expect(states.map(({ status }) => status).sort()).toEqual(["active", "merged"]);
});

describe("one GTIN for two things", () => {
  test.each([
    ["4006381333962", "packaging", { variants: [bearing("4006381333962", "XBX")] }],
    ["4006381333979", "brand", { brand: "Makita", variants: [bearing("4006381333979")] }],
    ["4006381333986", "part_no", { partNo: "OTHER-1", variants: [bearing("4006381333986")] }],
  ])("is a conflict of %s with evidence, and never merged: another %s", async (gtin, difference, changes) => {
    const { tools, paper } = scene;
    const texts = [{ language: "en", name: `Thing ${gtin}` }];
    const one = await product(scene, tools, { partNo: `C-${gtin}`, texts, variants: [bearing(gtin)] });
    const two = await product(scene, paper, { partNo: `C-${gtin}`, texts, ...changes });
    expect(two.body).toMatchObject({ status: "active" });
    const [finding] = await findingsOf(one.productId, two.productId);
    expect(finding).toMatchObject({ kind: "gtin_conflict", state: "open", evidence: { differences: [difference] } });
    expect(JSON.stringify(finding?.evidence)).toContain(gtin);
  });

  test("that companies give out for their own use says nothing", async () => {
    const { tools, paper } = scene;
    const variants = [bearing("2000000000008")];
    const one = await product(scene, tools, {
      partNo: "IN-1",
      brand: "Own one",
      texts: [{ language: "en", name: "Bread" }],
      variants,
    });
    const two = await product(scene, paper, {
      partNo: "IN-2",
      brand: "Own two",
      texts: [{ language: "en", name: "Saw" }],
      variants,
    });
    expect(await findingsOf(one.productId, two.productId)).toEqual([]);
  });
});

describe("what seems to be one waits for the operator", () => {
  const pair = async (name: string, changes: object = {}) => {
    const { tools, paper } = scene;
    const texts = [{ language: "en", name }];
    const elder = await product(scene, tools, {
      partNo: name,
      texts,
      variants: [variantInput({ units: [{ unit: "XBX", holds: "10" }] })],
    });
    const younger = await product(scene, paper, { partNo: name, texts, ...changes });
    const [finding] = await findingsOf(elder.productId, younger.productId);
    if (finding === undefined) throw new Error(`nothing was found about ${name}`);
    return { elder, younger, finding };
  };

  test("who merges, which moves the offers, once", async () => {
    const { elder, younger, finding } = await pair("Angle grinder 9");
    expect(finding).toMatchObject({ kind: "same_product", reason: "brand_and_part_no", subject: younger.productId });
    expect((await decide(finding, "merge", { keep: finding.findingId })).body).toMatchObject({
      code: "finding_not_mergeable",
      pointer: "/keep",
    });
    const offer = await done(
      change(scene.paper, ["POST", `${scene.at}/offers`], { body: offerInput(younger.variantId) }),
    );
    const merged = await done(decide(finding, "merge", {}));
    expect(merged).toMatchObject({ state: "merged", decidedBy: scene.operator.userId });
    expect(await done(decide(finding, "merge", {}))).toEqual(merged);
    expect((await decide(finding, "separation", { reason: "no" })).body).toMatchObject({
      code: "finding_decided",
      state: "merged",
    });
    expect((await scene.paper.get(`${scene.at}/offers/${String(offer["offerId"])}`)).body).toMatchObject({
      variantId: elder.variantId,
    });
    expect((await scene.operator.get(path(`/${finding.findingId}`))).body).toEqual(merged);
  });

  test("who keeps them apart for good", async () => {
    const { elder, younger, finding } = await pair("Jigsaw 7");
    expect(await done(decide(finding, "separation", { reason: "other voltage" }))).toMatchObject({
      state: "kept_apart",
      reasonGiven: "other voltage",
    });
    const gtins = [{ gtin: "4006381333993" }];
    for (const [who, { variantId }] of [
      [scene.tools, elder],
      [scene.paper, younger],
    ] as const) {
      const body = variantInput({ gtins, units: [{ unit: "XBX", holds: "10" }] });
      await done(change(who, ["PUT", `${scene.at}/variants/${variantId}`], { version: 1, body }));
    }
    expect(await productOf(scene.operator, younger)).toMatchObject({ status: "active" });
    expect(await findingsOf(elder.productId, younger.productId)).toHaveLength(1);
  });

  test("who cannot merge what is counted otherwise", async () => {
    const { finding } = await pair("Cable 5", { variants: [variantInput({ baseUnit: "MTR" })] });
    expect((await decide(finding, "merge", {})).body).toMatchObject({ code: "finding_not_mergeable", why: "variants" });
  });

  test("and names alone are enough to look", async () => {
    const { tools, paper } = scene;
    const texts = [{ language: "en", name: "Stainless steel hose clamp 20-32 mm W4" }];
    const plain = { brand: "Norma", texts, partNo: undefined };
    const [one, two] = [await product(scene, tools, plain), await product(scene, paper, plain)];
    expect(await findingsOf(one.productId, two.productId)).toMatchObject([{ reason: "likeness", score: 10_000 }]);
  });
});

test("catalogues that say the same in most of their rows are told to the operator with some of them", async () => {
  const { tools, paper, operator } = scene;
  const row = (count: number) => ({
    brand: "Copied",
    partNo: `ROW-${count}`,
    texts: [{ language: "en", name: `Row number ${count}`, description: "As it was written once." }],
    active: false,
  });
  for (let count = 1; count <= 25; count++) await product(scene, tools, row(count));
  const found = async () => listOf((await operator.get(path("?kind=cloned_catalogue"))).body);
  for (let count = 1; count <= 60 && (await found()).length === 0; count++) await product(scene, paper, row(count));
  const [finding] = await found();
  expect(finding).toMatchObject({ kind: "cloned_catalogue", reason: "same_rows", state: "open" });
  expect([finding?.["subject"], finding?.["other"]].sort()).toEqual([tools.companyId, paper.companyId].sort());
  expect(Number(finding?.["score"])).toBeGreaterThanOrEqual(6_000);
  expect(finding?.evidence["samples"]).toHaveLength(10);
  if (finding === undefined) throw new Error("nothing was found");
  expect((await decide(finding, "merge", {})).body).toMatchObject({ code: "finding_not_mergeable", why: "companies" });
  await done(decide(finding, "separation", { reason: "one source" }));
});

test("findings are the staff's alone", async () => {
  const [finding] = listOf((await scene.operator.get(path("?state=open&limit=1"))).body);
  for (const who of [scene.tools, scene.buyer]) {
    expect((await who.get(path())).body).toMatchObject({ code: "forbidden" });
    expect((await who.get(path(`/${String(finding?.findingId)}`))).body).toMatchObject({ code: "forbidden" });
  }
  const nobodys = path("/00000000-0000-4000-8000-000000000000");
  expect((await scene.operator.get(nobodys)).status).toBe(404);
  expect((await change(scene.operator, ["POST", `${nobodys}/merge`], { body: {} })).status).toBe(404);
});
