import type { Actor } from "@kontor/kernel";
import type {
  ClassAttributeInput,
  ClassAttributes,
  ClassDetail,
  ClassInput,
  ClassQuery,
  ClassRecord,
  ClassSchemeInput,
  ClassSchemeQuery,
  ClassSchemeRecord,
} from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { instantOf } from "../repositories/record-members.ts";
import { allOf, inMarketplace } from "../repositories/scope.ts";
import { classSchemes } from "../schema/catalog-products.ts";
import type { AttributeOfClass } from "./class-attributes.ts";
import { attributesAbove, classAttributesIn, saveAttributesIn } from "./class-attributes.ts";
import type { ClassKey } from "./class-tree.ts";
import { classDetailIn, classesIn, writeClasses } from "./class-tree.ts";

type SchemeKey = { readonly scheme: string };

/** Classification schemes of the actor's marketplace; the operator writes them, everybody there reads them. */
export type ClassificationRepository = {
  readonly schemes: (actor: Actor, query: Query<ClassSchemeQuery>) => Promise<Listing<ClassSchemeRecord>>;
  readonly scheme: (actor: Actor, scheme: string) => Promise<ClassSchemeRecord | undefined>;
  /** `expectedVersion` 0: there must be none yet. */
  readonly saveScheme: (
    actor: Actor,
    key: SchemeKey & { readonly expectedVersion: number },
    input: ClassSchemeInput,
  ) => Promise<Answered<ClassSchemeRecord>>;
  /** Adds classes or replaces them; all of them or none. */
  readonly saveClasses: (
    actor: Actor,
    scheme: string,
    classes: readonly ClassInput[],
  ) => Promise<Answered<ClassSchemeRecord>>;
  /** A scheme with all its classes; there already, it gets the labels and classes that it lacks. */
  readonly install: (
    actor: Actor,
    scheme: string,
    given: ClassSchemeInput & { readonly classes: readonly ClassInput[] },
  ) => Promise<Answered<ClassSchemeRecord>>;
  readonly classes: (actor: Actor, scheme: string, query: Query<ClassQuery>) => Promise<Listing<ClassRecord>>;
  readonly class: (actor: Actor, key: ClassKey) => Promise<ClassDetail | undefined>;
  readonly attributes: (actor: Actor, key: ClassKey) => Promise<ClassAttributes | undefined>;
  readonly saveAttributes: (
    actor: Actor,
    key: ClassKey & { readonly expectedVersion: number },
    attributes: readonly ClassAttributeInput[],
  ) => Promise<Answered<ClassAttributes>>;
  /** What products of these classes may tell, inherited attributes with the rest; the nearest definition counts. */
  readonly attributesOf: (actor: Actor, classes: readonly ClassKey[]) => Promise<Answered<readonly AttributeOfClass[]>>;
};

const byName: Order = {
  name: "scheme",
  by: classSchemes.scheme,
  id: classSchemes.marketplaceId,
  direction: "asc",
  accepts: isText,
};

export function createClassificationRepository(db: Database): ClassificationRepository {
  return {
    schemes: (actor, query) =>
      pageFrom(query, {
        order: byName,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(classSchemes)
            .where(allOf(inMarketplace(actor, classSchemes.marketplaceId), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ scheme, marketplaceId }) => [scheme, marketplaceId],
        entryOf: schemeRecordOf,
      }),
    async scheme(actor, scheme) {
      const [row] = await db.select().from(classSchemes).where(ofScheme(actor, scheme));
      return row && schemeRecordOf(row);
    },
    saveScheme: (actor, key, input) => saveSchemeIn(db, actor, { ...key, input }),
    saveClasses: (actor, scheme, classes) =>
      wholly(db, async (tx) => {
        const touched = await touchScheme(tx, actor, { scheme });
        if (!touched.ok) return touched;
        const written = await writeClasses(tx, touched.value, classes);
        return written.ok ? touched : written;
      }),
    install: (actor, scheme, { classes, ...input }) =>
      wholly(db, async (tx) => {
        const [known] = await tx.select().from(classSchemes).where(ofScheme(actor, scheme));
        const saved = await saveSchemeIn(tx, actor, { scheme, input, expectedVersion: known?.version ?? 0 });
        if (!saved.ok) return saved;
        const written = await writeClasses(tx, saved.value, classes);
        return written.ok ? saved : written;
      }),
    classes: (actor, scheme, query) => classesIn(db, actor, { ...query, scheme }),
    class: (actor, key) => classDetailIn(db, actor, key),
    attributes: (actor, key) => classAttributesIn(db, actor, key),
    saveAttributes: (actor, { expectedVersion, ...key }, attributes) =>
      wholly(db, async (tx) => {
        const touched = await touchScheme(tx, actor, { scheme: key.scheme, expectedVersion });
        return touched.ok ? await saveAttributesIn(tx, actor, { ...key, attributes }) : touched;
      }),
    attributesOf: (actor, classes) => attributesAbove(db, actor, classes),
  };
}

function ofScheme(actor: Actor, scheme: string) {
  return and(inMarketplace(actor, classSchemes.marketplaceId), eq(classSchemes.scheme, scheme));
}

type Saving = SchemeKey & { readonly input: ClassSchemeInput; readonly expectedVersion: number };

async function saveSchemeIn(
  db: Database,
  actor: Actor,
  { scheme, input, expectedVersion }: Saving,
): Promise<Answered<ClassSchemeRecord>> {
  const { kind, marketplaceId } = actor;
  if (kind !== "operator" || marketplaceId === null) return refused("not_found");
  if (expectedVersion === 0) {
    const [made] = await db
      .insert(classSchemes)
      .values({ ...input, marketplaceId, scheme })
      .onConflictDoNothing()
      .returning();
    if (made !== undefined) return answered(schemeRecordOf(made));
  }
  const touched = await touchScheme(db, actor, { scheme, expectedVersion });
  if (!touched.ok) return touched;
  const [row] = await db.update(classSchemes).set(input).where(ofScheme(actor, scheme)).returning();
  return row === undefined ? refused("not_found") : answered(schemeRecordOf(row));
}

type Touching = SchemeKey & { readonly expectedVersion?: number };

/** Raises the scheme's version, which stands for its classes and their attributes too. */
async function touchScheme(
  tx: Database,
  actor: Actor,
  { scheme, expectedVersion }: Touching,
): Promise<Answered<ClassSchemeRecord>> {
  const here = ofScheme(actor, scheme);
  const [stored] = await tx.select().from(classSchemes).where(here).for("update");
  if (stored === undefined || actor.kind !== "operator") return refused("not_found");
  if (expectedVersion !== undefined && stored.version !== expectedVersion) {
    return refused("precondition_failed", { actualVersion: stored.version });
  }
  const next = { version: stored.version + 1, updatedAt: sql`now()` };
  const [row] = await tx.update(classSchemes).set(next).where(here).returning();
  return row === undefined ? refused("not_found") : answered(schemeRecordOf(row));
}

function schemeRecordOf({ updatedAt, ...row }: typeof classSchemes.$inferSelect): ClassSchemeRecord {
  return { ...row, updatedAt: instantOf(updatedAt) };
}
