import type { SeenPrice } from "@kontor/catalog";
import type { Micros } from "@kontor/kernel";
import type { StandingOrderChange } from "@kontor/protocol";
import { and, eq, inArray } from "drizzle-orm";
import { requireCostCenters } from "../buying/budgets/cost-centers.ts";
import type { BuyingEngine } from "../buying/buying-engine.ts";
import type { LineToPrice, PricedCartLine } from "../buying/carts/priced-lines.ts";
import { priceLines } from "../buying/carts/priced-lines.ts";
import { seenRowOf } from "../buying/carts/seen-price.ts";
import { millionthsIn } from "../buying/number-texts.ts";
import type { OwnCompany } from "../buying/orders/own-company.ts";
import { divisionsAbove } from "../buying/orders/own-company.ts";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { offers } from "../schema/catalog-offers.ts";
import type { standingOrderLines } from "../schema/catalog-standing.ts";
import type { PlanLineRow } from "./plan-rows.ts";

type NewLine = Omit<typeof standingOrderLines.$inferInsert, "standingOrderId">;

type Writing = {
  readonly own: OwnCompany;
  readonly input: Pick<StandingOrderChange, "divisionId" | "lines">;
  /** As it was before: what stays the same stays agreed. */
  readonly before: readonly PlanLineRow[];
  readonly at: Micros;
};

/** The lines with the prices that are agreed to by writing them: those of now, but for lines that stay as they were. */
export async function agreedLines(
  tx: Database,
  engine: BuyingEngine,
  { own, input, before, at }: Writing,
): Promise<Answered<readonly NewLine[]>> {
  const party = { ...own, divisionId: input.divisionId ?? null, at };
  const above = await divisionsAbove(tx, party);
  if (!above.ok) return above;
  const centers = await requireCostCenters(
    tx,
    own,
    input.lines.map(({ costCenterId = null }) => costCenterId),
  );
  if (!centers.ok) return centers;
  const wanted = await linesToPrice(tx, own, input.lines);
  if (!wanted.ok) return wanted;
  const priced = await priceLines(tx, engine, { party, lines: wanted.value });
  if (priced === undefined) return refused("not_found");
  const rows: NewLine[] = [];
  for (const [index, { id, offerId, quantity, unit, costCenterId }] of wanted.value.entries()) {
    const line = priced.lines.find((one) => one.id === id);
    const pointer = `/lines/${index}`;
    if (line === undefined) return refused("offer_not_available", { offerId, pointer: `${pointer}/offerId` });
    const price = payable(line);
    if (!price.ok) return refused(price.code, { ...price.data, pointer });
    const bare = { lineNo: index + 1, offerId, quantity, unit, costCenterId };
    const known = before.find((one) => one.offerId === offerId && one.unit === unit && one.quantity === quantity);
    const now = { agreed: seenRowOf(price.value), agreedAt: at, agreedBy: own.userId };
    const { agreed, agreedAt, agreedBy } = known ?? now;
    rows.push({ ...bare, agreed, agreedAt, agreedBy });
  }
  return answered(rows);
}

function payable({ quantityFault, resolution }: PricedCartLine): Answered<SeenPrice> {
  if (quantityFault !== null) return refused(quantityFault.code, { ...quantityFault });
  if (resolution.outcome === "on_request") return refused("price_on_request", { cause: resolution.cause });
  return answered(resolution);
}

/** With the unit in which the offer is sold where none is named. */
async function linesToPrice(
  tx: Database,
  { marketplaceId }: OwnCompany,
  lines: Writing["input"]["lines"],
): Promise<Answered<readonly LineToPrice[]>> {
  const sold = await tx
    .select({ id: offers.id, unit: offers.orderUnit })
    .from(offers)
    .where(
      and(
        eq(offers.marketplaceId, marketplaceId),
        inArray(
          offers.id,
          lines.map(({ offerId }) => offerId),
        ),
      ),
    );
  const units = new Map(sold.map(({ id, unit }) => [id, unit]));
  const wanted: LineToPrice[] = [];
  for (const [index, { offerId, quantity: text, unit = units.get(offerId), costCenterId = null }] of lines.entries()) {
    const pointer = `/lines/${index}`;
    const quantity = millionthsIn(text);
    if (quantity === null) return refused("quantity_unreadable", { pointer: `${pointer}/quantity` });
    if (unit === undefined) return refused("offer_not_available", { offerId, pointer: `${pointer}/offerId` });
    wanted.push({ id: String(index + 1), offerId, quantity, unit, deliverOn: null, costCenterId, seen: null });
  }
  return answered(wanted);
}
