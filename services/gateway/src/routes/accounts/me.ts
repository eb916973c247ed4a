import type { Permission } from "@kontor/protocol";
import {
  CompanyId,
  commandPermissions,
  companyRoles,
  MarketplaceId,
  ParticipationSide,
  ParticipationStatus,
  permissions,
  StaffRole,
  UserId,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { allows, candidatesIn, hasRole } from "../../access/decide.ts";
import { permissionOf } from "../../access/declarations.ts";
import type { Identity } from "../../auth/identity.ts";
import { Refusal } from "../../refusal.ts";

const Me = z
  .object({
    userId: UserId,
    credential: z.enum(["session", "key"]),
    companyId: CompanyId.optional().meta({ description: "The company the session or key acts for." }),
    installationAdmin: z.boolean(),
    companies: z.array(
      z.object({
        companyId: CompanyId,
        name: z.string(),
        roles: z.array(z.enum(companyRoles)),
        participations: z.array(
          z.object({ marketplaceId: MarketplaceId, side: ParticipationSide, status: ParticipationStatus }),
        ),
      }),
    ),
    staffRoles: z.array(z.object({ marketplaceId: MarketplaceId, role: StaffRole })),
  })
  .meta({ id: "Me" });

const OwnPermissions = z
  .object({
    data: z.array(
      z.object({
        action: z.string(),
        resource: z.string(),
        as: z.array(z.enum(["company", "operator", "auditor", "installation_admin"])),
      }),
    ),
  })
  .meta({ id: "OwnPermissions" });

/** Who one is, and what one may do. */
export function meRoutes(app: FastifyInstance): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/me",
    {
      config: { permission: permissionOf("read_self") },
      schema: { tags: ["me"], operationId: "read_self", summary: "Who one is", response: { 200: Me } },
    },
    (request) => describe(identityOf(request.identity)),
  );

  routes.get(
    "/v1/me/permissions",
    {
      config: { permission: permissionOf("read_own_permissions") },
      schema: {
        tags: ["me"],
        operationId: "read_own_permissions",
        summary: "What one may do, in a marketplace where one is given",
        querystring: z.strictObject({ marketplaceId: MarketplaceId.optional() }),
        response: { 200: OwnPermissions },
      },
    },
    (request) => {
      const identity = identityOf(request.identity);
      const all = Object.entries({ ...permissions, ...commandPermissions } as Record<string, Permission>);
      const data = all.map(([action, permission]) => ({
        action,
        resource: permission.resource,
        as: waysOf(identity, permission, request.query.marketplaceId),
      }));
      return { data: data.filter(({ as }) => as.length > 0) };
    },
  );
}

function identityOf(identity: Identity | null): Identity {
  if (identity === null) throw new Refusal("unauthenticated");
  return identity;
}

function describe(identity: Identity): z.input<typeof Me> {
  const { userId, kind, companyId, installationAdmin, memberships, staffRoles } = identity;
  return {
    userId,
    credential: kind,
    ...(companyId === null ? {} : { companyId }),
    installationAdmin,
    companies: [...memberships.values()].map((membership) => ({
      companyId: membership.companyId,
      name: membership.companyName,
      roles: [...membership.roles],
      participations: [...membership.standings].map(([marketplaceId, standing]) => ({ marketplaceId, ...standing })),
    })),
    staffRoles: [...staffRoles].map(([marketplaceId, role]) => ({ marketplaceId, role })),
  };
}

type Way = z.infer<typeof OwnPermissions>["data"][number]["as"][number];

/** Whether some tender in the marketplace could be one where the user may do this. */
function waysOf(identity: Identity, permission: Permission, marketplaceId: string | undefined): Way[] {
  const ways: Way[] = [];
  if (permission.installationAdmin === true && identity.installationAdmin) ways.push("installation_admin");
  const company = identity.companyId === null ? null : (identity.memberships.get(identity.companyId) ?? null);
  if (permission.tenant === "company") {
    return company !== null && hasRole(permission, company.roles, null) ? [...ways, "company"] : ways;
  }
  if (permission.everyone !== undefined) return [...ways, "company"];
  if (marketplaceId === undefined) return ways;
  for (const candidate of candidatesIn(identity, marketplaceId, company === null ? [] : [company])) {
    const allowed = tradingSides.some((side) => allows(permission, candidate, side));
    if (!allowed) continue;
    const { kind } = candidate.actor;
    ways.push(kind === "operator" || kind === "auditor" ? kind : "company");
  }
  return ways;
}

const tradingSides = [
  { direction: "buy", ownsTender: true },
  { direction: "buy", ownsTender: false },
  { direction: "sell", ownsTender: true },
  { direction: "sell", ownsTender: false },
] as const;
