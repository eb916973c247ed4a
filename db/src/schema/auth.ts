import { boolean, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true });
const madeAt = () => instant("created_at").notNull().defaultNow();
const changedAt = () => instant("updated_at").notNull().defaultNow();

/** People who may sign in. */
export const users = pgTable("users", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  twoFactorEnabled: boolean("two_factor_enabled").notNull().default(false),
  createdAt: madeAt(),
  updatedAt: changedAt(),
});

export const companies = pgTable("companies", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  logo: text("logo"),
  metadata: text("metadata"),
  createdAt: madeAt(),
});

export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    token: text("token").notNull().unique(),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    activeOrganizationId: text("active_company_id"),
    createdAt: madeAt(),
    updatedAt: changedAt(),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/** How a user proves who he is; `password` holds the hash. */
export const credentials = pgTable(
  "credentials",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: madeAt(),
    updatedAt: changedAt(),
  },
  (table) => [index("credentials_user").on(table.userId)],
);

/** One-time values: mail confirmations, password resets, half-finished sign-ins. */
export const verifications = pgTable(
  "verifications",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: madeAt(),
    updatedAt: changedAt(),
  },
  (table) => [index("verifications_identifier").on(table.identifier)],
);

/** `role` holds company roles joined by commas. */
export const companyMembers = pgTable(
  "company_members",
  {
    id: text("id").primaryKey(),
    organizationId: text("company_id")
      .notNull()
      .references(() => companies.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    createdAt: madeAt(),
  },
  (table) => [
    uniqueIndex("company_members_once").on(table.organizationId, table.userId),
    index("company_members_user").on(table.userId),
  ],
);

export const companyInvitations = pgTable(
  "company_invitations",
  {
    id: text("id").primaryKey(),
    organizationId: text("company_id")
      .notNull()
      .references(() => companies.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    role: text("role"),
    status: text("status").notNull(),
    expiresAt: instant("expires_at").notNull(),
    inviterId: text("inviter_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: madeAt(),
  },
  (table) => [
    index("company_invitations_company").on(table.organizationId),
    index("company_invitations_email").on(table.email),
  ],
);

/** Secret and recovery codes are encrypted with the installation's secret. */
export const twoFactors = pgTable(
  "two_factors",
  {
    id: text("id").primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    secret: text("secret").notNull(),
    backupCodes: text("backup_codes").notNull(),
    verified: boolean("verified"),
    failedVerificationCount: integer("failed_verification_count"),
    lockedUntil: instant("locked_until"),
  },
  (table) => [index("two_factors_user").on(table.userId), index("two_factors_secret").on(table.secret)],
);

/** Only the hash of a key is kept. `referenceId` is the company; `metadata` names the member it acts for. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: text("id").primaryKey(),
    configId: text("config_id").notNull(),
    referenceId: text("company_id")
      .notNull()
      .references(() => companies.id, { onDelete: "cascade" }),
    name: text("name"),
    start: text("start"),
    prefix: text("prefix"),
    key: text("key_hash").notNull().unique(),
    refillInterval: integer("refill_interval"),
    refillAmount: integer("refill_amount"),
    lastRefillAt: instant("last_refill_at"),
    enabled: boolean("enabled"),
    rateLimitEnabled: boolean("rate_limit_enabled"),
    rateLimitTimeWindow: integer("rate_limit_time_window"),
    rateLimitMax: integer("rate_limit_max"),
    requestCount: integer("request_count"),
    remaining: integer("remaining"),
    lastRequest: instant("last_request"),
    expiresAt: instant("expires_at"),
    permissions: text("permissions"),
    metadata: text("metadata"),
    createdAt: madeAt(),
    updatedAt: changedAt(),
  },
  (table) => [index("api_keys_company").on(table.referenceId)],
);

/** Users who set up marketplaces; the first is made on the installation's own machine. */
export const installationAdmins = pgTable("installation_admins", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  since: instant("since").notNull().defaultNow(),
});

/** First answers to mutations over HTTP that are no trading commands; `status` is null while one is under way. */
export const requestOutcomes = pgTable(
  "request_outcomes",
  {
    scope: text("scope").notNull(),
    requestKey: text("request_key").notNull(),
    fingerprint: text("fingerprint").notNull(),
    status: integer("status"),
    body: text("body"),
    etag: text("etag"),
    begunAt: instant("begun_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.requestKey] }),
    index("request_outcomes_age").on(table.begunAt),
  ],
);
