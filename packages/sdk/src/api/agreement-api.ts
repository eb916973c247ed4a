import type {
  AgreementQuery,
  AgreementRecord,
  AgreementTerms,
  CatalogRecordEntry,
  DivisionInput,
  DivisionRecord,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

export type TermsDraft = Pick<AgreementTerms, "currency" | "paymentTerm"> & Partial<AgreementTerms>;
export type AgreementDraftInput = {
  readonly buyerId: string;
  readonly number?: string;
  readonly terms: TermsDraft;
};
type AgreementKey = { readonly marketplaceId: string; readonly agreementId: string };
/** `version` is the one that was read: nobody accepts what he has not seen. */
export type AgreementVersion = AgreementKey & { readonly version: number };

/** What a vendor and a buyer settle: drafted and proposed by the one, accepted or refused by the other. */
export type AgreementApi = {
  readonly list: (marketplaceId: string, query?: Partial<AgreementQuery>) => Pages<AgreementRecord>;
  readonly get: (key: AgreementKey) => Promise<Result<AgreementRecord>>;
  readonly draft: (marketplaceId: string, draft: AgreementDraftInput) => Promise<Result<AgreementRecord>>;
  /** Of an agreement in force they wait for the buyer, and the old terms serve. */
  readonly revise: (key: AgreementVersion, terms: TermsDraft) => Promise<Result<AgreementRecord>>;
  readonly propose: (key: AgreementVersion) => Promise<Result<AgreementRecord>>;
  /** One's own side's number of it. */
  readonly number: (key: AgreementVersion, number: string) => Promise<Result<AgreementRecord>>;
  readonly accept: (key: AgreementVersion, divisionId?: string | null) => Promise<Result<AgreementRecord>>;
  readonly refuse: (key: AgreementVersion, reason: string) => Promise<Result<AgreementRecord>>;
  /** Now, or at a later instant or day. */
  readonly end: (key: AgreementVersion, reason: string, at?: string) => Promise<Result<AgreementRecord>>;
  readonly record: (key: AgreementKey) => Promise<Result<{ readonly entries: readonly CatalogRecordEntry[] }>>;
};

export function createAgreementApi(requester: Requester): AgreementApi {
  const base = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/agreements`;
  const of = ({ marketplaceId, agreementId }: AgreementKey): string =>
    `${base(marketplaceId)}/${encodeURIComponent(agreementId)}`;
  const step = (key: AgreementVersion, path: string, body?: object): Promise<Result<AgreementRecord>> => {
    const asked = body === undefined ? {} : { body };
    return mutate(requester, { method: "POST", path: `${of(key)}/${path}`, ...asked, headers: ifMatch(key.version) });
  };
  const write = (key: AgreementVersion, path: string, body: object): Promise<Result<AgreementRecord>> =>
    mutate(requester, { method: "PUT", path: `${of(key)}/${path}`, body, headers: ifMatch(key.version) });
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    get: (key) => readPath(requester, of(key)),
    draft: (marketplaceId, body) => mutate(requester, { method: "POST", path: base(marketplaceId), body }),
    revise: (key, terms) => write(key, "terms", terms),
    propose: (key) => step(key, "proposal"),
    number: (key, number) => write(key, "number", { number }),
    accept: (key, divisionId) => step(key, "acceptance", divisionId === undefined ? {} : { divisionId }),
    refuse: (key, reason) => step(key, "refusal", { reason }),
    end: (key, reason, at) => step(key, "ending", at === undefined ? { reason } : { reason, at }),
    record: (key) => readPath(requester, `${of(key)}/record`),
  };
}

type DivisionKey = { readonly divisionId: string; readonly version: number };

/** The parts of the company that one acts for. */
export type DivisionApi = {
  readonly list: () => Promise<Result<{ readonly divisions: readonly DivisionRecord[] }>>;
  readonly get: (divisionId: string) => Promise<Result<DivisionRecord>>;
  readonly create: (division: DivisionInput) => Promise<Result<DivisionRecord>>;
  readonly change: (key: DivisionKey, division: DivisionInput) => Promise<Result<DivisionRecord>>;
  readonly remove: (key: DivisionKey) => Promise<Result<null>>;
};

export function createDivisionApi(requester: Requester): DivisionApi {
  const base = "/v1/company/divisions";
  const of = (divisionId: string): string => `${base}/${encodeURIComponent(divisionId)}`;
  return {
    list: () => readPath(requester, base),
    get: (divisionId) => readPath(requester, of(divisionId)),
    create: (body) => mutate(requester, { method: "POST", path: base, body }),
    change: ({ divisionId, version }, body) =>
      mutate(requester, { method: "PUT", path: of(divisionId), body, headers: ifMatch(version) }),
    remove: ({ divisionId, version }) =>
      mutate(requester, { method: "DELETE", path: of(divisionId), headers: ifMatch(version) }),
  };
}
