import type { Actor } from "@kontor/kernel";
import type { ClassDetail, ClassInput, ClassQuery, ClassRecord, ClassSchemeRecord } from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { and, eq, getTableColumns, inArray, isNull, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { present } from "../repositories/record-members.ts";
import { allOf, inMarketplace } from "../repositories/scope.ts";
import { classNodes } from "../schema/catalog-products.ts";

export type ClassKey = { readonly scheme: string; readonly code: string };

const byCode: Order = {
  name: "code",
  by: classNodes.code,
  id: classNodes.marketplaceId,
  direction: "asc",
  accepts: isText,
};

const childCount = sql<number>`(select count(*)::int from class_nodes below
  where below.marketplace_id = "class_nodes".marketplace_id and below.scheme = "class_nodes".scheme
    and below.parent = "class_nodes".code)`;

/** Children of a class, those at the top, or classes of any place whose label holds the words; by code. */
export function classesIn(
  db: Database,
  actor: Actor,
  { scheme, parent, q, language, ...page }: Query<ClassQuery> & { readonly scheme: string },
): Promise<Listing<ClassRecord>> {
  const place = parent === undefined ? isNull(classNodes.parent) : eq(classNodes.parent, parent);
  const wanted = q === undefined ? place : allOf(labelHolds(q, language), parent === undefined ? undefined : place);
  return pageFrom(page, {
    order: byCode,
    rows: ({ after, orderBy, limit }) =>
      db
        .select({ ...getTableColumns(classNodes), childCount })
        .from(classNodes)
        .where(allOf(inMarketplace(actor, classNodes.marketplaceId), eq(classNodes.scheme, scheme), wanted, after))
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ code, marketplaceId }) => [code, marketplaceId],
    entryOf: classRecordOf,
  });
}

function labelHolds(q: string, language: string | undefined): SQL {
  const spoken = language === undefined ? sql`true` : sql`label.key = ${language}`;
  return sql`exists (select 1 from jsonb_each_text(${classNodes.labels}) label
    where ${spoken} and strpos(lower(label.value), lower(${q})) > 0)`;
}

/** Codes of a class and of those above it, the class itself first. */
export async function pathOf(db: Database, actor: Actor, { scheme, code }: ClassKey): Promise<readonly string[]> {
  const rows = await db.execute<{ code: string }>(sql`
    with recursive up as (
      select ${classNodes.code}, ${classNodes.parent}, 0 as depth from class_nodes
        where ${allOf(inMarketplace(actor, classNodes.marketplaceId), eq(classNodes.scheme, scheme), eq(classNodes.code, code))}
      union all
      select class_nodes.code, class_nodes.parent, up.depth + 1 from class_nodes join up on class_nodes.code = up.parent
        where ${allOf(inMarketplace(actor, classNodes.marketplaceId), eq(classNodes.scheme, scheme))} and up.depth < ${depthMax}
    ) select code from up order by depth`);
  return rows.map((row) => row.code);
}

const depthMax = 32;

export async function classDetailIn(db: Database, actor: Actor, key: ClassKey): Promise<ClassDetail | undefined> {
  const path = await pathOf(db, actor, key);
  if (path.length === 0) return undefined;
  const rows = await db
    .select({ ...getTableColumns(classNodes), childCount })
    .from(classNodes)
    .where(
      and(
        inMarketplace(actor, classNodes.marketplaceId),
        eq(classNodes.scheme, key.scheme),
        inArray(classNodes.code, [...path]),
      ),
    );
  const records = new Map(rows.map((row) => [row.code, classRecordOf(row)]));
  const own = records.get(key.code);
  const above = path.slice(1).flatMap((code) => records.get(code) ?? []);
  return own && { ...own, path: above.reverse() };
}

function classRecordOf(row: typeof classNodes.$inferSelect & { readonly childCount: number }): ClassRecord {
  const { scheme, code, parent, labels, childCount: children } = row;
  return { scheme, code, labels: { ...labels }, childCount: children, ...present({ parent }) };
}

const rowsPerStatement = 1_000;

/** `class_parent_unknown` and `class_parent_cyclic` name the class by its place in the list. */
export async function writeClasses(
  tx: Database,
  { marketplaceId, scheme }: Pick<ClassSchemeRecord, "marketplaceId" | "scheme">,
  classes: readonly ClassInput[],
): Promise<Answered<null>> {
  const here = and(eq(classNodes.marketplaceId, marketplaceId), eq(classNodes.scheme, scheme));
  const stored = await tx.select({ code: classNodes.code, parent: classNodes.parent }).from(classNodes).where(here);
  const parents = new Map(stored.map(({ code, parent }) => [code, parent]));
  for (const { code, parent = null } of classes) parents.set(code, parent);
  for (const [index, { code, parent }] of classes.entries()) {
    const pointer = `/classes/${index}/parent`;
    if (parent !== undefined && !parents.has(parent)) return refused("class_parent_unknown", { code, parent, pointer });
    if (standsBelowItself(code, parents)) return refused("class_parent_cyclic", { code, pointer });
  }
  const rows = [...new Map(classes.map((one) => [one.code, one])).values()];
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await tx
      .insert(classNodes)
      .values(
        rows
          .slice(start, start + rowsPerStatement)
          .map(({ code, parent = null, labels }) => ({ marketplaceId, scheme, code, parent, labels })),
      )
      .onConflictDoUpdate({
        target: [classNodes.marketplaceId, classNodes.scheme, classNodes.code],
        set: { parent: sql`excluded.parent`, labels: sql`excluded.labels` },
      });
  }
  return answered(null);
}

function standsBelowItself(code: string, parents: ReadonlyMap<string, string | null>): boolean {
  let above = parents.get(code) ?? null;
  for (let steps = 0; above !== null; steps++) {
    if (above === code || steps >= depthMax) return true;
    above = parents.get(above) ?? null;
  }
  return false;
}
