import { problemOf } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import type { HttpRequest } from "../http/transport.ts";
import type { Result } from "../result.ts";

export const authPath = "/v1/auth";

export type User = { readonly id: string; readonly email: string; readonly name: string };
export type Session = {
  readonly user: User;
  readonly session: { readonly id: string; readonly expiresAt: string; readonly activeOrganizationId?: string | null };
};

/** `second_factor` wants `verifyTotp` before there is a session. */
export type SignedIn = { readonly state: "signed_in"; readonly user: User } | { readonly state: "second_factor" };

export type AuthApi = {
  /** Makes the account and signs in. */
  readonly signUp: (person: {
    readonly name: string;
    readonly email: string;
    readonly password: string;
  }) => Promise<Result<User>>;
  readonly signIn: (credentials: { readonly email: string; readonly password: string }) => Promise<Result<SignedIn>>;
  /** The code of an authenticator: after `signIn` said so, or to confirm `enableTotp`. */
  readonly verifyTotp: (code: string) => Promise<Result<User>>;
  /** One of the codes that `enableTotp` gave, in place of the authenticator's; each serves once. */
  readonly verifyBackupCode: (code: string) => Promise<Result<User>>;
  readonly signOut: () => Promise<Result<void>>;
  /** Null when nobody is signed in. */
  readonly session: () => Promise<Result<Session | null>>;
  readonly changePassword: (change: {
    readonly currentPassword: string;
    readonly newPassword: string;
  }) => Promise<Result<void>>;
  /**
   * Sends a mail with a code, or with a link to the web page `redirectTo`, which gets the code as `token`. The answer
   * does not tell whether there is such an account.
   */
  readonly requestPasswordReset: (wish: {
    readonly email: string;
    readonly redirectTo?: string;
  }) => Promise<Result<void>>;
  /** Ends all sessions of the account. */
  readonly resetPassword: (change: { readonly token: string; readonly newPassword: string }) => Promise<Result<void>>;
  /** Sends the mail that confirms an address once more. */
  readonly sendVerificationEmail: (email: string) => Promise<Result<void>>;
  /** `token` is in the mail's link. */
  readonly verifyEmail: (token: string) => Promise<Result<void>>;
  /** What the authenticator needs; in force after the first `verifyTotp`. */
  readonly enableTotp: (
    password: string,
  ) => Promise<Result<{ readonly totpURI: string; readonly backupCodes: readonly string[] }>>;
  readonly disableTotp: (password: string) => Promise<Result<void>>;
};

type Ask = <Value>(path: string, body?: object) => Promise<Result<Value>>;

/** Calls one endpoint of the account pages: a body makes it a POST. */
export function askAuth(requester: Requester): Ask {
  return async <Value>(path: string, body?: object) => {
    const address = { path: `${authPath}${path}` };
    const request: HttpRequest =
      body === undefined ? { method: "GET", ...address } : { method: "POST", ...address, body };
    const answer = await requester.ask(request, { repeatable: body === undefined });
    return answer.ok ? { ok: true, value: answer.value.body as Value } : answer;
  };
}

/** Accounts and sessions. The session is kept where the platform keeps cookies. */
export function createAuthApi(requester: Requester): AuthApi {
  const ask = askAuth(requester);
  const userOf = (result: Result<{ readonly user: User }>): Result<User> =>
    result.ok ? { ok: true, value: result.value.user } : result;
  return {
    signUp: async (person) => userOf(await ask("/sign-up/email", person)),
    signIn: async (credentials) => {
      const result = await ask<{ user?: User; twoFactorRedirect?: boolean }>("/sign-in/email", credentials);
      if (!result.ok) return result;
      const { user, twoFactorRedirect } = result.value;
      if (twoFactorRedirect === true) return { ok: true, value: { state: "second_factor" } };
      return user === undefined
        ? { ok: false, problem: problemOf("internal") }
        : { ok: true, value: { state: "signed_in", user } };
    },
    verifyTotp: async (code) => userOf(await ask("/two-factor/verify-totp", { code })),
    verifyBackupCode: async (code) => userOf(await ask("/two-factor/verify-backup-code", { code })),
    signOut: async () => nothing(await ask("/sign-out", {})),
    session: () => ask("/get-session"),
    changePassword: async (change) => nothing(await ask("/change-password", change)),
    requestPasswordReset: async (wish) => nothing(await ask("/request-password-reset", wish)),
    resetPassword: async (change) => nothing(await ask("/reset-password", change)),
    sendVerificationEmail: async (email) => nothing(await ask("/send-verification-email", { email })),
    verifyEmail: async (token) => nothing(await ask(`/verify-email?${new URLSearchParams({ token })}`)),
    enableTotp: (password) => ask("/two-factor/enable", { password }),
    disableTotp: async (password) => nothing(await ask("/two-factor/disable", { password })),
  };
}

/** Drops an answer's content, which says no more than that it was done. */
export function nothing(result: Result<unknown>): Result<void> {
  return result.ok ? { ok: true, value: undefined } : result;
}
