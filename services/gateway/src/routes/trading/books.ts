import {
  AccountId,
  AccountRecord,
  AssetInput,
  AssetQuery,
  AssetRecord,
  CreditLimitInput,
  HoldQuery,
  HoldRecord,
  LedgerAccountQuery,
  MarketplaceId,
  PostingQuery,
  PostingRecord,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal } from "../answers.ts";

const tags = ["books"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofAccount = z.strictObject({ marketplaceId: MarketplaceId, accountId: AccountId });

type Parts = Pick<Repositories, "books">;

/** The books of a marketplace: what they are kept in, who has how much of it, and every change. */
export function bookRoutes(app: FastifyInstance, parts: Parts): void {
  assetRoutes(app, parts);
  accountRoutes(app, parts);
}

function assetRoutes(app: FastifyInstance, { books }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/assets`,
    {
      config: { permission: permissionOf("list_assets") },
      schema: {
        tags,
        operationId: "list_assets",
        summary: "Currencies and receipts of a marketplace",
        params,
        querystring: AssetQuery,
        response: { 200: pageOf(AssetRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await books.assets(request.actor, request.query), request, reply),
  );

  routes.post(
    `${base}/assets`,
    {
      config: { permission: permissionOf("register_asset"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "register_asset",
        summary: "Keep books in a currency, or in receipts of one grade, storage lot, place and last day; for good",
        params,
        body: AssetInput,
        response: { 201: AssetRecord },
      },
    },
    async ({ actor, body }, reply) => reply.code(201).send(answerOrRefusal(await books.registerAsset(actor, body))),
  );
}

function accountRoutes(app: FastifyInstance, { books }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const reading = { permission: permissionOf("read_account") };

  routes.get(
    `${base}/accounts`,
    {
      config: { permission: permissionOf("list_accounts") },
      schema: {
        tags,
        operationId: "list_accounts",
        summary: "One's own company's accounts; for staff all, the marketplace's own too",
        params,
        querystring: LedgerAccountQuery,
        response: { 200: pageOf(AccountRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await books.accounts(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/accounts/:accountId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_account",
        summary: "An account",
        params: ofAccount,
        response: { 200: AccountRecord },
      },
    },
    async ({ actor, params: { accountId } }) => foundOrRefusal(await books.account(actor, accountId)),
  );

  routes.get(
    `${base}/accounts/:accountId/postings`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_postings",
        summary: "An account's statement: its postings in their order",
        params: ofAccount,
        querystring: PostingQuery,
        response: { 200: pageOf(PostingRecord) },
      },
    },
    async (request, reply) => {
      const found = await books.postings(request.actor, request.params.accountId, request.query);
      return pageOrRefusal(foundOrRefusal(found), request, reply);
    },
  );

  routes.get(
    `${base}/accounts/:accountId/holds`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_holds",
        summary: "What is or was held of an account, by the time it was placed",
        params: ofAccount,
        querystring: HoldQuery,
        response: { 200: pageOf(HoldRecord) },
      },
    },
    async (request, reply) => {
      const found = await books.holds(request.actor, request.params.accountId, request.query);
      return pageOrRefusal(foundOrRefusal(found), request, reply);
    },
  );

  routes.put(
    `${base}/accounts/:accountId/credit-limit`,
    {
      config: { permission: permissionOf("set_credit_limit"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "set_credit_limit",
        summary: "How far below zero an account's available may go; not below what is in use",
        params: ofAccount,
        body: CreditLimitInput,
        response: { 200: AccountRecord },
      },
    },
    async ({ actor, params: { accountId }, body: { creditLimit } }) =>
      answerOrRefusal(await books.setCreditLimit(actor, accountId, creditLimit)),
  );
}
