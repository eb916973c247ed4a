import { eq } from "drizzle-orm";
import type { Database } from "./connect.ts";
import {
  apiKeys,
  companies,
  companyInvitations,
  companyMembers,
  credentials,
  installationAdmins,
  sessions,
  twoFactors,
  users,
  verifications,
} from "./schema/auth.ts";

export {
  createRequestOutcomeStore,
  type RequestAnswer,
  type RequestBeginning,
  type RequestMark,
  type RequestOutcomeStore,
} from "./request-outcomes.ts";

/** The tables behind the account library, by the names of its models. Nothing else may write them. */
export const authSchema = {
  user: users,
  session: sessions,
  account: credentials,
  verification: verifications,
  organization: companies,
  member: companyMembers,
  invitation: companyInvitations,
  twoFactor: twoFactors,
  apikey: apiKeys,
} as const;

/** A company that a user belongs to; `roles` as stored, so unknown words are possible. */
export type MembershipRow = {
  readonly companyId: string;
  readonly companyName: string;
  readonly roles: readonly string[];
};

/** What the edge must know about a user before there is an actor; of tenants only which of them the user belongs to. */
export type AccountStore = {
  /** All companies of the user, by id. */
  readonly membershipsOf: (userId: string) => Promise<readonly MembershipRow[]>;
  readonly isInstallationAdmin: (userId: string) => Promise<boolean>;
  /** Safe to repeat. */
  readonly makeInstallationAdmin: (userId: string) => Promise<void>;
  /** Null when nobody has this address. Addresses are kept in lower case. */
  readonly userIdOfEmail: (email: string) => Promise<string | null>;
  readonly userExists: (userId: string) => Promise<boolean>;
  /** Whether a key with this hash is stored, be it valid or not. */
  readonly holdsApiKey: (keyHash: string) => Promise<boolean>;
};

export function createAccountStore(db: Database): AccountStore {
  return {
    async membershipsOf(userId) {
      const rows = await db
        .select({ companyId: companies.id, companyName: companies.name, role: companyMembers.role })
        .from(companyMembers)
        .innerJoin(companies, eq(companies.id, companyMembers.organizationId))
        .where(eq(companyMembers.userId, userId))
        .orderBy(companies.id);
      return rows.map(({ companyId, companyName, role }) => ({ companyId, companyName, roles: role.split(",") }));
    },

    async isInstallationAdmin(userId) {
      const rows = await db.select().from(installationAdmins).where(eq(installationAdmins.userId, userId));
      return rows.length === 1;
    },

    async makeInstallationAdmin(userId) {
      await db.insert(installationAdmins).values({ userId }).onConflictDoNothing();
    },

    async userIdOfEmail(email) {
      const rows = await db.select({ id: users.id }).from(users).where(eq(users.email, email.toLowerCase()));
      return rows[0]?.id ?? null;
    },

    async userExists(userId) {
      const rows = await db.select({ id: users.id }).from(users).where(eq(users.id, userId));
      return rows.length === 1;
    },

    async holdsApiKey(keyHash) {
      const rows = await db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.key, keyHash));
      return rows.length === 1;
    },
  };
}
