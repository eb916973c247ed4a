import type { Actor } from "@kontor/kernel";
import type { NoticeKind, NoticeRecord } from "@kontor/protocol";
import { and, count, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { notices } from "../schema/notices.ts";
import { oneOf } from "./filters.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, inMarketplace, ofCompanyOrStaff, ofOwnCompany, seesAll } from "./scope.ts";
import type { NoticeRepository } from "./trading-records.ts";

const newest: Order = { name: "at", by: notices.at, id: notices.id, direction: "desc", accepts: isInstant };

export function createNoticeRepository(db: Database): NoticeRepository {
  return {
    async list(actor, { unread, kind, ...page }) {
      const wanted = allOf(
        seesNotice(actor),
        unread === true ? isNull(notices.readAt) : undefined,
        oneOf(notices.kind, kind),
      );
      return await pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(notices)
            .where(allOf(wanted, after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ at, id }) => [at, id],
        entryOf: noticeRecordOf,
      });
    },

    async unreadCount(actor) {
      const [row] = await db
        .select({ unread: count() })
        .from(notices)
        .where(allOf(seesNotice(actor), isNull(notices.readAt)));
      return row?.unread ?? 0;
    },

    async markRead(actor, at, noticeIds) {
      const marked = await db
        .update(notices)
        .set({ readAt: at })
        .where(
          and(
            seesNotice(actor),
            ofOwnCompany(actor, notices.companyId),
            isNull(notices.readAt),
            noticeIds && inArray(notices.id, [...noticeIds]),
          ),
        )
        .returning({ id: notices.id });
      return marked.length;
    },
  };
}

/** A company's notices, and one's own, go along from marketplace to marketplace, so that none chosen means all. */
function seesNotice(actor: Actor) {
  const everywhere = actor.kind === "member" && actor.marketplaceId === null;
  return allOf(
    everywhere ? undefined : inMarketplace(actor, notices.marketplaceId),
    ofCompanyOrStaff(actor, notices.companyId),
    seesAll(actor) ? undefined : anyOf(isNull(notices.userId), eq(notices.userId, actor.userId)),
  );
}

export function noticeRecordOf(row: typeof notices.$inferSelect): NoticeRecord {
  return {
    noticeId: row.id,
    marketplaceId: row.marketplaceId,
    companyId: row.companyId,
    kind: row.kind as NoticeKind,
    data: row.data,
    at: instantOf(row.at),
    ...present({ userId: row.userId, tenderId: row.tenderId, lotId: row.lotId, readAt: instantOf(row.readAt) }),
  };
}
