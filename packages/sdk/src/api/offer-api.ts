import type {
  CatalogRecordEntry,
  OfferInput,
  OfferQuery,
  OfferRecord,
  OfferReviewInput,
  OfferReviewRecord,
  OfferRevision,
  StockInput,
  StockRecord,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch, ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

export type OfferKey = { readonly marketplaceId: string; readonly offerId: string };
type Read = { readonly version: number };
type Terms = Pick<OfferRevision, "vendorPartNo" | "orderUnit"> & Partial<OfferRevision>;
type Offer = Terms & Pick<OfferInput, "variantId">;
type Stock = Pick<StockInput, "onHand"> & Partial<StockInput>;

/**
 * What vendors list. A vendor proposes, the operator approves or rejects; a `version` is the one that was read. Quantities
 * are decimal text.
 */
export type OfferApi = {
  readonly list: (marketplaceId: string, query?: Partial<OfferQuery>) => Pages<OfferRecord>;
  readonly get: (key: OfferKey) => Promise<Result<OfferRecord>>;
  readonly create: (marketplaceId: string, offer: Offer) => Promise<Result<OfferRecord>>;
  readonly revise: (key: OfferKey & Read, terms: Terms) => Promise<Result<OfferRecord>>;
  readonly propose: (key: OfferKey & Read) => Promise<Result<OfferRecord>>;
  readonly approve: (key: OfferKey & Read) => Promise<Result<OfferRecord>>;
  readonly reject: (key: OfferKey & Read, reason: string) => Promise<Result<OfferRecord>>;
  readonly pause: (key: OfferKey & Read) => Promise<Result<OfferRecord>>;
  readonly resume: (key: OfferKey & Read) => Promise<Result<OfferRecord>>;
  readonly withdraw: (key: OfferKey & Read) => Promise<Result<OfferRecord>>;
  /** Who changed what: for the vendor and staff. */
  readonly record: (key: OfferKey) => Pages<CatalogRecordEntry>;
  /** Whose offers go live without a look; a vendor reads of himself. */
  readonly review: (marketplaceId: string) => Promise<Result<OfferReviewRecord>>;
  /** As the operator; `version` 0 for the first. */
  readonly saveReview: (
    marketplaceId: string,
    rules: OfferReviewInput,
    version: number,
  ) => Promise<Result<OfferReviewRecord>>;
  readonly stock: (key: OfferKey) => Promise<Result<{ readonly levels: readonly StockRecord[] }>>;
  /** `version` of what was there in this place; left out for the first time. */
  readonly saveStock: (
    key: OfferKey & { readonly place: string; readonly version?: number },
    stock: Stock,
  ) => Promise<Result<StockRecord>>;
};

export function createOfferApi(requester: Requester): OfferApi {
  const base = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/offers`;
  const reviewAt = (marketplaceId: string): string =>
    `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/offer-review`;
  const at = ({ marketplaceId, offerId }: OfferKey): string => `${base(marketplaceId)}/${encodeURIComponent(offerId)}`;
  const step = (key: OfferKey & Read, way: string, body?: unknown) =>
    mutate<OfferRecord>(requester, {
      method: "POST",
      path: `${at(key)}/${way}`,
      headers: ifMatch(key.version),
      ...(body === undefined ? {} : { body }),
    });
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    get: (key) => readPath(requester, at(key)),
    create: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    revise: (key, body) => mutate(requester, { method: "PUT", path: at(key), body, headers: ifMatch(key.version) }),
    propose: (key) => step(key, "proposal"),
    approve: (key) => step(key, "approval"),
    reject: (key, reason) => step(key, "rejection", { reason }),
    pause: (key) => step(key, "pause"),
    resume: (key) => step(key, "resumption"),
    withdraw: (key) => step(key, "withdrawal"),
    record: (key) => new Pages(requester, `${at(key)}/record`, {}),
    review: (marketplaceId) => readPath(requester, reviewAt(marketplaceId)),
    saveReview: (marketplaceId, body, version) =>
      mutate(requester, {
        method: "PUT",
        path: reviewAt(marketplaceId),
        body,
        headers: ifFirstOrMatch(version === 0 ? undefined : version),
      }),
    stock: (key) => readPath(requester, `${at(key)}/stock`),
    saveStock: (key, body) =>
      mutate(requester, {
        method: "PUT",
        path: `${at(key)}/stock/${encodeURIComponent(key.place)}`,
        body,
        headers: ifFirstOrMatch(key.version),
      }),
  };
}
