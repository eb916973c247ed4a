import type {
  BrandQuery,
  BrandRecord,
  BuyerPartNumberQuery,
  BuyerPartNumberRecord,
  CatalogRecordEntry,
  FindingQuery,
  MatchFinding,
  ProductFileInput,
  ProductFileRecord,
  ProductInput,
  ProductQuery,
  ProductRecord,
  ProductRevision,
  ProductSummary,
  VariantInput,
  VariantRecord,
} from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";
import { nothing } from "./auth-api.ts";

export type ProductKey = { readonly marketplaceId: string; readonly productId: string };
export type VariantKey = { readonly marketplaceId: string; readonly variantId: string };
type Read = { readonly version: number };
type FindingKey = { readonly marketplaceId: string; readonly findingId: string };
type NumberKey = { readonly marketplaceId: string; readonly partNo: string };

/** What may be left out is, and has the default that the interface states. */
type Unit = Pick<VariantInput["units"][number], "unit"> & Partial<VariantInput["units"][number]>;
type Text = Pick<ProductInput["texts"][number], "language" | "name"> & Partial<ProductInput["texts"][number]>;
type Class = Pick<ProductInput["classes"][number], "scheme" | "code"> & { readonly primary?: boolean };
type Variant = Pick<VariantInput, "baseUnit"> &
  Partial<Omit<VariantInput, "units">> & { readonly units?: readonly Unit[] };
type Revision = Partial<Omit<ProductRevision, "texts" | "classes">> & {
  readonly texts: readonly Text[];
  readonly classes?: readonly Class[];
};
type Product = Revision & { readonly variants: readonly Variant[] };
type File = Omit<ProductFileInput, "title" | "url" | "content"> & { readonly title?: string } & (
    | { readonly url: string }
    | { readonly content: string }
  );

/** Products of marketplaces, apart from who sells them. A `version` is the one that was read. */
export type ProductApi = {
  readonly list: (marketplaceId: string, query?: Partial<ProductQuery>) => Pages<ProductSummary>;
  readonly get: (key: ProductKey) => Promise<Result<ProductRecord>>;
  /** A draft: of a seller his company's own, of the operator the marketplace's. */
  readonly create: (marketplaceId: string, product: Product) => Promise<Result<ProductRecord>>;
  readonly revise: (key: ProductKey & Read, revision: Revision) => Promise<Result<ProductRecord>>;
  /** What is another product beyond doubt becomes that one: `merged` in the answer. */
  readonly activate: (key: ProductKey & Read) => Promise<Result<ProductRecord>>;
  readonly withdraw: (key: ProductKey & Read, reason: string) => Promise<Result<ProductRecord>>;
  readonly record: (key: ProductKey) => Pages<CatalogRecordEntry>;

  readonly variant: (key: VariantKey) => Promise<Result<VariantRecord>>;
  readonly addVariant: (key: ProductKey, variant: Variant) => Promise<Result<VariantRecord>>;
  readonly reviseVariant: (key: VariantKey & Read, variant: Variant) => Promise<Result<VariantRecord>>;
  readonly activateVariant: (key: VariantKey & Read) => Promise<Result<VariantRecord>>;
  readonly withdrawVariant: (key: VariantKey & Read) => Promise<Result<VariantRecord>>;

  readonly files: (key: ProductKey) => Promise<Result<{ readonly files: readonly ProductFileRecord[] }>>;
  /** By its address, or with its bytes in base64. */
  readonly addFile: (key: ProductKey, file: File) => Promise<Result<ProductFileRecord>>;
  readonly removeFile: (key: ProductKey & { readonly fileId: string }) => Promise<Result<void>>;
  /** Where the bytes of a file that is kept here are downloaded. */
  readonly filePath: (key: ProductKey & { readonly fileId: string }) => string;

  readonly brands: (marketplaceId: string, query?: Partial<BrandQuery>) => Pages<BrandRecord>;
  readonly registerBrand: (marketplaceId: string, name: string) => Promise<Result<BrandRecord>>;

  /** Of one's own company alone. */
  readonly partNumbers: (marketplaceId: string, query?: Partial<BuyerPartNumberQuery>) => Pages<BuyerPartNumberRecord>;
  readonly savePartNumber: (key: NumberKey, variantId: string) => Promise<Result<BuyerPartNumberRecord>>;
  readonly removePartNumber: (key: NumberKey) => Promise<Result<void>>;

  /** For the marketplace's staff; decisions are the operator's. */
  readonly findings: (marketplaceId: string, query?: Partial<FindingQuery>) => Pages<MatchFinding>;
  readonly finding: (key: FindingKey) => Promise<Result<MatchFinding>>;
  readonly mergeFinding: (key: FindingKey, keep?: string) => Promise<Result<MatchFinding>>;
  readonly keepApart: (key: FindingKey, reason: string) => Promise<Result<MatchFinding>>;
};

