import { newId, requireValue } from "@kontor/sdk";
import type { Person } from "../../world/people.ts";
import { act } from "../../world/tenders.ts";
import { forwardRules, lot, reverseRules, sealedProcedure, sealedRules, termsOf } from "../../world/terms.ts";
import type { World } from "../../world/world.ts";
import type { Pools } from "./placeholders.ts";

/** Who sends, by number: nobody, and everybody whose requests get far. */
export async function sendersOf(world: World): Promise<readonly (Person | null)[]> {
  const { admin, operator, auditor, buyer, anna, bert, foreigner } = world;
  const robot = await anna.robot("seller", "buyer");
  return [
    null,
    buyer.boss,
    buyer.boss,
    anna.boss,
    anna.boss,
    bert.boss,
    robot,
    operator,
    auditor,
    admin,
    foreigner.boss,
  ];
}

/** What was sent before may have closed it, and a closed one takes no tenders. */
async function reopened({ operator, marketplaceId }: World): Promise<void> {
  const { version } = requireValue(await operator.client.marketplaces.get(marketplaceId));
  requireValue(await operator.client.marketplaces.change(marketplaceId, { status: "active" }, version));
}

/** Tenders in all their states, and the ids that requests may name. The people whom the test needs are not among them. */
export async function freshPools(world: World): Promise<Pools> {
  const { buyer, anna, bert, marketplaceId, foreignMarketplaceId, foreigner, observer } = world;
  await reopened(world);
  const suppliers = [anna, bert];
  const draft = { lots: [lot(reverseRules({ selfRaise: true })), lot(reverseRules({ visibility: "rank" }))] };
  const sale = { direction: "sell", lots: [lot(forwardRules({ format: "proxy_forward" }))] } as const;
  const sealed = { lots: [lot(sealedRules())], procedure: sealedProcedure };
  const calendar = { submissionsUntil: world.clock.instantIn(3_600_000), auctionOpensAt: null };
  const [open, proxy, waiting, handed] = await Promise.all([
    world.publish({ draft, suppliers }),
    world.publish({ draft: sale, suppliers }),
    world.publish({ draft }),
    world.publish({ draft: { ...sealed, calendar }, suppliers }),
  ]);
  await open.open();
  const written = newId();
  await act(buyer.boss, { type: "create_tender", marketplaceId, tenderId: written, terms: termsOf(draft) });
  await act(anna.boss, { type: "submit_bid", lotId: open.lotId(), price: "8900.00" });
  await act(bert.boss, { type: "ask_question", tenderId: open.tenderId, text: "Why?" }).catch(() => null);
  const tenderIds = [open, proxy, waiting, handed].map(({ tenderId }) => tenderId);
  const lotIds = [open.lotId(), open.lotId(2), proxy.lotId(), waiting.lotId(), handed.lotId(), `${written}-1`];
  const { keyId } = requireValue(
    await observer.boss.client.apiKeys.create({ name: "for the taking", roles: ["seller"] }),
  );
  const articles = await listedArticles(world);
  return {
    ...articles,
    marketplaceId: [marketplaceId, marketplaceId, marketplaceId, foreignMarketplaceId],
    tenderId: [...tenderIds, written],
    lotId: lotIds,
    companyId: [observer.companyId, foreigner.companyId],
    organizationId: [observer.companyId],
    userId: [observer.boss.userId],
    bidId: lotIds.map((lotId) => `${lotId}-b1`),
    awardId: lotIds.map((lotId) => `${lotId}-a1`),
    contractId: lotIds.map((lotId) => `${lotId}-c1`),
    questionId: tenderIds.map((tenderId) => `${tenderId}-q1`),
    keyId: [keyId],
  };
}

/** Two products that seem to be one, each with an offer, and what was found about them. */
async function listedArticles({ anna, operator, marketplaceId }: World): Promise<Pools> {
  const { products, offers } = anna.boss.client;
  const name = `Cap screw ${newId()}`;
  const product = { brand: "Screws", partNo: name, texts: [{ language: "en", name }], variants: [{ baseUnit: "H87" }] };
  const pools = { productId: [] as string[], variantId: [] as string[], offerId: [] as string[] };
  for (const side of ["left", "right"]) {
    const { productId, variants } = requireValue(await products.create(marketplaceId, product));
    requireValue(await products.activate({ marketplaceId, productId, version: 1 }));
    const variantId = variants[0]?.variantId ?? "";
    const terms = { variantId, vendorPartNo: `${name} ${side}`, orderUnit: "H87" };
    const { offerId } = requireValue(await offers.create(marketplaceId, terms));
    pools.productId.push(productId);
    pools.variantId.push(variantId);
    pools.offerId.push(offerId);
  }
  const findings = await operator.client.products.findings(marketplaceId, { state: "open" }).all();
  return { ...pools, findingId: findings.map(({ findingId }) => findingId).slice(0, 10) };
}
