import { z } from "zod";
import { Instant, Title, Uuid } from "../primitives.ts";
import { ProductId } from "./products.ts";
import { LanguageTag } from "./values.ts";

/* Pictures and documents of products. */

export const ProductFileId = Uuid.meta({ description: "File id, UUID." });
export const ProductFileKind = z.enum(["picture", "data_sheet", "safety_data_sheet", "certificate", "manual", "other"]);
/** Nothing that a browser would run. */
export const ProductFileMedia = z.enum([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "application/pdf",
  "text/plain",
  "text/csv",
  "application/zip",
]);
/** Bytes of a file that is kept here. */
export const productFileBytesMax = 1_048_576;
const base64Max = Math.ceil(productFileBytesMax / 3) * 4;

const described = {
  kind: ProductFileKind,
  title: Title.default(""),
  language: LanguageTag.optional(),
  mediaType: ProductFileMedia,
};
const address = z
  .url({ protocol: /^https$/ })
  .max(2_000)
  .meta({ description: "Where it lies: https." });

/** By its address, or with its bytes in base64: one mebibyte of them at most. */
export const ProductFileInput = z.union([
  z.strictObject({ ...described, url: address }),
  z.strictObject({ ...described, content: z.string().min(1).max(base64Max) }),
]);
export const ProductFileRecord = z
  .object({
    fileId: ProductFileId,
    productId: ProductId,
    kind: ProductFileKind,
    title: z.string(),
    language: z.string().optional(),
    mediaType: z.string(),
    url: z.string().optional().meta({ description: "Absent of a file that is kept here." }),
    length: z.int().optional().meta({ description: "Bytes of a file that is kept here." }),
    createdAt: Instant,
  })
  .meta({ id: "ProductFileRecord" });
export const ProductFileList = z.object({ files: z.array(ProductFileRecord) });

export type ProductFileInput = z.output<typeof ProductFileInput>;
export type ProductFileRecord = z.infer<typeof ProductFileRecord>;
