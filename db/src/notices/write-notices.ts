import { randomUUID } from "node:crypto";
import type { JsonObject, Micros } from "@kontor/kernel";
import type { BuyingNotice } from "@kontor/protocol";
import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { noticeOutbox, notices } from "../schema/notices.ts";

/** A notice that is to be told once the transaction is committed. */
export type NewNotice = BuyingNotice & {
  readonly marketplaceId: string;
  readonly companyId: string;
  /** Left out: to everybody who acts for the company. */
  readonly userId?: string;
  /** Left out: now. */
  readonly at?: Micros;
  /** Told once under such an id, however often it is written; else each time. */
  readonly id?: string;
};

/** Within the transaction of the step that they tell of, so that there is neither one without the other. */
export async function writeNotices(tx: Database, told: readonly NewNotice[]): Promise<void> {
  if (told.length === 0) return;
  const rows = told.map(({ id = randomUUID(), userId = null, at, data, ...notice }) => {
    return { ...notice, id, userId, data: data as unknown as JsonObject, at: at ?? sql`now()` };
  });
  const written = await tx.insert(notices).values(rows).onConflictDoNothing().returning({ noticeId: notices.id });
  if (written.length > 0) await tx.insert(noticeOutbox).values(written);
}
