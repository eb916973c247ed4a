import { Readable } from "node:stream";
import type { ExportedFile } from "@kontor/db";
import type { ExportProblem } from "@kontor/formats";
import type { Actor, Clock } from "@kontor/kernel";
import { BmecatExportQuery, BmecatExportReport, MarketplaceId } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { bmecatOf } from "../../exports/bmecat-catalogue.ts";
import { answerOrRefusal } from "../answers.ts";

const tags = ["exports"];
const base = "/v1/marketplaces/:marketplaceId/exports/bmecat";
const params = z.strictObject({ marketplaceId: MarketplaceId });
const config = { permission: permissionOf("export_catalogue") };
/** Problems that are told one by one. */
const problemsMax = 10_000;

export type ExportParts = Pick<Repositories, "catalogueExports" | "prices"> & {
  readonly clock: Clock;
  /** By which files that are kept here are reached from outside. */
  readonly baseUrl: string;
};

/** A vendor's own catalogue, to be taken elsewhere. */
export function catalogueExportRoutes(app: FastifyInstance, parts: ExportParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    base,
    {
      config,
      schema: {
        tags,
        operationId: "export_bmecat",
        summary: "One's own company's offers as BMEcat 2005, streamed; what it cannot say, the report tells",
        params,
        querystring: BmecatExportQuery,
        response: { 200: z.unknown().meta({ description: "The catalogue: application/xml.", type: "string" }) },
      },
    },
    async ({ actor, query }, reply) => {
      const written = await exported(parts, { actor, query, onOffer: () => undefined, onProblem: () => undefined });
      reply.header("content-disposition", 'attachment; filename="catalogue.xml"');
      return reply.type("application/xml; charset=utf-8").send(Readable.from(written));
    },
  );

  routes.get(
    `${base}/report`,
    {
      config,
      schema: {
        tags,
        operationId: "report_bmecat_export",
        summary: "What the BMEcat file of the same question cannot say of which offer",
        params,
        querystring: BmecatExportQuery,
        response: { 200: BmecatExportReport },
      },
    },
    async ({ actor, query }) => {
      const told = { offers: 0, left: 0, problemsFound: 0 };
      const problems: ExportProblem[] = [];
      const written = await exported(parts, {
        actor,
        query,
        onOffer: () => {
          told.offers += 1;
        },
        onProblem: (problem) => {
          told.problemsFound += 1;
          if (problem.code === "row_left_out") told.left += 1;
          if (problems.length < problemsMax) problems.push(problem);
        },
      });
      for await (const _piece of written);
      const { offers, left, problemsFound } = told;
      return { offers, written: offers - left, problemsFound, problems };
    },
  );
}

type Asked = {
  readonly actor: Actor;
  readonly query: BmecatExportQuery;
  readonly onOffer: () => void;
  readonly onProblem: (problem: ExportProblem) => void;
};

async function exported(parts: ExportParts, { query, ...asked }: Asked): Promise<AsyncGenerator<string>> {
  const { catalogueExports, prices, clock, baseUrl } = parts;
  const at = clock.now();
  const { listId = null, agreementId = null, status: statuses } = query;
  const catalogue = answerOrRefusal(await catalogueExports.open(asked.actor, { listId, agreementId, statuses, at }));
  const fileAddress = ({ productId, fileId }: ExportedFile): string => {
    const path = `/v1/marketplaces/${asked.actor.marketplaceId}/products/${productId}/files/${fileId}/content`;
    return new URL(path, baseUrl).href;
  };
  return await bmecatOf(catalogue, query, { ...asked, at, prices, fileAddress });
}
