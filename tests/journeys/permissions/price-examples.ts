import { newId, requireValue } from "@kontor/sdk";
import { createOfferShelf } from "../../world/listed-offers.ts";
import type { Company } from "../../world/people.ts";
import type { World } from "../../world/world.ts";
import type { Example, Scene } from "./example-requests.ts";
import { reading } from "./reading-examples.ts";

/** What the caller's company keeps of prices; staff keeps the marketplace's. */
type Kept = Readonly<
  Record<"listId" | "offerId" | "groupId" | "assortmentId" | "promotionId" | "agreementId" | "offeredId", string>
>;

const kept = new Map<string, Promise<Kept>>();

function keptBy({ world, caller }: Scene): Promise<Kept> {
  const own = [world.buyer, world.anna].find(({ companyId }) => companyId === caller.companyId);
  const known = kept.get(own?.companyId ?? "") ?? keep(world, own);
  kept.set(own?.companyId ?? "", known);
  return known;
}

async function keep(world: World, own: Company | undefined): Promise<Kept> {
  const { marketplaceId, databaseUrl, bert, anna, operator } = world;
  const [company, keeper] = [own ?? anna, own?.boss ?? operator];
  const shelf = createOfferShelf(databaseUrl);
  const offerId = await shelf.list({ marketplaceId, vendorId: company.companyId, partNo: newId() });
  await shelf.close();
  const { prices } = keeper.client;
  const { listId } = requireValue(await prices.createList(marketplaceId, { name: newId(), currency: "EUR" }));
  const { groupId } = requireValue(await prices.createGroup(marketplaceId, { name: newId() }));
  const assortment = { name: newId(), target: "customer_group" as const, targetId: groupId, items: [] };
  const { assortmentId } = requireValue(await prices.assortments.create(marketplaceId, assortment));
  const effect = { kind: "percent", percent: "5" } as const;
  const promotion = { name: newId(), condition: { kind: "loyalty", minLevel: 999 }, effect } as const;
  const { promotionId } = requireValue(await prices.promotions.create(marketplaceId, promotion));
  const agreementId = await proposed(world, company, bert);
  const offeredId = await proposed(world, bert, company);
  return { listId, offerId, groupId, assortmentId, promotionId, agreementId, offeredId };
}

async function proposed({ marketplaceId }: World, { boss }: Company, { companyId }: Company): Promise<string> {
  const { agreements } = boss.client;
  const terms = { currency: "EUR", paymentTerm: { kind: "prepaid" } } as const;
  const { agreementId, version } = requireValue(await agreements.draft(marketplaceId, { buyerId: companyId, terms }));
  requireValue(await agreements.propose({ marketplaceId, agreementId, version }));
  return agreementId;
}

const ofKept: Example["prepare"] = async (scene) => ({ ...(await keptBy(scene)) });
const offered: Example["prepare"] = async (scene) => ({ agreementId: (await keptBy(scene)).offeredId });
const member: Example["prepare"] = async (scene) => {
  return { ...(await keptBy(scene)), companyId: scene.world.bert.companyId };
};

async function divisionOf({ world, caller }: Scene): Promise<{ divisionId: string }> {
  const company = [world.buyer, world.anna, world.foreigner].find(({ companyId }) => companyId === caller.companyId);
  const { boss } = company ?? world.buyer;
  const { divisionId } = requireValue(await boss.client.divisions.create({ name: newId() }));
  return { divisionId };
}

const market = "/v1/marketplaces/:marketplaceId";
const lists = `${market}/price-lists`;
const groups = `${market}/customer-groups`;
const agreement = `${market}/agreements/:agreementId`;
/** Under a version that nobody has read: who is let in is told so, and nothing is written. */
const stale = (body?: unknown, prepare: Example["prepare"] = ofKept): Example => ({
  status: 412,
  headers: { "if-match": '"999"' },
  ...(prepare === undefined ? {} : { prepare }),
  ...(body === undefined ? {} : { body }),
});
const list = () => ({ name: newId(), currency: "EUR" });
const terms = { currency: "EUR", paymentTerm: { kind: "prepaid" } };
const promotion = () => ({
  name: newId(),
  condition: { kind: "loyalty", minLevel: 999 },
  effect: { kind: "percent", percent: "5" },
});
const reason = { reason: "because" };

