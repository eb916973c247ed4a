import type {
  ApprovalRuleInput,
  ApprovalRuleRecord,
  BudgetInput,
  BudgetQuery,
  BudgetRecord,
  BuyingTermsInput,
  BuyingTermsRecord,
  CostCenterInput,
  CostCenterRecord,
  DelegationInput,
  DelegationRecord,
  ExchangeRateInput,
  ExchangeRateQuery,
  ExchangeRateRecord,
  FreightTermsInput,
  FreightTermsRecord,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch, ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

type Key<Name extends string> = { readonly marketplaceId: string } & Readonly<Record<Name, string>>;

/** What is UTC without holidays where it is left out. */
type Calendar = "timeZone" | "holidays";

/** Documents that are listed, made, and written anew in the version that was read. */
type Kept<Input, Kept, Name extends string> = {
  readonly list: (marketplaceId: string) => Pages<Kept>;
  readonly create: (marketplaceId: string, input: Input) => Promise<Result<Kept>>;
  readonly change: (key: Key<Name>, input: Input, version: number) => Promise<Result<Kept>>;
};

/** What companies, vendors and operators settle about buying. `version` left out: the first one. */
export type BuyingTermsApi = {
  readonly costCenters: Kept<CostCenterInput, CostCenterRecord, "costCenterId">;
  readonly budgets: Kept<BudgetInput, BudgetRecord, "budgetId"> & {
    readonly get: (key: Key<"budgetId">) => Promise<Result<BudgetRecord>>;
    readonly of: (marketplaceId: string, query: Partial<BudgetQuery>) => Pages<BudgetRecord>;
  };
  readonly approvalRules: Kept<ApprovalRuleInput, ApprovalRuleRecord, "ruleId">;
  readonly delegations: (marketplaceId: string) => Pages<DelegationRecord>;
  readonly delegate: (marketplaceId: string, input: DelegationInput) => Promise<Result<DelegationRecord>>;
  readonly withdrawDelegation: (key: Key<"delegationId">) => Promise<Result<DelegationRecord>>;
  readonly rates: (marketplaceId: string, query?: Partial<ExchangeRateQuery>) => Pages<ExchangeRateRecord>;
  readonly setRate: (marketplaceId: string, input: ExchangeRateInput) => Promise<Result<ExchangeRateRecord>>;
  readonly freight: (key: Key<"vendorId">) => Promise<Result<{ readonly data: readonly FreightTermsRecord[] }>>;
  readonly writeFreight: (
    key: Key<"currency">,
    input: FreightTermsInput,
    version?: number,
  ) => Promise<Result<FreightTermsRecord>>;
  readonly read: (marketplaceId: string) => Promise<Result<BuyingTermsRecord>>;
  readonly write: (
    marketplaceId: string,
    input: Omit<BuyingTermsInput, Calendar> & Partial<Pick<BuyingTermsInput, Calendar>>,
    version?: number,
  ) => Promise<Result<BuyingTermsRecord>>;
};

const inMarketplace = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;

export function createBuyingTermsApi(requester: Requester): BuyingTermsApi {
  return {
    costCenters: kept(requester, { path: "cost-centers", id: "costCenterId" }),
    budgets: {
      ...kept(requester, { path: "budgets", id: "budgetId" }),
      get: ({ marketplaceId, budgetId }) =>
        readPath(requester, `${inMarketplace(marketplaceId)}/budgets/${encodeURIComponent(budgetId)}`),
      of: (marketplaceId, query) => new Pages(requester, `${inMarketplace(marketplaceId)}/budgets`, query),
    },
    approvalRules: kept(requester, { path: "approval-rules", id: "ruleId" }),
    delegations: (marketplaceId) => new Pages(requester, `${inMarketplace(marketplaceId)}/approval-delegations`, {}),
    delegate: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${inMarketplace(marketplaceId)}/approval-delegations`, body }),
    withdrawDelegation: ({ marketplaceId, delegationId }) => {
      const path = `${inMarketplace(marketplaceId)}/approval-delegations/${encodeURIComponent(delegationId)}`;
      return mutate(requester, { method: "DELETE", path });
    },
    rates: (marketplaceId, query = {}) => new Pages(requester, `${inMarketplace(marketplaceId)}/exchange-rates`, query),
    setRate: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${inMarketplace(marketplaceId)}/exchange-rates`, body }),
    freight: ({ marketplaceId, vendorId }) =>
      readPath(requester, `${inMarketplace(marketplaceId)}/vendors/${encodeURIComponent(vendorId)}/freight-terms`),
    writeFreight: ({ marketplaceId, currency }, body, version) => {
      const path = `${inMarketplace(marketplaceId)}/freight-terms/${encodeURIComponent(currency)}`;
      return mutate(requester, { method: "PUT", path, body, headers: ifFirstOrMatch(version) });
    },
    read: (marketplaceId) => readPath(requester, `${inMarketplace(marketplaceId)}/buying-terms`),
    write: (marketplaceId, body, version) => {
      const path = `${inMarketplace(marketplaceId)}/buying-terms`;
      return mutate(requester, { method: "PUT", path, body, headers: ifFirstOrMatch(version) });
    },
  };
}

function kept<Input extends object, Record, Name extends string>(
  requester: Requester,
  { path, id }: { readonly path: string; readonly id: Name },
): Kept<Input, Record, Name> {
  const base = (marketplaceId: string): string => `${inMarketplace(marketplaceId)}/${path}`;
  return {
    list: (marketplaceId) => new Pages(requester, base(marketplaceId), {}),
    create: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    change: (key, body, version) => {
      const at = `${base(key.marketplaceId)}/${encodeURIComponent(key[id])}`;
      return mutate(requester, { method: "PUT", path: at, body, headers: ifMatch(version) });
    },
  };
}
