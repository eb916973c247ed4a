import { limits } from "@kontor/kernel";
import { ApiKey, ApiKeyOrder, ApiKeyQuery, KeyId, NewApiKey, pageOf, problemOf } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Auth } from "../../auth/create-auth.ts";
import type { Revocations } from "../../auth/revocations.ts";
import type { Repositories } from "../../dependencies.ts";
import { Refusal } from "../../refusal.ts";
import { foundOrRefusal, pageOrRefusal } from "../answers.ts";

const day = 86_400;

/** Only the key's hash is kept, so the answer that held it cannot be given a second time. */
const secretAdvice =
  "The key is shown once. The same request again under the same Idempotency-Key makes no second one: it is refused " +
  "with `secret_not_repeated` and the `keyId`; who lost the first answer revokes that key and makes another.";

export type ApiKeyParts = Pick<Repositories, "apiKeys"> & { readonly auth: Auth; readonly revocations: Revocations };

/** Keys of the company one acts for. A key does what its roles and its maker's own allow. */
export function apiKeyRoutes(app: FastifyInstance, { auth, apiKeys, revocations }: ApiKeyParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/api-keys",
    {
      config: { permission: permissionOf("list_api_keys") },
      schema: {
        tags: ["keys"],
        operationId: "list_api_keys",
        summary: "Keys of one's company, newest first",
        querystring: ApiKeyQuery,
        response: { 200: pageOf(ApiKey) },
      },
    },
    async (request, reply) => pageOrRefusal(await apiKeys.list(request.actor, request.query), request, reply),
  );

  routes.post(
    "/v1/api-keys",
    {
      config: { permission: permissionOf("create_api_key"), idempotency: "answers" },
      schema: {
        tags: ["keys"],
        operationId: "create_api_key",
        summary: `Make a key; a company has ${limits.apiKeysPerCompanyMax} valid ones at most`,
        description: secretAdvice,
        body: ApiKeyOrder,
        response: { 201: NewApiKey },
      },
    },
    async (request, reply) => {
      const { actor, body } = request;
      const { userId, companyId } = actor;
      const { name, roles, expiresInDays } = body;
      const limit = limits.apiKeysPerCompanyMax;
      if ((await apiKeys.countValid(actor)) >= limit) throw new Refusal("too_many_api_keys", { limit });
      const made = await auth.api.createApiKey({
        body: {
          name,
          organizationId: companyId ?? "",
          userId,
          expiresIn: expiresInDays * day,
          metadata: { userId, roles },
        },
      });
      // Several requests may have found the same last place free.
      if ((await apiKeys.countValid(actor)) > limit) {
        await apiKeys.remove(actor, made.id);
        throw new Refusal("too_many_api_keys", { limit });
      }
      request.answerToRepeats = problemOf("secret_not_repeated", { keyId: made.id, detail: secretAdvice });
      const stored = foundOrRefusal(await apiKeys.find(actor, made.id));
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({ ...stored, key: made.key });
    },
  );

  routes.delete(
    "/v1/api-keys/:keyId",
    {
      config: { permission: permissionOf("revoke_api_key"), idempotency: "answers" },
      schema: {
        tags: ["keys"],
        operationId: "revoke_api_key",
        summary: "Revoke a key; its connections close",
        params: z.strictObject({ keyId: KeyId }),
        response: { 204: z.null() },
      },
    },
    async ({ actor, params }, reply) => {
      const removed = await apiKeys.remove(actor, params.keyId);
      foundOrRefusal(removed || null);
      await revocations.announce({ keyId: params.keyId });
      return reply.code(204).send(null);
    },
  );
}
