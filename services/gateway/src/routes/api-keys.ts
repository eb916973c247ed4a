import type { AccountStore, ApiKeyRow } from "@kontor/db/auth";
import { Instant, problemOf } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../access/declarations.ts";
import type { Auth } from "../auth/create-auth.ts";
import type { Revocations } from "../auth/revocations.ts";
import { foundOrRefusal } from "./answers.ts";

const day = 86_400;

/** A key trades for its company; it never administers it. */
const KeyRole = z.enum(["buyer", "approver", "seller", "finance"]);

const ApiKey = z
  .object({
    keyId: z.string(),
    name: z.string(),
    /** The first characters, to tell keys apart. */
    start: z.string(),
    roles: z.array(KeyRole),
    createdAt: Instant,
    expiresAt: Instant.optional(),
  })
  .meta({ id: "ApiKey" });

const NewApiKey = ApiKey.extend({
  key: z.string().meta({ description: "Shown this once; only its hash is kept." }),
}).meta({ id: "NewApiKey" });

const ApiKeyOrder = z.strictObject({
  name: z.string().min(1).max(100),
  roles: z.array(KeyRole).min(1).max(4),
  expiresInDays: z.int().min(1).max(365).default(90),
});

/** Only the key's hash is kept, so the answer that held it cannot be given a second time. */
const secretAdvice =
  "The key is shown once. The same request again under the same Idempotency-Key makes no second one: it is refused " +
  "with `secret_not_repeated` and the `keyId`; who lost the first answer revokes that key and makes another.";

export type ApiKeyParts = { readonly auth: Auth; readonly accounts: AccountStore; readonly revocations: Revocations };

/** Keys of the company one acts for. A key does what its roles and its maker's own allow. */
export function apiKeyRoutes(app: FastifyInstance, { auth, accounts, revocations }: ApiKeyParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/api-keys",
    {
      config: { permission: permissionOf("list_api_keys") },
      schema: {
        tags: ["keys"],
        operationId: "list_api_keys",
        summary: "Keys of one's company",
        response: { 200: z.object({ data: z.array(ApiKey) }) },
      },
    },
    async ({ actor }) => ({ data: (await accounts.apiKeysOf(actor.companyId ?? "")).map(recordOf) }),
  );

  routes.post(
    "/v1/api-keys",
    {
      config: { permission: permissionOf("create_api_key"), idempotency: "answers" },
      schema: {
        tags: ["keys"],
        operationId: "create_api_key",
        summary: "Make a key",
        description: secretAdvice,
        body: ApiKeyOrder,
        response: { 201: NewApiKey },
      },
    },
    async (request, reply) => {
      const { actor, body } = request;
      const { userId, companyId } = actor;
      const { name, roles, expiresInDays } = body;
      const made = await auth.api.createApiKey({
        body: {
          name,
          organizationId: companyId ?? "",
          userId,
          expiresIn: expiresInDays * day,
          metadata: { userId, roles },
        },
      });
      request.answerToRepeats = problemOf("secret_not_repeated", { keyId: made.id, detail: secretAdvice });
      const rows = await accounts.apiKeysOf(companyId ?? "");
      const row = foundOrRefusal(rows.find(({ id }) => id === made.id));
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({ ...recordOf(row), key: made.key });
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
        params: z.strictObject({ keyId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }),
        response: { 204: z.null() },
      },
    },
    async ({ actor, params }, reply) => {
      const removed = await accounts.removeApiKey(actor.companyId ?? "", params.keyId);
      foundOrRefusal(removed || null);
      await revocations.announce({ keyId: params.keyId });
      return reply.code(204).send(null);
    },
  );
}

function recordOf({ id, name, start, roles, createdAt, expiresAt }: ApiKeyRow): z.input<typeof ApiKey> {
  return {
    keyId: id,
    name,
    start,
    roles: KeyRole.options.filter((role) => roles.includes(role)),
    createdAt: createdAt.toISOString(),
    ...(expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() }),
  };
}
