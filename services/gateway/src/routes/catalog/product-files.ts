import {
  MarketplaceId,
  ProductFileId,
  ProductFileInput,
  ProductFileList,
  ProductFileRecord,
  ProductId,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { fileContentOf } from "../../catalogue/file-content.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, foundOrRefusal } from "../answers.ts";
import { idOfKey } from "../ids-of-keys.ts";

const tags = ["products"];
const base = "/v1/marketplaces/:marketplaceId/products/:productId/files";
const params = z.strictObject({ marketplaceId: MarketplaceId, productId: ProductId });
const ofFile = z.strictObject({ marketplaceId: MarketplaceId, productId: ProductId, fileId: ProductFileId });
const reading = { permission: permissionOf("read_products") };
const writing = { permission: permissionOf("write_products"), idempotency: "answers" } as const;

/** Pictures and documents of products. */
export function productFileRoutes(app: FastifyInstance, { productFiles }: Pick<Repositories, "productFiles">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_product_files",
        summary: "Pictures and documents of a product",
        params,
        response: { 200: ProductFileList },
      },
    },
    async ({ actor, params: { productId } }) => ({
      files: [...foundOrRefusal(await productFiles.list(actor, productId))],
    }),
  );

  routes.get(
    `${base}/:fileId/content`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "download_product_file",
        summary: "The bytes of a file that is kept here, in its media type",
        params: ofFile,
        response: { 200: z.unknown().meta({ description: "The file.", type: "string", format: "binary" }) },
      },
    },
    async ({ actor, params: { productId, fileId } }, reply) => {
      const { mediaType, content } = foundOrRefusal(await productFiles.content(actor, { productId, fileId }));
      reply.header("content-disposition", `attachment; filename="${fileId}.${endings[mediaType] ?? "bin"}"`);
      reply.header("x-content-type-options", "nosniff");
      return reply.type(mediaType).send(Buffer.from(content));
    },
  );

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "add_product_file",
        summary: "Name a file by its address, or send it: one mebibyte of the kinds that are taken",
        params,
        body: ProductFileInput,
        response: { 201: ProductFileRecord },
      },
    },
    async (request, reply) => {
      const {
        actor,
        body,
        params: { productId },
      } = request;
      const { kind, title, language, mediaType } = body;
      const described = { kind, title, mediaType, ...(language === undefined ? {} : { language }) };
      const file = { productId, fileId: idOfKey(request), described, source: sourceOf(body) };
      return reply.code(201).send(answerOrRefusal(await productFiles.add(actor, file)));
    },
  );

  routes.delete(
    `${base}/:fileId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_product_file",
        summary: "Take a file away from a product",
        params: ofFile,
        response: { 204: z.null() },
      },
    },
    async ({ actor, params: { productId, fileId } }, reply) => {
      answerOrRefusal(await productFiles.remove(actor, { productId, fileId }));
      return reply.code(204).send(null);
    },
  );
}

function sourceOf(body: ProductFileInput): { readonly url: string } | { readonly content: Uint8Array } {
  if ("url" in body) return { url: body.url };
  const content = fileContentOf(body.content, body.mediaType);
  if (content === null) throw new Refusal("file_content_invalid", { mediaType: body.mediaType, pointer: "/content" });
  return { content };
}

const endings: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "text/plain": "txt",
  "text/csv": "csv",
};
