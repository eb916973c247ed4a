import {
  AwardId,
  AwardQuery,
  AwardRecord,
  BidId,
  BidQuery,
  BidRecord,
  ContractId,
  ContractQuery,
  ContractRecord,
  InitialPriceQuery,
  InitialPriceRecord,
  LotId,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { foundOrRefusal, pageOrRefusal } from "../answers.ts";

const tags = ["records"];
const inMarketplace = z.strictObject({ marketplaceId: MarketplaceId });
const inLot = z.strictObject({ lotId: LotId });
/** The lot is in the path and names the tender. */
const fromLot = { tenderId: true, lotId: true } as const;

export type RecordParts = Pick<Repositories, "lots" | "bids" | "awards" | "contracts">;

/** Bids, awards and contracts as the read models keep them. */
export function recordRoutes(app: FastifyInstance, parts: RecordParts): void {
  marketplaceRecords(app, parts);
  lotRecords(app, parts);
  singleRecords(app, parts);
}

function marketplaceRecords(app: FastifyInstance, { bids, awards, contracts }: RecordParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/marketplaces/:marketplaceId/bids",
    {
      config: { permission: permissionOf("list_own_bids") },
      schema: {
        tags,
        operationId: "list_own_bids",
        summary: "Bids that one may see",
        params: inMarketplace,
        querystring: BidQuery,
        response: { 200: pageOf(BidRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await bids.list(request.actor, request.query), request, reply),
  );

  routes.get(
    "/v1/marketplaces/:marketplaceId/awards",
    {
      config: { permission: permissionOf("list_awards") },
      schema: {
        tags,
        operationId: "list_awards",
        summary: "Awards to one's company or in its tenders",
        params: inMarketplace,
        querystring: AwardQuery,
        response: { 200: pageOf(AwardRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await awards.list(request.actor, request.query), request, reply),
  );

  routes.get(
    "/v1/marketplaces/:marketplaceId/contracts",
    {
      config: { permission: permissionOf("list_contracts") },
      schema: {
        tags,
        operationId: "list_contracts",
        summary: "Contracts of one's company",
        params: inMarketplace,
        querystring: ContractQuery,
        response: { 200: pageOf(ContractRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await contracts.list(request.actor, request.query), request, reply),
  );
}

function lotRecords(app: FastifyInstance, { lots, bids, awards, contracts }: RecordParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/lots/:lotId/bids",
    {
      config: { permission: permissionOf("list_lot_bids") },
      schema: {
        tags,
        operationId: "list_lot_bids",
        summary: "Bids in a lot that one may see",
        params: inLot,
        querystring: BidQuery.omit(fromLot),
        response: { 200: pageOf(BidRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await bids.list(request.actor, { ...request.query, ...request.params }), request, reply),
  );

  routes.get(
    "/v1/lots/:lotId/initial-prices",
    {
      config: { permission: permissionOf("list_initial_prices") },
      schema: {
        tags,
        operationId: "list_initial_prices",
        summary: "Initial prices once they are opened; a bidder sees his own",
        params: inLot,
        querystring: InitialPriceQuery,
        response: { 200: pageOf(InitialPriceRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await lots.initialPrices(request.actor, request.params.lotId, request.query), request, reply),
  );

  routes.get(
    "/v1/lots/:lotId/awards",
    {
      config: { permission: permissionOf("list_lot_awards") },
      schema: {
        tags,
        operationId: "list_lot_awards",
        summary: "Awards of a lot",
        params: inLot,
        querystring: AwardQuery.omit(fromLot),
        response: { 200: pageOf(AwardRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await awards.list(request.actor, { ...request.query, ...request.params }), request, reply),
  );

  routes.get(
    "/v1/lots/:lotId/contracts",
    {
      config: { permission: permissionOf("list_lot_contracts") },
      schema: {
        tags,
        operationId: "list_lot_contracts",
        summary: "Contracts of a lot",
        params: inLot,
        querystring: ContractQuery.omit(fromLot),
        response: { 200: pageOf(ContractRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await contracts.list(request.actor, { ...request.query, ...request.params }), request, reply),
  );
}

function singleRecords(app: FastifyInstance, { bids, awards, contracts }: RecordParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/bids/:bidId",
    {
      config: { permission: permissionOf("read_bid") },
      schema: {
        tags,
        operationId: "read_bid",
        summary: "A bid, as the lists show it",
        params: z.strictObject({ bidId: BidId }),
        response: { 200: BidRecord },
      },
    },
    async ({ actor, params }) => foundOrRefusal(await bids.find(actor, params.bidId)),
  );

  routes.get(
    "/v1/awards/:awardId",
    {
      config: { permission: permissionOf("read_award") },
      schema: {
        tags,
        operationId: "read_award",
        summary: "An award, as the lists show it",
        params: z.strictObject({ awardId: AwardId }),
        response: { 200: AwardRecord },
      },
    },
    async ({ actor, params }) => foundOrRefusal(await awards.find(actor, params.awardId)),
  );

  routes.get(
    "/v1/contracts/:contractId",
    {
      config: { permission: permissionOf("read_contract") },
      schema: {
        tags,
        operationId: "read_contract",
        summary: "A contract, as the lists show it",
        params: z.strictObject({ contractId: ContractId }),
        response: { 200: ContractRecord },
      },
    },
    async ({ actor, params }) => foundOrRefusal(await contracts.find(actor, params.contractId)),
  );
}
