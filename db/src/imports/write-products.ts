import { sql } from "drizzle-orm";
import type { Change } from "../catalog/catalog-record.ts";
import { recordChanges } from "../catalog/catalog-record.ts";
import type { CatalogRules } from "../catalog/catalog-rules.ts";
import { changeOf } from "../catalog/product-lock.ts";
import type { ProductRow } from "../catalog/product-records.ts";
import type { Database } from "../connect.ts";
import type { Pipeline } from "../pipeline.ts";
import { runPrepared } from "../prepared.ts";
import { insertRows, insertWithoutIds } from "../repositories/bulk-rows.ts";
import {
  brands,
  catalogueRows,
  matchFindings,
  productClasses,
  products,
  productTexts,
  variantGtins,
  variants,
  variantUnits,
} from "../schema/catalog-products.ts";
import type { BatchWrites, MergeTarget, NewProduct, ProductTerms } from "./batch-writes.ts";
import type { HeldImport } from "./import-work.ts";
import type { Writing } from "./write-batch.ts";

/** The vendor's own products that are new, and what they have for the products that they turned out to be. */
export async function writeProducts(tx: Database, writing: Writing): Promise<void> {
  const { held, writes, rules, pipeline } = writing;
  if (writes.products.length === 0) return;
  const brandOf = await brandsNamed(tx, held, { names: writes.products.map(({ brand }) => brand), rules });
  const made = writes.products.map((one) => ({
    one,
    row: productRowOf(one, { held, brandOf, rules, now: writes.now }),
  }));
  const rows = made.map(({ row }) => row);
  await pipeline.send(() => insertRows(tx, products, rows));
  await writeTexts(tx, pipeline, writes.products);
  await writeClasses(tx, writing, writes.products);
  await writeVariants(tx, writing);
  const records = made.map(({ one, row }) => createdOf(one, row, held));
  const taken = await takeOver(tx, writing);
  await pipeline.send(() => recordChanges(tx, [...records, ...taken], writes.now));
  await writeFindings(tx, writing);
  const keys = made.map(({ one, row }) => ({
    productId: row.id,
    marketplaceId: row.marketplaceId,
    companyId: held.vendorId,
    rowKey: rules.rowKey({ partNoKey: row.partNoKey, texts: one.texts, attributes: one.attributes }),
  }));
  await pipeline.send(() => insertRows(tx, catalogueRows, keys));
}

type Naming = { readonly names: readonly (string | null)[]; readonly rules: CatalogRules };

/** Ids of brands by their keys; in whichever spelling came first. */
export async function brandsNamed(
  tx: Database,
  { marketplaceId }: HeldImport,
  { names, rules }: Naming,
): Promise<ReadonlyMap<string, string>> {
  const spelled = new Map(names.flatMap((name) => (name === null ? [] : [[rules.keyOf(name), name] as const])));
  if (spelled.size === 0) return new Map();
  const told = JSON.stringify([...spelled].map(([key, name]) => ({ key, name })));
  await tx.execute(sql`insert into brands (marketplace_id, name, name_key)
    select ${marketplaceId}, t.name, t.key from jsonb_to_recordset(${told}::jsonb) as t(key text, name text)
    where not exists (select 1 from brands b where b.marketplace_id = ${marketplaceId} and b.name_key = t.key)
    order by t.key on conflict do nothing`);
  const rows = await tx.execute<{ id: string; key: string }>(sql`
    select b.id, b.name_key as key from ${brands} b join jsonb_to_recordset(${told}::jsonb) as t(key text)
      on b.marketplace_id = ${marketplaceId} and b.name_key = t.key`);
  return new Map(rows.map(({ id, key }) => [key, id]));
}

type Making = Pick<Writing, "held" | "rules"> &
  Pick<BatchWrites, "now"> & { readonly brandOf: ReadonlyMap<string, string> };

