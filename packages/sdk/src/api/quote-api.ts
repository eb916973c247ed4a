import type {
  EstimateInCart,
  EstimateInput,
  EstimateRecord,
  EstimateRequestInput,
  EstimateSummary,
  EstimateVersionInput,
  QuoteAcceptanceRecord,
  QuoteAdditionInput,
  QuoteAgreementInput,
  QuoteComparison,
  QuoteOrderInput,
  QuoteQuery,
  QuoteRecord,
  QuoteRequestInput,
  QuoteRequestQuery,
  QuoteRequestRecord,
  QuoteRequestSummary,
  QuoteSummary,
  QuoteVersionInput,
  WantedLine,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

/** What the server fills in may be left out. */
type Wanted = Pick<WantedLine, "quantity" | "unit"> & Partial<WantedLine>;
type Asking<Input extends { readonly note: string }> = Omit<Input, "note" | "lines"> & { readonly note?: string };
type QuoteRequestDraft = Asking<QuoteRequestInput> & { readonly lines: readonly Wanted[] };
type EstimateDraft<Input extends { readonly note: string }> = Asking<Input> & { readonly lines: readonly Wanted[] };
type Tier = QuoteVersionInput["lines"][number]["tiers"][number];
type QuotedLine = Omit<QuoteVersionInput["lines"][number], "tiers"> & {
  readonly tiers: readonly (Pick<Tier, "quantity" | "unit" | "price"> & Partial<Tier>)[];
};
type QuoteDraft = Asking<QuoteVersionInput> & { readonly lines: readonly QuotedLine[] };

type RequestKey = { readonly marketplaceId: string; readonly requestId: string };
type RequestVersion = RequestKey & { readonly version: number };
type QuoteKey = { readonly marketplaceId: string; readonly quoteId: string };
type Order = Pick<QuoteOrderInput, "acceptanceId" | "version" | "lines"> & Partial<QuoteOrderInput>;

/** Requests for quotes and the vendors' answers. A version never changes, and the newest alone may be accepted. */
export type QuoteApi = {
  readonly requests: (marketplaceId: string, query?: Partial<QuoteRequestQuery>) => Pages<QuoteRequestSummary>;
  readonly request: (key: RequestKey) => Promise<Result<QuoteRequestRecord>>;
  readonly ask: (marketplaceId: string, draft: QuoteRequestDraft) => Promise<Result<QuoteRequestRecord>>;
  readonly changeRequest: (key: RequestVersion, draft: QuoteRequestDraft) => Promise<Result<QuoteRequestRecord>>;
  readonly sendRequest: (key: RequestVersion) => Promise<Result<QuoteRequestRecord>>;
  readonly closeRequest: (key: RequestVersion) => Promise<Result<QuoteRequestRecord>>;
  readonly cancelRequest: (key: RequestVersion) => Promise<Result<QuoteRequestRecord>>;
  /** As a vendor. */
  readonly declineRequest: (key: RequestKey, reason: string) => Promise<Result<QuoteRequestRecord>>;
  /** As a vendor: the first version, or another one. */
  readonly send: (key: RequestKey, version: QuoteDraft) => Promise<Result<QuoteRecord>>;
  readonly compare: (key: RequestKey) => Promise<Result<QuoteComparison>>;
  readonly list: (marketplaceId: string, query?: Partial<QuoteQuery>) => Pages<QuoteSummary>;
  readonly get: (key: QuoteKey) => Promise<Result<QuoteRecord>>;
  /** What to reckon on top; the vendor does not see it. */
  readonly weigh: (key: QuoteKey, addition: QuoteAdditionInput) => Promise<Result<QuoteRecord>>;
  /** A purchase order at exactly the quoted prices; the same acceptance again is the same order. */
  readonly order: (key: QuoteKey, order: Order) => Promise<Result<QuoteAcceptanceRecord>>;
  /** An agreement with a price list of exactly the quoted prices, where the vendor offers one. */
  readonly agree: (key: QuoteKey, agreement: QuoteAgreementInput) => Promise<Result<QuoteAcceptanceRecord>>;
};

const inMarketplace = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;

export function createQuoteApi(requester: Requester): QuoteApi {
  const requests = (marketplaceId: string): string => `${inMarketplace(marketplaceId)}/quote-requests`;
  const quotes = (marketplaceId: string): string => `${inMarketplace(marketplaceId)}/quotes`;
  const ofRequest = ({ marketplaceId, requestId }: RequestKey): string =>
    `${requests(marketplaceId)}/${encodeURIComponent(requestId)}`;
  const ofQuote = ({ marketplaceId, quoteId }: QuoteKey): string =>
    `${quotes(marketplaceId)}/${encodeURIComponent(quoteId)}`;
  const step = (key: RequestVersion, path: string): Promise<Result<QuoteRequestRecord>> =>
    mutate(requester, { method: "POST", path: `${ofRequest(key)}/${path}`, headers: ifMatch(key.version) });
  return {
    requests: (marketplaceId, query = {}) => new Pages(requester, requests(marketplaceId), query),
    request: (key) => readPath(requester, ofRequest(key)),
    ask: (marketplaceId, body) => mutate(requester, { method: "POST", path: requests(marketplaceId), body }),
    changeRequest: (key, body) =>
      mutate(requester, { method: "PUT", path: ofRequest(key), body, headers: ifMatch(key.version) }),
    sendRequest: (key) => step(key, "sending"),
    closeRequest: (key) => step(key, "closing"),
    cancelRequest: (key) => step(key, "cancellation"),
    declineRequest: (key, reason) =>
      mutate(requester, { method: "POST", path: `${ofRequest(key)}/refusal`, body: { reason } }),
    send: (key, body) => mutate(requester, { method: "POST", path: `${ofRequest(key)}/quote-versions`, body }),
    compare: (key) => readPath(requester, `${ofRequest(key)}/comparison`),
    list: (marketplaceId, query = {}) => new Pages(requester, quotes(marketplaceId), query),
    get: (key) => readPath(requester, ofQuote(key)),
    weigh: (key, body) => mutate(requester, { method: "PUT", path: `${ofQuote(key)}/addition`, body }),
    order: (key, body) => mutate(requester, { method: "POST", path: `${ofQuote(key)}/orders`, body }),
    agree: (key, body) => mutate(requester, { method: "POST", path: `${ofQuote(key)}/agreements`, body }),
  };
}

type EstimateKey = { readonly marketplaceId: string; readonly estimateId: string };
type EstimateVersion = EstimateKey & { readonly version: number };

/** Lists of what a project will need, in versions that never change. */
export type EstimateApi = {
  readonly list: (marketplaceId: string) => Pages<EstimateSummary>;
  /** The newest version, or the one that is named. */
  readonly get: (key: EstimateKey & { readonly version?: number }) => Promise<Result<EstimateRecord>>;
  readonly create: (marketplaceId: string, estimate: EstimateDraft<EstimateInput>) => Promise<Result<EstimateRecord>>;
  /** `version` is the newest one that was read. */
  readonly addVersion: (
    key: EstimateVersion,
    estimate: EstimateDraft<EstimateVersionInput>,
  ) => Promise<Result<EstimateRecord>>;
  readonly askQuotes: (
    key: EstimateVersion,
    asking: Asking<EstimateRequestInput>,
  ) => Promise<Result<QuoteRequestRecord>>;
  readonly toCart: (key: EstimateVersion & { readonly divisionId?: string }) => Promise<Result<EstimateInCart>>;
};

export function createEstimateApi(requester: Requester): EstimateApi {
  const base = (marketplaceId: string): string => `${inMarketplace(marketplaceId)}/estimates`;
  const of = ({ marketplaceId, estimateId }: EstimateKey): string =>
    `${base(marketplaceId)}/${encodeURIComponent(estimateId)}`;
  const ofVersion = (key: EstimateVersion): string => `${of(key)}/versions/${key.version}`;
  return {
    list: (marketplaceId) => new Pages(requester, base(marketplaceId), {}),
    get: ({ version, ...key }) => readPath(requester, version === undefined ? of(key) : ofVersion({ ...key, version })),
    create: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    addVersion: (key, body) =>
      mutate(requester, { method: "POST", path: `${of(key)}/versions`, body, headers: ifMatch(key.version) }),
    askQuotes: (key, body) => mutate(requester, { method: "POST", path: `${ofVersion(key)}/quote-requests`, body }),
    toCart: ({ divisionId, ...key }) => {
      const forDivision = divisionId === undefined ? "" : `?${new URLSearchParams({ divisionId })}`;
      return mutate(requester, { method: "POST", path: `${ofVersion(key)}/cart${forDivision}` });
    },
  };
}
