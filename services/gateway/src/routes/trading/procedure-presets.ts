import { ProcedurePreset, procedurePresets } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";

/** Customary procedures, for whoever writes a tender; they are the same for everybody. */
export function procedurePresetRoutes(app: FastifyInstance): void {
  const data = Object.entries(procedurePresets).map(([name, preset]) => ({ name, ...preset }));
  app.withTypeProvider<ZodTypeProvider>().get(
    "/v1/procedure-presets",
    {
      config: { permission: permissionOf("list_procedure_presets") },
      schema: {
        tags: ["tenders"],
        operationId: "list_procedure_presets",
        summary: "Customary procedures to start a tender's terms from",
        response: { 200: z.object({ data: z.array(ProcedurePreset) }) },
      },
    },
    () => ({ data }),
  );
}
