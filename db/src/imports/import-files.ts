import type { Actor } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { isOwnCompany } from "../repositories/scope.ts";
import { importChunks, imports } from "../schema/catalog-imports.ts";
import type { FoundImport, ImportDocument } from "./import-records.ts";
import { seesImport, selectImports } from "./import-records.ts";

/** `offset`: how many bytes of the file there are before these. */
export type ReceivedBytes = { readonly importId: string; readonly offset: number; readonly bytes: Uint8Array };

/** Puts bytes behind those that there are; of two who send the same, one is told where to go on. */
export async function appendChunk(
  tx: Database,
  actor: Actor,
  { importId, offset, bytes }: ReceivedBytes,
): Promise<Answered<number>> {
  const [found] = await selectImports(tx)
    .where(and(seesImport(actor), eq(imports.id, importId)))
    .for("update", { of: imports });
  if (found === undefined || !isOwnCompany(actor, found.row.vendorId)) return refused("import_unknown");
  const { row } = found;
  if (row.state !== "uploading") return refused("import_state_wrong", { state: row.state });
  // Read after the lock: whoever held it may have added to it.
  const [there] = await tx
    .select({
      bytes: sql<number>`coalesce(sum(octet_length(${importChunks.content})), 0)::float8`,
      no: sql<number>`coalesce(max(${importChunks.no}), 0)`,
    })
    .from(importChunks)
    .where(eq(importChunks.importId, importId));
  const { bytes: receivedBytes = 0, no = 0 } = there ?? {};
  if (receivedBytes !== offset) return refused("import_offset_wrong", { receivedBytes });
  const { importFileBytesMax: limit } = limits;
  if (receivedBytes + bytes.length > limit) return refused("import_file_too_large", { limit });
  await tx.insert(importChunks).values({ importId, upload: row.upload, no: no + 1, content: bytes });
  return answered(receivedBytes + bytes.length);
}

/** A vendor's file, and what he says of how it is to be read. */
export type ImportFile = Pick<ImportDocument, "format" | "reading"> & {
  readonly bytesTotal: number;
  /** To be read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
};

export function fileOf(db: Database, { row, receivedBytes }: FoundImport): ImportFile {
  const { id, format, reading } = row;
  return { format, reading, bytesTotal: receivedBytes, bytes: chunksOf(db, id) };
}

/** The file's pieces in order, each read when the one before was taken: never the whole file in memory. */
export async function* chunksOf(db: Database, importId: string): AsyncGenerator<Uint8Array> {
  for (let no = 0; ; ) {
    const [chunk] = await db
      .select({ no: importChunks.no, content: importChunks.content })
      .from(importChunks)
      .where(and(eq(importChunks.importId, importId), gt(importChunks.no, no)))
      .orderBy(asc(importChunks.no))
      .limit(1);
    if (chunk === undefined) return;
    no = chunk.no;
    yield chunk.content;
  }
}
