import type { Actor } from "@kontor/kernel";
import type { CompanyRole, Direction, ParticipationSide, Permission } from "@kontor/protocol";
import type { Identity, Membership } from "../auth/identity.ts";

/** One way in which a user may act in a marketplace: for a company, or as its staff. */
export type Candidate = { readonly actor: Actor; readonly membership: Membership | null };

/** Which side of which kind of tender a company acts on; decides who the trader is. */
export type TradingSide = { readonly direction: Direction; readonly ownsTender: boolean };

/** Acting for the company in no particular marketplace. */
export function companyActor(identity: Identity, companyId: string, marketplaceId: string | null = null): Actor {
  return { kind: "member", userId: identity.userId, companyId, marketplaceId };
}

export function takesPartIn(company: Membership, marketplaceId: string): boolean {
  return company.standings.get(marketplaceId)?.status === "approved";
}

/**
 * Every way in which the user may act in this marketplace: for those of the companies that are approved there, then as
 * staff. Nothing means that the marketplace is none of his business.
 */
export function candidatesIn(
  identity: Identity,
  marketplaceId: string,
  companies: readonly Membership[],
): readonly Candidate[] {
  const members = companies
    .filter((company) => takesPartIn(company, marketplaceId))
    .map((company) => ({ actor: companyActor(identity, company.companyId, marketplaceId), membership: company }));
  const role = identity.staffRoles.get(marketplaceId);
  if (role === undefined) return members;
  return [
    ...members,
    { actor: { kind: role, userId: identity.userId, companyId: null, marketplaceId }, membership: null },
  ];
}

/** Whether the permission's declaration names this way of acting. */
export function allows(permission: Permission, candidate: Candidate, side: TradingSide | null): boolean {
  const { actor, membership } = candidate;
  if (membership === null) return permission.staff?.some((role) => role === actor.kind) === true;
  const traders = side === null ? null : traderOf(permission, side);
  if (!hasRole(permission, membership.roles, traders)) return false;
  if (traders === null || permission.rateClass !== "trade") return true;
  const standing = membership.standings.get(actor.marketplaceId ?? "");
  return standing !== undefined && takesPartAs(standing.side, traders);
}

/** Whether members of a company with these roles are named; `trader` is what the placeholder stands for. */
export function hasRole(
  permission: Permission,
  roles: readonly CompanyRole[],
  trader: "buyer" | "seller" | null,
): boolean {
  const wanted = permission.company;
  if (wanted === undefined || roles.length === 0) return false;
  if (roles.includes("owner") || roles.includes("admin")) return true;
  return wanted.some((role) => (role === "trader" ? trader !== null && roles.includes(trader) : roles.includes(role)));
}

/** The role that trades on the company's side: who owns a buying tender buys, and who bids in it sells. */
function traderOf(permission: Permission, { direction, ownsTender }: TradingSide): "buyer" | "seller" {
  const owns = permission.side === "either" ? ownsTender : permission.side === "owner";
  return (direction === "buy") === owns ? "buyer" : "seller";
}

function takesPartAs(side: ParticipationSide, trader: "buyer" | "seller"): boolean {
  return side === "both" || (side === "buyer") === (trader === "buyer");
}
