import type {
  AssortmentInput,
  AssortmentQuery,
  AssortmentRecord,
  BaseListRecord,
  CustomerGroupInput,
  CustomerGroupQuery,
  CustomerGroupRecord,
  GroupMember,
  GroupMemberQuery,
  LadderInput,
  OrderMinimum,
  OrderMinimumsRecord,
  PriceAnswer,
  PriceLadder,
  PriceLines,
  PriceListAssignment,
  PriceListInput,
  PriceListQuery,
  PriceListRecord,
  PriceQuery,
  PriceRow,
  PriceRowQuery,
  PromotionInput,
  PromotionQuery,
  PromotionRecord,
  Rung,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

/** What a document says of itself but for what is left to its usual value. */
type Needed<Document, Members extends keyof Document> = Pick<Document, Members> & Partial<Document>;
export type ListDraft = Needed<PriceListInput, "name" | "currency">;
export type RungDraft = Needed<Rung, "unit" | "price">;
export type PromotionDraft = Needed<PromotionInput, "name" | "condition" | "effect">;
export type GroupDraft = Needed<CustomerGroupInput, "name">;
type Assignment = Needed<PriceListAssignment, "target" | "targetId">;

type Versioned = { readonly marketplaceId: string; readonly version: number };
type ListKey = { readonly marketplaceId: string; readonly listId: string };
type LadderKey = ListKey & { readonly offerId: string };
type GroupKey = { readonly marketplaceId: string; readonly groupId: string };
type MemberKey = GroupKey & { readonly companyId: string };
type OfferKey = { readonly marketplaceId: string; readonly offerId: string };

/** What things cost, and the lists, groups and promotions that say so. Prices and quantities are decimal text. */
export type PriceApi = {
  /** One's own price and why; for its vendor and staff another buyer's. */
  readonly of: (key: OfferKey, query?: PriceQuery) => Promise<Result<PriceAnswer>>;
  /** Up to 200 lines at once, as they are in one cart. */
  readonly lines: (
    marketplaceId: string,
    lines: PriceLines,
  ) => Promise<Result<{ readonly lines: readonly PriceAnswer[] }>>;

  readonly lists: (marketplaceId: string, query?: Partial<PriceListQuery>) => Pages<PriceListRecord>;
  readonly list: (key: ListKey) => Promise<Result<PriceListRecord>>;
  readonly createList: (marketplaceId: string, list: ListDraft) => Promise<Result<PriceListRecord>>;
  readonly changeList: (key: ListKey & Versioned, list: ListDraft) => Promise<Result<PriceListRecord>>;
  readonly assignList: (
    key: ListKey & Versioned,
    assignments: readonly Assignment[],
  ) => Promise<Result<PriceListRecord>>;
  readonly rows: (key: ListKey, query?: Partial<PriceRowQuery>) => Pages<PriceRow>;
  readonly ladder: (key: LadderKey) => Promise<Result<PriceLadder>>;
  /** All rungs or none. With `merge`, which is usual, those that are not told stay. */
  readonly putLadder: (
    key: LadderKey,
    rungs: readonly RungDraft[],
    mode?: LadderInput["mode"],
  ) => Promise<Result<PriceLadder>>;
  readonly removeLadder: (key: LadderKey) => Promise<Result<null>>;
  /** `version` is the offer's. */
  readonly setBaseList: (key: OfferKey & Versioned, listId: string | null) => Promise<Result<BaseListRecord>>;

  readonly groups: (marketplaceId: string, query?: Partial<CustomerGroupQuery>) => Pages<CustomerGroupRecord>;
  readonly group: (key: GroupKey) => Promise<Result<CustomerGroupRecord>>;
  readonly createGroup: (marketplaceId: string, group: GroupDraft) => Promise<Result<CustomerGroupRecord>>;
  readonly changeGroup: (key: GroupKey & Versioned, group: GroupDraft) => Promise<Result<CustomerGroupRecord>>;
  readonly members: (key: GroupKey, query?: Partial<GroupMemberQuery>) => Pages<GroupMember>;
  readonly addMember: (key: MemberKey) => Promise<Result<GroupMember>>;
  readonly removeMember: (key: MemberKey) => Promise<Result<null>>;

  readonly assortments: AssortmentApi;
  readonly promotions: PromotionApi;
  readonly orderMinimums: (marketplaceId: string) => Promise<Result<OrderMinimumsRecord>>;
  readonly putOrderMinimums: (
    marketplaceId: string,
    minimums: readonly OrderMinimum[],
  ) => Promise<Result<OrderMinimumsRecord>>;
};

type AssortmentKey = { readonly marketplaceId: string; readonly assortmentId: string };
type PromotionKey = { readonly marketplaceId: string; readonly promotionId: string };

export type AssortmentApi = {
  readonly list: (marketplaceId: string, query?: Partial<AssortmentQuery>) => Pages<AssortmentRecord>;
  readonly get: (key: AssortmentKey) => Promise<Result<AssortmentRecord>>;
  readonly create: (marketplaceId: string, assortment: AssortmentInput) => Promise<Result<AssortmentRecord>>;
  readonly change: (key: AssortmentKey & Versioned, assortment: AssortmentInput) => Promise<Result<AssortmentRecord>>;
  readonly remove: (key: AssortmentKey & Versioned) => Promise<Result<null>>;
};

export type PromotionApi = {
  readonly list: (marketplaceId: string, query?: Partial<PromotionQuery>) => Pages<PromotionRecord>;
  readonly get: (key: PromotionKey) => Promise<Result<PromotionRecord>>;
  readonly create: (marketplaceId: string, promotion: PromotionDraft) => Promise<Result<PromotionRecord>>;
  readonly change: (key: PromotionKey & Versioned, promotion: PromotionDraft) => Promise<Result<PromotionRecord>>;
  readonly remove: (key: PromotionKey & Versioned) => Promise<Result<null>>;
};

const market = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
const at = (marketplaceId: string, kind: string, id: string): string =>
  `${market(marketplaceId)}/${kind}/${encodeURIComponent(id)}`;

export function createPriceApi(requester: Requester): PriceApi {
  return {
    of: ({ marketplaceId, offerId }, query = {}) =>
      readPath(requester, `${at(marketplaceId, "offers", offerId)}/price`, query),
    lines: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${market(marketplaceId)}/prices`, body }),
    ...listMethods(requester),
    ...ladderMethods(requester),
    ...groupMethods(requester),
    assortments: assortmentApi(requester),
    promotions: promotionApi(requester),
    orderMinimums: (marketplaceId) => readPath(requester, `${market(marketplaceId)}/order-minimums`),
    putOrderMinimums: (marketplaceId, minimums) =>
      mutate(requester, { method: "PUT", path: `${market(marketplaceId)}/order-minimums`, body: { minimums } }),
  };
}

type Lists = "lists" | "list" | "createList" | "changeList" | "assignList";

function listMethods(requester: Requester): Pick<PriceApi, Lists> {
  const base = (marketplaceId: string): string => `${market(marketplaceId)}/price-lists`;
  const of = ({ marketplaceId, listId }: ListKey): string => at(marketplaceId, "price-lists", listId);
  return {
    lists: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    list: (key) => readPath(requester, of(key)),
    createList: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    changeList: (key, body) => mutate(requester, { method: "PUT", path: of(key), body, headers: ifMatch(key.version) }),
    assignList: (key, assignments) => {
      const path = `${of(key)}/assignments`;
      return mutate(requester, { method: "PUT", path, body: { assignments }, headers: ifMatch(key.version) });
    },
  };
}

type Ladders = "rows" | "ladder" | "putLadder" | "removeLadder" | "setBaseList";

function ladderMethods(requester: Requester): Pick<PriceApi, Ladders> {
  const base = ({ marketplaceId, listId }: ListKey): string => `${at(marketplaceId, "price-lists", listId)}/prices`;
  const of = (key: LadderKey): string => `${base(key)}/${encodeURIComponent(key.offerId)}`;
  return {
    rows: (key, query = {}) => new Pages(requester, base(key), query),
    ladder: (key) => readPath(requester, of(key)),
    putLadder: (key, rungs, mode = "merge") =>
      mutate(requester, { method: "PUT", path: of(key), body: { mode, rungs } }),
    removeLadder: (key) => mutate(requester, { method: "DELETE", path: of(key) }),
    setBaseList: ({ marketplaceId, offerId, version }, listId) => {
      const path = `${at(marketplaceId, "offers", offerId)}/base-list`;
      return mutate(requester, { method: "PUT", path, body: { listId }, headers: ifMatch(version) });
    },
  };
}

type Groups = "groups" | "group" | "createGroup" | "changeGroup" | "members" | "addMember" | "removeMember";

function groupMethods(requester: Requester): Pick<PriceApi, Groups> {
  const base = (marketplaceId: string): string => `${market(marketplaceId)}/customer-groups`;
  const of = ({ marketplaceId, groupId }: GroupKey): string => at(marketplaceId, "customer-groups", groupId);
  const memberOf = (key: MemberKey): string => `${of(key)}/members/${encodeURIComponent(key.companyId)}`;
  return {
    groups: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    group: (key) => readPath(requester, of(key)),
    createGroup: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    changeGroup: (key, body) =>
      mutate(requester, { method: "PUT", path: of(key), body, headers: ifMatch(key.version) }),
    members: (key, query = {}) => new Pages(requester, `${of(key)}/members`, query),
    addMember: (key) => mutate(requester, { method: "PUT", path: memberOf(key) }),
    removeMember: (key) => mutate(requester, { method: "DELETE", path: memberOf(key) }),
  };
}

function assortmentApi(requester: Requester): AssortmentApi {
  const base = (marketplaceId: string): string => `${market(marketplaceId)}/assortments`;
  const of = ({ marketplaceId, assortmentId }: AssortmentKey): string => at(marketplaceId, "assortments", assortmentId);
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    get: (key) => readPath(requester, of(key)),
    create: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    change: (key, body) => mutate(requester, { method: "PUT", path: of(key), body, headers: ifMatch(key.version) }),
    remove: (key) => mutate(requester, { method: "DELETE", path: of(key), headers: ifMatch(key.version) }),
  };
}

function promotionApi(requester: Requester): PromotionApi {
  const base = (marketplaceId: string): string => `${market(marketplaceId)}/promotions`;
  const of = ({ marketplaceId, promotionId }: PromotionKey): string => at(marketplaceId, "promotions", promotionId);
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    get: (key) => readPath(requester, of(key)),
    create: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    change: (key, body) => mutate(requester, { method: "PUT", path: of(key), body, headers: ifMatch(key.version) }),
    remove: (key) => mutate(requester, { method: "DELETE", path: of(key), headers: ifMatch(key.version) }),
  };
}
