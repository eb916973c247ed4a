import {
  CompanyId,
  CustomerGroupId,
  CustomerGroupInput,
  CustomerGroupQuery,
  CustomerGroupRecord,
  GroupMember,
  GroupMemberQuery,
  MarketplaceId,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["customer groups"];
const base = "/v1/marketplaces/:marketplaceId/customer-groups";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofGroup = z.strictObject({ marketplaceId: MarketplaceId, groupId: CustomerGroupId });
const ofMember = z.strictObject({ marketplaceId: MarketplaceId, groupId: CustomerGroupId, companyId: CompanyId });
const reading = { permission: permissionOf("read_price_lists") };
const writing = { permission: permissionOf("write_price_lists"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "customerGroups">;

/** Buyers that have prices together. */
export function customerGroupRoutes(app: FastifyInstance, parts: Parts): void {
  groupRoutes(app, parts);
  memberRoutes(app, parts);
}

function groupRoutes(app: FastifyInstance, { customerGroups }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_customer_groups",
        summary: "One's own company's customer groups, for staff all, by name",
        params,
        querystring: CustomerGroupQuery,
        response: { 200: pageOf(CustomerGroupRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await customerGroups.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:groupId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_customer_group",
        summary: "A customer group",
        params: ofGroup,
        response: { 200: CustomerGroupRecord },
      },
    },
    async ({ actor, params: { groupId } }, reply) => {
      const group = foundOrRefusal(await customerGroups.find(actor, groupId));
      return tagged(reply, group);
    },
  );

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_customer_group",
        summary: "Make a customer group: a vendor his own, the operator the marketplace's",
        params,
        body: CustomerGroupInput,
        response: { 201: CustomerGroupRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const group = answerOrRefusal(await customerGroups.create(actor, body));
      return tagged(reply.code(201), group);
    },
  );

  routes.put(
    `${base}/:groupId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_customer_group",
        summary: "Rename a customer group, or change the loyalty level that it stands for",
        params: ofGroup,
        headers: VersionHeaders,
        body: CustomerGroupInput,
        response: { 200: CustomerGroupRecord },
      },
    },
    async (request, reply) => {
      const key = { groupId: request.params.groupId, expectedVersion: versionOf(request) };
      const group = answerOrRefusal(await customerGroups.change(request.actor, key, request.body));
      return tagged(reply, group);
    },
  );
}

function memberRoutes(app: FastifyInstance, { customerGroups }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/:groupId/members`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_group_members",
        summary: "Who is in a customer group, by the time since when",
        params: ofGroup,
        querystring: GroupMemberQuery,
        response: { 200: pageOf(GroupMember) },
      },
    },
    async (request, reply) => {
      const found = await customerGroups.members(request.actor, request.params.groupId, request.query);
      return pageOrRefusal(foundOrRefusal(found), request, reply);
    },
  );

  routes.put(
    `${base}/:groupId/members/:companyId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "add_group_member",
        summary: "Put a buyer into a customer group",
        params: ofMember,
        response: { 200: GroupMember },
      },
    },
    async ({ actor, params: { groupId, companyId } }) =>
      answerOrRefusal(await customerGroups.addMember(actor, { groupId, companyId })),
  );

  routes.delete(
    `${base}/:groupId/members/:companyId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_group_member",
        summary: "Take a buyer out of a customer group",
        params: ofMember,
        response: { 204: z.null() },
      },
    },
    async ({ actor, params: { groupId, companyId } }, reply) =>
      reply.code(204).send(answerOrRefusal(await customerGroups.removeMember(actor, { groupId, companyId }))),
  );
}
