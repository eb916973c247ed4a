import type { CataloguePage, CatalogueQuery } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import { readPath } from "../http/requester.ts";
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
};

export function createSearchApi(requester: Requester): SearchApi {
  return {
    find: (marketplaceId, query = {}) => readPath(requester, `/v1/marketplaces/${marketplaceId}/catalogue`, query),
  };
}
