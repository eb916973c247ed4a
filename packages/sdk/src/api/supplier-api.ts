import type { SupplierPage, SupplierProfileInput, SupplierProfileRecord, SupplierSearchQuery } from "@kontor/protocol";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch, ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

/** What one looks for; `cursor` is `next` of the page before. */
export type SuppliersQuery = {
  readonly q?: string;
  readonly language?: string;
  /** The last word is still being typed. */
  readonly unfinished?: boolean;
  /** `<facet>=<value>` of `region`, `certificate`, `verified_certificate` and `class:<scheme>`. */
  readonly where?: readonly string[];
  /** At least so much: `<scheme>:<code>=<quantity> <unit>/<period>`. */
  readonly capacity?: readonly string[];
  readonly facet?: readonly string[];
  readonly under?: readonly string[];
  readonly top?: number;
  readonly sort?: SupplierSearchQuery["sort"];
  readonly limit?: number;
  readonly cursor?: string;
};

type SupplierKey = { readonly marketplaceId: string; readonly companyId: string };

/** What companies tell a marketplace about what they supply. */
export type SupplierApi = {
  readonly find: (marketplaceId: string, query?: SuppliersQuery) => Promise<Result<SupplierPage>>;
  readonly get: (key: SupplierKey) => Promise<Result<SupplierProfileRecord>>;
  /** One's own company's; `version` left out: the first one. */
  readonly write: (
    marketplaceId: string,
    profile: Partial<SupplierProfileInput>,
    version?: number,
  ) => Promise<Result<SupplierProfileRecord>>;
  readonly remove: (marketplaceId: string, version: number) => Promise<Result<null>>;
  /** The operator has found a certificate to be true, or not. */
  readonly verify: (
    key: SupplierKey & { readonly certificateId: string },
    verified: boolean,
  ) => Promise<Result<SupplierProfileRecord>>;
};

export function createSupplierApi(requester: Requester): SupplierApi {
  const base = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
  const of = ({ marketplaceId, companyId }: SupplierKey): string =>
    `${base(marketplaceId)}/suppliers/${encodeURIComponent(companyId)}`;
  return {
    find: (marketplaceId, query = {}) => readPath(requester, `${base(marketplaceId)}/suppliers`, query),
    get: (key) => readPath(requester, of(key)),
    write: (marketplaceId, body, version) => {
      const path = `${base(marketplaceId)}/supplier-profile`;
      return mutate(requester, { method: "PUT", path, body, headers: ifFirstOrMatch(version) });
    },
    remove: (marketplaceId, version) => {
      const path = `${base(marketplaceId)}/supplier-profile`;
      return mutate(requester, { method: "DELETE", path, headers: ifMatch(version) });
    },
    verify: (key, verified) => {
      const path = `${of(key)}/certificates/${encodeURIComponent(key.certificateId)}/verification`;
      return mutate(requester, { method: "PUT", path, body: { verified } });
    },
  };
}
