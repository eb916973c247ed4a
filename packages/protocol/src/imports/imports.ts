import { z } from "zod";
import { bounds } from "../bounds.ts";
import { PriceListId } from "../catalog/terms.ts";
import { Line } from "../catalog/values.ts";
import { pageQuery } from "../pages.ts";
import { CompanyId, Instant, MarketplaceId, Uuid } from "../primitives.ts";
import { ImportMapping, ImportMappingId } from "./mappings.ts";

/* Catalogues that vendors bring as files. */

export const ImportId = Uuid.meta({ description: "Import id, UUID." });
export const ImportFormat = z.enum(["csv", "xlsx", "ndjson", "bmecat"]);
export const ImportState = z.enum(["uploading", "waiting", "checking", "applying", "done", "failed", "cancelled"]);

/** Where the file says otherwise than what is found out. */
const reading = z.strictObject({
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15"]).optional(),
  separator: z.enum([",", ";", "\t", "|"]).optional(),
  sheet: z.string().min(1).max(100).optional(),
  headerRow: z.union([z.int().min(1).max(1_000), z.literal("none")]).optional(),
});

export const ImportInput = z.strictObject({
  fileName: Line,
  format: ImportFormat.optional().meta({ description: "Left out: found out from the file." }),
  reading: reading.default({}),
});

export const ImportFileQuery = z.strictObject({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(bounds.importFileBytesMax)
    .meta({ description: "How many bytes of the file were received before these: `receivedBytes` of the import." }),
});
export const ImportFileReceipt = z
  .object({ receivedBytes: z.int().meta({ description: "Where the next bytes begin." }) })
  .meta({ id: "ImportFileReceipt" });

export const ImportStart = z.strictObject({
  fileBytes: z
    .int()
    .min(1)
    .max(bounds.importFileBytesMax)
    .meta({ description: "Of the whole file: a part that is missing is told." }),
  mapping: ImportMapping.optional().meta({ description: "Left out: the saved one, else what the columns' names say." }),
  mappingId: ImportMappingId.optional(),
  priceListId: PriceListId.optional().meta({ description: "Which of the vendor's lists prices go into." }),
  dryRun: z.boolean().default(false).meta({ description: "Says what would become of it and changes nothing." }),
  apply: z
    .enum(["all", "valid"])
    .default("valid")
    .meta({ description: "`all`: nothing, unless every row can be taken. `valid`: every row that can." }),
});

export const ImportRecord = z
  .object({
    importId: ImportId,
    marketplaceId: MarketplaceId,
    vendorId: CompanyId,
    fileName: z.string(),
    format: ImportFormat.optional(),
    state: ImportState,
    receivedBytes: z.int(),
    fileBytes: z.int().optional(),
    mapping: ImportMapping.optional(),
    mappingId: ImportMappingId.optional(),
    mappingVersion: z.int().optional(),
    priceListId: PriceListId.optional(),
    dryRun: z.boolean(),
    apply: z.enum(["all", "valid"]),
    bytesRead: z.int(),
    rowsRead: z.int(),
    rowsValid: z.int().meta({ description: "Rows that can be taken; of these the offers below are." }),
    rowsFailed: z.int(),
    problemsFound: z.int(),
    warningsFound: z.int(),
    offersCreated: z.int(),
    offersChanged: z.int(),
    offersUnchanged: z.int(),
    offersWithdrawn: z.int(),
    cancelRequested: z.boolean(),
    failure: z
      .object({ code: z.string(), message: z.string(), hint: z.string() })
      .optional()
      .meta({ description: "Why it failed as a whole." }),
    createdBy: z.string(),
    createdAt: Instant,
    startedAt: Instant.optional(),
    endedAt: Instant.optional(),
    fileKept: z.boolean().meta({ description: "Whether its bytes are still here." }),
    failedRowsKept: z.boolean().meta({ description: "Whether problems and failed rows can still be read." }),
    version: z.int(),
  })
  .meta({ id: "ImportRecord" });

export const ImportQuery = z.strictObject({
  ...pageQuery,
  state: z.union([ImportState, z.array(ImportState).max(7)]).optional(),
});

export const ImportProblemQuery = z.strictObject(pageQuery);
export const ImportProblem = z
  .object({
    row: z.int().meta({ description: "As a spreadsheet numbers it; the row of column names counts." }),
    column: z.string().optional().meta({ description: "Absent where the row as a whole is meant." }),
    value: z.string().meta({ description: "As written, cut after 200 characters." }),
    severity: z.enum(["error", "warning"]),
    code: z.string(),
    message: z.string(),
    hint: z.string().meta({ description: "What to write instead." }),
  })
  .meta({ id: "ImportProblem" });

export const ImportPreviewQuery = z.strictObject({
  rows: z.coerce.number().int().min(1).max(100).default(20),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .default("en")
    .meta({ description: "Of texts whose column names no language." }),
});
export const ImportPreview = z
  .object({
    format: ImportFormat,
    encoding: z.string().optional(),
    separator: z.string().optional(),
    sheet: z.string().optional(),
    sheets: z.array(z.string()),
    headerRow: z.int().optional(),
    columns: z.array(z.object({ name: z.string(), decimalMark: z.enum([".", ",", "mixed"]).optional() })),
    rows: z.array(z.object({ row: z.int(), cells: z.array(z.string().nullable()) })),
    mapping: ImportMapping.optional().meta({
      description: "What the columns seem to tell; absent where none is known.",
    }),
    byContent: z.array(z.string()).meta({ description: "Columns that were judged by their cells." }),
    unmapped: z.array(z.string()).meta({ description: "Columns that are not read." }),
    mappingProblems: z.array(
      z.object({ code: z.string(), subject: z.string(), message: z.string(), hint: z.string() }),
    ),
    problems: z.array(ImportProblem).meta({ description: "Of the first rows, read by the proposed mapping." }),
  })
  .meta({ id: "ImportPreview" });

export type ImportInput = z.output<typeof ImportInput>;
export type ImportFileReceipt = z.infer<typeof ImportFileReceipt>;
export type ImportStart = z.output<typeof ImportStart>;
export type ImportRecord = z.infer<typeof ImportRecord>;
export type ImportQuery = z.output<typeof ImportQuery>;
export type ImportProblem = z.infer<typeof ImportProblem>;
export type ImportProblemQuery = z.output<typeof ImportProblemQuery>;
export type ImportPreview = z.infer<typeof ImportPreview>;
export type ImportPreviewQuery = z.output<typeof ImportPreviewQuery>;
