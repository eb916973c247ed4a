import { sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { catalogChanges } from "../schema/catalog-offers.ts";

/** Where a reader of the changes stands, by their numbers: it has seen all up to it. */
export type ChangePlace = number;

export type CatalogChange = {
  readonly seq: ChangePlace;
  readonly marketplaceId: string;
  readonly subject: typeof catalogChanges.$inferSelect.subject;
  readonly subjectId: string;
};

/** From here on a reader has to follow, who then reads everything. */
export async function currentChangePlace(db: Database): Promise<ChangePlace> {
  const [row] = await db.execute<{ readonly seq: number }>(sql`select catalog_changes_settled()::float8 as seq`);
  return row?.seq ?? 0;
}

export type ChangesRead = {
  /** The oldest first. */
  readonly changes: readonly CatalogChange[];
  /** Where to read on. */
  readonly next: ChangePlace;
};

type Row = Record<string, unknown> & CatalogChange & { readonly lost: boolean };

/**
 * What has changed since; null when changes that the reader has not seen are deleted already. Changes wait for the
 * transactions that changed something before them and still run, and for no others: what is open elsewhere on the server
 * delays nothing. Two statements, because the second must see all that the first found settled.
 */
export async function readChanges(
  db: Database,
  { after, limit }: { readonly after: ChangePlace; readonly limit: number },
): Promise<ChangesRead | null> {
  const settled = await currentChangePlace(db);
  const rows = await db.execute<Row>(sql`
    select kept.lost, c.seq::float8 as seq, c.marketplace_id as "marketplaceId", c.subject, c.subject_id as "subjectId"
    from (select exists (select 1 from catalog_changes_kept where seq > ${after}) as lost) kept
      left join lateral (select * from ${catalogChanges}
        where seq > ${after} and seq <= ${settled} order by seq limit ${limit}) c on true
    order by c.seq`);
  if (rows[0]?.lost !== false) return null;
  const changes = rows.filter(({ seq }) => seq !== null);
  const last = changes.at(-1);
  return { changes, next: changes.length === limit && last !== undefined ? last.seq : Math.max(after, settled) };
}

/** Deletes changes older than so many milliseconds and remembers up to where. */
export async function forgetChanges(db: Database, keptMs: number): Promise<number> {
  return await db.transaction(async (tx) => {
    const [gone] = await tx.execute<{ readonly count: number; readonly newest: number | null }>(sql`
      with gone as (delete from catalog_changes where created_at < now() - ${keptMs} * interval '1 millisecond' returning seq)
      select count(*)::float8 as count, max(seq)::float8 as newest from gone`);
    if (gone === undefined || gone.newest === null) return 0;
    await tx.execute(sql`
      insert into catalog_changes_kept (one, seq) values (true, ${gone.newest})
      on conflict (one) do update set seq = greatest(catalog_changes_kept.seq, excluded.seq)`);
    return gone.count;
  });
}
