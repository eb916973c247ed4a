import type { Permission } from "@kontor/protocol";
import type { Idempotency } from "../plugins/repeatable-requests.ts";

export const authBasePath = "/v1/auth";

const anyone = { resource: "account", tenant: "none", rateClass: "sign_in", everyone: "anonymous" } as const;
const oneself = { resource: "account", tenant: "self", rateClass: "account", everyone: "signed_in" } as const;
/** The library itself checks membership and role of the company named in the request; see `company-access.ts`. */
const member = { resource: "company", tenant: "self", rateClass: "account", everyone: "signed_in" } as const;

/** Every endpoint of the account library that is mounted, by path. */
export const authPermissions: Readonly<Record<string, Permission>> = {
  "/sign-up/email": anyone,
  "/sign-in/email": anyone,
  "/sign-out": anyone,
  "/get-session": anyone,
  "/request-password-reset": anyone,
  "/reset-password": anyone,
  "/reset-password/:token": anyone,
  "/send-verification-email": anyone,
  "/verify-email": anyone,
  "/two-factor/verify-totp": anyone,
  "/two-factor/verify-backup-code": anyone,

  "/change-password": oneself,
  "/update-user": oneself,
  "/list-sessions": oneself,
  "/revoke-session": oneself,
  "/revoke-sessions": oneself,
  "/revoke-other-sessions": oneself,
  "/two-factor/enable": oneself,
  "/two-factor/disable": oneself,
  "/two-factor/get-totp-uri": oneself,
  "/two-factor/generate-backup-codes": oneself,

  "/organization/create": member,
  "/organization/update": member,
  "/organization/set-active": member,
  "/organization/list": member,
  "/organization/get-full-organization": member,
  "/organization/invite-member": member,
  "/organization/cancel-invitation": member,
  "/organization/accept-invitation": member,
  "/organization/reject-invitation": member,
  "/organization/get-invitation": member,
  "/organization/list-invitations": member,
  "/organization/list-user-invitations": member,
  "/organization/list-members": member,
  "/organization/remove-member": member,
  "/organization/update-member-role": member,
  "/organization/leave": member,
};

/**
 * Changes of companies and of who belongs to them: under one Idempotency-Key they happen once. What is about a session,
 * a password or a code is not kept and takes no key: its answer is a cookie, or a secret.
 */
const repeatable: ReadonlySet<string> = new Set([
  "/organization/create",
  "/organization/update",
  "/organization/invite-member",
  "/organization/cancel-invitation",
  "/organization/accept-invitation",
  "/organization/reject-invitation",
  "/organization/remove-member",
  "/organization/update-member-role",
  "/organization/leave",
]);

/** Endpoints that are not mounted. Keys are handled by routes of our own; social sign-in and deletion are not offered. */
export const disabledAuthPaths: readonly string[] = [
  "/sign-in/social",
  "/callback/:id",
  "/verify-password",
  "/change-email",
  "/update-session",
  "/delete-user",
  "/delete-user/callback",
  "/link-social",
  "/list-accounts",
  "/unlink-account",
  "/refresh-token",
  "/get-access-token",
  "/account-info",
  "/organization/delete",
  "/organization/get-organization",
  "/organization/get-active-member",
  "/organization/get-active-member-role",
  "/organization/check-slug",
  "/organization/has-permission",
  "/two-factor/send-otp",
  "/two-factor/verify-otp",
  "/api-key/create",
  "/api-key/get",
  "/api-key/update",
  "/api-key/delete",
  "/api-key/list",
  "/ok",
  "/error",
];

export type AuthEndpoint = {
  readonly path: string;
  readonly methods: readonly string[];
  readonly permission: Permission;
  readonly idempotency: Extract<Idempotency, "answers" | "library">;
  /** The library's own schema of the body, for the reference; the library validates. */
  readonly body: unknown;
};

/**
 * The endpoints to mount, read off the running library.
 *
 * @throws Error naming each endpoint that is neither given a permission nor disabled, and each listed one that does
 *         not exist: a new release of the library must not open a door unseen.
 */
export function authEndpointsOf(api: Readonly<Record<string, unknown>>): readonly AuthEndpoint[] {
  const found = Object.values(api).flatMap((endpoint) => describe(endpoint));
  const disabled = new Set(disabledAuthPaths);
  const paths = new Set(found.map((endpoint) => endpoint.path));
  const unlisted = [...paths].filter((path) => authPermissions[path] === undefined && !disabled.has(path));
  const vanished = [...Object.keys(authPermissions), ...disabled].filter((path) => !paths.has(path));
  if (unlisted.length > 0) throw new Error(`No permission is declared for account endpoints: ${unlisted.join(", ")}`);
  if (vanished.length > 0)
    throw new Error(`Permissions name account endpoints that do not exist: ${vanished.join(", ")}`);
  return found.flatMap((endpoint) => {
    const permission = authPermissions[endpoint.path];
    const idempotency = repeatable.has(endpoint.path) ? "answers" : "library";
    return permission === undefined ? [] : [{ ...endpoint, permission, idempotency }];
  });
}

function describe(endpoint: unknown): Omit<AuthEndpoint, "permission" | "idempotency">[] {
  const { path, options } = endpoint as { path?: unknown; options?: { method?: unknown; body?: unknown } };
  if (typeof path !== "string") return [];
  const methods = [options?.method ?? "GET"].flat().map(String);
  return [{ path, methods, body: options?.body }];
}
