import type {
  DirectoryEntry,
  DirectoryQuery,
  Marketplace,
  MarketplaceChanges,
  MarketplaceInput,
  MarketplaceQuery,
  StaffMember,
  StaffQuery,
  StaffRole,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch, ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";
import { nothing } from "./auth-api.ts";

type StaffKey = { readonly marketplaceId: string; readonly userId: string };
type Input = Omit<MarketplaceInput, "description"> & { readonly description?: string };

export type MarketplaceApi = {
  readonly list: (query?: Partial<MarketplaceQuery>) => Pages<Marketplace>;
  readonly get: (marketplaceId: string) => Promise<Result<Marketplace>>;
  /** For the installation's administrators; the same key again is the same marketplace. */
  readonly create: (input: Input, options?: { readonly key?: string }) => Promise<Result<Marketplace>>;
  /** `version` is the one that was read; `precondition_failed` when somebody changed it since. */
  readonly change: (
    marketplaceId: string,
    changes: MarketplaceChanges,
    version: number,
  ) => Promise<Result<Marketplace>>;
  /** Approved companies by name. */
  readonly directory: (marketplaceId: string, query?: Partial<DirectoryQuery>) => Pages<DirectoryEntry>;
  readonly staff: (marketplaceId: string, query?: Partial<StaffQuery>) => Pages<StaffMember>;
  /** `version` of who has a role already; left out for the first. */
  readonly appoint: (key: StaffKey & { readonly version?: number }, role: StaffRole) => Promise<Result<StaffMember>>;
  readonly dismiss: (key: StaffKey & { readonly version: number }) => Promise<Result<void>>;
};

export function createMarketplaceApi(requester: Requester): MarketplaceApi {
  const at = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
  const staffAt = ({ marketplaceId, userId }: StaffKey): string =>
    `${at(marketplaceId)}/staff/${encodeURIComponent(userId)}`;
  return {
    list: (query = {}) => new Pages(requester, "/v1/marketplaces", query),
    get: (marketplaceId) => readPath(requester, at(marketplaceId)),
    create: (body, { key } = {}) => mutate(requester, { method: "POST", path: "/v1/marketplaces", body }, key),
    change: (marketplaceId, body, version) =>
      mutate(requester, { method: "PATCH", path: at(marketplaceId), body, headers: ifMatch(version) }),
    directory: (marketplaceId, query = {}) => new Pages(requester, `${at(marketplaceId)}/companies`, query),
    staff: (marketplaceId, query = {}) => new Pages(requester, `${at(marketplaceId)}/staff`, query),
    appoint: (key, role) =>
      mutate(requester, {
        method: "PUT",
        path: staffAt(key),
        body: { role },
        headers: ifFirstOrMatch(key.version),
      }),
    dismiss: async (key) =>
      nothing(await mutate(requester, { method: "DELETE", path: staffAt(key), headers: ifMatch(key.version) })),
  };
}
