import type {
  PriceConsentInput,
  StandingDateChange,
  StandingOrderChange,
  StandingOrderInput,
  StandingOrderQuery,
  StandingOrderRecord,
  StandingOrderSummary,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

/** What the server fills in may be left out. */
type Rule = StandingOrderInput["rule"] extends infer One
  ? One extends { readonly shift: unknown }
    ? Omit<One, "shift"> & Partial<Pick<One, "shift">>
    : never
  : never;
type Draft = Pick<StandingOrderInput, "name" | "startOn" | "lines"> &
  Partial<Omit<StandingOrderInput, "rule">> & { readonly rule: Rule };
type Change = Pick<StandingOrderChange, "name" | "lines"> & Partial<StandingOrderChange>;

type PlanKey = { readonly marketplaceId: string; readonly standingOrderId: string };
/** `version` is that which was read. */
type PlanVersion = PlanKey & { readonly version: number };
type DateKey = PlanVersion & { readonly date: string };

/** What a company orders again and again. Prices are agreed by writing it; dearer ones are asked for. */
export type StandingOrderApi = {
  /** Newest first. */
  readonly list: (marketplaceId: string, query?: Partial<StandingOrderQuery>) => Pages<StandingOrderSummary>;
  readonly get: (key: PlanKey) => Promise<Result<StandingOrderRecord>>;
  readonly create: (marketplaceId: string, plan: Draft) => Promise<Result<StandingOrderRecord>>;
  readonly change: (key: PlanVersion, plan: Change) => Promise<Result<StandingOrderRecord>>;
  readonly pause: (key: PlanVersion) => Promise<Result<StandingOrderRecord>>;
  readonly resume: (key: PlanVersion) => Promise<Result<StandingOrderRecord>>;
  readonly end: (key: PlanVersion) => Promise<Result<StandingOrderRecord>>;
  readonly changeDate: (key: DateKey, change: Partial<StandingDateChange>) => Promise<Result<StandingOrderRecord>>;
  readonly skipDate: (key: DateKey) => Promise<Result<StandingOrderRecord>>;
  readonly consent: (key: DateKey, consent: PriceConsentInput) => Promise<Result<StandingOrderRecord>>;
};

export function createStandingOrderApi(requester: Requester): StandingOrderApi {
  const base = (marketplaceId: string): string =>
    `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/standing-orders`;
  const of = ({ marketplaceId, standingOrderId }: PlanKey): string =>
    `${base(marketplaceId)}/${encodeURIComponent(standingOrderId)}`;
  const ofDate = (key: DateKey): string => `${of(key)}/dates/${encodeURIComponent(key.date)}`;
  const headers = ({ version }: PlanVersion) => ifMatch(version);
  const move = (key: PlanVersion, path: string): Promise<Result<StandingOrderRecord>> =>
    mutate(requester, { method: "POST", path: `${of(key)}/${path}`, headers: headers(key) });
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    get: (key) => readPath(requester, of(key)),
    create: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    change: (key, body) => mutate(requester, { method: "PUT", path: of(key), body, headers: headers(key) }),
    pause: (key) => move(key, "pausing"),
    resume: (key) => move(key, "resumption"),
    end: (key) => move(key, "ending"),
    changeDate: (key, body) => mutate(requester, { method: "PUT", path: ofDate(key), body, headers: headers(key) }),
    skipDate: (key) => mutate(requester, { method: "POST", path: `${ofDate(key)}/skipping`, headers: headers(key) }),
    consent: (key, body) =>
      mutate(requester, { method: "POST", path: `${ofDate(key)}/consent`, body, headers: headers(key) }),
  };
}
