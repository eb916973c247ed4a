import type { CataloguePage, CatalogueQuery, SearchSettingsInput, SearchSettingsRecord } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

/** What one looks for; `cursor` is `next` of the page before. */
export type CatalogueSearchQuery = {
  readonly q?: string;
  readonly language?: string;
  /** The last word is still being typed. */
  readonly unfinished?: boolean;
  /** `<facet>=<value>`. */
  readonly where?: readonly string[];
  /** `<facet>=<from>..<to>`. */
  readonly range?: readonly string[];
  readonly facet?: readonly string[];
  readonly under?: readonly string[];
  readonly top?: number;
  readonly sort?: CatalogueQuery["sort"];
  readonly divisionId?: string;
  readonly limit?: number;
  readonly cursor?: string;
};

export type SearchApi = {
  /** Products that one may order, with counts by facet and one's own prices. */
  readonly find: (marketplaceId: string, query?: CatalogueSearchQuery) => Promise<Result<CataloguePage>>;
  /** What the operator says about searching; version 0 where he said nothing. */
  readonly settings: (marketplaceId: string) => Promise<Result<SearchSettingsRecord>>;
  /** `version` left out: the first one. */
  readonly writeSettings: (
    marketplaceId: string,
    settings: SettingsInput,
    version?: number,
  ) => Promise<Result<SearchSettingsRecord>>;
};

type SettingsInput = Pick<SearchSettingsInput, "languages"> & Partial<SearchSettingsInput>;

export function createSearchApi(requester: Requester): SearchApi {
  const base = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
  return {
    find: (marketplaceId, query = {}) => readPath(requester, `${base(marketplaceId)}/catalogue`, query),
    settings: (marketplaceId) => readPath(requester, `${base(marketplaceId)}/search-settings`),
    writeSettings: (marketplaceId, body, version) => {
      const path = `${base(marketplaceId)}/search-settings`;
      return mutate(requester, { method: "PUT", path, body, headers: ifFirstOrMatch(version) });
    },
  };
}
