import type { Clock } from "@kontor/kernel";
import {
  CalendarDay,
  MarketplaceId,
  PriceConsentInput,
  pageOf,
  StandingDateChange,
  StandingOrderChange,
  StandingOrderId,
  StandingOrderInput,
  StandingOrderQuery,
  StandingOrderRecord,
  StandingOrderSummary,
} from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { answerOrRefusal, pageOrRefusal, tagged } from "../answers.ts";
import { VersionHeaders, versionOf } from "../versions.ts";

const tags = ["standing orders"];
const base = "/v1/marketplaces/:marketplaceId/standing-orders";
const one = `${base}/:standingOrderId`;
const params = z.strictObject({ marketplaceId: MarketplaceId });
const ofPlan = params.extend({ standingOrderId: StandingOrderId });
const ofDate = ofPlan.extend({ date: CalendarDay });
const reading = { permission: permissionOf("read_standing_orders") };
const writing = { permission: permissionOf("write_standing_orders"), idempotency: "answers" } as const;
const response = { 200: StandingOrderRecord };

type Parts = Pick<Repositories, "standingOrders"> & { readonly clock: Clock };

/** What a company orders again and again by a calendar. */
export function standingOrderRoutes(app: FastifyInstance, parts: Parts): void {
  readingRoutes(app, parts);
  writingRoutes(app, parts);
  movingRoutes(app, parts);
  dateRoutes(app, parts);
}

function readingRoutes(app: FastifyInstance, { standingOrders }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config: reading,
      schema: {
        tags,
        operationId: "list_standing_orders",
        summary: "One's own company's standing orders; newest first",
        params,
        querystring: StandingOrderQuery,
        response: { 200: pageOf(StandingOrderSummary) },
      },
    },
    async (request, reply) => pageOrRefusal(await standingOrders.list(request.actor, request.query), request, reply),
  );

  routes.get(
    one,
    {
      config: reading,
      schema: {
        tags,
        operationId: "read_standing_order",
        summary: "A standing order with its dates: those to come, and what became of the latest",
        params: ofPlan,
        response,
      },
    },
    async ({ actor, params: { standingOrderId } }, reply) => {
      const found = await standingOrders.find(actor, standingOrderId);
      if (found === undefined) throw new Refusal("standing_order_unknown");
      return tagged(reply, found);
    },
  );
}

function writingRoutes(app: FastifyInstance, { standingOrders, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.post(
    base,
    {
      config: writing,
      schema: {
        tags,
        operationId: "create_standing_order",
        summary: "Order again and again by a calendar, at the prices of now",
        params,
        body: StandingOrderInput,
        response: { 201: StandingOrderRecord },
      },
    },
    async ({ actor, body }, reply) => {
      const made = answerOrRefusal(await standingOrders.create(actor, body, clock.now()));
      return tagged(reply.code(201), made);
    },
  );

  routes.put(
    one,
    {
      config: writing,
      schema: {
        tags,
        operationId: "change_standing_order",
        summary: "Write a standing order anew, but for its calendar; lines that stay keep their agreed prices",
        params: ofPlan,
        headers: VersionHeaders,
        body: StandingOrderChange,
        response,
      },
    },
    async (request, reply) => {
      const key = { ...request.params, version: versionOf(request) };
      const change = { ...key, input: request.body, at: clock.now() };
      return tagged(reply, answerOrRefusal(await standingOrders.change(request.actor, change)));
    },
  );
}

function movingRoutes(app: FastifyInstance, { standingOrders, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const moves = [
    ["pausing", "pause", "pause_standing_order", "Order nothing on the dates that come"],
    ["resumption", "resume", "resume_standing_order", "Go on with the dates to come; what was left out stays so"],
    ["ending", "end", "end_standing_order", "Order nothing of it any more"],
  ] as const;
  for (const [path, input, operationId, summary] of moves) {
    routes.post(
      `${one}/${path}`,
      { config: writing, schema: { tags, operationId, summary, params: ofPlan, headers: VersionHeaders, response } },
      async (request, reply) => {
        const move = { ...request.params, version: versionOf(request), input, at: clock.now() };
        return tagged(reply, answerOrRefusal(await standingOrders.move(request.actor, move)));
      },
    );
  }
}

function dateRoutes(app: FastifyInstance, { standingOrders, clock }: Parts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const schema = { tags, params: ofDate, headers: VersionHeaders, response };

  routes.put(
    `${one}/dates/:date`,
    {
      config: writing,
      schema: {
        ...schema,
        operationId: "change_standing_date",
        summary: "Move one date to another day, or order other quantities on it",
        body: StandingDateChange,
      },
    },
    async (request, reply) => {
      const change = { ...request.params, version: versionOf(request), input: request.body, at: clock.now() };
      return tagged(reply, answerOrRefusal(await standingOrders.changeDate(request.actor, change)));
    },
  );

  routes.post(
    `${one}/dates/:date/skipping`,
    { config: writing, schema: { ...schema, operationId: "skip_standing_date", summary: "Order nothing on one date" } },
    async (request, reply) => {
      const skip = { ...request.params, version: versionOf(request), input: null, at: clock.now() };
      return tagged(reply, answerOrRefusal(await standingOrders.skipDate(request.actor, skip)));
    },
  );

  routes.post(
    `${one}/dates/:date/consent`,
    {
      config: writing,
      schema: {
        ...schema,
        operationId: "consent_to_prices",
        summary: "Order a date at the dearer prices that were asked for, this once or from now on, or leave it out",
        body: PriceConsentInput,
      },
    },
    async (request, reply) => {
      const consent = { ...request.params, version: versionOf(request), input: request.body, at: clock.now() };
      return tagged(reply, answerOrRefusal(await standingOrders.consent(request.actor, consent)));
    },
  );
}
