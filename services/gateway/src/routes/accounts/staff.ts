import type { AccountStore } from "@kontor/db/auth";
import { MarketplaceId, pageOf, StaffMember, StaffQuery, StaffRole, UserId } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Revocations } from "../../auth/revocations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { pageOrRefusal, tagged, valueOrRefusal } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf, VersionHeaders, versionOf } from "../versions.ts";

const tags = ["staff"];
const base = "/v1/marketplaces/:marketplaceId/staff";

export type StaffParts = Pick<Repositories, "staff"> & {
  readonly accounts: AccountStore;
  readonly revocations: Revocations;
};

/** Operators and auditors of a marketplace. */
export function staffRoutes(app: FastifyInstance, { staff, accounts, revocations }: StaffParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const ofUser = z.strictObject({ marketplaceId: MarketplaceId, userId: UserId });

  routes.get(
    base,
    {
      config: { permission: permissionOf("list_staff") },
      schema: {
        tags,
        operationId: "list_staff",
        summary: "People of a marketplace by id",
        params: z.strictObject({ marketplaceId: MarketplaceId }),
        querystring: StaffQuery,
        response: { 200: pageOf(StaffMember) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await staff.list(request.actor, { ...request.query, ...request.params }), request, reply),
  );

  routes.put(
    `${base}/:userId`,
    {
      config: { permission: permissionOf("appoint_staff"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "appoint_staff",
        summary: "Give a user a role in the marketplace: If-None-Match: * for the first, If-Match for another one",
        params: ofUser,
        headers: FirstOrVersionHeaders,
        body: z.strictObject({ role: StaffRole }),
        response: { 200: StaffMember },
      },
    },
    async (request, reply) => {
      const { actor, params, body } = request;
      const key = { ...params, expectedVersion: firstOrVersionOf(request) };
      if (!(await accounts.userExists(params.userId))) throw new Refusal("not_found");
      const value = valueOrRefusal(await staff.grant(actor, key, body.role));
      await revocations.announce({ userId: params.userId });
      return tagged(reply, value);
    },
  );

  routes.delete(
    `${base}/:userId`,
    {
      config: { permission: permissionOf("dismiss_staff"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "dismiss_staff",
        summary: "Take a user's role in the marketplace away",
        params: ofUser,
        headers: VersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { actor, params } = request;
      valueOrRefusal(await staff.revoke(actor, { ...params, expectedVersion: versionOf(request) }));
      await revocations.announce({ userId: params.userId });
      return reply.code(204).send(null);
    },
  );
}
