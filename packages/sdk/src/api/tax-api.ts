import type { TaxRateInput, TaxRateRecord } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch, ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

type RateKey = Pick<TaxRateRecord, "marketplaceId" | "country" | "category">;

/** What is taken of sales, by the buyer's country and the product's tax category; operators write it. */
export type TaxApi = {
  readonly list: (marketplaceId: string) => Promise<Result<{ readonly data: readonly TaxRateRecord[] }>>;
  /** `version` left out: the first one. */
  readonly write: (key: RateKey, rate: TaxRateInput, version?: number) => Promise<Result<TaxRateRecord>>;
  readonly remove: (key: RateKey, version: number) => Promise<Result<null>>;
};

export function createTaxApi(requester: Requester): TaxApi {
  const base = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/tax-rates`;
  const of = ({ marketplaceId, country, category }: RateKey): string =>
    `${base(marketplaceId)}/${encodeURIComponent(country)}/${category}`;
  return {
    list: (marketplaceId) => readPath(requester, base(marketplaceId)),
    write: (key, body, version) =>
      mutate(requester, { method: "PUT", path: of(key), body, headers: ifFirstOrMatch(version) }),
    remove: (key, version) => mutate(requester, { method: "DELETE", path: of(key), headers: ifMatch(version) }),
  };
}
