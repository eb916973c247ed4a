import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type { FindingQuery, MatchFinding } from "@kontor/protocol";
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf, present } from "../repositories/record-members.ts";
import { allOf, forStaff, inMarketplace } from "../repositories/scope.ts";
import { matchFindings, products } from "../schema/catalog-products.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { matchProducts } from "./match-products.ts";
import { queueUp } from "./match-queue.ts";
import { mergeProducts } from "./merge-products.ts";

export type FindingDecision =
  | { readonly findingId: string; readonly decision: "merge"; readonly keep: string | null }
  | { readonly findingId: string; readonly decision: "keep_apart"; readonly reason: string };

/** What the match queue found in the actor's marketplace; for its staff. */
export type MatchRepository = {
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<FindingQuery>) => Promise<Listing<MatchFinding>>;
  readonly find: (actor: Actor, findingId: string) => Promise<MatchFinding | undefined>;
  /** The operator's. The same decision again changes nothing. */
  readonly decide: (actor: Actor, decision: FindingDecision) => Promise<Answered<MatchFinding>>;
};

type Row = typeof matchFindings.$inferSelect;

const newest: Order = {
  name: "found",
  by: matchFindings.foundAt,
  id: matchFindings.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

export function createMatchRepository(db: Database, rules: CatalogRules): MatchRepository {
  const sees = (actor: Actor) => allOf(forStaff(actor), inMarketplace(actor, matchFindings.marketplaceId));
  return {
    list: (actor, { kind, state, ...page }) =>
      pageFrom(page, {
        order: newest,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(matchFindings)
            .where(allOf(sees(actor), oneOf(matchFindings.kind, kind), oneOf(matchFindings.state, state), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ foundAt, id }) => [foundAt, id],
        entryOf: findingOf,
      }),
    async find(actor, findingId) {
      const [row] = await db
        .select()
        .from(matchFindings)
        .where(and(sees(actor), eq(matchFindings.id, findingId)));
      return row && findingOf(row);
    },
    decide: (actor, decision) => decideIn(db, actor, { decision, rules }),
  };
}

type Deciding = { readonly decision: FindingDecision; readonly rules: CatalogRules };

function decideIn(db: Database, actor: Actor, { decision, rules }: Deciding): Promise<Answered<MatchFinding>> {
  const { kind, marketplaceId, userId } = actor;
  return wholly(db, async (tx) => {
    if (kind !== "operator" || marketplaceId === null) return refused("not_found");
    await queueUp(tx, actor);
    const here = and(eq(matchFindings.marketplaceId, marketplaceId), eq(matchFindings.id, decision.findingId));
    const [row] = await tx.select().from(matchFindings).where(here).for("update");
    if (row === undefined) return refused("not_found");
    const state = decision.decision === "merge" ? "merged" : "kept_apart";
    if (row.state === state) return answered(findingOf(row));
    if (row.state !== "open") return refused("finding_decided", { state: row.state });
    if (decision.decision === "merge") {
      const merged = await mergeByHand(tx, actor, { row, keep: decision.keep, rules });
      if (!merged.ok) return merged;
    }
    const reasonGiven = decision.decision === "merge" ? null : decision.reason;
    const [decided] = await tx
      .update(matchFindings)
      .set({ state, reasonGiven, decidedBy: userId, decidedAt: sql`now()`, version: row.version + 1 })
      .where(here)
      .returning();
    return decided === undefined ? refused("not_found") : answered(findingOf(decided));
  });
}

type Merging = { readonly row: Row; readonly keep: string | null; readonly rules: CatalogRules };

async function mergeByHand(tx: Database, actor: Actor, { row, keep, rules }: Merging): Promise<Answered<null>> {
  const { kind, subject, other, marketplaceId } = row;
  if (kind === "cloned_catalogue") return refused("finding_not_mergeable", { why: "companies" });
  const keptId = keep ?? other;
  if (keptId !== subject && keptId !== other)
    return refused("finding_not_mergeable", { why: "keep", pointer: "/keep" });
  const lostId = keptId === other ? subject : other;
  const both = inArray(products.id, [lostId, keptId]);
  const rows = await tx
    .select({ id: products.id })
    .from(products)
    .where(and(both, ne(products.status, "merged")));
  if (rows.length < 2) return refused("finding_not_mergeable", { why: "merged_already" });
  const looked = await matchProducts(tx, [lostId, keptId], rules);
  const [lost, kept] = [looked.get(lostId), looked.get(keptId)];
  const pairs = lost === undefined || kept === undefined ? null : rules.pair(lost, kept);
  if (pairs === null) return refused("finding_not_mergeable", { why: "variants" });
  await mergeProducts(tx, { marketplaceId, lostId, keptId, pairs, by: actor.userId, reason: `finding ${row.id}` });
  return answered(null);
}

function findingOf(row: Row): MatchFinding {
  const { id, marketplaceId, kind, reason, subject, other, score, evidence, state, foundAt, version } = row;
  return {
    findingId: id,
    marketplaceId,
    kind,
    reason,
    subject,
    other,
    score,
    evidence: { ...evidence },
    state,
    foundAt: instantOf(foundAt),
    version,
    ...present({ decidedBy: row.decidedBy, decidedAt: instantOf(row.decidedAt), reasonGiven: row.reasonGiven }),
  };
}
