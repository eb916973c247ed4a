import { eq, inArray } from "drizzle-orm";
import type { Database } from "../connect.ts";
import type { NoticeRow } from "../repositories/projection-rows.ts";
import { noticeOutbox, notices } from "../schema/notices.ts";

/**
 * Hands over what was not told yet, in the order in which it was written, and forgets it once `tell` is through. Several
 * workers may do it at once: each takes what no other holds. After a crash between the two it is told again.
 * Answers with how many it told.
 */
export function tellNotices(
  db: Database,
  { limit, tell }: { readonly limit: number; readonly tell: (row: NoticeRow) => void },
): Promise<number> {
  return db.transaction(async (tx) => {
    const taken = await tx
      .select({ notice: notices, position: noticeOutbox.position })
      .from(noticeOutbox)
      .innerJoin(notices, eq(notices.id, noticeOutbox.noticeId))
      .orderBy(noticeOutbox.position)
      .limit(limit)
      .for("update", { of: noticeOutbox, skipLocked: true });
    if (taken.length === 0) return 0;
    await tx.delete(noticeOutbox).where(
      inArray(
        noticeOutbox.noticeId,
        taken.map(({ notice }) => notice.id),
      ),
    );
    for (const { notice } of taken) tell(notice);
    return taken.length;
  });
}
