import { openMarket } from "../../world/instruments.ts";
import type { Company } from "../../world/people.ts";
import { act } from "../../world/tenders.ts";
import { until } from "../../world/until.ts";
import type { Example, Scene } from "./example-requests.ts";
import { reading } from "./reading-examples.ts";

const orders = new Map<string, Promise<string>>();

/** An order of the caller's company where it takes part here, and some other for all who are not of these companies. */
async function orderOf({ world, caller }: Scene): Promise<Readonly<Record<string, string>>> {
  const company = [world.buyer, world.anna].find(({ companyId }) => companyId === caller.companyId) ?? world.buyer;
  const known = orders.get(company.companyId) ?? order(world, company);
  orders.set(company.companyId, known);
  return { orderId: await known };
}

async function order({ operator, marketplaceId }: Scene["world"], { boss }: Company): Promise<string> {
  const { instrumentId } = await openMarket({ marketplaceId, operator });
  const terms = { side: "buy", price: "212.50", quantity: "50" } as const;
  const { result } = await act(boss, { type: "submit_order", instrumentId, ...terms });
  const orderId = String(result["orderId"]);
  await until("the order is on record", async () => (await boss.client.instruments.order(orderId)).ok);
  return orderId;
}

/** How one asks about orders and prices. */
export const marketExamples: Readonly<Record<string, Example>> = {
  ...reading("/v1/orders/:orderId", { prepare: orderOf }),
  ...reading("/v1/orders/:orderId/explanation", { prepare: orderOf }),
  ...reading("/v1/instruments/:instrumentId/candles", { query: "?interval=1m" }),
};
