import type { Clock } from "@kontor/kernel";
import { NoticeQuery, NoticeRecord, pageOf } from "@kontor/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { permissionOf } from "../../access/declarations.ts";
import type { Repositories } from "../../dependencies.ts";
import { pageOrRefusal } from "../answers.ts";

const tags = ["notices"];
const NoticeIds = z.array(z.string().min(1).max(200)).min(1).max(200);

/** Stored messages to the company one acts for; new ones come over the `me` stream as well. */
export function noticeRoutes(
  app: FastifyInstance,
  { notices, clock }: Pick<Repositories, "notices"> & { readonly clock: Clock },
): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();

  routes.get(
    "/v1/notices",
    {
      config: { permission: permissionOf("list_notices") },
      schema: {
        tags,
        operationId: "list_notices",
        summary: "Notices, newest first",
        querystring: NoticeQuery,
        response: { 200: pageOf(NoticeRecord).extend({ unread: z.int() }) },
      },
    },
    async (request, reply) => {
      const [page, unread] = await Promise.all([
        notices.list(request.actor, request.query),
        notices.unreadCount(request.actor),
      ]);
      return { ...pageOrRefusal(page, request, reply), unread };
    },
  );

  routes.post(
    "/v1/notices/reading",
    {
      config: { permission: permissionOf("mark_notice_read"), idempotency: "answers" },
      schema: {
        tags,
        operationId: "mark_notice_read",
        summary: "Mark notices as read, all of them when none is named",
        body: z.strictObject({ noticeIds: NoticeIds.optional() }),
        response: { 200: z.object({ changed: z.int() }) },
      },
    },
    async ({ actor, body }) => ({ changed: await notices.markRead(actor, clock.now(), body.noticeIds) }),
  );
}