const market = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
const productAt = ({ marketplaceId, productId }: ProductKey): string =>
  `${market(marketplaceId)}/products/${encodeURIComponent(productId)}`;
const variantAt = ({ marketplaceId, variantId }: VariantKey): string =>
  `${market(marketplaceId)}/variants/${encodeURIComponent(variantId)}`;

export function createProductApi(requester: Requester): ProductApi {
  return {
    ...productMethods(requester),
    ...variantMethods(requester),
    ...fileMethods(requester),
    ...nameMethods(requester),
    ...findingMethods(requester),
  };
}

type Products = "list" | "get" | "create" | "revise" | "activate" | "withdraw" | "record";

function productMethods(requester: Requester): Pick<ProductApi, Products> {
  return {
    list: (marketplaceId, query = {}) => new Pages(requester, `${market(marketplaceId)}/products`, query),
    get: (key) => readPath(requester, productAt(key)),
    create: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${market(marketplaceId)}/products`, body }),
    revise: (key, body) =>
      mutate(requester, { method: "PUT", path: productAt(key), body, headers: ifMatch(key.version) }),
    activate: (key) =>
      mutate(requester, { method: "POST", path: `${productAt(key)}/activation`, headers: ifMatch(key.version) }),
    withdraw: (key, reason) =>
      mutate(requester, {
        method: "POST",
        path: `${productAt(key)}/withdrawal`,
        body: { reason },
        headers: ifMatch(key.version),
      }),
    record: (key) => new Pages(requester, `${productAt(key)}/record`, {}),
  };
}

type Variants = "variant" | "addVariant" | "reviseVariant" | "activateVariant" | "withdrawVariant";

function variantMethods(requester: Requester): Pick<ProductApi, Variants> {
  const step = (key: VariantKey & Read, way: string) =>
    mutate<VariantRecord>(requester, {
      method: "POST",
      path: `${variantAt(key)}/${way}`,
      headers: ifMatch(key.version),
    });
  return {
    variant: (key) => readPath(requester, variantAt(key)),
    addVariant: (key, body) => mutate(requester, { method: "POST", path: `${productAt(key)}/variants`, body }),
    reviseVariant: (key, body) =>
      mutate(requester, { method: "PUT", path: variantAt(key), body, headers: ifMatch(key.version) }),
    activateVariant: (key) => step(key, "activation"),
    withdrawVariant: (key) => step(key, "withdrawal"),
  };
}

function fileMethods(requester: Requester): Pick<ProductApi, "files" | "addFile" | "removeFile" | "filePath"> {
  const at = (key: ProductKey & { readonly fileId: string }): string =>
    `${productAt(key)}/files/${encodeURIComponent(key.fileId)}`;
  return {
    files: (key) => readPath(requester, `${productAt(key)}/files`),
    addFile: (key, body) => mutate(requester, { method: "POST", path: `${productAt(key)}/files`, body }),
    removeFile: async (key) => nothing(await mutate(requester, { method: "DELETE", path: at(key) })),
    filePath: (key) => `${at(key)}/content`,
  };
}

type Names = "brands" | "registerBrand" | "partNumbers" | "savePartNumber" | "removePartNumber";

function nameMethods(requester: Requester): Pick<ProductApi, Names> {
  const at = ({ marketplaceId, partNo }: NumberKey): string =>
    `${market(marketplaceId)}/part-numbers/${encodeURIComponent(partNo)}`;
  return {
    brands: (marketplaceId, query = {}) => new Pages(requester, `${market(marketplaceId)}/brands`, query),
    registerBrand: (marketplaceId, name) =>
      mutate(requester, { method: "POST", path: `${market(marketplaceId)}/brands`, body: { name } }),
    partNumbers: (marketplaceId, query = {}) => new Pages(requester, `${market(marketplaceId)}/part-numbers`, query),
    savePartNumber: (key, variantId) => mutate(requester, { method: "PUT", path: at(key), body: { variantId } }),
    removePartNumber: async (key) => nothing(await mutate(requester, { method: "DELETE", path: at(key) })),
  };
}

function findingMethods(requester: Requester): Pick<ProductApi, "findings" | "finding" | "mergeFinding" | "keepApart"> {
  const base = (marketplaceId: string): string => `${market(marketplaceId)}/match-findings`;
  const at = ({ marketplaceId, findingId }: FindingKey): string =>
    `${base(marketplaceId)}/${encodeURIComponent(findingId)}`;
  return {
    findings: (marketplaceId, query = {}) => new Pages(requester, base(marketplaceId), query),
    finding: (key) => readPath(requester, at(key)),
    mergeFinding: (key, keep) =>
      mutate(requester, { method: "POST", path: `${at(key)}/merge`, body: keep === undefined ? {} : { keep } }),
    keepApart: (key, reason) => mutate(requester, { method: "POST", path: `${at(key)}/separation`, body: { reason } }),
  };
}
