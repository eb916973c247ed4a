import type { BmecatExportQuery, BmecatExportReport } from "@kontor/protocol";
import type { Query, Requester } from "../http/requester.ts";
import { readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";

/** Prices of a list of one's own, or those that a customer has by an agreement; left out: no prices. */
export type CatalogueExport = Partial<BmecatExportQuery>;

/** One's own company's catalogue, to be taken elsewhere. */
export type ExportApi = {
  /** The whole file as text; a large one is better read from `bmecatPath` as it comes. */
  readonly bmecat: (marketplaceId: string, wanted?: CatalogueExport) => Promise<Result<string>>;
  /** What that file cannot say of which offer. */
  readonly bmecatReport: (marketplaceId: string, wanted?: CatalogueExport) => Promise<Result<BmecatExportReport>>;
  /** Where the file is downloaded. */
  readonly bmecatPath: (marketplaceId: string, wanted?: CatalogueExport) => string;
};

const base = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/exports/bmecat`;

export function createExportApi(requester: Requester): ExportApi {
  return {
    bmecat: (marketplaceId, wanted = {}) => readPath(requester, base(marketplaceId), wanted),
    bmecatReport: (marketplaceId, wanted = {}) => readPath(requester, `${base(marketplaceId)}/report`, wanted),
    bmecatPath: (marketplaceId, wanted = {}) => `${base(marketplaceId)}${queryText(wanted)}`,
  };
}

function queryText(query: Query): string {
  const told = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return told.length === 0 ? "" : `?${new URLSearchParams(told)}`;
}
