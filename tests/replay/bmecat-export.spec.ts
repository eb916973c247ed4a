import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireValue } from "@kontor/sdk";
import { createRandom } from "@kontor/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { Company } from "../world/people.ts";
import { takePart } from "../world/people.ts";
import { listRandomCatalogue } from "../world/random-catalogue.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";
import { recordsFolder } from "./records.ts";

/** What goes out over HTTP, held against the standard's own schema. What is listed follows from the seed alone. */
const seed = 4_711;
const folder = recordsFolder("standards");

describe.runIf(folder !== null)("BMEcat exports", () => {
  let world: World;
  let vendor: Company;
  let listId: string;

  beforeAll(async () => {
    world = await createWorld();
    const { marketplaceId, operator } = world;
    vendor = await world.company("Taken Along");
    await takePart(vendor, { marketplaceId, operator }, "supplier");
    ({ listId } = await listRandomCatalogue({ marketplaceId, vendor, operator }, createRandom(seed), 20));
  }, 120_000);
  afterAll(() => world[Symbol.asyncDispose]());

  it("pass the schema, with prices and without", async () => {
    const { marketplaceId } = world;
    const schema = readFileSync(join(folder ?? "", "bmecat/2005/bmecat_2005.xsd"), "utf8");
    for (const wanted of [{ listId, language: "de" }, {}]) {
      const contents = requireValue(await vendor.boss.client.exports.bmecat(marketplaceId, wanted));
      expect(contents).toContain("<SUPPLIER_PID>");
      const { errors } = await validateXML({
        xml: [{ fileName: "catalogue.xml", contents }],
        schema: [{ fileName: "bmecat_2005.xsd", contents: schema }],
        maxMemoryPages: 4_096,
      });
      expect(errors.map(({ message }) => message)).toEqual([]);
    }
  });
});
