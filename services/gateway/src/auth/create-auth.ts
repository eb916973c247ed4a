import { apiKey } from "@better-auth/api-key";
import { authSchema } from "@kontor/db/auth";
import type { BetterAuthOptions } from "better-auth";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { organization } from "better-auth/plugins/organization";
import { twoFactor } from "better-auth/plugins/two-factor";
import type { GatewayConfig } from "../config.ts";
import type { GatewayDeps } from "../dependencies.ts";
import { authBasePath, disabledAuthPaths } from "./auth-endpoints.ts";
import { companyAccess } from "./company-access.ts";
import { invitationMail, resetMail, verificationMail } from "./mails.ts";
import { createPasswordHasher } from "./password-hasher.ts";
import type { Revocations } from "./revocations.ts";

/** Carries the caller's address from our server to the account library; a caller's own header of this name is dropped. */
export const addressHeader = "x-kontor-caller-address";
export const apiKeyPrefix = "kontor_";

const day = 86_400;

/** The library would fail on a change of nothing. @throws APIError */
function refuseNothing(changes: object): Promise<void> {
  if (Object.values(changes).some((value) => value !== undefined)) return Promise.resolve();
  throw new APIError("BAD_REQUEST", { code: "NOTHING_TO_CHANGE", message: "Name what shall be changed in `data`." });
}

export type AuthParts = {
  readonly deps: Pick<GatewayDeps, "config" | "accountDatabase" | "mailer" | "log">;
  /** Of the gateway itself, e.g. `https://trade.example`. */
  readonly baseUrl: string;
  /** Read at each request, since the listening address is known late. */
  readonly allowedOrigins: () => readonly string[];
  readonly revocations: Revocations;
};

export type Auth = ReturnType<typeof createAuth>;

/** The account library with Kontor's settings: no cookie cache, hashed keys, second factor, companies with roles. */
export function createAuth({ deps, baseUrl, allowedOrigins, revocations }: AuthParts) {
  const { config, mailer } = deps;
  return betterAuth({
    appName: "Kontor",
    baseURL: baseUrl,
    basePath: authBasePath,
    secret: config.authSecret,
    database: drizzleAdapter(deps.accountDatabase, { provider: "pg", schema: authSchema, transaction: true }),
    trustedOrigins: () => [...allowedOrigins()],
    disabledPaths: [...disabledAuthPaths],
    telemetry: { enabled: false },
    logger: libraryLogger(deps),
    advanced: {
      cookiePrefix: "kontor",
      useSecureCookies: baseUrl.startsWith("https:"),
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    session: { cookieCache: { enabled: false }, expiresIn: 7 * day, updateAge: day },
    rateLimit: rateLimitOf(config),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      password: createPasswordHasher(),
      requireEmailVerification: config.requireEmailVerification,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user: { email }, url, token }) => mailer(resetMail({ email, url, token })),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendVerificationEmail: ({ user: { email }, url }) => mailer(verificationMail({ email, url })),
    },
    databaseHooks: {
      session: {
        delete: { after: (session) => revocations.announce({ sessionId: session.id }) },
        update: { after: (session) => revocations.announce({ sessionId: session.id }) },
      },
    },
    plugins: [
      organization({
        ...companyAccess,
        creatorRole: "owner",
        membershipLimit: 500,
        organizationLimit: 20,
        invitationExpiresIn: 7 * day,
        sendInvitationEmail: ({ id, email, role, organization: { name: company }, inviter: { user } }) =>
          mailer(invitationMail({ id, email, role, company, inviter: user.name, baseUrl })),
        organizationHooks: {
          beforeUpdateOrganization: ({ organization: changes }) => refuseNothing(changes),
          afterRemoveMember: ({ member }) => revocations.announce({ userId: member.userId }),
          afterUpdateMemberRole: ({ member }) => revocations.announce({ userId: member.userId }),
          afterAddMember: ({ member }) => revocations.announce({ userId: member.userId }),
          afterAcceptInvitation: ({ member }) => revocations.announce({ userId: member.userId }),
          afterDeleteOrganization: ({ organization: company }) => revocations.announce({ companyId: company.id }),
        },
      }),
      twoFactor({ issuer: "Kontor" }),
      apiKey({
        references: "organization",
        defaultPrefix: apiKeyPrefix,
        enableMetadata: true,
        requireName: true,
        maximumNameLength: 100,
        rateLimit: { enabled: false },
        keyExpiration: { defaultExpiresIn: 90 * day, maxExpiresIn: 365, minExpiresIn: 1 },
      }),
    ],
  });
}

/** Guessing passwords, codes and invitations is what these stop; a class of its own limits all of sign-in. */
function rateLimitOf({
  rateLimits: enabled,
  signUpsPerMinute = 20,
}: Pick<GatewayConfig, "rateLimits" | "signUpsPerMinute">): NonNullable<BetterAuthOptions["rateLimit"]> {
  return {
    enabled,
    window: 60,
    max: 300,
    customRules: {
      "/sign-in/email": { window: 60, max: 20 },
      "/sign-up/email": { window: 60, max: signUpsPerMinute },
      "/two-factor/verify-totp": { window: 60, max: 10 },
      "/two-factor/verify-backup-code": { window: 60, max: 10 },
      "/request-password-reset": { window: 60, max: 5 },
      "/send-verification-email": { window: 60, max: 5 },
    },
  };
}

function libraryLogger({ log }: AuthParts["deps"]): NonNullable<BetterAuthOptions["logger"]> {
  return {
    level: "warn",
    disableColors: true,
    // Its further arguments can hold queries and bodies, so only the sentence is kept.
    log: (level, message) => log[level === "error" ? "warn" : "debug"]({ library: "accounts" }, message),
  };
}
