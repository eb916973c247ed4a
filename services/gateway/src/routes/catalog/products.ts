import type { Actor } from "@kontor/kernel";
import {
  BrandInput,
  BrandQuery,
  BrandRecord,
  CatalogReason,
  CatalogRecordEntry,
  CatalogRecordQuery,
  MarketplaceId,
  ProductId,
  ProductInput,
  ProductQuery,
  ProductRecord,
  ProductRevision,
  ProductSummary,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { checkedRevision, checkedVariant, definedBy, requireComplete } from "../../catalogue/checked-products.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { idOfKey } from "../ids-of-keys.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["products"];
const market = "/v1/marketplaces/:marketplaceId";
const base = `${market}/products`;
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofProduct = z.strictObject({ marketplaceId: MarketplaceId, productId: ProductId });
const reading = { permission: permissionOf("read_products") };
const writing = { permission: permissionOf("write_products"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "products" | "classification">;

/** What there is in a marketplace, apart from who sells it. */
export function productRoutes(app: FastifyInstance, parts: Parts): void {
  brandRoutes(app, parts);
  productReading(app, parts);
  productWriting(app, parts);
  productSteps(app, parts);
}

function brandRoutes(app: FastifyInstance, { products }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${market}/brands`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_brands",
        summary: "Brands of a marketplace by name",
        params,
        querystring: BrandQuery,
        response: { 200: pageOf(BrandRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await products.brands(request.actor, request.query), request, reply),
  );

  routes.post(
    `${market}/brands`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "register_brand",
        summary: "The brand of a name; in another spelling it is the same one",
        params,
        body: BrandInput,
        response: { 201: BrandRecord },
      },
    },
    async ({ actor, body: { name } }, reply) =>
      reply.code(201).send(answerOrRefusal(await products.registerBrand(actor, name))),
  );
}

function productReading(app: FastifyInstance, { products }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_products",
        summary: "Products, newest first: active ones, and one's own company's whatever they are; for staff all",
        params,
        querystring: ProductQuery,
        response: { 200: pageOf(ProductSummary) },
      },
    },
    async (request, reply) => pageOrRefusal(await products.list(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:productId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_product",
        summary: "A product with its variants; its version is the entity tag",
        params: ofProduct,
        response: { 200: ProductRecord },
      },
    },
    async ({ actor, params: { productId } }, reply) =>
      tagged(reply, foundOrRefusal(await products.find(actor, productId))),
  );

  routes.get(
    `${base}/:productId/record`,
    {
      config: { permission: permissionOf("read_catalog_record") },
      schema: {
        tags,
        operationId: "list_product_record",
        summary: "Who changed what of a product, newest first; for its owner and the marketplace's staff",
        params: ofProduct,
        querystring: CatalogRecordQuery,
        response: { 200: pageOf(CatalogRecordEntry) },
      },
    },
    async (request, reply) => {
      const found = await products.record(request.actor, request.params.productId, request.query);
      return pageOrRefusal(foundOrRefusal(found), request, reply);
    },
  );
}

function productWriting(app: FastifyInstance, { products, classification }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_product",
        summary: "A draft: of a seller his company's own, of the operator the marketplace's",
        params,
        body: ProductInput,
        response: { 201: ProductRecord },
      },
    },
    async (request, reply) => {
      const { actor, body } = request;
      const { variants, ...revision } = body;
      const defined = await definedBy(classification, actor, revision.classes);
      const product = {
        productId: idOfKey(request),
        revision: checkedRevision(revision, defined),
        variants: variants.map((variant, index) => ({
          ...checkedVariant(variant, { pointer: `/variants/${index}`, defined }),
          variantId: idOfKey(request, index),
        })),
      };
      return tagged(reply.code(201), answerOrRefusal(await products.create(actor, product)));
    },
  );

  routes.put(
    `${base}/:productId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "revise_product",
        summary: "What a product is from now on, but for its variants; an active one is looked at again",
        params: ofProduct,
        headers: VersionHeaders,
        body: ProductRevision,
        response: { 200: ProductRecord },
      },
    },
    async (request, reply) => {
      const {
        actor,
        body,
        params: { productId },
      } = request;
      const expectedVersion = versionOf(request);
      const stored = foundOrRefusal(await products.find(actor, productId));
      const defined = await definedBy(classification, actor, body.classes);
      const revision = checkedRevision(body, defined);
      if (stored.status === "active") requireComplete({ ...revision, variants: activeOf(stored) }, defined);
      const revised = await products.revise(actor, { productId, revision, expectedVersion });
      return tagged(reply, answerOrRefusal(revised));
    },
  );
}

const activeOf = ({ variants }: ProductRecord) => variants.filter(({ status }) => status === "active");

function productSteps(app: FastifyInstance, parts: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const { products } = parts;

  routes.post(
    `${base}/:productId/activation`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "activate_product",
        summary: "Everybody finds it; what is another product beyond doubt becomes that one",
        params: ofProduct,
        headers: VersionHeaders,
        response: { 200: ProductRecord },
      },
    },
    async (request, reply) => {
      const {
        actor,
        params: { productId },
      } = request;
      const expectedVersion = versionOf(request);
      await requireActivable(parts, actor, productId);
      const step = { productId, status: "active", reason: null, expectedVersion } as const;
      return tagged(reply, answerOrRefusal(await products.step(actor, step)));
    },
  );

  routes.post(
    `${base}/:productId/withdrawal`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "withdraw_product",
        summary: "Nobody else finds it any more, nor its offers",
        params: ofProduct,
        headers: VersionHeaders,
        body: CatalogReason,
        response: { 200: ProductRecord },
      },
    },
    async (request, reply) => {
      const {
        actor,
        params: { productId },
        body: { reason },
      } = request;
      const step = { productId, status: "withdrawn", reason, expectedVersion: versionOf(request) } as const;
      return tagged(reply, answerOrRefusal(await products.step(actor, step)));
    },
  );
}

async function requireActivable({ products, classification }: Parts, actor: Actor, productId: string): Promise<void> {
  const stored = foundOrRefusal(await products.find(actor, productId));
  const defined = await definedBy(classification, actor, stored.classes);
  requireComplete({ ...stored, variants: activeOf(stored) }, defined);
}
