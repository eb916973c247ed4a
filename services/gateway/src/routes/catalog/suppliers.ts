import { checkUnit } from "@kontor/catalog";
import type { Clock } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { SupplierPage as Found, SupplierHit, SupplierProfileRecord } from "@kontor/protocol";
import {
  CertificateId,
  CertificateVerdict,
  CompanyId,
  MarketplaceId,
  SupplierProfileRecord as ProfileSchema,
  SupplierPage,
  SupplierProfileInput,
  SupplierSearchQuery,
} from "@kontor/protocol";
import { codeLists } from "@kontor/standards";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { wholeOrRefusal } from "../../catalogue/checked-products.ts";
import type { SupplierAsk } from "../../catalogue/marketplace-index.ts";
import { cursorOf, positionIn } from "../../catalogue/search-cursor.ts";
import type { CatalogueSearch } from "../../catalogue/start-search.ts";
import { capacityOf } from "../../catalogue/supplier-capacity.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, foundOrRefusal, tagged } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf, VersionHeaders, versionOf } from "../versions.ts";
import { askedFacets, chosenValues, labelledFacet, partsOf } from "./facet-queries.ts";

const tags = ["suppliers"];
const base = "/v1/marketplaces/:marketplaceId";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofCompany = params.extend({ companyId: CompanyId });

export type SupplierParts = Pick<Repositories, "suppliers" | "found"> & {
  readonly clock: Clock;
  /** Null where there is none. */
  readonly search: CatalogueSearch | null;
};

/** What companies supply, and who supplies it. */
export function supplierRoutes(app: FastifyInstance, parts: SupplierParts): void {
  searchRoute(app, parts);
  profileRoutes(app, parts);
  verdictRoute(app, parts);
}

function searchRoute(app: FastifyInstance, parts: SupplierParts): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    `${base}/suppliers`,
    {
      config: { permission: permissionOf("search_suppliers") },
      schema: {
        tags,
        operationId: "search_suppliers",
        summary: "Suppliers by words, class, region, certificate and capacity; what has expired does not count",
        params,
        querystring: SupplierSearchQuery,
        response: { 200: SupplierPage },
      },
    },
    async ({ actor, params: { marketplaceId }, query }): Promise<Found> => {
      if (parts.search === null) throw new Refusal("unavailable", { retryAfterMs: 60_000 });
      const found = await parts.search.findSuppliers({ marketplaceId, search: searchOf(query) });
      const { page, languages } = foundOrRefusal(found);
      const companyIds = page.companies.map(({ companyId }) => companyId);
      const profiles = new Map(
        (await parts.suppliers.show(actor, companyIds)).map((profile) => [profile.companyId, profile]),
      );
      const today = instantOfMicros(parts.clock.now()).slice(0, 10);
      return {
        marketplaceId,
        total: page.total,
        // Gone since the index heard of it last, if it is not among them.
        data: companyIds.flatMap((id) => profiles.get(id) ?? []).map((profile) => hitOf(profile, today)),
        facets: await Promise.all(page.facets.map((facet) => labelledFacet(parts.found, actor, { facet, languages }))),
        next: page.next === null ? null : cursorOf(page.next, query.sort),
      };
    },
  );
}

function profileRoutes(app: FastifyInstance, { suppliers }: SupplierParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const writing = { permission: permissionOf("write_supplier_profile"), idempotency: "answers" } as const;

  routes.get(
    `${base}/suppliers/:companyId`,
    {
      config: { permission: permissionOf("read_supplier_profile") },
      schema: {
        tags,
        operationId: "read_supplier_profile",
        summary: "What a company tells about what it supplies",
        params: ofCompany,
        response: { 200: ProfileSchema },
      },
    },
    async ({ actor, params: { companyId } }, reply) => {
      const profile = foundOrRefusal(await suppliers.find(actor, companyId));
      return tagged(reply, profile);
    },
  );

  routes.put(
    `${base}/supplier-profile`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "write_supplier_profile",
        summary: "Tell it of one's own company: If-None-Match: * for the first, If-Match for later ones",
        params,
        headers: FirstOrVersionHeaders,
        body: SupplierProfileInput,
        response: { 200: ProfileSchema },
      },
    },
    async (request, reply) => {
      const change = { input: checked(request.body), version: firstOrVersionOf(request) };
      const profile = answerOrRefusal(await suppliers.write(request.actor, change));
      return tagged(reply, profile);
    },
  );

  routes.delete(
    `${base}/supplier-profile`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "remove_supplier_profile",
        summary: "Take one's own away: the company is not found any more",
        params,
        headers: VersionHeaders,
        response: { 204: z.null() },
      },
    },
    async (request, reply) =>
      reply.code(204).send(answerOrRefusal(await suppliers.remove(request.actor, versionOf(request)))),
  );
}

