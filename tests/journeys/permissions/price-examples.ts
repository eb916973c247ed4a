import type { AgreementRecord } from "@kontor/protocol";
import { newId, requireValue } from "@kontor/sdk";
import { createOfferShelf } from "../../world/listed-offers.ts";
import type { Company } from "../../world/people.ts";
import type { Example, Scene } from "./example-requests.ts";
import { reading } from "./reading-examples.ts";

/** What one company keeps of prices: for staff that of the first that was asked about. */
type Kept = Readonly<Record<"listId" | "offerId" | "groupId" | "assortmentId" | "promotionId" | "agreementId", string>>;

const kept = new Map<string, Promise<Kept>>();

function keptBy(scene: Scene): Promise<Kept> {
  const { world, caller } = scene;
  const company = [world.buyer, world.anna].find(({ companyId }) => companyId === caller.companyId) ?? world.anna;
  const known = kept.get(company.companyId) ?? keep(scene, company);
  kept.set(company.companyId, known);
  return known;
}

async function keep({ world }: Scene, company: Company): Promise<Kept> {
  const { marketplaceId, databaseUrl } = world;
  const shelf = createOfferShelf(databaseUrl);
  const offerId = await shelf.list({ marketplaceId, vendorId: company.companyId, partNo: newId() });
  await shelf.close();
  const { prices } = company.boss.client;
  const { listId } = requireValue(await prices.createList(marketplaceId, { name: newId(), currency: "EUR" }));
  const { groupId } = requireValue(await prices.createGroup(marketplaceId, { name: newId() }));
  requireValue(await prices.addMember({ marketplaceId, groupId, companyId: world.bert.companyId }));
  const assortment = { name: newId(), target: "customer_group" as const, targetId: groupId, items: [] };
  const { assortmentId } = requireValue(await prices.assortments.create(marketplaceId, assortment));
  const effect = { kind: "percent", percent: "5" } as const;
  const promotion = { name: newId(), condition: { kind: "loyalty", minLevel: 999 }, effect } as const;
  const { promotionId } = requireValue(await prices.promotions.create(marketplaceId, promotion));
  const { agreementId } = await proposed(world, company);
  return { listId, offerId, groupId, assortmentId, promotionId, agreementId };
}

async function proposed({ marketplaceId, bert }: Scene["world"], { boss }: Company): Promise<AgreementRecord> {
  const { agreements } = boss.client;
  const terms = { currency: "EUR", paymentTerm: { kind: "prepaid" } } as const;
  const { agreementId, version } = requireValue(
    await agreements.draft(marketplaceId, { buyerId: bert.companyId, terms }),
  );
  return requireValue(await agreements.propose({ marketplaceId, agreementId, version }));
}

const ofKept: Example["prepare"] = async (scene) => ({ ...(await keptBy(scene)) });
/** The documents of vendors are none that an operator keeps, and the other way round. */
const nobodys: Example["prepare"] = () => {
  const [listId, groupId, assortmentId, promotionId, agreementId] = [newId(), newId(), newId(), newId(), newId()];
  const ids = { listId, groupId, assortmentId, promotionId, agreementId, offerId: newId(), divisionId: newId() };
  return Promise.resolve(ids);
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
const first = { "if-match": '"1"' };
/** Of a document that nobody has: who is let in hears that there is none. */
const missing = (body?: unknown): Example => ({
  status: 404,
  prepare: nobodys,
  headers: first,
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
  "PUT /v1/company/divisions/:divisionId": missing({ name: "Another" }),
  "DELETE /v1/company/divisions/:divisionId": missing(),

  ...reading(`${lists}/:listId`, { prepare: ofKept }),
  ...reading(`${lists}/:listId/prices`, { prepare: ofKept }),
  ...reading(`${lists}/:listId/prices/:offerId`, { prepare: ofKept }),
  [`POST ${lists}`]: { status: 201, body: list },
  [`PUT ${lists}/:listId`]: missing({ name: "Another", currency: "EUR" }),
  [`PUT ${lists}/:listId/assignments`]: missing({ assignments: [] }),
  [`PUT ${lists}/:listId/prices/:offerId`]: missing({ rungs: [] }),
  [`DELETE ${lists}/:listId/prices/:offerId`]: missing(),
  [`PUT ${market}/offers/:offerId/base-list`]: missing({ listId: null }),

  ...reading(`${groups}/:groupId`, { prepare: ofKept }),
  ...reading(`${groups}/:groupId/members`, { prepare: ofKept }),
  [`POST ${groups}`]: { status: 201, body: () => ({ name: newId() }) },
  [`PUT ${groups}/:groupId`]: missing({ name: "Another" }),
  [`PUT ${groups}/:groupId/members/:companyId`]: missing(),
  [`DELETE ${groups}/:groupId/members/:companyId`]: missing(),

  ...reading(`${market}/assortments/:assortmentId`, { prepare: ofKept }),
  [`POST ${market}/assortments`]: {
    status: 422,
    body: { name: "Of nobody", target: "marketplace", targetId: "another", items: [] },
  },
  [`PUT ${market}/assortments/:assortmentId`]: missing({
    name: "Another",
    target: "marketplace",
    targetId: "another",
    items: [],
  }),
  [`DELETE ${market}/assortments/:assortmentId`]: missing(),

  ...reading(`${market}/promotions/:promotionId`, { prepare: ofKept }),
  [`POST ${market}/promotions`]: { status: 201, body: promotion },
  [`PUT ${market}/promotions/:promotionId`]: missing(promotion()),
  [`DELETE ${market}/promotions/:promotionId`]: missing(),
  [`PUT ${market}/order-minimums`]: { status: 200, body: { minimums: [] } },

  ...reading(agreement, { prepare: ofKept }),
  ...reading(`${agreement}/record`, { prepare: ofKept }),
  [`POST ${market}/agreements`]: { status: 422, body: { buyerId: "nobody", terms } },
  [`PUT ${agreement}/terms`]: missing(terms),
  [`PUT ${agreement}/number`]: missing({ number: "1" }),
  [`POST ${agreement}/proposal`]: missing(),
  [`POST ${agreement}/acceptance`]: missing({}),
  [`POST ${agreement}/refusal`]: missing(reason),
  [`POST ${agreement}/ending`]: missing(reason),

  ...reading(`${market}/offers/:offerId/price`, { prepare: ofKept }),
  [`POST ${market}/prices`]: { status: 200, body: () => ({ lines: [{ offerId: newId(), quantity: "1" }] }) },
};
