import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { checkGtin } from "@kontor/standards";
import postgres from "postgres";

/** A product as the record has it; prices in cents. */
export type IcecatProduct = {
  readonly id: string;
  readonly productId: string;
  readonly offerId: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly supplier: string;
  readonly price: number;
  readonly gtins: readonly string[];
  readonly attributes: readonly { readonly attribute: string; readonly value: string | boolean }[];
};

/** Lines end with line feeds alone: some texts hold other signs that end lines elsewhere. */
export function readIcecat(folder: string): readonly IcecatProduct[] {
  const text = gunzipSync(readFileSync(join(folder, "products.ndjson.gz"))).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => productOf(JSON.parse(line) as Record<string, unknown>));
}

function productOf(record: Record<string, unknown>): IcecatProduct {
  const text = (name: string): string => String(record[name] ?? "");
  const gtins = ((record["ean"] ?? []) as readonly string[]).map(checkGtin).flatMap((one) => (one.ok ? one.value : []));
  const attributes = Object.entries(record).flatMap(([name, value]) => {
    const attribute = /^attr_[tnb]_(.+)$/.exec(name)?.[1];
    return attribute === undefined ? [] : [{ attribute, value: typeof value === "boolean" ? value : String(value) }];
  });
  return {
    ...{ id: text("id"), name: text("name"), title: text("title"), description: text("short_description") },
    ...{ productId: randomUUID(), offerId: randomUUID(), supplier: text("supplier"), price: Number(record["price"]) },
    gtins: [...new Set(gtins)],
    attributes,
  };
}

const rowsAtOnce = 2_000;

/** A company's id can hold no blank. */
export const vendorOf = (supplier: string): string => supplier.replaceAll(/[^A-Za-z0-9]+/g, "_");

/** Each supplier is the brand of its products and lists them himself, at the record's price. */
export async function storeIcecat(url: string, products: readonly IcecatProduct[]): Promise<string> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const marketplaceId = randomUUID();
  const suppliers = [...new Set(products.map(({ supplier }) => supplier))].map((name) => {
    const brandId = randomUUID();
    return { name, vendor: vendorOf(name), brandId, listId: randomUUID() };
  });
  const bySupplier = new Map(suppliers.map((supplier) => [supplier.name, supplier]));
  await sql`insert into marketplaces (id, slug, name, currency) values (${marketplaceId}, 'icecat', 'IT and office', 'EUR')`;
  await insert(sql, suppliers, (rows) => [
    sql`insert into brands (id, marketplace_id, name, name_key)
      select r."brandId"::uuid, ${marketplaceId}, r.name, lower(r.name) from ${rows} as r("brandId" text, name text)`,
    sql`insert into price_lists (id, marketplace_id, vendor_id, name, currency, valid_from)
      select r."listId"::uuid, ${marketplaceId}, r.vendor, 'List', 'EUR', 'epoch' from ${rows} as r("listId" text, vendor text)`,
    sql`insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
      select ${marketplaceId}, r.vendor, 'supplier', 'approved', 'x', now() from ${rows} as r(vendor text)`,
  ]);
  const stored = products.map((product) => ({ ...product, ...bySupplier.get(product.supplier), name: product.name }));
  await insert(sql, stored, (rows) => [
    sql`insert into products (id, marketplace_id, brand_id, part_no, status, attributes, created_by)
      select r."productId"::uuid, ${marketplaceId}, r."brandId"::uuid, r.name, 'active', r.attributes, 'x'
      from ${rows} as r("productId" text, "brandId" text, name text, attributes jsonb)`,
    sql`insert into product_texts (product_id, language, name, description)
      select r."productId"::uuid, 'en', r.title, r.description from ${rows} as r("productId" text, title text, description text)`,
    sql`insert into variants (id, product_id, marketplace_id, base_unit)
      select r."productId"::uuid, r."productId"::uuid, ${marketplaceId}, 'C62' from ${rows} as r("productId" text)`,
    sql`insert into variant_gtins (variant_id, marketplace_id, unit, gtin)
      select r."productId"::uuid, ${marketplaceId}, 'C62', g from ${rows} as r("productId" text, gtins jsonb),
        jsonb_array_elements_text(r.gtins) g`,
    sql`insert into offers (id, marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status, order_unit,
        min_quantity, base_list_id, valid_from, created_by)
      select r."offerId"::uuid, ${marketplaceId}, r.vendor, r."productId"::uuid, r.id, r.id, 'active', 'C62', 1000000,
        r."listId"::uuid, 'epoch', 'x' from ${rows} as r("offerId" text, vendor text, "productId" text, id text, "listId" text)`,
    sql`insert into prices (list_id, offer_id, unit, price, valid_from)
      select r."listId"::uuid, r."offerId"::uuid, 'C62', r.price * 10000, 'epoch'
      from ${rows} as r("listId" text, "offerId" text, price bigint)`,
  ]);
  await sql.end();
  return marketplaceId;
}

type Sql = ReturnType<typeof postgres>;
type Fragment = ReturnType<Sql>;

/** Rows are handed over as one JSON document per statement. */
async function insert(
  sql: Sql,
  all: readonly object[],
  statements: (rows: Fragment) => readonly PromiseLike<unknown>[],
) {
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const json = JSON.stringify(all.slice(from, from + rowsAtOnce));
    for (const statement of statements(sql`jsonb_to_recordset(${json}::text::jsonb)`)) await statement;
  }
}
