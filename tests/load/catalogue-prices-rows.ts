import type { Connection } from "@kontor/db";

/** How large the marketplace is whose carts are repriced. */
export type PriceWorld = {
  readonly offers: number;
  readonly vendors: number;
  /** Agreements in force, each with a list of its own. */
  readonly contracts: number;
  readonly groups: number;
};

export const marketplaceId = "bench";
/** Has agreements with a tenth of the vendors and is in a quarter of the groups. */
export const buyerId = "buyer-0";
const buyers = 100;

/** Rows of a marketplace, made by the database itself: nothing of it is read back but the numbers of offers. */
export async function seedPriceWorld({ sql }: Connection, world: PriceWorld): Promise<readonly string[]> {
  const { offers, vendors } = world;
  await sql`insert into marketplaces (id, slug, name, currency) values (${marketplaceId}, ${marketplaceId}, 'Bench', 'EUR')`;
  await sql`
    insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
    select ${marketplaceId}, 'vendor-' || n, 'supplier', 'approved', 'x', now() from generate_series(0, ${vendors - 1}) n`;
  await sql`
    insert into price_lists (marketplace_id, vendor_id, name, currency, tier_scope)
    select ${marketplaceId}, 'vendor-' || n, 'base', 'EUR', 'offer' from generate_series(0, ${vendors - 1}) n`;
  await sql`
    with made as (
      insert into products (marketplace_id, status, created_by, part_no)
      select ${marketplaceId}, 'active', 'x', n::text from generate_series(0, ${offers - 1}) n returning id, part_no),
    parts as (
      insert into variants (product_id, marketplace_id, base_unit, part_no)
      select id, ${marketplaceId}, 'C62', part_no from made returning id, part_no),
    boxes as (insert into variant_units (variant_id, unit, num, den) select id, 'BX', 10, 1 from parts)
    insert into offers (marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status, order_unit,
      min_quantity, base_list_id, created_by)
    select ${marketplaceId}, l.vendor_id, p.id, p.part_no, p.part_no, 'active', 'C62', 1000000, l.id, 'x'
    from parts p join price_lists l on l.vendor_id = 'vendor-' || (p.part_no::int % ${vendors}) and l.name = 'base'`;
  await sql`
    insert into prices (list_id, offer_id, unit, min_quantity, price, valid_from)
    select o.base_list_id, o.id, 'C62', rung * 1000000, 100000000 - rung * 1000, to_timestamp(0)
    from offers o, unnest(array[1, 10, 100]) rung`;
  await seedContracts({ sql }, world);
  await seedGroups({ sql }, world);
  await sql`analyze`;
  const rows = await sql<{ id: string }[]>`select id from offers order by vendor_part_no_key`;
  return rows.map(({ id }) => id);
}

type Seeding = Pick<Connection, "sql">;

async function seedContracts({ sql }: Seeding, { contracts, vendors }: PriceWorld): Promise<void> {
  await sql`
    insert into agreements (marketplace_id, vendor_id, buyer_id, currency, payment_term, valid_from, status, created_by)
    select ${marketplaceId}, 'vendor-' || (n % ${vendors}),
      'buyer-' || case when n < ${vendors / 10} then 0 else 1 + n % ${buyers - 1} end, 'EUR',
      '{"kind":"prepaid"}'::jsonb, to_timestamp(0), 'active', 'x'
    from generate_series(0, ${contracts - 1}) n`;
  await sql`
    insert into price_lists (marketplace_id, vendor_id, name, currency)
    select marketplace_id, vendor_id, id::text, 'EUR' from agreements`;
  await sql`
    insert into price_list_assignments (list_id, target, target_id)
    select l.id, 'agreement', a.id::text from agreements a join price_lists l on l.name = a.id::text`;
  await sql`
    insert into prices (list_id, offer_id, unit, min_quantity, price, valid_from)
    select l.id, o.id, 'C62', rung * 1000000, 80000000 - rung * 1000, to_timestamp(0)
    from agreements a join price_lists l on l.name = a.id::text join offers o on o.vendor_id = a.vendor_id,
      unnest(array[1, 50]) rung
    where o.vendor_part_no_key::int % 2 = 0`;
}

async function seedGroups({ sql }: Seeding, { groups }: PriceWorld): Promise<void> {
  await sql`
    insert into customer_groups (marketplace_id, name)
    select ${marketplaceId}, 'group-' || n from generate_series(0, ${groups - 1}) n`;
  await sql`
    insert into customer_group_members (group_id, company_id)
    select id, ${buyerId} from customer_groups where split_part(name, '-', 2)::int % 4 = 0`;
  await sql`
    insert into price_lists (marketplace_id, name, currency)
    select marketplace_id, name, 'EUR' from customer_groups`;
  await sql`
    insert into price_list_assignments (list_id, target, target_id, priority)
    select l.id, 'customer_group', g.id::text, 1 from customer_groups g join price_lists l on l.name = g.name`;
  await sql`
    insert into prices (list_id, offer_id, unit, min_quantity, price, valid_from)
    select l.id, o.id, 'C62', 1000000, 90000000, to_timestamp(0)
    from price_lists l, offers o
    where l.name like 'group-%' and o.vendor_part_no_key::int % 20 = split_part(l.name, '-', 2)::int % 20`;
}