/** How one asks at the doors of prices, agreements and divisions. */
export const priceExamples: Readonly<Record<string, Example>> = {
  ...reading("/v1/company/divisions/:divisionId", { prepare: divisionOf }),
  "POST /v1/company/divisions": { status: 201, body: () => ({ name: newId() }) },
  "PUT /v1/company/divisions/:divisionId": stale({ name: "Another" }, divisionOf),
  "DELETE /v1/company/divisions/:divisionId": stale(undefined, divisionOf),

  ...reading(`${lists}/:listId`, { prepare: ofKept }),
  ...reading(`${lists}/:listId/prices`, { prepare: ofKept }),
  ...reading(`${lists}/:listId/prices/:offerId`, { prepare: ofKept }),
  [`POST ${lists}`]: { status: 201, body: list },
  [`PUT ${lists}/:listId`]: stale({ name: "Another", currency: "EUR" }),
  [`PUT ${lists}/:listId/assignments`]: stale({ assignments: [] }),
  [`PUT ${lists}/:listId/prices/:offerId`]: { status: 200, body: { rungs: [] }, prepare: ofKept },
  [`DELETE ${lists}/:listId/prices/:offerId`]: { status: 204, prepare: ofKept },
  [`PUT ${market}/offers/:offerId/base-list`]: stale({ listId: null }),

  ...reading(`${groups}/:groupId`, { prepare: ofKept }),
  ...reading(`${groups}/:groupId/members`, { prepare: ofKept }),
  [`POST ${groups}`]: { status: 201, body: () => ({ name: newId() }) },
  [`PUT ${groups}/:groupId`]: stale({ name: "Another" }),
  [`PUT ${groups}/:groupId/members/:companyId`]: { status: 200, prepare: member },
  [`DELETE ${groups}/:groupId/members/:companyId`]: { status: 204, prepare: member },

  ...reading(`${market}/assortments/:assortmentId`, { prepare: ofKept }),
  [`POST ${market}/assortments`]: {
    status: 422,
    body: { name: "Of nobody", target: "marketplace", targetId: "another", items: [] },
  },
  [`PUT ${market}/assortments/:assortmentId`]: stale({
    name: "Another",
    target: "marketplace",
    targetId: "another",
    items: [],
  }),
  [`DELETE ${market}/assortments/:assortmentId`]: stale(),

  ...reading(`${market}/promotions/:promotionId`, { prepare: ofKept }),
  [`POST ${market}/promotions`]: { status: 201, body: promotion },
  [`PUT ${market}/promotions/:promotionId`]: stale(promotion()),
  [`DELETE ${market}/promotions/:promotionId`]: stale(),
  [`PUT ${market}/order-minimums`]: { status: 200, body: { minimums: [] } },

  ...reading(agreement, { prepare: ofKept }),
  ...reading(`${agreement}/record`, { prepare: ofKept }),
  [`POST ${market}/agreements`]: { status: 422, body: { buyerId: "nobody", terms } },
  [`PUT ${agreement}/terms`]: stale(terms),
  [`PUT ${agreement}/number`]: stale({ number: "1" }),
  [`POST ${agreement}/proposal`]: stale(),
  [`POST ${agreement}/acceptance`]: stale({}, offered),
  [`POST ${agreement}/refusal`]: stale(reason, offered),
  [`POST ${agreement}/ending`]: stale(reason),

  ...reading(`${market}/offers/:offerId/price`, { prepare: ofKept }),
  [`POST ${market}/prices`]: { status: 200, body: () => ({ lines: [{ offerId: newId(), quantity: "1" }] }) },
};
