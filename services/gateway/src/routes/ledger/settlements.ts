import type { Clock } from "@kontor/kernel";
import {
  BuyInInput,
  CalendarDay,
  CompanyId,
  DisputeDecision,
  DisputeInput,
  InstrumentId,
  MarketplaceId,
  ObligationQuery,
  ObligationRecord,
  pageOf,
  SettlementQuery,
  SettlementRecord,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, pageOrRefusal } from "../answers.ts";

const tags = ["settlements"];
const inMarketplace = z.strictObject({ marketplaceId: MarketplaceId });
const ofDay = z.strictObject({ instrumentId: InstrumentId, tradeDate: CalendarDay });
const ofCompany = ofDay.extend({ companyId: CompanyId });
const base = "/v1/instruments/:instrumentId/settlements/:tradeDate";

export type SettlementParts = Pick<Repositories, "settlements"> & { readonly clock: Clock };

/** What companies owe and are owed for a day's trades, and what becomes of it. */
export function settlementRoutes(app: FastifyInstance, parts: SettlementParts): void {
  listRoutes(app, parts);
  companyRoutes(app, parts);
  operatorRoutes(app, parts);
}

function listRoutes(app: FastifyInstance, { settlements }: SettlementParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/marketplaces/:marketplaceId/settlements",
    {
      config: { permission: permissionOf("list_settlements") },
      schema: {
        tags,
        operationId: "list_settlements",
        summary: "Settlements of a marketplace, newest trading day first",
        params: inMarketplace,
        querystring: SettlementQuery,
        response: { 200: pageOf(SettlementRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await settlements.list(request.actor, request.query), request, reply),
  );

  routes.get(
    "/v1/marketplaces/:marketplaceId/obligations",
    {
      config: { permission: permissionOf("list_obligations") },
      schema: {
        tags,
        operationId: "list_obligations",
        summary: "What one's own company gets and gives, for staff all; newest trading day first",
        params: inMarketplace,
        querystring: ObligationQuery,
        response: { 200: pageOf(ObligationRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await settlements.obligations(request.actor, request.query), request, reply),
  );
}

function companyRoutes(app: FastifyInstance, { settlements, clock }: SettlementParts): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${base}/dispute`,
    {
      config: { permission: permissionOf("dispute_obligation"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "dispute_obligation",
        summary: "Contest one's own obligation: nothing of it moves until the operator decides",
        params: ofDay,
        body: DisputeInput,
        response: { 200: ObligationRecord },
      },
    },
    async ({ actor, params, body }) =>
      answerOrRefusal(await settlements.dispute(actor, { ...params, ...body, at: clock.now() })),
  );
}

function operatorRoutes(app: FastifyInstance, { settlements, clock }: SettlementParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const deciding = { permission: permissionOf("decide_obligation"), idempotency: "answers" } as const;

  routes.post(
    `${base}/execution`,
    {
      config: { permission: permissionOf("settle_trades"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "settle_trades",
        summary: "Net the day's trades as they are known now, and deliver and pay what can be, due or not",
        params: ofDay,
        response: { 200: SettlementRecord },
      },
    },
    async ({ actor, params }) => answerOrRefusal(await settlements.settle(actor, { ...params, at: clock.now() })),
  );

  routes.post(
    `${base}/obligations/:companyId/dispute-decision`,
    {
      config: deciding,
      schema: {
        tags,
        operationId: "decide_dispute",
        summary: "Release the company from what is open, or let the obligation stand",
        params: ofCompany,
        body: DisputeDecision,
        response: { 200: ObligationRecord },
      },
    },
    async ({ actor, params, body }) =>
      answerOrRefusal(await settlements.decideDispute(actor, { ...params, ...body, at: clock.now() })),
  );

  routes.post(
    `${base}/obligations/:companyId/buy-in`,
    {
      config: deciding,
      schema: {
        tags,
        operationId: "buy_in",
        summary: "Have a company that does not deliver pay what the goods cost elsewhere",
        params: ofCompany,
        body: BuyInInput,
        response: { 200: ObligationRecord },
      },
    },
    async ({ actor, params, body }) =>
      answerOrRefusal(await settlements.buyIn(actor, { ...params, ...body, at: clock.now() })),
  );
}
