import type { Person } from "@kontor/catalog";
import { companyRoles } from "@kontor/protocol";
import { eq } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { companyMembers } from "../../schema/auth.ts";

/** The company's people with their roles; owners and administrators have every role, as with permissions. */
export async function peopleOf(db: Database, companyId: string): Promise<ReadonlyMap<string, Person>> {
  const rows = await db
    .select({ userId: companyMembers.userId, role: companyMembers.role })
    .from(companyMembers)
    .where(eq(companyMembers.organizationId, companyId));
  return new Map(rows.map(({ userId, role }) => [userId, { userId, roles: rolesOf(role.split(",")) }]));
}

function rolesOf(roles: readonly string[]): readonly string[] {
  return roles.includes("owner") || roles.includes("admin") ? [...new Set([...roles, ...companyRoles])] : roles;
}

/** Refused where one of them is nobody of the company. */
export async function requirePeople(
  db: Database,
  companyId: string,
  userIds: readonly string[],
): Promise<Answered<null>> {
  if (userIds.length === 0) return answered(null);
  const people = await peopleOf(db, companyId);
  const missing = userIds.find((userId) => !people.has(userId));
  return missing === undefined ? answered(null) : refused("member_unknown", { userId: missing });
}
