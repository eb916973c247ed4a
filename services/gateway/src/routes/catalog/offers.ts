import type { OfferQuantities } from "@kontor/catalog";
import { checkOfferTerms } from "@kontor/catalog";
import type { ListedVariant, OfferStep } from "@kontor/db";
import type { Clock } from "@kontor/kernel";
import type { OfferRevision as Revision } from "@kontor/protocol";
import {
  CatalogReason,
  CatalogRecordEntry,
  CatalogRecordQuery,
  MarketplaceId,
  OfferId,
  OfferInput,
  OfferQuery,
  OfferRecord,
  OfferRevision,
  pageOf,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { wholeOrRefusal } from "../../catalogue/checked-products.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { idOfKey } from "../ids-of-keys.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["offers"];
const base = "/v1/marketplaces/:marketplaceId/offers";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofOffer = z.strictObject({ marketplaceId: MarketplaceId, offerId: OfferId });
const writing = { permission: permissionOf("write_offers"), idempotency: "answers" } as const;
const reviewing = { permission: permissionOf("review_offers"), idempotency: "answers" } as const;

export type OfferParts = Pick<Repositories, "offers" | "products"> & { readonly clock: Clock };

/** What vendors list; the offer is what is bought. */
export function offerRoutes(app: FastifyInstance, parts: OfferParts): void {
  offerReading(app, parts);
  offerWriting(app, parts);
  offerSteps(app, parts);
}

function offerReading(app: FastifyInstance, { offers, clock }: OfferParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const reading = { permission: permissionOf("read_offers") };

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_offers",
        summary: "Offers, newest first: what can be bought, and one's own company's whatever they are; for staff all",
        params,
        querystring: OfferQuery,
        response: { 200: pageOf(OfferRecord) },
      },
    },
    async (request, reply) =>
      pageOrRefusal(await offers.list(request.actor, request.query, clock.now()), request, reply),
  );

  routes.get(
    `${base}/:offerId`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_offer",
        summary: "An offer; its version is the entity tag",
        params: ofOffer,
        response: { 200: OfferRecord },
      },
    },
    async ({ actor, params: { offerId } }, reply) =>
      tagged(reply, foundOrRefusal(await offers.find(actor, { offerId, at: clock.now() }))),
  );

  routes.get(
    `${base}/:offerId/record`,
    {
      config: { permission: permissionOf("read_catalog_record") },
      schema: {
        tags,
        operationId: "list_offer_record",
        summary: "Who changed what of an offer, newest first; for its vendor and the marketplace's staff",
        params: ofOffer,
        querystring: CatalogRecordQuery,
        response: { 200: pageOf(CatalogRecordEntry) },
      },
    },
    async (request, reply) => {
      const asked = { offerId: request.params.offerId, at: clock.now() };
      return pageOrRefusal(foundOrRefusal(await offers.record(request.actor, asked, request.query)), request, reply);
    },
  );
}

function offerWriting(app: FastifyInstance, { offers, products, clock }: OfferParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_offer",
        summary: "A draft of one's own company's offer",
        params,
        body: OfferInput,
        response: { 201: OfferRecord },
      },
    },
    async (request, reply) => {
      const { actor, body } = request;
      const { variantId, ...terms } = body;
      const listed = await products.findVariant(actor, variantId);
      if (listed === undefined) throw new Refusal("variant_unknown", { variantId, pointer: "/variantId" });
      const quantities = quantitiesOf(terms, listed);
      const offer = { offerId: idOfKey(request), variantId, terms, quantities, at: clock.now() };
      return tagged(reply.code(201), answerOrRefusal(await offers.create(actor, offer)));
    },
  );

  routes.put(
    `${base}/:offerId`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "revise_offer",
        summary: "An offer's terms from now on; another condition of what was reviewed is reviewed again",
        params: ofOffer,
        headers: VersionHeaders,
        body: OfferRevision,
        response: { 200: OfferRecord },
      },
    },
    async (request, reply) => {
      const {
        actor,
        body: terms,
        params: { offerId },
      } = request;
      const expectedVersion = versionOf(request);
      const at = clock.now();
      const stored = foundOrRefusal(await offers.find(actor, { offerId, at }));
      const listed = foundOrRefusal(await products.findVariant(actor, stored.variantId));
      const offer = { offerId, terms, quantities: quantitiesOf(terms, listed), at, expectedVersion };
      return tagged(reply, answerOrRefusal(await offers.revise(actor, offer)));
    },
  );
}

/** @throws Refusal with the units it is sold in, or the nearest quantities that would do */
function quantitiesOf(terms: Revision, { variant }: ListedVariant): OfferQuantities {
  const { baseUnit, decimals, sold, units } = variant;
  const all = [{ unit: baseUnit, decimals, sold }, ...units];
  return wholeOrRefusal(
    checkOfferTerms(
      terms,
      all.filter((unit) => unit.sold),
    ),
  );
}

type Step = {
  readonly step: OfferStep["step"];
  readonly path: string;
  readonly summary: string;
  readonly config: typeof writing | typeof reviewing;
};

const steps: readonly Step[] = [
  { step: "propose", path: "proposal", summary: "Have the operator look at it", config: writing },
  { step: "approve", path: "approval", summary: "Buyers see it and may order it", config: reviewing },
  { step: "pause", path: "pause", summary: "Take it off for a time", config: writing },
  { step: "resume", path: "resumption", summary: "Put it back", config: writing },
  { step: "withdraw", path: "withdrawal", summary: "Take it off for good", config: writing },
];

function offerSteps(app: FastifyInstance, { offers }: OfferParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const schema = { tags, params: ofOffer, headers: VersionHeaders, response: { 200: OfferRecord } };

  for (const { step, path, summary, config } of steps) {
    routes.post(
      `${base}/:offerId/${path}`,
      { config, schema: { ...schema, operationId: `${step}_offer`, summary } },
      async (request, reply) => {
        const { offerId } = request.params;
        const asked = { offerId, step, reason: null, expectedVersion: versionOf(request) };
        return tagged(reply, answerOrRefusal(await offers.step(request.actor, asked)));
      },
    );
  }

  routes.post(
    `${base}/:offerId/rejection`,
    {
      config: reviewing,
      schema: {
        ...schema,
        operationId: "reject_offer",
        summary: "Not as it is: the vendor is told why, may change and propose it again",
        body: CatalogReason,
      },
    },
    async (request, reply) => {
      const { offerId } = request.params;
      const { reason } = request.body;
      const asked = { offerId, step: "reject", reason, expectedVersion: versionOf(request) } as const;
      return tagged(reply, answerOrRefusal(await offers.step(request.actor, asked)));
    },
  );
}
