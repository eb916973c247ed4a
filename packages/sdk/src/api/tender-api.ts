import type {
  LotQuery,
  LotSummary,
  OwnTenderView,
  ProcedurePreset,
  QuestionQuery,
  QuestionRecord,
  SupplierQuery,
  SupplierRecord,
  TenderQuery,
  TenderSummary,
  TenderView,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { readPath } from "../http/requester.ts";
import type { Result } from "../result.ts";

/** A document as its shard stands now. */
export type LiveDocument<View, Own> = {
  readonly audience: "public" | "owner" | "company";
  readonly view: View;
  readonly own?: Own;
};
export type TenderDocument = LiveDocument<TenderView, OwnTenderView>;

/** Lists come from the read models, a moment behind; single documents from the trading host. */
export type TenderApi = {
  readonly list: (marketplaceId: string, query?: Partial<TenderQuery>) => Pages<TenderSummary>;
  readonly get: (tenderId: string) => Promise<Result<TenderDocument>>;
  readonly lots: (tenderId: string, query?: Partial<Omit<LotQuery, "tenderId">>) => Pages<LotSummary>;
  readonly suppliers: (tenderId: string, query?: Partial<SupplierQuery>) => Pages<SupplierRecord>;
  readonly questions: (tenderId: string, query?: Partial<QuestionQuery>) => Pages<QuestionRecord>;
  /** Customary procedures to start a tender's terms from; for everybody. */
  readonly presets: () => Promise<Result<readonly ProcedurePreset[]>>;
};

export function createTenderApi(requester: Requester): TenderApi {
  const at = (tenderId: string): string => `/v1/tenders/${encodeURIComponent(tenderId)}`;
  return {
    list: (marketplaceId, query = {}) =>
      new Pages(requester, `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/tenders`, query),
    get: (tenderId) => readPath(requester, at(tenderId)),
    lots: (tenderId, query = {}) => new Pages(requester, `${at(tenderId)}/lots`, query),
    suppliers: (tenderId, query = {}) => new Pages(requester, `${at(tenderId)}/suppliers`, query),
    questions: (tenderId, query = {}) => new Pages(requester, `${at(tenderId)}/questions`, query),
    presets: async () => {
      const result = await readPath<{ data: readonly ProcedurePreset[] }>(requester, "/v1/procedure-presets");
      return result.ok ? { ok: true, value: result.value.data } : result;
    },
  };
}
