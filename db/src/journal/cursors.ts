import { eq, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { projectionCursors } from "../schema/journal.ts";
import type { CursorStore } from "./journal-store.ts";

/**
 * Positions of projections. Give it the transaction that writes the projection's rows, so that rows and position move
 * together and a segment is never applied twice.
 */
export function createCursorStore(db: Database): CursorStore {
  return {
    async read(projection) {
      const rows = await db.select().from(projectionCursors).where(eq(projectionCursors.projection, projection));
      return new Map(rows.map(({ shard, seq }) => [shard, seq]));
    },

    async advance(projection, positions) {
      if (positions.size === 0) return;
      const rows = [...positions].map(([shard, seq]) => ({ projection, shard, seq }));
      await db
        .insert(projectionCursors)
        .values(rows)
        .onConflictDoUpdate({
          target: [projectionCursors.projection, projectionCursors.shard],
          set: { seq: sql`greatest(${projectionCursors.seq}, excluded.seq)` },
        });
    },

    async reset(projection) {
      await db.delete(projectionCursors).where(eq(projectionCursors.projection, projection));
    },
  };
}
