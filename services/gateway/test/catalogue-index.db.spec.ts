import { agreementChainOf, indexPriceBook, netPerBaseUnit, resolvePrice, roundRatio } from "@kontor/catalog";
import type { Connection, PriceBuyer, PriceFacts } from "@kontor/db";
import { connect, readPriceFacts } from "@kontor/db";
import type { TestDatabase } from "@kontor/db/testing";
import { createTestDatabase } from "@kontor/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Search } from "../src/catalogue/marketplace-index.ts";
import { leastOrder } from "../src/catalogue/offer-prices.ts";
import { SearchDesk } from "../src/catalogue/search-desk.ts";
import { quantityTermsOf } from "../src/pricing/buyer-terms.ts";
import { CatalogueScene } from "./catalogue-scene.ts";

let database: TestDatabase;
let connection: Connection;
const clock = { now: () => Date.now() * 1_000 };

beforeAll(async () => {
  database = await createTestDatabase();
  connection = connect(database.url, { max: 4 });
});

afterAll(async () => {
  await connection.close();
  await database.drop();
});

const everything: Search = {
  ...{ text: "", language: "en", unfinished: false, values: [], numbers: [], facets: [], after: null, enough: 3 },
  ...{ sort: "price_ascending" as const, limit: 500 },
};

/** What the resolver says of one offer on its own: net, per base unit, at the least quantity. */
function priceOf(facts: PriceFacts, offerId: string): bigint | null {
  const { buyer, records, sales } = facts;
  const offer = records.offers.find(({ id }) => id === offerId);
  const sale = sales.get(offerId);
  if (offer === undefined || sale === undefined) return null;
  const { nodeId, parents, agreements, groups, country, channelId, marketplaceId, currency, rounding } = buyer;
  const at = clock.now();
  const question = { nodeId: nodeId ?? "", parents, agreements, vendorId: offer.vendorId, at, named: null };
  const chain = agreementChainOf(question);
  const inForce = chain.kind === "chain" && nodeId !== null ? chain.agreements : [];
  const least = leastOrder(offer, quantityTermsOf(facts, offerId, inForce));
  if (least === null) return null;
  const found = resolvePrice(
    {
      ...{ offerId, ...least, taxPercent: sale.taxPercent, others: [], locked: null },
      buyer: {
        ...{ country, channelId, marketplaceId, currency, rounding, at, purpose: "display" },
        agreements: inForce,
        customerGroups: new Set(groups.map(({ id }) => id)),
        tradeFunctions: new Set(),
        loyaltyLevel: 0,
      },
    },
    indexPriceBook(records),
  );
  const cost = found.outcome === "priced" ? netPerBaseUnit(found, offer, sale.taxPercent) : null;
  return cost === null ? null : roundRatio(cost.num, cost.den, "half_up");
}

/** Products with the least price of their offers that the buyer may order, by the way that carts are priced. */
async function expectedOf(
  scene: CatalogueScene,
  buyer: PriceBuyer | null,
): Promise<ReadonlyMap<string, number | null>> {
  const { marketplaceId } = scene;
  const at = clock.now();
  const offerIds = scene.offers.map(({ id }) => id);
  const facts = await readPriceFacts(connection.db, { marketplaceId, buyer, channelId: null, offerIds, at, now: at });
  if (facts === undefined) throw new Error("there is no such marketplace");
  const found = new Map<string, number | null>();
  for (const { id, productId } of scene.offers) {
    const offer = facts.records.offers.find((one) => one.id === id);
    if (offer === undefined || !offer.active || !offer.vendorActive || !facts.entitled.has(id)) continue;
    const price = priceOf(facts, id);
    const known = found.get(productId) ?? null;
    found.set(productId, price === null ? known : Math.min(known ?? Number.POSITIVE_INFINITY, Number(price)));
  }
  return found;
}

async function foundBy(desk: SearchDesk, scene: CatalogueScene, searcher: PriceBuyer | null) {
  const found = await desk.find({ marketplaceId: scene.marketplaceId, searcher, search: everything });
  return new Map(found?.page.hits.map(({ productId, fromPrice }) => [productId, fromPrice]));
}

const sorted = (found: ReadonlyMap<string, number | null>) => [...found].sort(([a], [b]) => (a < b ? -1 : 1));

describe.each([1, 2, 3, 4, 28])("world %i", (seed) => {
  test("finds what each buyer may order, at his own prices, and goes on doing so while things change", async () => {
    const numbers = fc.sample(fc.nat(), { seed, numRuns: 20_000 }).values();
    const scene = new CatalogueScene(connection.sql, (count) => (numbers.next().value ?? 0) % count);
    await scene.build(25);
    const buyers: readonly (PriceBuyer | null)[] = [
      null,
      { companyId: "ada", divisionId: null },
      { companyId: "ada", divisionId: scene.divisionId },
      { companyId: "ben", divisionId: null },
    ];
    const desk = new SearchDesk({ db: connection.db, clock });
    for (let round = 0; round < 6; round++) {
      await desk.catchUp();
      await desk.renewed();
      await desk.catchUp();
      const anew = new SearchDesk({ db: connection.db, clock });
      for (const buyer of buyers) {
        const found = sorted(await foundBy(desk, scene, buyer));
        expect(found, `round ${round}, ${JSON.stringify(buyer)}`).toEqual(sorted(await expectedOf(scene, buyer)));
        expect(sorted(await foundBy(anew, scene, buyer))).toEqual(found);
      }
      for (let change = 0; change < 8; change++) await scene.change();
    }
  });
});
