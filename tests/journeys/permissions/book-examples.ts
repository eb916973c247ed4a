import { newId, requireValue } from "@kontor/sdk";
import { openMarket } from "../../world/instruments.ts";
import type { Company } from "../../world/people.ts";
import { until } from "../../world/until.ts";
import type { Example, Scene } from "./example-requests.ts";
import { reading } from "./reading-examples.ts";

/** What one company has in the books: an account, a deposit, a withdrawal that is held, and an allocation. */
type Booked = Readonly<Record<"accountId" | "depositId" | "withdrawalId" | "instrumentId" | "allocationId", string>>;

const booked = new Map<string, Promise<Booked>>();

/** Of the caller's company where it takes part here, else of another; made once. */
function bookedBy({ world, caller }: Scene): Promise<Booked> {
  const company = [world.buyer, world.anna].find(({ companyId }) => companyId === caller.companyId) ?? world.buyer;
  const known = booked.get(company.companyId) ?? book(world, company);
  booked.set(company.companyId, known);
  return known;
}

async function book({ operator, marketplaceId }: Scene["world"], { boss, companyId }: Company): Promise<Booked> {
  const [staff, own] = [operator.client.ledger, boss.client.ledger];
  requireValue(await staff.registerAsset(marketplaceId, { kind: "currency", currency: "EUR", scale: 2 }));
  const [depositId, withdrawalId, allocationId] = [newId(), newId(), newId()];
  const money = (requestId: string, amount: string) => ({ requestId, assetId: "EUR", amount });
  requireValue(await own.deposits.request(marketplaceId, money(depositId, "100")));
  requireValue(await staff.deposits.confirm({ marketplaceId, requestId: depositId }));
  requireValue(await own.withdrawals.request(marketplaceId, money(withdrawalId, "1")));
  const { instrumentId } = await openMarket({ marketplaceId, operator, terms: { holds: "allocated" } });
  await until("the instrument is on record", async () => (await boss.client.instruments.read(instrumentId)).ok);
  requireValue(await own.allocate(instrumentId, { allocationId, direction: "in", money: "1" }));
  const [account] = await own.accounts(marketplaceId, { companyId, purpose: "available" }).all();
  return { accountId: account?.accountId ?? "", depositId, withdrawalId, instrumentId, allocationId };
}

const accountOf: Example["prepare"] = async (scene) => {
  return { accountId: (await bookedBy(scene)).accountId };
};
const depositOf: Example["prepare"] = async (scene) => {
  return { requestId: (await bookedBy(scene)).depositId };
};
const withdrawalOf: Example["prepare"] = async (scene) => {
  return { requestId: (await bookedBy(scene)).withdrawalId };
};
const allocationOf: Example["prepare"] = async (scene) => {
  const { instrumentId, allocationId } = await bookedBy(scene);
  return { instrumentId, allocationId };
};

const market = "/v1/marketplaces/:marketplaceId";
const instrument = "/v1/instruments/:instrumentId";
const settlement = `${instrument}/settlements/:tradeDate`;
const reason = { reason: "because" };
const anyDay = { prepare: () => Promise.resolve({ tradeDate: "2026-03-02", day: "2026-03-02" }) };
const nobodys = { prepare: () => Promise.resolve({ requestId: newId() }) };

/** How one asks at the doors of the books, of allocations and settlements. */
export const bookExamples: Readonly<Record<string, Example>> = {
  [`POST ${market}/assets`]: { status: 201, body: { kind: "currency", currency: "USD", scale: 2 } },
  ...reading(`${market}/accounts/:accountId`, { prepare: accountOf }),
  ...reading(`${market}/accounts/:accountId/postings`, { prepare: accountOf }),
  ...reading(`${market}/accounts/:accountId/holds`, { prepare: accountOf }),
  [`PUT ${market}/accounts/:accountId/credit-limit`]: { status: 200, body: { creditLimit: "0" }, prepare: accountOf },
  ...reading(`${market}/deposits/:requestId`, { prepare: depositOf }),
  ...reading(`${market}/withdrawals/:requestId`, { prepare: withdrawalOf }),
  [`POST ${market}/deposits`]: { status: 404, body: () => ({ requestId: newId(), assetId: "XXX", amount: "1" }) },
  [`POST ${market}/withdrawals`]: { status: 404, body: () => ({ requestId: newId(), assetId: "XXX", amount: "1" }) },
  ...Object.fromEntries(
    ["deposits", "withdrawals"].flatMap((kind) => [
      [`POST ${market}/${kind}/:requestId/confirmation`, { status: 404, ...nobodys }],
      [`POST ${market}/${kind}/:requestId/refusal`, { status: 404, body: reason, ...nobodys }],
      [`POST ${market}/${kind}/:requestId/reversal`, { status: 404, body: reason, ...nobodys }],
    ]),
  ),
  ...reading(`${market}/statements/:day`, anyDay),
  ...reading(`${market}/statements/:day/table`, anyDay),
  ...reading(`${instrument}/allocations/:allocationId`, { prepare: allocationOf }),
  // Trade in it is on trust.
  [`POST ${instrument}/allocations`]: { status: 409, body: () => ({ allocationId: newId(), direction: "in" }) },
  [`PUT ${instrument}/sweep`]: { status: 409, body: { atClose: false } },
  [`POST ${settlement}/execution`]: { status: 409, ...anyDay },
  [`POST ${settlement}/dispute`]: { status: 404, body: reason, ...anyDay },
  [`POST ${settlement}/obligations/:companyId/dispute-decision`]: {
    status: 404,
    body: { ...reason, upheld: false },
    ...anyDay,
  },
  [`POST ${settlement}/obligations/:companyId/buy-in`]: { status: 404, body: { ...reason, price: "1" }, ...anyDay },
};
