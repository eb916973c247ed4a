import type { Actor } from "@kontor/kernel";

export const marketplace = "metals";

/** A user of a company in the marketplace; "ada" acts for company "ada" as user "ada-user" unless told otherwise. */
export function memberOf(companyId: string, { marketplaceId = marketplace, userId = `${companyId}-user` } = {}): Actor {
  return { kind: "member", userId, companyId, marketplaceId };
}

export function operatorOf(marketplaceId = marketplace): Actor {
  return { kind: "operator", userId: "operator-user", companyId: null, marketplaceId };
}

export function auditorOf(marketplaceId = marketplace): Actor {
  return { kind: "auditor", userId: "auditor-user", companyId: null, marketplaceId };
}
