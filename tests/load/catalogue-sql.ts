import type { Connection } from "@kontor/db";
import type { SyntheticCatalogue } from "./synthetic-catalogue.ts";

/** What is asked of both: words, values of facets, and whose prices they are sorted by. */
export type SqlQuestion = {
  readonly text: string;
  readonly values: readonly { readonly facet: string; readonly anyOf: readonly string[] }[];
  readonly lists: { readonly contract: string; readonly groups: readonly string[] };
};

/** What it found, to be held against the index. */
export type SqlPage = {
  readonly total: number;
  readonly prices: readonly (number | null)[];
  /** The counts of the values of all facets, by facet and falling. */
  readonly counts: readonly number[];
};

const rowsAtOnce = 5_000;

/**
 * The same catalogue as tables: a tsvector with a GIN index over all text, titles first, trigrams of its words for what is
 * mistyped, values and classes in arrays, and a row per price.
 */
export async function fillTables({ sql }: Connection, catalogue: SyntheticCatalogue): Promise<void> {
  await sql`create extension if not exists pg_trgm`;
  await sql`create unlogged table b_products (id uuid primary key, brand text, classes text[], vals text[], words tsvector)`;
  await sql`create unlogged table b_offers (id uuid primary key, product uuid, vendor text, condition text, region text)`;
  await sql`create unlogged table b_prices (list text, offer uuid, price bigint, primary key (list, offer))`;
  let products: object[] = [];
  let offers: object[] = [];
  const flush = async (): Promise<void> => {
    await sql`insert into b_products select id, brand, classes, vals,
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', rest), 'D')
      from jsonb_to_recordset(${JSON.stringify(products)}::text::jsonb)
        as x(id uuid, brand text, classes text[], vals text[], title text, rest text)`;
    await sql`insert into b_offers select * from jsonb_to_recordset(${JSON.stringify(offers)}::text::jsonb)
        as x(id uuid, product uuid, vendor text, condition text, region text)`;
    [products, offers] = [[], []];
  };
  const names = new Map(catalogue.setup.classes.map(({ code, names: [name] }) => [code, name?.name ?? ""]));
  for (const { product, offers: own } of catalogue.products()) {
    const [text] = product.texts;
    const classes = product.classes.flatMap(({ code }) => [code, code.slice(0, code.indexOf("."))]);
    const vals = product.attributes.flatMap((one) => ("value" in one ? [`${one.attribute}=${one.value}`] : []));
    const values = product.attributes.map((one) => ("value" in one ? one.value : `${one.number}${one.unit}`));
    const rest = [
      text?.description,
      product.brand,
      ...product.partNumbers,
      ...values,
      ...classes.map((code) => names.get(code)),
    ];
    products.push({ id: product.id, brand: product.brand, classes, vals, title: text?.title, rest: rest.join(" ") });
    for (const { id, productId, vendor, condition, region } of own) {
      offers.push({ id, product: productId, vendor, condition, region });
    }
    if (products.length === rowsAtOnce) await flush();
  }
  await flush();
  await fillPrices({ sql }, catalogue);
  await sql`create index on b_products using gin (words)`;
  await sql`create index on b_products using gin (vals)`;
  await sql`create index on b_products using gin (classes)`;
  await sql`create index on b_offers (product)`;
  await sql`create index on b_offers (vendor)`;
  await sql`create unlogged table b_words as select word, ndoc from ts_stat('select words from b_products')`;
  await sql`create index on b_words using gin (word gin_trgm_ops)`;
  await sql`analyze`;
}

async function fillPrices({ sql }: Pick<Connection, "sql">, catalogue: SyntheticCatalogue): Promise<void> {
  let rows: object[] = [];
  const flush = async (): Promise<void> => {
    await sql`insert into b_prices select distinct on (list, offer) list, offer, price
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(list text, offer uuid, price bigint, at int)
      order by list, offer, at desc on conflict (list, offer) do update set price = excluded.price`;
    rows = [];
  };
  for (const { list, offerId, price } of catalogue.prices()) {
    rows.push({ list, offer: offerId, price, at: rows.length });
    if (rows.length === rowsAtOnce * 4) await flush();
  }
  await flush();
}

