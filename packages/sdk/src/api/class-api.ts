import type {
  ClassAttributeInput,
  ClassAttributes,
  ClassDetail,
  ClassInput,
  ClassQuery,
  ClassRecord,
  ClassSchemeInput,
  ClassSchemeRecord,
  StandardScheme,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifFirstOrMatch, ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";

export type SchemeKey = { readonly marketplaceId: string; readonly scheme: string };
export type ClassKey = SchemeKey & { readonly code: string };
type Attribute = Pick<ClassAttributeInput, "attribute" | "kind" | "labels"> & Partial<ClassAttributeInput>;

/** Classification schemes of marketplaces. The operator writes them; a scheme's version stands for all of it. */
export type ClassApi = {
  readonly schemes: (marketplaceId: string) => Pages<ClassSchemeRecord>;
  readonly scheme: (key: SchemeKey) => Promise<Result<ClassSchemeRecord>>;
  /** `version` of one that was read; left out for the first. */
  readonly saveScheme: (
    key: SchemeKey & { readonly version?: number },
    input: ClassSchemeInput,
  ) => Promise<Result<ClassSchemeRecord>>;
  /** Up to a thousand at a time, parents before their children. */
  readonly saveClasses: (key: SchemeKey, classes: readonly ClassInput[]) => Promise<Result<ClassSchemeRecord>>;
  readonly install: (marketplaceId: string, scheme: StandardScheme) => Promise<Result<ClassSchemeRecord>>;
  readonly list: (key: SchemeKey, query?: Partial<ClassQuery>) => Pages<ClassRecord>;
  readonly get: (key: ClassKey) => Promise<Result<ClassDetail>>;
  readonly attributes: (key: ClassKey) => Promise<Result<ClassAttributes>>;
  readonly saveAttributes: (
    key: ClassKey & { readonly version: number },
    attributes: readonly Attribute[],
  ) => Promise<Result<ClassAttributes>>;
};

export function createClassApi(requester: Requester): ClassApi {
  const base = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}/class-schemes`;
  const at = ({ marketplaceId, scheme }: SchemeKey): string => `${base(marketplaceId)}/${encodeURIComponent(scheme)}`;
  const of = (key: ClassKey): string => `${at(key)}/classes/${encodeURIComponent(key.code)}`;
  return {
    schemes: (marketplaceId) => new Pages(requester, base(marketplaceId), {}),
    scheme: (key) => readPath(requester, at(key)),
    saveScheme: (key, body) =>
      mutate(requester, { method: "PUT", path: at(key), body, headers: ifFirstOrMatch(key.version) }),
    saveClasses: (key, classes) => mutate(requester, { method: "PUT", path: `${at(key)}/classes`, body: { classes } }),
    install: (marketplaceId, scheme) =>
      mutate(requester, { method: "POST", path: `${at({ marketplaceId, scheme })}/installation` }),
    list: (key, query = {}) => new Pages(requester, `${at(key)}/classes`, query),
    get: (key) => readPath(requester, of(key)),
    attributes: (key) => readPath(requester, `${of(key)}/attributes`),
    saveAttributes: (key, attributes) =>
      mutate(requester, {
        method: "PUT",
        path: `${of(key)}/attributes`,
        body: { attributes },
        headers: ifMatch(key.version),
      }),
  };
}
