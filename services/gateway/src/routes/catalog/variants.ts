import type { Actor } from "@kontor/kernel";
import { MarketplaceId, ProductId, VariantId, VariantInput, VariantRecord } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { checkedVariant, definedBy } from "../../catalogue/checked-products.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, tagged } from "../answers.ts";
import { idOfKey } from "../ids-of-keys.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["products"];
const market = "/v1/marketplaces/:marketplaceId";
const ofProduct = z.strictObject({ marketplaceId: MarketplaceId, productId: ProductId });
const ofVariant = z.strictObject({ marketplaceId: MarketplaceId, variantId: VariantId });
const writing = { permission: permissionOf("write_products"), idempotency: "answers" } as const;

type Parts = Pick<Repositories, "products" | "classification">;

/** What is counted and stocked of a product. */
export function variantRoutes(app: FastifyInstance, parts: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const { products } = parts;

  routes.get(
    `${market}/variants/:variantId`,
    {
      config: { permission: permissionOf("read_products") },
      schema: {
        tags,
        operationId: "read_variant",
        summary: "A variant of a product; its version is the entity tag",
        params: ofVariant,
        response: { 200: VariantRecord },
      },
    },
    async ({ actor, params: { variantId } }, reply) =>
      tagged(reply, foundOrRefusal(await products.findVariant(actor, variantId)).variant),
  );

  routes.post(
    `${market}/products/:productId/variants`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "add_variant",
        summary: "One more variant, which differs from its sisters in an attribute",
        params: ofProduct,
        body: VariantInput,
        response: { 201: VariantRecord },
      },
    },
    async (request, reply) => {
      const {
        actor,
        body,
        params: { productId },
      } = request;
      const checked = checkedVariant(body, { pointer: "", defined: await definedIn(parts, actor, productId) });
      const variant = { ...checked, productId, variantId: idOfKey(request) };
      return tagged(reply.code(201), answerOrRefusal(await products.addVariant(actor, variant)));
    },
  );

  routes.put(
    `${market}/variants/:variantId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "revise_variant",
        summary: "What a variant is from now on; units in which it is offered stay",
        params: ofVariant,
        headers: VersionHeaders,
        body: VariantInput,
        response: { 200: VariantRecord },
      },
    },
    async (request, reply) => {
      const {
        actor,
        body,
        params: { variantId },
      } = request;
      const expectedVersion = versionOf(request);
      const { product } = foundOrRefusal(await products.findVariant(actor, variantId));
      const defined = await definedIn(parts, actor, product.productId);
      const variant = { ...checkedVariant(body, { pointer: "", defined }), variantId, expectedVersion };
      return tagged(reply, answerOrRefusal(await products.reviseVariant(actor, variant)));
    },
  );

  for (const { path, verb, status, summary } of steps) {
    routes.post(
      `${market}/variants/:variantId/${path}`,
      {
        config: writing,
        schema: {
          tags,
          operationId: `${verb}_variant`,
          summary,
          params: ofVariant,
          headers: VersionHeaders,
          response: { 200: VariantRecord },
        },
      },
      async (request, reply) => {
        const step = { variantId: request.params.variantId, status, expectedVersion: versionOf(request) };
        return tagged(reply, answerOrRefusal(await products.stepVariant(request.actor, step)));
      },
    );
  }
}

const steps = [
  { path: "activation", verb: "activate", status: "active", summary: "It is there again" },
  { path: "withdrawal", verb: "withdraw", status: "withdrawn", summary: "Its offers are not found any more" },
] as const;

async function definedIn({ products, classification }: Parts, actor: Actor, productId: string) {
  const { classes } = foundOrRefusal(await products.find(actor, productId));
  return await definedBy(classification, actor, classes);
}
