import { CompanyProfile, CompanyProfileInput } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { foundOrRefusal, tagged, valueOrRefusal } from "../answers.ts";
import { FirstOrVersionHeaders, firstOrVersionOf } from "../versions.ts";

const tags = ["company"];

/** What one's own company says of itself, for operators to verify. */
export function companyRoutes(app: FastifyInstance, { companies }: Pick<Repositories, "companies">): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/company",
    {
      config: { permission: permissionOf("read_company") },
      schema: { tags, operationId: "read_company", summary: "One's own company", response: { 200: CompanyProfile } },
    },
    async ({ actor }, reply) => {
      const profile = foundOrRefusal(await companies.find(actor, actor.companyId ?? ""));
      return tagged(reply, profile);
    },
  );

  routes.put(
    "/v1/company",
    {
      config: { permission: permissionOf("write_company"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "write_company",
        summary: "Write one's own company's profile: If-None-Match: * for the first, If-Match for a later one",
        body: CompanyProfileInput,
        headers: FirstOrVersionHeaders,
        response: { 200: CompanyProfile },
      },
    },
    async (request, reply) => {
      const written = await companies.save(request.actor, request.body, firstOrVersionOf(request));
      const profile = valueOrRefusal(written);
      return tagged(reply, profile);
    },
  );
}
