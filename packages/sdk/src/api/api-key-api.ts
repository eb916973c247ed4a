import type { ApiKey, ApiKeyQuery, KeyRole, NewApiKey } from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate } from "../http/requester.ts";
import type { Result } from "../result.ts";
import { nothing } from "./auth-api.ts";

export type ApiKeyApi = {
  /** Newest first. */
  readonly list: (query?: Partial<ApiKeyQuery>) => Pages<ApiKey>;
  /**
   * `key` is shown this once; `secret_not_repeated` with the `keyId` when the answer that held it got lost,
   * `too_many_api_keys` with the `limit` when the company has as many as it may.
   */
  readonly create: (order: {
    readonly name: string;
    readonly roles: readonly KeyRole[];
    readonly expiresInDays?: number;
  }) => Promise<Result<NewApiKey>>;
  readonly revoke: (keyId: string) => Promise<Result<void>>;
};

const base = "/v1/api-keys";

export function createApiKeyApi(requester: Requester): ApiKeyApi {
  return {
    list: (query = {}) => new Pages(requester, base, query),
    create: (body) => mutate(requester, { method: "POST", path: base, body }),
    revoke: async (keyId) =>
      nothing(await mutate(requester, { method: "DELETE", path: `${base}/${encodeURIComponent(keyId)}` })),
  };
}
