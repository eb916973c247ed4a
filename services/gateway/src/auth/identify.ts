import type { IncomingHttpHeaders } from "node:http";
import { defaultKeyHasher } from "@better-auth/api-key";
import { systemActor } from "@kontor/kernel";
import type { CompanyRole } from "@kontor/protocol";
import { companyRoles } from "@kontor/protocol";
import { BoundedCache } from "../bounded-cache.ts";
import type { GatewayDeps } from "../dependencies.ts";
import { Refusal } from "../refusal.ts";
import type { Auth } from "./create-auth.ts";
import { apiKeyPrefix } from "./create-auth.ts";
import type { Credential } from "./credential.ts";
import { credentialOf } from "./credential.ts";
import type { Identity, Membership, Standing } from "./identity.ts";
import type { Revocation, Revocations } from "./revocations.ts";

/** A revocation that the bus lost is noticed after this. */
const trustMs = 5_000;
const remembered = 20_000;
const unknownKey = "INVALID_API_KEY";

export type Identify = {
  /**
   * Null when the request shows no credential at all.
   *
   * @throws Refusal `unauthenticated` for a credential that is wrong, ended or revoked.
   */
  readonly of: (headers: IncomingHttpHeaders) => Promise<Identity | null>;
  readonly close: () => void;
};

/** `identity` is null until it is known. */
type Remembered = { readonly pending: Promise<Identity>; identity: Identity | null };

type Parts = {
  readonly auth: Auth;
  readonly deps: Pick<GatewayDeps, "accounts" | "repositories" | "clock">;
  readonly revocations: Revocations;
};

/** Identities are remembered for seconds, and forgotten at once when a revocation names them. */
export async function createIdentify({ auth, deps, revocations }: Parts): Promise<Identify> {
  const { authCookies } = await auth.$context;
  const cookieName = authCookies.sessionToken.name;
  const nowMs = (): number => deps.clock.now() / 1000;
  const cache = new BoundedCache<Remembered>({ entriesMax: remembered, ttlMs: trustMs, nowMs });
  const unlisten = revocations.listen((revocation) => {
    // Who is being looked up may have been read just before the change, so that one is read again.
    cache.deleteWhere(({ identity }) => identity === null || concerns(revocation, identity));
  });

  function lookUp(credential: Credential): Remembered {
    const pending = credential.kind === "key" ? identityOfKey(credential.key) : identityOfSession(credential.cookie);
    const entry: Remembered = { pending, identity: null };
    const key = cacheKeyOf(credential);
    cache.set(key, entry);
    pending.then(
      (identity) => {
        entry.identity = identity;
      },
      () => cache.delete(key),
    );
    return entry;
  }

  async function identityOfSession(cookie: string): Promise<Identity> {
    const headers = new Headers({ cookie });
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true, disableCookieCache: true } });
    if (found === null) throw new Refusal("unauthenticated");
    const { session, user } = found;
    const [memberships, staff, installationAdmin] = await Promise.all([
      membershipsOf(deps, user.id),
      deps.repositories.standings.staffRolesOf(systemActor, user.id),
      deps.accounts.isInstallationAdmin(user.id),
    ]);
    return {
      kind: "session",
      id: session.id,
      userId: user.id,
      companyId: companyOf(memberships, session.activeOrganizationId),
      memberships: new Map(memberships.map((membership) => [membership.companyId, membership])),
      staffRoles: new Map(staff.map(({ marketplaceId, role }) => [marketplaceId, role])),
      installationAdmin,
      expiresAtMs: session.expiresAt.getTime(),
    };
  }

  async function identityOfKey(key: string): Promise<Identity> {
    const verdict = await auth.api.verifyApiKey({ body: { key } });
    if (!verdict.valid || verdict.key === null) throw await refusalOfKey(key, verdict.error?.code);
    const { id, referenceId: companyId, metadata, expiresAt } = verdict.key;
    const { userId, roles } = keyHolderOf(metadata);
    const memberships = await membershipsOf(deps, userId);
    const membership = memberships.find((one) => one.companyId === companyId);
    if (membership === undefined) throw new Refusal("unauthenticated");
    const narrowed = { ...membership, roles: narrowRoles(membership.roles, roles) };
    return {
      kind: "key",
      id,
      userId,
      companyId,
      memberships: new Map([[companyId, narrowed]]),
      staffRoles: new Map(),
      installationAdmin: false,
      expiresAtMs: expiresAt === null ? Number.MAX_SAFE_INTEGER : new Date(expiresAt).getTime(),
    };
  }

  /**
   * The library calls a key invalid also when the database did not answer. Only a key that is not stored is wrong;
   * to its rightful holder that answer would be a final one.
   */
  async function refusalOfKey(key: string, reason: unknown): Promise<Refusal> {
    const stored = reason === unknownKey && (await deps.accounts.holdsApiKey(await defaultKeyHasher(key)));
    return stored ? new Refusal("unavailable", { retryAfterMs: 1_000 }) : new Refusal("unauthenticated");
  }

  return {
    async of(headers) {
      const credential = credentialOf(headers, { cookieName, apiKeyPrefix });
      if (credential === null) return null;
      const { pending } = cache.get(cacheKeyOf(credential)) ?? lookUp(credential);
      const identity = await pending;
      if (identity.expiresAtMs <= nowMs()) throw new Refusal("unauthenticated");
      return identity;
    },
    close: unlisten,
  };
}

function cacheKeyOf(credential: Credential): string {
  return credential.kind === "key" ? `key ${credential.key}` : `session ${credential.token}`;
}

export function concerns(revocation: Revocation, identity: Identity): boolean {
  const { userId, sessionId, keyId, companyId } = revocation;
  return (
    userId === identity.userId ||
    (identity.kind === "session" ? sessionId : keyId) === identity.id ||
    (companyId !== undefined && identity.memberships.has(companyId))
  );
}

async function membershipsOf(deps: Parts["deps"], userId: string): Promise<readonly Membership[]> {
  const rows = await deps.accounts.membershipsOf(userId);
  if (rows.length === 0) return [];
  const companyIds = rows.map((row) => row.companyId);
  const standings = await deps.repositories.standings.participationsOf(systemActor, companyIds);
  return rows.map(({ companyId, companyName, roles }) => ({
    companyId,
    companyName,
    roles: companyRoles.filter((role) => roles.includes(role)),
    standings: new Map<string, Standing>(
      standings
        .filter((standing) => standing.companyId === companyId)
        .map(({ marketplaceId, side, status }) => [marketplaceId, { side, status }]),
    ),
  }));
}

/** The session's company as long as the user belongs to it; without one, the only company he has. */
function companyOf(memberships: readonly Membership[], active: string | null | undefined): string | null {
  const chosen = memberships.find(({ companyId }) => companyId === active);
  const [only, ...others] = memberships;
  return chosen?.companyId ?? (only !== undefined && others.length === 0 ? only.companyId : null);
}

/** A key may do what it was made for, as far as its holder still may himself. */
function narrowRoles(held: readonly CompanyRole[], wanted: readonly string[]): readonly CompanyRole[] {
  const everything = held.includes("owner") || held.includes("admin");
  return companyRoles.filter((role) => wanted.includes(role) && (everything || held.includes(role)));
}

function keyHolderOf(metadata: unknown): { userId: string; roles: readonly string[] } {
  const { userId, roles } = (metadata ?? {}) as { userId?: unknown; roles?: unknown };
  if (typeof userId !== "string" || !Array.isArray(roles)) throw new Refusal("unauthenticated");
  return { userId, roles: roles.map(String) };
}
