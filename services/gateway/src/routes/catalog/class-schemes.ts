import {
  ClassAttributes,
  ClassAttributesInput,
  ClassCode,
  ClassDetail,
  ClassPage,
  ClassQuery,
  ClassRecord,
  ClassSchemeInput,
  ClassSchemeQuery,
  ClassSchemeRecord,
  MarketplaceId,
  pageOf,
  SchemeName,
  StandardScheme,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import { checkedAttributes } from "../../catalogue/checked-class-attributes.ts";
import { standardScheme } from "../../catalogue/standard-schemes.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal, foundOrRefusal, pageOrRefusal, tagged, tagOf } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf, VersionHeaders, versionOf } from "../versions.ts";

const tags = ["classification"];
const base = "/v1/marketplaces/:marketplaceId/class-schemes";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofScheme = z.strictObject({ marketplaceId: MarketplaceId, scheme: SchemeName });
const ofStandard = z.strictObject({ marketplaceId: MarketplaceId, scheme: StandardScheme });
const ofClass = z.strictObject({ marketplaceId: MarketplaceId, scheme: SchemeName, code: ClassCode });
/** A thousand classes with labels in several languages. */
const pageBytesMax = 4_194_304;

type Parts = Pick<Repositories, "classification">;

/** Classification schemes of a marketplace, side by side. */
export function classSchemeRoutes(app: FastifyInstance, parts: Parts): void {
  schemeReading(app, parts);
  schemeWriting(app, parts);
  classReading(app, parts);
  attributeRoutes(app, parts);
}

const reading = { permission: permissionOf("read_classification") };
const writing = { permission: permissionOf("write_classification"), idempotency: "answers" } as const;

function schemeReading(app: FastifyInstance, { classification }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_class_schemes",
        summary: "Classification schemes of a marketplace",
        params,
        querystring: ClassSchemeQuery,
        response: { 200: pageOf(ClassSchemeRecord) },
      },
    },
    async (request, reply) => pageOrRefusal(await classification.schemes(request.actor, request.query), request, reply),
  );

  routes.get(
    `${base}/:scheme`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_class_scheme",
        summary: "A classification scheme; its version is the entity tag",
        params: ofScheme,
        response: { 200: ClassSchemeRecord },
      },
    },
    async ({ actor, params: { scheme } }, reply) => {
      const found = foundOrRefusal(await classification.scheme(actor, scheme));
      return tagged(reply, found);
    },
  );
}

function schemeWriting(app: FastifyInstance, { classification }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.put(
    `${base}/:scheme`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "save_class_scheme",
        summary: "Set up a scheme, with If-None-Match: *, or rename it",
        params: ofScheme,
        headers: FirstOrVersionHeaders,
        body: ClassSchemeInput,
        response: { 200: ClassSchemeRecord },
      },
    },
    async (request, reply) => {
      const key = { scheme: request.params.scheme, expectedVersion: firstOrVersionOf(request) };
      const saved = answerOrRefusal(await classification.saveScheme(request.actor, key, request.body));
      return tagged(reply, saved);
    },
  );

  routes.put(
    `${base}/:scheme/classes`,
    {
      bodyLimit: pageBytesMax,
      config: writing,
      schema: {
        tags,
        operationId: "save_classes",
        summary: "Add classes or replace them, a page at a time; parents before their children",
        params: ofScheme,
        body: ClassPage,
        response: { 200: ClassSchemeRecord },
      },
    },
    async ({ actor, params: { scheme }, body: { classes } }, reply) => {
      const saved = answerOrRefusal(await classification.saveClasses(actor, scheme, classes));
      return tagged(reply, saved);
    },
  );

  routes.post(
    `${base}/:scheme/installation`,
    {
      config: writing,
      schema: {
        tags,
        operationId: "install_class_scheme",
        summary: "Install a scheme that comes with the platform, with all its classes; again: bring it up to date",
        params: ofStandard,
        response: { 200: ClassSchemeRecord },
      },
    },
    async ({ actor, params: { scheme } }, reply) => {
      const saved = answerOrRefusal(await classification.install(actor, scheme, await standardScheme(scheme)));
      return tagged(reply, saved);
    },
  );
}

function classReading(app: FastifyInstance, { classification }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    `${base}/:scheme/classes`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_classes",
        summary: "Children of a class, classes at the top, or those whose label holds some words; by code",
        params: ofScheme,
        querystring: ClassQuery,
        response: { 200: pageOf(ClassRecord) },
      },
    },
    async (request, reply) => {
      const { scheme } = request.params;
      return pageOrRefusal(await classification.classes(request.actor, scheme, request.query), request, reply);
    },
  );

  routes.get(
    `${base}/:scheme/classes/:code`,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_class",
        summary: "A class with those above it",
        params: ofClass,
        response: { 200: ClassDetail },
      },
    },
    async ({ actor, params: { scheme, code } }) => foundOrRefusal(await classification.class(actor, { scheme, code })),
  );
}

function attributeRoutes(app: FastifyInstance, { classification }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const path = `${base}/:scheme/classes/:code/attributes`;

  routes.get(
    path,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_class_attributes",
        summary: "What products of a class may and must tell, what it inherits with the rest",
        params: ofClass,
        response: { 200: ClassAttributes },
      },
    },
    async ({ actor, params: { scheme, code } }) =>
      foundOrRefusal(await classification.attributes(actor, { scheme, code })),
  );

  routes.put(
    path,
    {
      bodyLimit: pageBytesMax,
      config: writing,
      schema: {
        tags,
        operationId: "save_class_attributes",
        summary: "All attributes of a class itself; If-Match has the scheme's version",
        params: ofClass,
        headers: VersionHeaders,
        body: ClassAttributesInput,
        response: { 200: ClassAttributes },
      },
    },
    async (request, reply) => {
      const { scheme, code } = request.params;
      const expectedVersion = versionOf(request);
      const attributes = checkedAttributes(request.body.attributes);
      const key = { scheme, code, expectedVersion };
      const saved = answerOrRefusal(await classification.saveAttributes(request.actor, key, attributes));
      return reply.header("etag", tagOf(expectedVersion + 1)).send(saved);
    },
  );
}
