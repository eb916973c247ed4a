import { and, desc, eq } from "drizzle-orm";
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

/** An API key as its company may see it; `roles` as stored with it. */
export type ApiKeyRow = {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
};

/** What the edge must know about a user before there is an actor. */
export type AccountStore = {
  /** All companies of the user, by id. */
  readonly membershipsOf: (userId: string) => Promise<readonly MembershipRow[]>;
  readonly isInstallationAdmin: (userId: string) => Promise<boolean>;
  /** Safe to repeat. */
  readonly makeInstallationAdmin: (userId: string) => Promise<void>;
  /** Null when nobody has this address. Addresses are kept in lower case. */
  readonly userIdOfEmail: (email: string) => Promise<string | null>;
  readonly userExists: (userId: string) => Promise<boolean>;
  /** Newest first. */
  readonly apiKeysOf: (companyId: string) => Promise<readonly ApiKeyRow[]>;
  /** Whether a key with this hash is stored, be it valid or not. */
  readonly holdsApiKey: (keyHash: string) => Promise<boolean>;
  /** False when the company has no such key. */
  readonly removeApiKey: (companyId: string, keyId: string) => Promise<boolean>;
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

    async apiKeysOf(companyId) {
      const rows = await db
        .select()
        .from(apiKeys)
        .where(eq(apiKeys.referenceId, companyId))
        .orderBy(desc(apiKeys.createdAt), apiKeys.id);
      return rows.map(({ id, name, start, metadata, createdAt, expiresAt }) => ({
        id,
        name: name ?? "",
        start: start ?? "",
        roles: rolesIn(metadata),
        createdAt,
        expiresAt,
      }));
    },

    async holdsApiKey(keyHash) {
      const rows = await db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.key, keyHash));
      return rows.length === 1;
    },

    async removeApiKey(companyId, keyId) {
      const rows = await db
        .delete(apiKeys)
        .where(and(eq(apiKeys.referenceId, companyId), eq(apiKeys.id, keyId)))
        .returning({ id: apiKeys.id });
      return rows.length === 1;
    },
  };
}

/** The account library stores a key's metadata as JSON text. */
function rolesIn(metadata: string | null): readonly string[] {
  const { roles } = JSON.parse(metadata ?? "{}") as { roles?: unknown };
  return Array.isArray(roles) ? roles.map(String) : [];
}
