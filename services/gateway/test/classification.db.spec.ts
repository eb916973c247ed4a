import { describe, expect, test } from "vitest";
import { newKey } from "./gateway-world.ts";
import { change, done, givenCatalogue } from "./given-catalogue.ts";

const scene = givenCatalogue();
const path = (rest = "") => `${scene.at}/class-schemes${rest}`;
const listOf = (body: unknown) => (body as { data: readonly Record<string, unknown>[] }).data;
const first = { ...newKey(), "if-none-match": "*" };

const classes = [
  { code: "T", labels: { en: "Tools", de: "Werkzeug" } },
  { code: "T-1", parent: "T", labels: { en: "Power tools", de: "Elektrowerkzeug" } },
  { code: "T-1-1", parent: "T-1", labels: { en: "Drills", de: "Bohrmaschinen" } },
  { code: "T-2", parent: "T", labels: { en: "Hand tools" } },
];

const saveClasses = (all: readonly object[]) =>
  change(scene.operator, ["PUT", path("/shop/classes")], { body: { classes: all } });

test("a scheme is set up by the operator, renamed by who has read it, and read by everybody", async () => {
  const { operator, buyer, tools } = scene;
  const body = { name: "Shop", release: "1" };
  expect((await tools.send("PUT", path("/shop"), { body, headers: first })).body).toMatchObject({ code: "forbidden" });
  expect((await operator.send("PUT", path("/shop"), { body, headers: newKey() })).status).toBe(428);
  const made = await operator.send("PUT", path("/shop"), { body, headers: { ...first, ...newKey() } });
  expect([made.status, made.headers.get("etag")]).toEqual([200, '"1"']);
  const again = await operator.send("PUT", path("/shop"), { body, headers: { ...first, ...newKey() } });
  expect([again.status, again.body]).toMatchObject([412, { code: "precondition_failed", actualVersion: 1 }]);
  const renamed = { ...body, name: "The shop" };
  expect(await done(change(operator, ["PUT", path("/shop")], { version: 1, body: renamed }))).toMatchObject({
    name: "The shop",
    version: 2,
  });
  expect((await buyer.get(path("/shop"))).body).toMatchObject({ name: "The shop" });
  expect(listOf((await buyer.get(path())).body)).toMatchObject([{ scheme: "shop" }]);
  expect((await buyer.get(path("/none"))).status).toBe(404);
  const missing = await change(operator, ["PUT", path("/none/classes")], { body: { classes } });
  expect(missing.status).toBe(404);
});

test("classes come in pages and are read as a tree, with their labels and the way up", async () => {
  await done(saveClasses(classes));
  const { buyer } = scene;
  expect(listOf((await buyer.get(path("/shop/classes"))).body)).toMatchObject([{ code: "T", childCount: 2 }]);
  const below = listOf((await buyer.get(path("/shop/classes?parent=T"))).body);
  expect(below.map(({ code }) => code)).toEqual(["T-1", "T-2"]);
  const found = listOf((await buyer.get(path("/shop/classes?q=werkzeug&language=de"))).body);
  expect(found.map(({ code }) => code)).toEqual(["T", "T-1"]);
  expect(listOf((await buyer.get(path("/shop/classes?q=werkzeug&language=en"))).body)).toEqual([]);
  const drill = (await buyer.get(path("/shop/classes/T-1-1"))).body;
  expect(drill).toMatchObject({ labels: { de: "Bohrmaschinen" }, path: [{ code: "T" }, { code: "T-1" }] });
  expect((await buyer.get(path("/shop/classes/X"))).status).toBe(404);
});

test("a class whose parent is not there, or that would stand below itself, is refused with its place; nothing of the page is kept", async () => {
  const orphan = await saveClasses([
    { code: "N", labels: { en: "New" } },
    { code: "O", parent: "X", labels: { en: "Orphan" } },
  ]);
  expect(orphan.body).toMatchObject({ code: "class_parent_unknown", pointer: "/classes/1/parent", parent: "X" });
  const round = await saveClasses([{ code: "T", parent: "T-1-1", labels: { en: "Tools" } }]);
  expect(round.body).toMatchObject({ code: "class_parent_cyclic", pointer: "/classes/0/parent" });
  expect((await scene.buyer.get(path("/shop/classes/N"))).status).toBe(404);
});

describe("attributes of a class", () => {
  const save = async (code: string, attributes: readonly object[]) => {
    const { version } = await done(scene.operator.get(path("/shop")));
    return await change(scene.operator, ["PUT", path(`/shop/classes/${code}/attributes`)], {
      version,
      body: { attributes },
    });
  };
  const weight = { attribute: "Weight", kind: "decimal", unit: "KGM", labels: { en: "Weight" }, required: true };
  const colour = {
    attribute: "Colour",
    kind: "choice",
    labels: { en: "Colour" },
    parts: true,
    choices: [{ value: "red", labels: { en: "Red", de: "Rot" } }],
  };

  test("are inherited downwards, and the nearest of a name counts", async () => {
    await done(save("T", [weight, colour]));
    await done(save("T-1", [{ ...weight, unit: "GRM", required: false }]));
    const { attributes } = (await scene.buyer.get(path("/shop/classes/T-1-1/attributes"))).body as {
      attributes: readonly object[];
    };
    expect(attributes).toMatchObject([
      { attribute: "Colour", definedBy: "T", parts: true, choices: [{ value: "red", labels: { de: "Rot" } }] },
      { attribute: "Weight", definedBy: "T-1", unit: "GRM", required: false },
    ]);
  });

  test.each([
    [
      [{ ...weight, unit: "kilo" }],
      { code: "unit_unknown", pointer: "/attributes/0/unit", unit: "kilo", meant: "KGM" },
    ],
    [[weight, weight], { code: "class_attribute_repeated", pointer: "/attributes/1/attribute" }],
    [[{ ...colour, choices: undefined }], { code: "request_invalid" }],
    [[{ ...weight, kind: "text" }], { code: "request_invalid" }],
  ])("are refused for %j", async (attributes, problem) => {
    expect((await save("T", attributes)).body).toMatchObject(problem);
  });

  test("of a class that is not there are refused", async () => {
    expect((await save("X", [weight])).body).toMatchObject({ code: "class_unknown" });
  });
});

test("the procurement vocabulary is installed whole, once or again", async () => {
  const install = () => change(scene.operator, ["POST", path("/cpv/installation")]);
  expect(await done(install())).toMatchObject({ scheme: "cpv", version: 1 });
  expect(await done(install())).toMatchObject({ version: 2 });
  const top = listOf((await scene.buyer.get(path("/cpv/classes?limit=200"))).body);
  expect(top).toHaveLength(45);
  const found = listOf((await scene.buyer.get(path("/cpv/classes?q=Schrauben&language=de&limit=5"))).body);
  expect(found.length).toBeGreaterThan(0);
  const other = await change(scene.operator, ["POST", path("/etim/installation")]);
  expect(other.body).toMatchObject({ code: "request_invalid" });
});
