import type { Actor } from "@kontor/kernel";
import { isUuid } from "@kontor/kernel";
import type {
  BrandQuery,
  BrandRecord,
  CatalogRecordEntry,
  CatalogRecordQuery,
  ProductQuery,
  ProductRecord,
  ProductSummary,
  VariantRecord,
} from "@kontor/protocol";
import type { SQL } from "drizzle-orm";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isInstant, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf, isOwnCompany, ofOwnCompany, seesAll } from "../repositories/scope.ts";
import { products, variants } from "../schema/catalog-products.ts";
import { brandNamed, brandsIn } from "./brands.ts";
import { recordOf } from "./catalog-record.ts";
import type { CatalogRules } from "./catalog-rules.ts";
import { isVendor, seesProduct } from "./catalog-scope.ts";
import { productRecord, productSummaries, variantRecords } from "./product-records.ts";
import type { ProductStep } from "./product-status.ts";
import { stepProduct } from "./product-status.ts";
import type { CreatedProduct, RevisedProduct } from "./product-writes.ts";
import { createProductIn, reviseProductIn } from "./product-writes.ts";
import type { AddedVariant, RevisedVariant, VariantStep } from "./variant-writes.ts";
import { addVariantIn, reviseVariantIn, stepVariant } from "./variant-writes.ts";

/** A variant with what its product says of who may list it. */
export type ListedVariant = {
  readonly variant: VariantRecord;
  readonly product: Pick<ProductSummary, "productId" | "status" | "ownerCompanyId">;
};

/** Brands, products and variants of the actor's marketplace. What he may not see counts as missing. */
export type ProductRepository = {
  readonly brands: (actor: Actor, query: Query<BrandQuery>) => Promise<Listing<BrandRecord>>;
  /** The brand of this name; the same in another spelling is the same brand. */
  readonly registerBrand: (actor: Actor, name: string) => Promise<Answered<BrandRecord>>;
  /** Newest first. */
  readonly list: (actor: Actor, query: Query<ProductQuery>) => Promise<Listing<ProductSummary>>;
  readonly find: (actor: Actor, productId: string) => Promise<ProductRecord | undefined>;
  readonly findVariant: (actor: Actor, variantId: string) => Promise<ListedVariant | undefined>;
  /** What was checked already; the same id again gives what is there. */
  readonly create: (actor: Actor, product: CreatedProduct) => Promise<Answered<ProductRecord>>;
  readonly revise: (actor: Actor, product: RevisedProduct) => Promise<Answered<ProductRecord>>;
  readonly step: (actor: Actor, step: ProductStep) => Promise<Answered<ProductRecord>>;
  readonly addVariant: (actor: Actor, variant: AddedVariant) => Promise<Answered<VariantRecord>>;
  readonly reviseVariant: (actor: Actor, variant: RevisedVariant) => Promise<Answered<VariantRecord>>;
  readonly stepVariant: (actor: Actor, step: VariantStep) => Promise<Answered<VariantRecord>>;
  /** Who changed what: for the owner and the marketplace's staff. */
  readonly record: (
    actor: Actor,
    productId: string,
    query: Query<CatalogRecordQuery>,
  ) => Promise<Listing<CatalogRecordEntry> | undefined>;
};

const newest: Order = {
  name: "created",
  by: products.createdAt,
  id: products.id,
  direction: "desc",
  accepts: isInstant,
  acceptsId: isUuid,
};

export function createProductRepository(db: Database, rules: CatalogRules): ProductRepository {
  return {
    brands: (actor, query) => brandsIn(db, actor, query),
    async registerBrand(actor, name) {
      const { marketplaceId, kind } = actor;
      if (marketplaceId === null) return refused("not_found");
      if (kind !== "operator" && !(await isVendor(db, actor))) return refused("forbidden");
      return answered(await brandNamed(db, { marketplaceId, name, nameKey: rules.keyOf(name) }));
    },
    list: (actor, query) => listProducts(db, actor, { rules, query }),
    async find(actor, productId) {
      const [row] = await db
        .select()
        .from(products)
        .where(allOf(seesProduct(actor), eq(products.id, productId)));
      return row && (await productRecord(db, row));
    },
    async findVariant(actor, variantId) {
      const [found] = await db
        .select({ variant: variants, product: products })
        .from(variants)
        .innerJoin(products, eq(products.id, variants.productId))
        .where(allOf(seesProduct(actor), eq(variants.id, variantId)));
      if (found === undefined) return undefined;
      const [variant] = await variantRecords(db, [found.variant]);
      const { id: productId, status, ownerCompanyId } = found.product;
      return (
        variant && { variant, product: { productId, status, ...(ownerCompanyId === null ? {} : { ownerCompanyId }) } }
      );
    },
    create: (actor, product) => createProductIn(db, { actor, rules, ...product }),
    revise: (actor, product) => reviseProductIn(db, { actor, rules, ...product }),
    step: (actor, step) => stepProduct(db, { actor, rules, ...step }),
    addVariant: (actor, variant) => addVariantIn(db, { actor, rules, ...variant }),
    reviseVariant: (actor, variant) => reviseVariantIn(db, { actor, rules, ...variant }),
    stepVariant: (actor, step) => stepVariant(db, { actor, rules, ...step }),
    async record(actor, productId, query) {
      const [row] = await db
        .select()
        .from(products)
        .where(allOf(seesProduct(actor), eq(products.id, productId)));
      if (row === undefined || !(seesAll(actor) || isOwnCompany(actor, row.ownerCompanyId))) return undefined;
      return await recordOf(db, actor, { ...query, subjectId: productId });
    },
  };
}

type Listed = { readonly rules: CatalogRules; readonly query: Query<ProductQuery> };

async function listProducts(db: Database, actor: Actor, { rules, query }: Listed): Promise<Listing<ProductSummary>> {
  const { status, owner, partNo, gtin, ...page } = query;
  const found = await pageFrom(page, {
    order: newest,
    rows: ({ after, orderBy, limit }) =>
      db
        .select()
        .from(products)
        .where(
          allOf(
            seesProduct(actor),
            oneOf(products.status, status),
            owner && (owner === "me" ? ofOwnCompany(actor, products.ownerCompanyId) : isNull(products.ownerCompanyId)),
            partNo === undefined ? undefined : numbered(rules.keyOf(partNo)),
            gtin === undefined ? undefined : bears(gtin),
            after,
          ),
        )
        .orderBy(...orderBy)
        .limit(limit),
    positionOf: ({ createdAt, id }) => [createdAt, id],
    entryOf: (row) => row,
  });
  return found.ok ? { ...found, data: await productSummaries(db, found.data) } : found;
}

function numbered(key: string): SQL {
  const ofVariant = sql`exists (select 1 from variants v
    where v.product_id = ${products.id} and v.part_no_key = ${key})`;
  return sql`(${products.partNoKey} = ${key} or ${ofVariant})`;
}

function bears(gtin: string): SQL | undefined {
  const digits = gtin.replace(/\D/g, "").padStart(14, "0");
  return and(sql`exists (select 1 from variants v join variant_gtins g on g.variant_id = v.id
    where v.product_id = ${products.id} and g.marketplace_id = ${products.marketplaceId} and g.gtin = ${digits})`);
}
