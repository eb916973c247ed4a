import type { Actor } from "@kontor/kernel";
import type { ProductFileInput, ProductFileRecord } from "@kontor/protocol";
import { and, asc, eq, getTableColumns } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { productFiles, products } from "../schema/catalog-products.ts";
import { recordChange } from "./catalog-record.ts";
import { seesProduct } from "./catalog-scope.ts";
import { changeOf, lockedProduct } from "./product-lock.ts";

export type FileKey = { readonly productId: string; readonly fileId: string };
export type AddedFile = FileKey & {
  readonly described: Pick<ProductFileInput, "kind" | "title" | "language" | "mediaType">;
  readonly source: { readonly url: string } | { readonly content: Uint8Array };
};
export type FileContent = { readonly mediaType: string; readonly title: string; readonly content: Uint8Array };

/** Pictures and documents of products that the actor sees. */
export type ProductFileRepository = {
  /** In the order in which they were added; undefined where the product is missing. */
  readonly list: (actor: Actor, productId: string) => Promise<readonly ProductFileRecord[] | undefined>;
  /** Of a file that is kept here. */
  readonly content: (actor: Actor, key: FileKey) => Promise<FileContent | undefined>;
  readonly add: (actor: Actor, file: AddedFile) => Promise<Answered<ProductFileRecord>>;
  readonly remove: (actor: Actor, key: FileKey) => Promise<Answered<null>>;
};

const filesMax = 50;
const { content: _content, ...columns } = getTableColumns(productFiles);

export function createProductFileRepository(db: Database): ProductFileRepository {
  return {
    async list(actor, productId) {
      const seen = await db
        .select({ id: products.id })
        .from(products)
        .where(and(seesProduct(actor), eq(products.id, productId)));
      if (seen.length === 0) return undefined;
      const rows = await db
        .select(columns)
        .from(productFiles)
        .where(eq(productFiles.productId, productId))
        .orderBy(asc(productFiles.position), asc(productFiles.id));
      return rows.map(fileRecordOf);
    },
    async content(actor, { productId, fileId }) {
      const [found] = await db
        .select({ file: productFiles })
        .from(productFiles)
        .innerJoin(products, eq(products.id, productFiles.productId))
        .where(and(seesProduct(actor), eq(products.id, productId), eq(productFiles.id, fileId)));
      if (found === undefined || found.file.content === null) return undefined;
      const { mediaType, title, content } = found.file;
      return { mediaType, title, content };
    },
    add: (actor, { productId, fileId, described, source }) =>
      wholly(db, async (tx) => {
        const product = await lockedProduct(tx, { actor, productId });
        if (!product.ok) return product;
        const [known] = await tx.select(columns).from(productFiles).where(eq(productFiles.id, fileId));
        if (known !== undefined) return answered(fileRecordOf(known));
        const position = await tx.$count(productFiles, eq(productFiles.productId, productId));
        if (position >= filesMax) return refused("files_too_many", { limit: filesMax });
        const { language = null, ...rest } = described;
        const kept = "url" in source ? { url: source.url } : { content: source.content, length: source.content.length };
        const [row] = await tx
          .insert(productFiles)
          .values({ ...rest, ...kept, language, id: fileId, productId, position })
          .returning(columns);
        if (row === undefined) return refused("conflict");
        const file = fileRecordOf(row);
        await recordChange(tx, {
          ...changeOf(product.value, "file_added", actor.userId),
          before: {},
          after: { file },
        });
        return answered(file);
      }),
    remove: (actor, { productId, fileId }) =>
      wholly(db, async (tx) => {
        const product = await lockedProduct(tx, { actor, productId });
        if (!product.ok) return product;
        const [row] = await tx
          .delete(productFiles)
          .where(and(eq(productFiles.id, fileId), eq(productFiles.productId, productId)))
          .returning(columns);
        if (row === undefined) return refused("not_found");
        const change = { before: { file: fileRecordOf(row) }, after: {} };
        await recordChange(tx, { ...changeOf(product.value, "file_removed", actor.userId), ...change });
        return answered(null);
      }),
  };
}

function fileRecordOf(row: Omit<typeof productFiles.$inferSelect, "content">): ProductFileRecord {
  const { id, productId, kind, title, language, mediaType, url, length, createdAt } = row;
  return {
    fileId: id,
    productId,
    kind,
    title,
    mediaType,
    createdAt: instantOf(createdAt),
    ...present({ language, url, length }),
  };
}
