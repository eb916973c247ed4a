import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "./connect.ts";
import { requestOutcomes } from "./schema/auth.ts";

/** Who asks, under which key, and a hash of what. */
export type RequestMark = { readonly scope: string; readonly key: string; readonly fingerprint: string };

/** What a request was answered: body as text, entity tag with its quotes, null where there was none. */
export type RequestAnswer = { readonly status: number; readonly body: string; readonly etag: string | null };

export type RequestBeginning =
  | { readonly kind: "new" }
  | { readonly kind: "repeated"; readonly answer: RequestAnswer }
  /** The key belongs to another request. */
  | { readonly kind: "reused" }
  | { readonly kind: "in_progress" };

/** First answers by idempotency key, for mutations that no trading host journals. */
export type RequestOutcomeStore = {
  readonly begin: (mark: RequestMark) => Promise<RequestBeginning>;
  /** The answer of whoever comes first stays. */
  readonly finish: (mark: RequestMark, answer: RequestAnswer) => Promise<void>;
  /** The request came to no decision; the key is free again. */
  readonly abandon: (mark: RequestMark) => Promise<void>;
  /** Deletes the oldest requests begun more than `keptMs` ago, `rowsMax` at most; how many they were. */
  readonly forget: (bounds: { readonly keptMs: number; readonly rowsMax: number }) => Promise<number>;
};

/** A request that was begun and never finished counts as lost after this; what it does must bear a second time. */
const lostAfter = sql`interval '1 minute'`;

export function createRequestOutcomeStore(db: Database): RequestOutcomeStore {
  const { scope, requestKey, fingerprint, status, begunAt } = requestOutcomes;
  const at = (mark: RequestMark) => and(eq(scope, mark.scope), eq(requestKey, mark.key));

  return {
    async begin(mark) {
      const row = { scope: mark.scope, requestKey: mark.key, fingerprint: mark.fingerprint };
      const inserted = await db
        .insert(requestOutcomes)
        .values(row)
        .onConflictDoNothing()
        .returning({ key: requestKey });
      if (inserted.length === 1) return { kind: "new" };
      const taken = await db
        .update(requestOutcomes)
        .set({ begunAt: sql`now()` })
        .where(and(at(mark), eq(fingerprint, mark.fingerprint), isNull(status), lt(begunAt, sql`now() - ${lostAfter}`)))
        .returning({ key: requestKey });
      if (taken.length === 1) return { kind: "new" };
      const [stored] = await db.select().from(requestOutcomes).where(at(mark));
      if (stored === undefined) return { kind: "in_progress" };
      if (stored.fingerprint !== mark.fingerprint) return { kind: "reused" };
      if (stored.status === null) return { kind: "in_progress" };
      return { kind: "repeated", answer: { status: stored.status, body: stored.body ?? "", etag: stored.etag } };
    },

    async finish(mark, answer) {
      await db
        .update(requestOutcomes)
        .set(answer)
        .where(and(at(mark), isNull(status)));
    },

    async abandon(mark) {
      await db.delete(requestOutcomes).where(and(at(mark), isNull(status)));
    },

    async forget({ keptMs, rowsMax }) {
      const old = db
        .select({ scope, requestKey })
        .from(requestOutcomes)
        .where(lt(begunAt, sql`now() - ${keptMs} * interval '1 millisecond'`))
        .orderBy(begunAt)
        .limit(rowsMax);
      const gone = await db
        .delete(requestOutcomes)
        .where(sql`(${scope}, ${requestKey}) in (${old})`)
        .returning({ key: requestKey });
      return gone.length;
    },
  };
}
