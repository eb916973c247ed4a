import type { CompanyRole, Permission, ProblemCode, StaffRole } from "@kontor/protocol";

/** Who asks, in the words of the declarations. */
export type Standing = {
  readonly credential: "none" | "session" | "key";
  /** The one company he is a member of, and whether it takes part in the marketplace that is asked about. */
  readonly company?: { readonly roles: readonly CompanyRole[]; readonly here: boolean; readonly ownsTender: boolean };
  /** His office, and whether it is in that marketplace. */
  readonly staff?: { readonly role: StaffRole; readonly here: boolean };
  readonly installationAdmin?: true;
};

/** `ok`: the door opens, whatever the business says behind it. */
export type Expected = "ok" | Extract<ProblemCode, "unauthenticated" | "forbidden" | "company_required" | "not_found">;

/** Codes with which a door stays closed; all others come from behind it. */
export const closedCodes: readonly string[] = ["unauthenticated", "forbidden", "company_required", "not_found"];

/**
 * What a declaration promises a caller, about a published buying tender of the marketplace that is asked about.
 * Written from the words of the declarations alone.
 */
export function expectedOf(permission: Permission, caller: Standing): Expected {
  if (permission.everyone === "anonymous") return "ok";
  if (caller.credential === "none") return "unauthenticated";
  if (permission.everyone === "signed_in") return "ok";
  if (permission.installationAdmin === true && caller.installationAdmin === true) return "ok";
  if (permission.tenant === "none" || permission.tenant === "self") return "forbidden";
  if (permission.tenant === "company") {
    if (caller.company === undefined) return "company_required";
    return isNamed(permission, caller.company) ? "ok" : "forbidden";
  }
  const member = caller.company?.here === true ? caller.company : undefined;
  const office = caller.staff?.here === true ? caller.staff.role : undefined;
  if (member === undefined && office === undefined) return "not_found";
  if (office !== undefined && permission.staff?.includes(office) === true) return "ok";
  return member !== undefined && isNamed(permission, member) ? "ok" : "forbidden";
}

type Member = NonNullable<Standing["company"]>;

/** `owner` and `admin` may do whatever another role of the company may. */
function isNamed({ company = [], side }: Permission, { roles, ownsTender }: Member): boolean {
  if (company.length === 0) return false;
  if (roles.includes("owner") || roles.includes("admin")) return true;
  // Who owns a buying tender buys, and who bids in it sells.
  const buys = side === "either" ? ownsTender : side === "owner";
  const trader: CompanyRole = buys ? "buyer" : "seller";
  return company.some((role) => roles.includes(role === "trader" ? trader : role));
}
