import type { CompanyProfile, Participation, ParticipationQuery, ParticipationSide } from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

type Key = { readonly marketplaceId: string; readonly companyId: string };

type VersionKey = Key & { readonly version: number };

/** Which companies take part in a marketplace: they ask, its operators decide. */
export type ParticipationApi = {
  /** Where one's own company takes part or asked to. */
  readonly own: (query?: Partial<ParticipationQuery>) => Pages<Participation>;
  readonly request: (marketplaceId: string, side: ParticipationSide) => Promise<Result<Participation>>;
  /** For operators and auditors, as are the following. */
  readonly list: (marketplaceId: string, query?: Partial<ParticipationQuery>) => Pages<Participation>;
  readonly get: (key: Key) => Promise<Result<Participation>>;
  readonly profile: (key: Key) => Promise<Result<CompanyProfile>>;
  /** Decisions are about the version that was read; `precondition_failed` when the company or a colleague changed it. */
  readonly approve: (key: VersionKey) => Promise<Result<Participation>>;
  readonly refuse: (key: VersionKey, reason: string) => Promise<Result<Participation>>;
  readonly suspend: (key: VersionKey, reason: string) => Promise<Result<Participation>>;
};

export function createParticipationApi(requester: Requester): ParticipationApi {
  const of = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/participations`;
  const at = ({ marketplaceId, companyId }: Key): string => `${of(marketplaceId)}/${encodeURIComponent(companyId)}`;
  const decide = (key: VersionKey, name: string, body?: object): Promise<Result<Participation>> => {
    const request = { method: "POST", path: `${at(key)}/${name}`, headers: ifMatch(key.version) } as const;
    return mutate(requester, body === undefined ? request : { ...request, body });
  };
  return {
    own: (query = {}) => new Pages(requester, "/v1/participations", query),
    request: (marketplaceId, side) => mutate(requester, { method: "POST", path: of(marketplaceId), body: { side } }),
    list: (marketplaceId, query = {}) => new Pages(requester, of(marketplaceId), query),
    get: (key) => readPath(requester, at(key)),
    profile: (key) => readPath(requester, `${at(key)}/profile`),
    approve: (key) => decide(key, "approval"),
    refuse: (key, reason) => decide(key, "refusal", { reason }),
    suspend: (key, reason) => decide(key, "suspension", { reason }),
  };
}
