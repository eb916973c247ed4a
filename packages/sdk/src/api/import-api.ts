import type {
  ImportFileReceipt,
  ImportMapping,
  ImportMappingInput,
  ImportMappingQuery,
  ImportMappingRecord,
  ImportPreview,
  ImportPreviewQuery,
  ImportProblem,
  ImportProblemQuery,
  ImportQuery,
  ImportRecord,
  ImportStart,
} from "@kontor/protocol";
import { bounds } from "@kontor/protocol";
import { Pages } from "../http/pages.ts";
import type { Requester } from "../http/requester.ts";
import { mutate, readPath } from "../http/requester.ts";
import { ifMatch } from "../http/versions.ts";
import type { Result } from "../result.ts";
import { nothing } from "./auth-api.ts";

export type ImportKey = { readonly marketplaceId: string; readonly importId: string };
type MappingKey = { readonly marketplaceId: string; readonly mappingId: string };
type MappingVersion = MappingKey & { readonly version: number };

/** What the server fills in may be left out. */
type Mapping = Pick<ImportMapping, "columns"> & Partial<ImportMapping>;
type NamedMapping = Pick<ImportMappingInput, "name"> & { readonly mapping: Mapping };
type Start = Pick<ImportStart, "fileBytes"> &
  Partial<Omit<ImportStart, "mapping">> & { readonly mapping?: Mapping | undefined };
type Draft = Pick<ImportRecord, "fileName"> & {
  readonly format?: "csv" | "xlsx" | "ndjson" | "bmecat";
  readonly reading?: {
    readonly encoding?: string;
    readonly separator?: string;
    readonly sheet?: string;
    readonly headerRow?: number | "none";
  };
};

/** A file as bytes, as a Blob, or as they come; of the latter two a part at a time is in memory. */
export type FileSource = Uint8Array | Blob | AsyncIterable<Uint8Array>;

/** A vendor's catalogue files: sent, started, followed (`import:<id>`), and their failed rows fetched. */
export type ImportApi = {
  readonly list: (marketplaceId: string, query?: Partial<ImportQuery>) => Pages<ImportRecord>;
  readonly get: (key: ImportKey) => Promise<Result<ImportRecord>>;
  readonly create: (marketplaceId: string, draft: Draft) => Promise<Result<ImportRecord>>;
  /** Sends the file in parts, each again where its answer was lost: how many bytes there are then. */
  readonly upload: (key: ImportKey, file: FileSource) => Promise<Result<number>>;
  readonly preview: (key: ImportKey, query?: Partial<ImportPreviewQuery>) => Promise<Result<ImportPreview>>;
  readonly start: (key: ImportKey, start: Start) => Promise<Result<ImportRecord>>;
  readonly cancel: (key: ImportKey) => Promise<Result<ImportRecord>>;
  readonly problems: (key: ImportKey, query?: Partial<ImportProblemQuery>) => Pages<ImportProblem>;
  /** All rows that were not taken, as CSV. */
  readonly failedRows: (key: ImportKey) => Promise<Result<string>>;
  /** Where that table is downloaded. */
  readonly failedRowsPath: (key: ImportKey) => string;
  readonly mappings: (marketplaceId: string, query?: Partial<ImportMappingQuery>) => Pages<ImportMappingRecord>;
  readonly mapping: (key: MappingKey) => Promise<Result<ImportMappingRecord>>;
  readonly saveMapping: (marketplaceId: string, named: NamedMapping) => Promise<Result<ImportMappingRecord>>;
  readonly changeMapping: (key: MappingVersion, named: NamedMapping) => Promise<Result<ImportMappingRecord>>;
  readonly removeMapping: (key: MappingKey) => Promise<Result<void>>;
};

const market = (marketplaceId: string): string => `/v1/marketplaces/${encodeURIComponent(marketplaceId)}`;
const importAt = ({ marketplaceId, importId }: ImportKey): string =>
  `${market(marketplaceId)}/imports/${encodeURIComponent(importId)}`;