function verdictRoute(app: FastifyInstance, { suppliers }: SupplierParts): void {
  app.withTypeProvider<ZodTypeProvider>().put(
    `${base}/suppliers/:companyId/certificates/:certificateId/verification`,
    {
      config: { permission: permissionOf("verify_certificate"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "verify_certificate",
        summary: "Say that a certificate was found to be true, or that it was not; a changed one is another",
        params: ofCompany.extend({ certificateId: CertificateId }),
        body: CertificateVerdict,
        response: { 200: ProfileSchema },
      },
    },
    async ({ actor, params: { companyId, certificateId }, body: { verified } }, reply) => {
      const profile = answerOrRefusal(await suppliers.verify(actor, { companyId, certificateId, verified }));
      return tagged(reply, profile);
    },
  );
}

/** With units by their codes. @throws Refusal `unit_unknown` */
function checked(input: SupplierProfileInput): SupplierProfileInput {
  const supplies = input.supplies.map(({ capacity, ...supply }, index) => {
    if (capacity === undefined) return supply;
    const unit = wholeOrRefusal(checkUnit(capacity.unit, `/supplies/${index}/capacity/unit`, codeLists));
    return { ...supply, capacity: { ...capacity, unit } };
  });
  return { ...input, supplies };
}

function searchOf(query: SupplierSearchQuery): SupplierAsk {
  const {
    q,
    language,
    unfinished,
    where = [],
    capacity = [],
    facet = [],
    under = [],
    top,
    sort,
    limit,
    cursor,
  } = query;
  const after = cursor === undefined ? null : positionIn(cursor, sort);
  if (after === undefined) throw new Refusal("cursor_malformed");
  return {
    text: q,
    language: language ?? null,
    unfinished,
    values: chosenValues(where).map(({ facet: name, anyOf }) => ({
      facet: name,
      anyOf: name === "region" ? [...new Set(anyOf.flatMap(servedBy))] : anyOf,
    })),
    numbers: capacity.map(atLeast),
    facets: askedFacets({ facet, under, top }),
    sort,
    limit,
    after,
  };
}

/** Who serves a country serves its parts. */
function servedBy(region: string): readonly string[] {
  return region.includes("-") ? [region, region.slice(0, region.indexOf("-"))] : [region];
}

/** `<scheme>:<code>=<quantity> <unit>/<period>`. @throws Refusal `unit_unknown` */
function atLeast(asked: string): SupplierAsk["numbers"][number] {
  const [classKey, amount] = partsOf(asked);
  const [quantity = "", measure = ""] = amount.split(" ");
  const [written = "", per = ""] = measure.split("/");
  const unit = wholeOrRefusal(checkUnit(written, "/capacity", codeLists));
  const { of, perMonth } = capacityOf(classKey, { quantity, unit, per });
  return { facet: `capacity:${of}`, from: perMonth, to: null };
}

function hitOf({ companyId, name, regions, certificates }: SupplierProfileRecord, today: string): SupplierHit {
  const valid = certificates.filter(({ validUntil }) => today <= validUntil);
  const verified = new Set(valid.flatMap(({ standard, verifiedAt }) => (verifiedAt === undefined ? [] : standard)));
  const standards = [...new Set(valid.map(({ standard }) => standard))];
  return {
    companyId,
    name,
    regions,
    certificates: standards.map((standard) => ({ standard, verified: verified.has(standard) })),
  };
}
