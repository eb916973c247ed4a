import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";
import { nothing } from "./auth-api.ts";

/** A key trades for its company; it never administers it. */
export type KeyRole = "buyer" | "approver" | "seller" | "finance";

export type ApiKey = {
  readonly keyId: string;
  readonly name: string;
  /** The first characters, to tell keys apart. */
  readonly start: string;
  readonly roles: readonly KeyRole[];
  readonly createdAt: string;
  readonly expiresAt?: string;
};

export type ApiKeyApi = {
  readonly list: () => Promise<Result<readonly ApiKey[]>>;
  /** `key` is shown this once; `secret_not_repeated` with the `keyId` when the answer that held it got lost. */
  readonly create: (order: {
    readonly name: string;
    readonly roles: readonly KeyRole[];
    readonly expiresInDays?: number;
  }) => Promise<Result<ApiKey & { readonly key: string }>>;
  readonly revoke: (keyId: string) => Promise<Result<void>>;
};

const base = "/v1/api-keys";

export function createApiKeyApi(requester: Requester): ApiKeyApi {
  return {
    list: async () => {
      const result = await readPath<{ data: readonly ApiKey[] }>(requester, base);
      return result.ok ? { ok: true, value: result.value.data } : result;
    },
    create: (body) => mutate(requester, { method: "POST", path: base, body }),
    revoke: async (keyId) =>
      nothing(await mutate(requester, { method: "DELETE", path: `${base}/${encodeURIComponent(keyId)}` })),
  };
}
