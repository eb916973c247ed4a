import type { ViewAnswer } from "@kontor/bus";
import type { Clock } from "@kontor/kernel";
import { shardIn } from "@kontor/kernel";
import {
  LotId,
  LotQuery,
  LotSummary,
  LotView,
  MarketplaceId,
  OwnLotView,
  OwnTenderView,
  pageOf,
  QuestionQuery,
  QuestionRecord,
  SupplierQuery,
  SupplierRecord,
  TenderId,
  TenderQuery,
  TenderSummary,
  TenderView,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import type { TradingClient } from "../../trading/trading-client.ts";
import { foundOrRefusal, pageOrRefusal, tagOf } from "../answers.ts";

const tags = ["tenders"];
const inMarketplace = z.strictObject({ marketplaceId: MarketplaceId });
const inTender = z.strictObject({ tenderId: TenderId });

/** Which part of the document the caller gets. Its place in the journal is left out: it would count hidden commands. */
const place = { audience: z.enum(["public", "owner", "company"]) };

const TenderDocument = z
  .object({ ...place, view: TenderView, own: OwnTenderView.optional() })
  .meta({ id: "TenderDocument" });
const LotDocument = z.object({ ...place, view: LotView, own: OwnLotView.optional() }).meta({ id: "LotDocument" });

export type TenderParts = Pick<Repositories, "tenders" | "lots"> & {
  readonly trading: TradingClient;
  readonly clock: Clock;
};

/** Tenders and lots: lists from the read models, single ones as the trading host sees them now. */
export function tenderRoutes(app: FastifyInstance, parts: TenderParts): void {
  listRoutes(app, parts);
  documentRoutes(app, parts);
  partRoutes(app, parts);
}

function listRoutes(app: FastifyInstance, { tenders, lots, clock }: TenderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/marketplaces/:marketplaceId/tenders",
    {
      config: { permission: permissionOf("list_tenders") },
      schema: {
        tags,
        operationId: "list_tenders",
        summary: "Tenders of a marketplace",
        params: inMarketplace,
        querystring: TenderQuery,
        response: { 200: pageOf(TenderSummary) },
      },
    },
    async (request, reply) => {
      const query = { ...request.query, now: clock.now() };
      return pageOrRefusal(await tenders.list(request.actor, query), request, reply);
    },
  );

  routes.get(
    "/v1/marketplaces/:marketplaceId/lots",
    {
      config: { permission: permissionOf("list_lots") },
      schema: {
        tags,
        operationId: "list_lots",
        summary: "Lots of a marketplace",
        params: inMarketplace,
        querystring: LotQuery,
        response: { 200: pageOf(LotSummary) },
      },
    },
    async (request, reply) => pageOrRefusal(await lots.list(request.actor, request.query), request, reply),
  );
}

function documentRoutes(app: FastifyInstance, { trading }: TenderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/tenders/:tenderId",
    {
      config: { permission: permissionOf("read_tender") },
      schema: {
        tags,
        operationId: "read_tender",
        summary: "A tender as it stands now; its version is the entity tag",
        params: inTender,
        response: { 200: TenderDocument },
      },
    },
    async ({ actor, params: { tenderId } }, reply) => {
      const answer = foundOrRefusal(await trading.view(actor, tenderId, `tender:${tenderId}`));
      const document = documentOf<typeof TenderDocument>(answer);
      return reply.header("etag", tagOf(document.view.version)).send(document);
    },
  );

  routes.get(
    "/v1/lots/:lotId",
    {
      config: { permission: permissionOf("read_lot") },
      schema: {
        tags,
        operationId: "read_lot",
        summary: "A lot as it stands now",
        params: z.strictObject({ lotId: LotId }),
        response: { 200: LotDocument },
      },
    },
    async ({ actor, params: { lotId } }) => {
      const answer = foundOrRefusal(await trading.view(actor, shardIn(lotId), `lot:${lotId}`));
      return documentOf<typeof LotDocument>(answer);
    },
  );
}

function partRoutes(app: FastifyInstance, { tenders, lots }: TenderParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/tenders/:tenderId/lots",
    {
      config: { permission: permissionOf("list_tender_lots") },
      schema: {
        tags,
        operationId: "list_tender_lots",
        summary: "Lots of a tender by number",
        params: inTender,
        querystring: LotQuery.omit({ tenderId: true }),
        response: { 200: pageOf(LotSummary) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await lots.list(request.actor, { ...request.query, ...request.params }), request, reply),
  );

  routes.get(
    "/v1/tenders/:tenderId/suppliers",
    {
      config: { permission: permissionOf("list_suppliers") },
      schema: {
        tags,
        operationId: "list_suppliers",
        summary: "Who was invited, asked, was admitted or refused; a supplier sees himself",
        params: inTender,
        querystring: SupplierQuery,
        response: { 200: pageOf(SupplierRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await tenders.suppliers(request.actor, request.params.tenderId, request.query), request, reply),
  );

  routes.get(
    "/v1/tenders/:tenderId/questions",
    {
      config: { permission: permissionOf("list_questions") },
      schema: {
        tags,
        operationId: "list_questions",
        summary: "Questions and answers, oldest first",
        params: inTender,
        querystring: QuestionQuery,
        response: { 200: pageOf(QuestionRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await tenders.questions(request.actor, request.params.tenderId, request.query), request, reply),
  );
}

/** The host's views fit the protocol's schemas by the engine's own tests. */
function documentOf<Document extends z.ZodType>(answer: Extract<ViewAnswer, { found: true }>): z.output<Document> {
  const { audience, view, own } = answer;
  return { audience, view, ...(own === undefined ? {} : { own }) } as z.output<Document>;
}
