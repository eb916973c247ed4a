import { CalendarDay, DailyStatement, MarketplaceId, StatementQuery } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { answerOrRefusal } from "../answers.ts";
import { statementTable } from "./statement-table.ts";

const tags = ["books"];
const params = z.strictObject({ marketplaceId: MarketplaceId, day: CalendarDay });
const base = "/v1/marketplaces/:marketplaceId/statements/:day";

/** What happened with money and goods on one day. */
export function statementRoutes(app: FastifyInstance, { statements }: Pick<Repositories, "statements">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = { permission: permissionOf("read_statement") };

  routes.get(
    base,
    {
      config,
      schema: {
        tags,
        operationId: "read_statement",
        summary: "One's own company's statement of a day in UTC; for staff that of any company, or of the marketplace",
        params,
        querystring: StatementQuery,
        response: { 200: DailyStatement },
      },
    },
    async ({ actor, params: { day }, query }) => answerOrRefusal(await statements.ofDay(actor, { ...query, day })),
  );

  routes.get(
    `${base}/table`,
    {
      config,
      schema: {
        tags,
        operationId: "read_statement_table",
        summary: "The same as a table: text/csv",
        params,
        querystring: StatementQuery,
        response: { 200: z.string() },
      },
    },
    async ({ actor, params: { day }, query }, reply) => {
      const table = statementTable(answerOrRefusal(await statements.ofDay(actor, { ...query, day })));
      reply.header("content-disposition", `attachment; filename="statement-${day}.csv"`);
      return reply.type("text/csv; charset=utf-8").serializer(String).send(table);
    },
  );
}