/**
 * One statement: what is visible and fits, each product's least own price, the first 24 of them, and the 20 values with the
 * most products of sixteen facets, each without its own selection.
 */
export async function askTables({ sql }: Connection, question: SqlQuestion): Promise<SqlPage> {
  const { text, values, lists } = question;
  const query = await tsqueryOf({ sql }, text);
  const wanted = (facet: string): string[] => [...(values.find((one) => one.facet === facet)?.anyOf ?? [])];
  const attribute = wanted("attribute:a1").map((value) => `a1=${value}`);
  const vendors = wanted("vendor");
  const [groupA = "", groupB = ""] = lists.groups;
  const [row] = await sql<{ total: number; prices: (number | null)[]; counts: number[] }[]>`
    with found as materialized (
      select p.id, p.brand, p.classes, p.vals,
        ${attribute.length === 0} or p.vals && ${attribute}::text[] as a1_fits
      from b_products p
      where (${query === ""} or p.words @@ ${query}::tsquery) and p.brand <> 'Brand 7' and not '11' = any(p.classes)),
    sold as materialized (
      select o.product, o.vendor, o.condition, ${vendors.length === 0} or o.vendor = any(${vendors}::text[]) as vendor_fits,
        coalesce(c.price, least(g.price, h.price), b.price) as price
      from found f join b_offers o on o.product = f.id
        left join b_prices c on c.list = ${lists.contract} and c.offer = o.id
        left join b_prices g on g.list = ${groupA} and g.offer = o.id
        left join b_prices h on h.list = ${groupB} and h.offer = o.id
        left join b_prices b on b.list = 'base' and b.offer = o.id
      where o.vendor <> 'v3'),
    least as materialized (
      select product, min(price) filter (where vendor_fits) as price, bool_or(vendor_fits) as fits from sold group by product),
    hits as materialized (
      select f.*, l.price from found f join least l on l.product = f.id where l.fits),
    counted as (
      select 'brand' as facet, brand as value, count(*) as n from hits where a1_fits group by brand
      union all select 'class', value, count(*) from hits, unnest(classes) value where a1_fits group by value
      union all select split_part(value, '=', 1), value, count(*) from hits, unnest(vals) value
        where a1_fits and value not like 'a1=%' group by value
      union all select 'a1', value, count(*) from hits, unnest(vals) value where value like 'a1=%' group by value
      union all select 'vendor', vendor, count(distinct product) from sold join found on id = product
        where a1_fits group by vendor
      union all select 'condition', condition, count(distinct product) from sold join found on id = product
        where a1_fits and vendor_fits group by condition),
    ranked as (
      select facet, value, n, row_number() over (partition by facet order by n desc, value) as place from counted)
    select (select count(*)::int from hits where a1_fits) as total,
      (select array_agg(price::float8 order by price nulls last) from (
        select price, id from hits where a1_fits order by price nulls last, id limit 24) first) as prices,
      (select array_agg(n::int order by facet, place) from ranked where place <= 20) as counts`;
  return { total: row?.total ?? 0, prices: row?.prices ?? [], counts: row?.counts ?? [] };
}

/** All words; one that nothing has is the likest that something has. */
async function tsqueryOf({ sql }: Pick<Connection, "sql">, text: string): Promise<string> {
  const asked = text.split(" ").filter((word) => word !== "");
  const meant: string[] = [];
  for (const word of asked) {
    const [like] = await sql<{ word: string }[]>`
      select word from b_words where word = ${word} or word % ${word}
      order by word = ${word} desc, similarity(word, ${word}) desc, ndoc desc limit 1`;
    if (like !== undefined) meant.push(like.word);
  }
  return meant.join(" & ");
}
