import type { AccountStore } from "@kontor/db/auth";
import { MarketplaceId, StaffMember, StaffRole, UserId } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../access/declarations.ts";
import type { Revocations } from "../auth/revocations.ts";
import type { Repositories } from "../dependencies.ts";
import { Refusal } from "../refusal.ts";
import { valueOrRefusal } from "./answers.ts";

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
        summary: "People of a marketplace",
        params: z.strictObject({ marketplaceId: MarketplaceId }),
        response: { 200: z.object({ data: z.array(StaffMember) }) },
      },
    },
    async ({ actor, params }) => ({ data: [...(await staff.list({ ...actor, marketplaceId: params.marketplaceId }))] }),
  );

  routes.put(
    `${base}/:userId`,
    {
      config: { permission: permissionOf("appoint_staff"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "appoint_staff",
        summary: "Give a user a role in the marketplace, or another one",
        params: ofUser,
        body: z.strictObject({ role: StaffRole }),
        response: { 200: StaffMember },
      },
    },
    async ({ actor, params, body }) => {
      if (!(await accounts.userExists(params.userId))) throw new Refusal("not_found");
      const value = valueOrRefusal(await staff.grant(actor, params, body.role));
      await revocations.announce({ userId: params.userId });
      return value;
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
        response: { 204: z.null() },
      },
    },
    async ({ actor, params }, reply) => {
      valueOrRefusal(await staff.revoke(actor, params));
      await revocations.announce({ userId: params.userId });
      return reply.code(204).send(null);
    },
  );
}
