import {
  BudgetId,
  BudgetInput,
  BudgetQuery,
  BudgetRecord,
  CostCenterId,
  CostCenterInput,
  CostCenterQuery,
  CostCenterRecord,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["buying"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofCenter = params.extend({ costCenterId: CostCenterId });
const ofBudget = params.extend({ budgetId: BudgetId });

type Parts = Pick<Repositories, "costCenters" | "budgets">;

/** On what a company books its purchases, and how much it may spend. */
export function companyBudgetRoutes(app: FastifyInstance, parts: Parts): void {
  costCenterRoutes(app, parts);
  budgetRoutes(app, parts);
}

function costCenterRoutes(app: FastifyInstance, { costCenters }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const writing = { permission: permissionOf("write_cost_centers"), idempotency: "answers" } as const;

  routes.get(
    `${base}/cost-centers`,
    {
      config: { permission: permissionOf("list_cost_centers") },
      schema: {
        tags,
        operationId: "list_cost_centers",
        summary: "Cost centres of one's own company, oldest first",
        params,
        querystring: CostCenterQuery,
        response: { 200: pageOf(CostCenterRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await costCenters.list(request.actor, request.query), request, reply),
  );

  routes.post(
    `${base}/cost-centers`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_cost_center",
        summary: "Add a cost centre",
        params,
        body: CostCenterInput,
        response: { 201: CostCenterRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const center = answerOrRefusal(await costCenters.create(actor, body));
      return tagged(reply.code(201), center);
    },
  );

  routes.put(
    `${base}/cost-centers/:costCenterId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_cost_center",
        summary: "Rename a cost centre or take it out of use",
        params: ofCenter,
        headers: VersionHeaders,
        body: CostCenterInput,
        response: { 200: CostCenterRecord },
      },
    },
    async (request, reply) => {
      const { actor, params: at, body: input } = request;
      const change = { input, version: versionOf(request) };
      const center = answerOrRefusal(await costCenters.change(actor, at.costCenterId, change));
      return tagged(reply, center);
    },
  );
}

function budgetRoutes(app: FastifyInstance, { budgets }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const reading = { permission: permissionOf("list_budgets") };
  const writing = { permission: permissionOf("write_budgets"), idempotency: "answers" } as const;

  routes.get(
    `${base}/budgets`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_budgets",
        summary: "Budgets of one's own company with what is held, spent and left; oldest first",
        params,
        querystring: BudgetQuery,
        response: { 200: pageOf(BudgetRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await budgets.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/budgets/:budgetId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_budget",
        summary: "A budget",
        params: ofBudget,
        response: { 200: BudgetRecord },
      },
    },
    async ({ actor, params: { budgetId } }, reply) => {
      const budget = await budgets.find(actor, budgetId);
      if (budget === undefined) throw new Refusal("budget_unknown");
      return tagged(reply, budget);
    },
  );

  routes.post(
    `${base}/budgets`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_budget",
        summary: "Set a budget: of the company, a cost centre, a member, or a member on a cost centre",
        params,
        body: BudgetInput,
        response: { 201: BudgetRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const budget = answerOrRefusal(await budgets.create(actor, body));
      return tagged(reply.code(201), budget);
    },
  );

  routes.put(
    `${base}/budgets/:budgetId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_budget",
        summary: "Change name, period, amount or mode; a blocking budget is never below what is held and spent",
        params: ofBudget,
        headers: VersionHeaders,
        body: BudgetInput,
        response: { 200: BudgetRecord },
      },
    },
    async (request, reply) => {
      const { actor, params: at, body: input } = request;
      const budget = answerOrRefusal(await budgets.change(actor, at.budgetId, { input, version: versionOf(request) }));
      return tagged(reply, budget);
    },
  );
}
