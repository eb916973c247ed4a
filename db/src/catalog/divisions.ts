import type { Actor } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import type { DivisionInput, DivisionRecord } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { instantOf } from "../repositories/record-members.ts";
import { ofOwnCompany } from "../repositories/scope.ts";
import { agreements, divisions } from "../schema/catalog-prices.ts";

export type DivisionKey = { readonly divisionId: string; readonly expectedVersion: number };

/** Parts of the actor's company, a tree. Another company's is as if it were not there. */
export type DivisionRepository = {
  /** All, each after the one above it, sisters by name. */
  readonly list: (actor: Actor) => Promise<readonly DivisionRecord[]>;
  /** Undefined also for another company's. */
  readonly find: (actor: Actor, divisionId: string) => Promise<DivisionRecord | undefined>;
  /** `division_too_deep`, `conflict` for a sister of the name, `not_found` for a parent that is not there. */
  readonly create: (actor: Actor, input: DivisionInput) => Promise<Answered<DivisionRecord>>;
  readonly change: (actor: Actor, key: DivisionKey, input: DivisionInput) => Promise<Answered<DivisionRecord>>;
  /** `division_in_use` while there are others below it or agreements for it. */
  readonly remove: (actor: Actor, key: DivisionKey) => Promise<Answered<null>>;
};

type Row = typeof divisions.$inferSelect;

export function createDivisionRepository(db: Database): DivisionRepository {
  return {
    async list(actor) {
      const rows = await db
        .select()
        .from(divisions)
        .where(ofOwnCompany(actor, divisions.companyId))
        .orderBy(divisions.name, divisions.id);
      return inTreeOrder(rows).map(recordOf);
    },

    async find(actor, divisionId) {
      const [row] = await db
        .select()
        .from(divisions)
        .where(and(eq(divisions.id, divisionId), ofOwnCompany(actor, divisions.companyId)));
      return row && recordOf(row);
    },

    create: (actor, input) =>
      inOwnTree(db, actor, async (tx, { companyId, rows }) => {
        const fault = faultOf(rows, { id: null, ...input });
        if (fault !== undefined) return fault;
        const { name, parentId = null } = input;
        const [made] = await tx.insert(divisions).values({ companyId, name, parentId }).returning();
        return made === undefined ? refused("conflict") : answered(recordOf(made));
      }),

    change: (actor, key, input) =>
      inOwnTree(db, actor, async (tx, { rows }) => {
        const stored = storedOf(rows, key);
        if (!stored.ok) return stored;
        const fault = faultOf(rows, { id: key.divisionId, ...input });
        if (fault !== undefined) return fault;
        const changes = { name: input.name, parentId: input.parentId ?? null, version: stored.value.version + 1 };
        const [row] = await tx.update(divisions).set(changes).where(eq(divisions.id, key.divisionId)).returning();
        return row === undefined ? refused("not_found") : answered(recordOf(row));
      }),

    remove: (actor, key) =>
      inOwnTree(db, actor, async (tx, { rows }) => {
        const stored = storedOf(rows, key);
        if (!stored.ok) return stored;
        const [used] = await tx
          .select({ id: agreements.id })
          .from(agreements)
          .where(eq(agreements.divisionId, key.divisionId))
          .limit(1);
        if (used !== undefined || rows.some(({ parentId }) => parentId === key.divisionId)) {
          return refused("division_in_use");
        }
        await tx.delete(divisions).where(eq(divisions.id, key.divisionId));
        return answered(null);
      }),
  };
}

type Tree = { readonly companyId: string; readonly rows: readonly Row[] };

/** One change of a company's tree at a time: each alone may be sound and both together a circle. */
function inOwnTree<Value>(
  db: Database,
  { kind, companyId }: Actor,
  work: (tx: Database, tree: Tree) => Promise<Answered<Value>>,
): Promise<Answered<Value>> {
  return wholly(db, async (tx) => {
    if (kind !== "member" || companyId === null) return refused("not_found");
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`divisions ${companyId}`}, 0))`);
    const rows = await tx.select().from(divisions).where(eq(divisions.companyId, companyId));
    return await work(tx, { companyId, rows });
  });
}

function storedOf(rows: readonly Row[], { divisionId, expectedVersion }: DivisionKey): Answered<Row> {
  const stored = rows.find(({ id }) => id === divisionId);
  if (stored === undefined) return refused("not_found");
  if (stored.version !== expectedVersion) return refused("precondition_failed", { actualVersion: stored.version });
  return answered(stored);
}

type Placed = DivisionInput & { readonly id: string | null };

function faultOf(rows: readonly Row[], { id, name, parentId }: Placed) {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const above = parentId === undefined ? [] : lineage(byId, parentId);
  if (parentId !== undefined && above.length === 0) return refused("not_found", { pointer: "/parentId" });
  if (id !== null && above.includes(id)) return refused("division_cyclic", { pointer: "/parentId" });
  const depth = above.length + 1 + (id === null ? 0 : heightBelow(rows, id));
  const depthMax = limits.divisionDepthMax;
  if (depth > depthMax) return refused("division_too_deep", { limit: depthMax });
  const taken = rows.some((row) => row.id !== id && row.parentId === (parentId ?? null) && row.name === name);
  return taken ? refused("conflict", { pointer: "/name" }) : undefined;
}

/** The division and all above it. */
function lineage(byId: ReadonlyMap<string, Row>, id: string): readonly string[] {
  const found: string[] = [];
  for (let row = byId.get(id); row !== undefined; row = byId.get(row.parentId ?? "")) found.push(row.id);
  return found;
}

function heightBelow(rows: readonly Row[], id: string): number {
  const below = rows.filter(({ parentId }) => parentId === id);
  return below.reduce((most, row) => Math.max(most, 1 + heightBelow(rows, row.id)), 0);
}

function inTreeOrder(rows: readonly Row[], parentId: string | null = null): readonly Row[] {
  const here = rows.filter((row) => row.parentId === parentId);
  return here.flatMap((row) => [row, ...inTreeOrder(rows, row.id)]);
}

function recordOf({ id, name, parentId, createdAt, version }: Row): DivisionRecord {
  return {
    divisionId: id,
    name,
    ...(parentId === null ? {} : { parentId }),
    createdAt: instantOf(createdAt),
    version,
  };
}
