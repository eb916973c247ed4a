import {
  CandleQuery,
  CandleRecord,
  DayStatistics,
  FillQuery,
  FillRecord,
  InstrumentId,
  InstrumentQuery,
  InstrumentRecord,
  MarketplaceId,
  OrderId,
  OrderQuery,
  OrderRecord,
  pageOf,
  StatisticsQuery,
  TradeQuery,
  TradeRecord,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";

const tags = ["instruments"];
const inMarketplace = z.strictObject({ marketplaceId: MarketplaceId });
const ofInstrument = z.strictObject({ instrumentId: InstrumentId });

export type MarketRecordParts = Pick<Repositories, "instruments" | "marketData" | "orders">;

/** Instruments, what was ordered and traded in them, and their prices over time, as the read models keep them. */
export function marketRecordRoutes(app: FastifyInstance, parts: MarketRecordParts): void {
  instrumentRoutes(app, parts);
  orderRoutes(app, parts);
  priceRoutes(app, parts);
}

function instrumentRoutes(app: FastifyInstance, { instruments }: MarketRecordParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/marketplaces/:marketplaceId/instruments",
    {
      config: { permission: permissionOf("list_instruments") },
      schema: {
        tags,
        operationId: "list_instruments",
        summary: "Instruments of a marketplace, newest first; drafts for its staff",
        params: inMarketplace,
        querystring: InstrumentQuery,
        response: { 200: pageOf(InstrumentRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await instruments.list(request.actor, request.query), request, reply),
  );

  routes.get(
    "/v1/instruments/:instrumentId",
    {
      config: { permission: permissionOf("read_instrument") },
      schema: {
        tags,
        operationId: "read_instrument",
        summary: "An instrument, as the list shows it; its version is the entity tag",
        params: ofInstrument,
        response: { 200: InstrumentRecord },
      },
    },
    async ({ actor, params }, reply) => {
      const instrument = foundOrRefusal(await instruments.find(actor, params.instrumentId));
      return tagged(reply, instrument);
    },
  );
}

function orderRoutes(app: FastifyInstance, { orders }: MarketRecordParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/marketplaces/:marketplaceId/orders",
    {
      config: { permission: permissionOf("list_own_orders") },
      schema: {
        tags,
        operationId: "list_own_orders",
        summary: "Orders of one's company, newest first",
        params: inMarketplace,
        querystring: OrderQuery,
        response: { 200: pageOf(OrderRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await orders.list(request.actor, request.query), request, reply),
  );

  routes.get(
    "/v1/orders/:orderId",
    {
      config: { permission: permissionOf("read_order") },
      schema: {
        tags,
        operationId: "read_order",
        summary: "An order of one's company, as the list shows it",
        params: z.strictObject({ orderId: OrderId }),
        response: { 200: OrderRecord },
      },
    },
    async ({ actor, params }) => foundOrRefusal(await orders.find(actor, params.orderId)),
  );

  routes.get(
    "/v1/marketplaces/:marketplaceId/fills",
    {
      config: { permission: permissionOf("list_own_fills") },
      schema: {
        tags,
        operationId: "list_own_fills",
        summary: "Fills of one's company, newest first",
        params: inMarketplace,
        querystring: FillQuery,
        response: { 200: pageOf(FillRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await orders.fills(request.actor, request.query), request, reply),
  );
}

function priceRoutes(app: FastifyInstance, { marketData }: MarketRecordParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/instruments/:instrumentId/trades",
    {
      config: { permission: permissionOf("list_trades") },
      schema: {
        tags,
        operationId: "list_trades",
        summary: "Trades of an instrument, newest first",
        params: ofInstrument,
        querystring: TradeQuery,
        response: { 200: pageOf(TradeRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await marketData.trades(request.actor, request.params.instrumentId, request.query), request, reply),
  );

  routes.get(
    "/v1/instruments/:instrumentId/candles",
    {
      config: { permission: permissionOf("list_candles") },
      schema: {
        tags,
        operationId: "list_candles",
        summary: "Prices of an instrument by intervals in UTC, newest first",
        params: ofInstrument,
        querystring: CandleQuery,
        response: { 200: pageOf(CandleRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(
        await marketData.candles(request.actor, request.params.instrumentId, request.query),
        request,
        reply,
      ),
  );

  routes.get(
    "/v1/instruments/:instrumentId/statistics",
    {
      config: { permission: permissionOf("list_statistics") },
      schema: {
        tags,
        operationId: "list_statistics",
        summary: "Trading days of an instrument in UTC, newest first",
        params: ofInstrument,
        querystring: StatisticsQuery,
        response: { 200: pageOf(DayStatistics) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(
        await marketData.statistics(request.actor, request.params.instrumentId, request.query),
        request,
        reply,
      ),
  );
}
