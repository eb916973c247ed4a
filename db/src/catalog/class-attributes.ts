import type { Actor } from "@kontor/kernel";
import type { AttributeKind, ClassAttributeInput, ClassAttributeRecord, ClassAttributes } from "@kontor/protocol";
import { and, eq, inArray } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { present } from "../repositories/record-members.ts";
import { inMarketplace } from "../repositories/scope.ts";
import { classAttributes } from "../schema/catalog-products.ts";
import type { ClassKey } from "./class-tree.ts";
import { pathOf } from "./class-tree.ts";

/** An attribute that products of a class may tell. */
export type AttributeOfClass = {
  readonly attribute: string;
  readonly kind: AttributeKind;
  readonly unit: string | null;
  readonly choices: readonly string[] | null;
  readonly required: boolean;
  readonly parts: boolean;
};

type Row = typeof classAttributes.$inferSelect;

/** Of the class and of those above it, the topmost first; of several with one name the nearest. */
async function rowsAbove(
  db: Database,
  actor: Actor,
  { scheme, path }: { readonly scheme: string; readonly path: readonly string[] },
): Promise<readonly Row[]> {
  const rows = await db
    .select()
    .from(classAttributes)
    .where(
      and(
        inMarketplace(actor, classAttributes.marketplaceId),
        eq(classAttributes.scheme, scheme),
        inArray(classAttributes.classCode, [...path]),
      ),
    );
  const depth = (row: Row): number => path.indexOf(row.classCode);
  const sorted = [...rows].sort((a, b) => depth(b) - depth(a) || a.position - b.position);
  const nearest = new Map(sorted.map((row) => [row.attribute, row]));
  return sorted.filter((row) => nearest.get(row.attribute) === row);
}

export async function classAttributesIn(
  db: Database,
  actor: Actor,
  key: ClassKey,
): Promise<ClassAttributes | undefined> {
  const path = await pathOf(db, actor, key);
  if (path.length === 0) return undefined;
  const rows = await rowsAbove(db, actor, { scheme: key.scheme, path });
  return { ...key, attributes: rows.map(attributeRecordOf) };
}

function attributeRecordOf(row: Row): ClassAttributeRecord {
  const { attribute, kind, unit, choices, labels, required, filterable, parts, classCode } = row;
  return {
    attribute,
    kind,
    labels: { ...labels },
    required,
    filterable,
    parts,
    definedBy: classCode,
    ...present({ unit }),
    ...(choices === null ? {} : { choices: choices.map((one) => ({ value: one.value, labels: { ...one.labels } })) }),
  };
}

type Saving = ClassKey & { readonly attributes: readonly ClassAttributeInput[] };

export async function saveAttributesIn(
  tx: Database,
  actor: Actor,
  { scheme, code, attributes }: Saving,
): Promise<Answered<ClassAttributes>> {
  const { marketplaceId } = actor;
  const [known] = await pathOf(tx, actor, { scheme, code });
  if (known === undefined || marketplaceId === null) return refused("class_unknown", { scheme, code });
  const names = attributes.map(({ attribute }) => attribute);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) {
    const pointer = `/attributes/${twice}/attribute`;
    return refused("class_attribute_repeated", { attribute: names[twice], pointer });
  }
  await tx
    .delete(classAttributes)
    .where(
      and(
        eq(classAttributes.marketplaceId, marketplaceId),
        eq(classAttributes.scheme, scheme),
        eq(classAttributes.classCode, code),
      ),
    );
  if (attributes.length > 0) {
    const rows = attributes.map(({ unit = null, choices = null, ...rest }, position) => ({
      ...rest,
      unit,
      choices,
      position,
      marketplaceId,
      scheme,
      classCode: code,
    }));
    await tx.insert(classAttributes).values(rows);
  }
  const saved = await classAttributesIn(tx, actor, { scheme, code });
  return saved === undefined ? refused("class_unknown", { scheme, code }) : answered(saved);
}

/** `class_unknown` with a pointer to the class. */
export async function attributesAbove(
  db: Database,
  actor: Actor,
  classes: readonly ClassKey[],
): Promise<Answered<readonly AttributeOfClass[]>> {
  const found = new Map<string, AttributeOfClass>();
  for (const [index, key] of classes.entries()) {
    const path = await pathOf(db, actor, key);
    const { scheme, code } = key;
    if (path.length === 0) return refused("class_unknown", { scheme, code, pointer: `/classes/${index}` });
    for (const row of await rowsAbove(db, actor, { scheme: key.scheme, path })) {
      if (found.has(row.attribute)) continue;
      const { attribute, kind, unit, required, parts } = row;
      const choices = row.choices?.map(({ value }) => value) ?? null;
      found.set(attribute, { attribute, kind, unit, choices, required, parts });
    }
  }
  return answered([...found.values()]);
}
