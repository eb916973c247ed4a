import type { Actor } from "@kontor/kernel";
import type { QuestionQuery, QuestionRecord } from "@kontor/protocol";
import { eq, getTableColumns, sql } from "drizzle-orm";
import type { Database } from "../connect.ts";
import { questions, tenders } from "../schema/read-models-tenders.ts";
import type { Order } from "./keyset.ts";
import { isInstant, pageFrom } from "./keyset.ts";
import type { Listing, Query } from "./listing.ts";
import { instantOf, present } from "./record-members.ts";
import { allOf, anyOf, isOwnCompany, ofOwnCompany, runsTender, seesAll, seesTender } from "./scope.ts";

const byTime: Order = {
  name: "asked",
  by: questions.askedAt,
  id: questions.id,
  direction: "asc",
  accepts: isInstant,
};

/** Questions on a tender: all for the owner's side; for the others their own and the published ones, unsigned. */
export function listQuestions(
  db: Database,
  actor: Actor,
  query: Query<QuestionQuery> & { readonly tenderId: string },
): Promise<Listing<QuestionRecord>> {
  const answered = sql`${questions.answeredAt} is not null`;
  const wanted = allOf(
    seesTender(actor),
    eq(questions.tenderId, query.tenderId),
    anyOf(runsTender(actor), ofOwnCompany(actor, questions.companyId), allOf(answered, eq(questions.published, true))),
    query.answered === undefined ? undefined : sql`${answered} = ${query.answered}`,
  );
  return pageFrom(query, {
    order: byTime,
    rows: ({ after, orderBy, limit }) =>
      db
        .select({ ...getTableColumns(questions), ownerCompanyId: tenders.ownerCompanyId })
        .from(questions)
        .innerJoin(tenders, eq(tenders.id, questions.tenderId))
        .where(allOf(wanted, after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ askedAt, id }) => [askedAt, id],
    entryOf: ({ id, tenderId, companyId, text, askedAt, answer, answeredAt, published, ownerCompanyId }) => {
      const own = isOwnCompany(actor, companyId);
      const named = own || seesAll(actor) || isOwnCompany(actor, ownerCompanyId);
      return {
        questionId: id,
        tenderId,
        text,
        askedAt: instantOf(askedAt),
        published,
        own,
        ...present({ companyId: named ? companyId : null, answer, answeredAt: instantOf(answeredAt) }),
      };
    },
  });
}
