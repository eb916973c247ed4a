import {
  ApprovalRuleId,
  ApprovalRuleInput,
  ApprovalRuleQuery,
  ApprovalRuleRecord,
  DelegationId,
  DelegationInput,
  DelegationQuery,
  DelegationRecord,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["buying"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofRule = params.extend({ ruleId: ApprovalRuleId });
const ofDelegation = params.extend({ delegationId: DelegationId });

type Parts = Pick<Repositories, "approvalRules" | "delegations">;

/** Which purchase orders of a company are approved by whom, and who decides for whom. */
export function approvalRuleRoutes(app: FastifyInstance, parts: Parts): void {
  ruleRoutes(app, parts);
  delegationRoutes(app, parts);
}

function ruleRoutes(app: FastifyInstance, { approvalRules }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const writing = { permission: permissionOf("write_approval_rules"), idempotency: "answers" } as const;

  routes.get(
    `${base}/approval-rules`,
    {
      config: { permission: permissionOf("list_approval_rules") },
      schema: {
        tags,
        operationId: "list_approval_rules",
        summary: "Approval rules of one's own company, oldest first",
        params,
        querystring: ApprovalRuleQuery,
        response: { 200: pageOf(ApprovalRuleRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await approvalRules.list(request.actor, request.query), request, reply),
  );

  routes.post(
    `${base}/approval-rules`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_approval_rule",
        summary: "Have orders approved that fit a condition; divisions below have the rule too",
        params,
        body: ApprovalRuleInput,
        response: { 201: ApprovalRuleRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const rule = answerOrRefusal(await approvalRules.create(actor, body));
      return tagged(reply.code(201), rule);
    },
  );

  routes.put(
    `${base}/approval-rules/:ruleId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_approval_rule",
        summary: "Write a rule anew; orders on their way keep the rules that they met",
        params: ofRule,
        headers: VersionHeaders,
        body: ApprovalRuleInput,
        response: { 200: ApprovalRuleRecord },
      },
    },
    async (request, reply) => {
      const { actor, params: at, body: input } = request;
      const rule = answerOrRefusal(
        await approvalRules.change(actor, at.ruleId, { input, version: versionOf(request) }),
      );
      return tagged(reply, rule);
    },
  );
}

function delegationRoutes(app: FastifyInstance, { delegations }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const writing = { permission: permissionOf("delegate_approvals"), idempotency: "answers" } as const;

  routes.get(
    `${base}/approval-delegations`,
    {
      config: { permission: permissionOf("list_delegations") },
      schema: {
        tags,
        operationId: "list_delegations",
        summary: "Who of one's own company decides for whom, oldest first",
        params,
        querystring: DelegationQuery,
        response: { 200: pageOf(DelegationRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await delegations.list(request.actor, request.query), request, reply),
  );

  routes.post(
    `${base}/approval-delegations`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "delegate_approvals",
        summary: "Let a colleague decide on orders for oneself; never on the colleague's own",
        params,
        body: DelegationInput,
        response: { 201: DelegationRecord },
      },
    },
    async ({ actor, body }, reply) => reply.code(201).send(answerOrRefusal(await delegations.delegate(actor, body))),
  );

  routes.delete(
    `${base}/approval-delegations/:delegationId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "withdraw_delegation",
        summary: "End a delegation of one's own",
        params: ofDelegation,
        response: { 200: DelegationRecord },
      },
    },
    async ({ actor, params: { delegationId } }) => answerOrRefusal(await delegations.withdraw(actor, delegationId)),
  );
}