const mappingAt = ({ marketplaceId, mappingId }: MappingKey): string =>
  `${market(marketplaceId)}/import-mappings/${encodeURIComponent(mappingId)}`;

export function createImportApi(requester: Requester): ImportApi {
  return {
    ...mappingMethods(requester),
    list: (marketplaceId, query = {}) => new Pages(requester, `${market(marketplaceId)}/imports`, query),
    get: (key) => readPath(requester, importAt(key)),
    create: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${market(marketplaceId)}/imports`, body }),
    upload: (key, file) => upload(requester, key, file),
    preview: (key, query = {}) => readPath(requester, `${importAt(key)}/preview`, query),
    start: (key, body) => mutate(requester, { method: "POST", path: `${importAt(key)}/start`, body }),
    cancel: (key) => mutate(requester, { method: "POST", path: `${importAt(key)}/cancellation` }),
    problems: (key, query = {}) => new Pages(requester, `${importAt(key)}/problems`, query),
    failedRows: (key) => readPath(requester, `${importAt(key)}/failed-rows`),
    failedRowsPath: (key) => `${importAt(key)}/failed-rows`,
  };
}

type Mappings = "mappings" | "mapping" | "saveMapping" | "changeMapping" | "removeMapping";

function mappingMethods(requester: Requester): Pick<ImportApi, Mappings> {
  return {
    mappings: (marketplaceId, query = {}) => new Pages(requester, `${market(marketplaceId)}/import-mappings`, query),
    mapping: (key) => readPath(requester, mappingAt(key)),
    saveMapping: (marketplaceId, body) =>
      mutate(requester, { method: "POST", path: `${market(marketplaceId)}/import-mappings`, body }),
    changeMapping: (key, body) =>
      mutate(requester, { method: "PUT", path: mappingAt(key), body, headers: ifMatch(key.version) }),
    removeMapping: async (key) => nothing(await mutate(requester, { method: "DELETE", path: mappingAt(key) })),
  };
}

async function upload(requester: Requester, key: ImportKey, file: FileSource): Promise<Result<number>> {
  let offset = 0;
  for await (const bytes of partsOf(file)) {
    const end = offset + bytes.length;
    while (offset < end) {
      const rest = bytes.subarray(bytes.length - (end - offset));
      const sent = await mutate<ImportFileReceipt>(requester, {
        method: "PUT",
        path: `${importAt(key)}/file`,
        query: { offset },
        bytes: rest,
      });
      if (sent.ok) {
        offset = sent.value.receivedBytes;
        continue;
      }
      // Of a part whose answer was lost, some or all may have arrived.
      const { code, receivedBytes } = sent.problem;
      const arrived = code === "import_offset_wrong" && typeof receivedBytes === "number" ? receivedBytes : -1;
      if (arrived <= offset || arrived > end) return sent;
      offset = arrived;
    }
  }
  return { ok: true, value: offset };
}

const { importPartBytesMax: partBytes } = bounds;

async function* partsOf(file: FileSource): AsyncGenerator<Uint8Array> {
  if (file instanceof Uint8Array) {
    for (let at = 0; at < file.length; at += partBytes) yield file.subarray(at, at + partBytes);
    return;
  }
  if (file instanceof Blob) {
    for (let at = 0; at < file.size; at += partBytes) {
      yield new Uint8Array(await file.slice(at, at + partBytes).arrayBuffer());
    }
    return;
  }
  let kept: Uint8Array[] = [];
  let size = 0;
  for await (const piece of file) {
    for (let at = 0; at < piece.length; ) {
      const taken = piece.subarray(at, at + partBytes - size);
      kept.push(taken);
      size += taken.length;
      at += taken.length;
      if (size < partBytes) continue;
      yield joined(kept, size);
      kept = [];
      size = 0;
    }
  }
  if (size > 0) yield joined(kept, size);
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
