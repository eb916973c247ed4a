import type { Actor } from "@kontor/kernel";
import { formatDecimal, parseDecimal, roundDivide } from "@kontor/kernel";
import type { FillRecord, OrderRecord } from "@kontor/protocol";
import type { Column, SQL } from "drizzle-orm";
import { eq } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { fills, orders } from "../schema/read-models-market.ts";
import { during } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import type { OrderRepository } from "./market-records.ts";
import type { FillRow, OrderRow } from "./market-rows.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, inMarketplace, ofCompanyOrStaff } from "./scope.ts";

const newestOrders: Order = { name: "newest", by: orders.at, id: orders.id, direction: "desc", accepts: isInstant };
const newestFills: Order = { name: "newest", by: fills.at, id: fills.id, direction: "desc", accepts: isInstant };

export function createOrderRepository(db: Database): OrderRepository {
  return {
    list: (actor, { instrumentId, state, side, ...page }) =>
      pageFrom(page, {
        order: newestOrders,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(orders)
            .where(
              allOf(
                seesOwn(actor, orders),
                is(orders.instrumentId, instrumentId),
                is(orders.state, state),
                is(orders.side, side),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ at, id }) => [at, id],
        entryOf: orderOf,
      }),

    async find(actor, orderId) {
      const [row] = await db
        .select()
        .from(orders)
        .where(allOf(seesOwn(actor, orders), eq(orders.id, orderId)));
      return row && orderOf(row);
    },

    fills: (actor, { instrumentId, orderId, from, until, ...page }) =>
      pageFrom(page, {
        order: newestFills,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(fills)
            .where(
              allOf(
                seesOwn(actor, fills),
                is(fills.instrumentId, instrumentId),
                is(fills.orderId, orderId),
                during(fills.at, { from, until }),
                after,
              ),
            )
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ at, id }) => [at, id],
        entryOf: fillOf,
      }),
  };
}

function seesOwn(actor: Actor, { marketplaceId, companyId }: Readonly<Record<"marketplaceId" | "companyId", Column>>) {
  return allOf(inMarketplace(actor, marketplaceId), ofCompanyOrStaff(actor, companyId));
}

function is(column: Column, value: string | undefined): SQL | undefined {
  return value === undefined ? undefined : eq(column, value);
}

function orderOf(row: OrderRow): OrderRecord {
  const { id, instrumentId, companyId, userId, side, kind, tif, quantity, filled, leaves, state } = row;
  return {
    orderId: id,
    instrumentId,
    companyId,
    userId,
    side,
    kind,
    tif,
    quantity,
    filled,
    leaves,
    state,
    at: instantOf(row.at),
    ...present({
      price: row.price,
      stopPrice: row.stopPrice,
      cause: row.cause,
      replacedBy: row.replacedBy,
      averagePrice: averageOf(row),
      endedAt: instantOf(row.endedAt),
    }),
  };
}

const averageScale = 6;
const finest = 18;

/** Null without fills that stand. Prices are positive: half away from zero is half up. */
function averageOf({ countedQuantity, countedValue }: OrderRow): string | null {
  const quantity = parseDecimal(countedQuantity, finest);
  const value = parseDecimal(countedValue, finest);
  if (typeof quantity !== "bigint" || typeof value !== "bigint" || quantity === 0n) return null;
  return formatDecimal(roundDivide(value * 10n ** BigInt(averageScale), quantity), averageScale);
}

export function fillOf({ id, at, marketplaceId: _, seq: __, ...members }: FillRow): FillRecord {
  return { fillId: id, ...members, at: instantOf(at) };
}
