import type {
  DirectoryEntry,
  DirectoryQuery,
  Marketplace,
  MarketplaceChanges,
  MarketplaceInput,
  MarketplaceQuery,
  StaffMember,
  StaffRole,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";
import { nothing } from "./auth-api.ts";

type Input = Omit<MarketplaceInput, "description"> & { readonly description?: string };

export type MarketplaceApi = {
  readonly list: (query?: Partial<MarketplaceQuery>) => Pages<Marketplace>;
  readonly get: (marketplaceId: string) => Promise<Result<Marketplace>>;
  /** For the installation's administrators; the same key again is the same marketplace. */
  readonly create: (input: Input, options?: { readonly key?: string }) => Promise<Result<Marketplace>>;
  readonly change: (marketplaceId: string, changes: MarketplaceChanges) => Promise<Result<Marketplace>>;
  /** Approved companies by name. */
  readonly directory: (marketplaceId: string, query?: Partial<DirectoryQuery>) => Pages<DirectoryEntry>;
  readonly staff: (marketplaceId: string) => Promise<Result<readonly StaffMember[]>>;
  readonly appoint: (marketplaceId: string, userId: string, role: StaffRole) => Promise<Result<StaffMember>>;
  readonly dismiss: (marketplaceId: string, userId: string) => Promise<Result<void>>;
};

export function createMarketplaceApi(requester: Requester): MarketplaceApi {
  const at = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
  const staffAt = (marketplaceId: string, userId: string): string =>
    `${at(marketplaceId)}/staff/${encodeURIComponent(userId)}`;
  return {
    list: (query = {}) => new Pages(requester, "/v1/marketplaces", query),
    get: (marketplaceId) => readPath(requester, at(marketplaceId)),
    create: (body, { key } = {}) => mutate(requester, { method: "POST", path: "/v1/marketplaces", body }, key),
    change: (marketplaceId, body) => mutate(requester, { method: "PATCH", path: at(marketplaceId), body }),
    directory: (marketplaceId, query = {}) => new Pages(requester, `${at(marketplaceId)}/companies`, query),
    staff: async (marketplaceId) => {
      const result = await readPath<{ data: readonly StaffMember[] }>(requester, `${at(marketplaceId)}/staff`);
      return result.ok ? { ok: true, value: result.value.data } : result;
    },
    appoint: (marketplaceId, userId, role) =>
      mutate(requester, { method: "PUT", path: staffAt(marketplaceId, userId), body: { role } }),
    dismiss: async (marketplaceId, userId) =>
      nothing(await mutate(requester, { method: "DELETE", path: staffAt(marketplaceId, userId) })),
  };
}