function productRowOf(one: NewProduct, { held, brandOf, rules, now }: Making): ProductRow {
  return {
    id: one.productId,
    marketplaceId: held.marketplaceId,
    ownerCompanyId: held.vendorId,
    kind: "article",
    ...numbersOf(one, { brandOf, rules }),
    status: one.mergedInto === null ? "active" : "merged",
    mergedInto: one.mergedInto?.id ?? null,
    attributes: one.attributes.map(storedValue),
    taxCategory: "standard",
    createdBy: held.createdBy,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

export function numbersOf({ brand, partNo }: ProductTerms, { brandOf, rules }: Pick<Making, "brandOf" | "rules">) {
  return {
    brandId: brand === null ? null : (brandOf.get(rules.keyOf(brand)) ?? null),
    partNo,
    partNoKey: partNo === null ? null : rules.keyOf(partNo),
  };
}

export const storedValue = ({ attribute, value, unit }: ProductTerms["attributes"][number]) => ({
  attribute,
  value,
  ...(unit === undefined ? {} : { unit }),
});

type Described = ProductTerms & { readonly productId: string };

export async function writeTexts(tx: Database, pipeline: Pipeline, described: readonly Described[]): Promise<void> {
  const rows = described.flatMap(({ productId, texts }) =>
    texts.map(({ language, name, description, keywords }) => {
      return { productId, language, name, description, keywords: [...keywords] };
    }),
  );
  await pipeline.send(() => insertRows(tx, productTexts, rows));
}

export async function writeClasses(
  tx: Database,
  { held: { marketplaceId }, pipeline }: Pick<Writing, "held" | "pipeline">,
  described: readonly Described[],
): Promise<void> {
  const rows = described.flatMap(({ productId, classes }) =>
    classes.map(({ scheme, code, primary }) => ({ productId, marketplaceId, scheme, code, isPrimary: primary })),
  );
  await pipeline.send(() => insertRows(tx, productClasses, rows));
}

async function writeVariants(tx: Database, { held: { marketplaceId }, writes, pipeline }: Writing): Promise<void> {
  const rows = writes.products.map(({ variantId, productId, measures }) => ({
    id: variantId,
    productId,
    marketplaceId,
    partNo: null,
    partNoKey: null,
    baseUnit: measures.baseUnit,
    status: "active" as const,
    attributes: [],
    version: 1,
  }));
  await pipeline.send(() => insertRows(tx, variants, rows));
  const units = writes.products.flatMap(({ variantId, measures }) =>
    measures.units.map(({ sold, ...unit }) => ({ ...unit, isSold: sold, variantId })),
  );
  await pipeline.send(() => insertRows(tx, variantUnits, units));
  const gtins = writes.products.flatMap(({ variantId, measures }) =>
    measures.gtins.map((gtin) => ({ ...gtin, variantId, marketplaceId })),
  );
  await pipeline.send(() => insertRows(tx, variantGtins, gtins));
}

function createdOf(one: NewProduct, row: ProductRow, { createdBy, fileName }: HeldImport): Change {
  const { brand, partNo, texts, classes, attributes, measures, mergedInto } = one;
  const units = measures.units.map(({ num, den, ...unit }) => ({ ...unit, num: `${num}`, den: `${den}` }));
  const variant = { variantId: one.variantId, baseUnit: measures.baseUnit, units, gtins: measures.gtins };
  const told = { brand: brand ?? undefined, partNo: partNo ?? undefined, texts, classes, attributes };
  const merged = mergedInto === null ? {} : { mergedInto: mergedInto.id };
  return {
    ...changeOf(row, "created", createdBy),
    before: {},
    after: {
      kind: row.kind,
      taxCategory: row.taxCategory,
      status: row.status,
      ...told,
      variants: [variant],
      ...merged,
    },
    reason: `import ${fileName}`,
  };
}

/**
 * A product that others turned out to be gets the texts, units and numbers that it lacks, and is the marketplace's own
 * from then on where they are another company's.
 */
async function takeOver(tx: Database, { held, writes }: Writing): Promise<readonly Change[]> {
  const keepers = new Map<string, MergeTarget>();
  const records: Change[] = [];
  const lost: { readonly productId: string; readonly keptId: string; readonly from: string; readonly to: string }[] =
    [];
  for (const { productId, mergedInto, findings, variantId } of writes.products) {
    if (mergedInto === null) continue;
    const kept = keepers.get(mergedInto.id) ?? mergedInto;
    const owner = kept.ownerCompanyId === held.vendorId ? held.vendorId : null;
    const next = { id: kept.id, ownerCompanyId: owner, version: kept.version + 1 };
    keepers.set(kept.id, next);
    records.push({
      subject: "product",
      subjectId: kept.id,
      marketplaceId: held.marketplaceId,
      companyId: owner,
      action: "took_over",
      by: held.createdBy,
      version: next.version,
      before: { owner: kept.ownerCompanyId },
      after: { owner, merged: productId },
    });
    const verdict = findings.find(({ otherId }) => otherId === kept.id)?.verdict;
    const pairs = verdict?.kind === "merge" ? verdict.pairs : [];
    const to = pairs.find(({ from }) => from === variantId)?.to;
    if (to !== undefined) lost.push({ productId, keptId: kept.id, from: variantId, to });
  }
  if (keepers.size === 0) return [];
  await tx.execute(sql`update products p set owner_company_id = k."ownerCompanyId", version = k.version, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify([...keepers.values()])}::jsonb)
      as k(id uuid, "ownerCompanyId" text, version int) where p.id = k.id`);
  const pairs = sql`jsonb_to_recordset(${JSON.stringify(lost)}::jsonb)
    as m("productId" uuid, "keptId" uuid, "from" uuid, "to" uuid)`;
  await tx.execute(sql`insert into variant_units (variant_id, unit, num, den, decimals, is_sold)
    select m."to", u.unit, u.num, u.den, u.decimals, u.is_sold from ${pairs} join variant_units u on u.variant_id = m."from"
    on conflict do nothing`);
  await tx.execute(sql`insert into variant_gtins (variant_id, marketplace_id, unit, gtin)
    select m."to", g.marketplace_id, g.unit, g.gtin from ${pairs} join variant_gtins g on g.variant_id = m."from"
    on conflict do nothing`);
  await tx.execute(sql`insert into product_texts (product_id, language, name, description, keywords)
    select m."keptId", t.language, t.name, t.description, t.keywords
    from ${pairs} join product_texts t on t.product_id = m."productId" on conflict do nothing`);
  return records;
}

async function writeFindings(tx: Database, { held: { marketplaceId }, writes, pipeline }: Writing): Promise<void> {
  const found = writes.products.flatMap(({ productId, findings }) => findings.map((one) => ({ productId, ...one })));
  if (found.length === 0) return;
  const rows = found.map(({ productId, otherId, verdict }) => ({
    marketplaceId,
    kind: verdict.kind === "merge" ? ("same_product" as const) : verdict.kind,
    reason: verdict.reason,
    subject: productId,
    other: otherId,
    score: verdict.score,
    evidence: verdict.evidence,
    state: verdict.kind === "merge" ? ("merged" as const) : ("open" as const),
    decidedBy: null,
    decidedAt: verdict.kind === "merge" ? writes.now : null,
    reasonGiven: null,
    foundAt: writes.now,
    version: 1,
  }));
  await pipeline.send(() => runPrepared(tx, sql`${insertWithoutIds(matchFindings, rows)} on conflict do nothing`));
}
