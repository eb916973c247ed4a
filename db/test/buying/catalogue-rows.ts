import { randomUUID } from "node:crypto";
import { parseDecimal } from "@kontor/kernel";
import type { Sql } from "postgres";

export type Listed = {
  readonly vendorId: string;
  readonly price: string;
  readonly minimum?: string;
  readonly multiple?: string;
  /** Without it the vendor keeps none. */
  readonly stock?: string;
};

/** Millionths of a decimal, as its column takes them. */
export const six = (text: string): string => String(parseDecimal(text, 6));
let counted = 0;

/** With a person of each role. */
export async function insertCompany(sql: Sql, name: string, more: readonly string[] = []): Promise<string> {
  await sql`insert into companies (id, name, slug) values (${name}, ${name}, ${name})`;
  for (const role of ["owner", "buyer", "approver", "finance", "seller", ...more]) {
    const id = `${name}-${role}`;
    await sql`insert into users (id, name, email) values (${id}, ${id}, ${`${id}@example.test`})`;
    await sql`insert into company_members (id, company_id, user_id, role) values (${id}, ${name}, ${id}, ${role.replace(/\d+$/, "")})`;
  }
  await sql`insert into participations (marketplace_id, company_id, side, status, requested_by, decided_at)
    values ('office', ${name}, 'both', 'approved', 'x', now())`;
  return name;
}

/** An active offer of a product of its own, with its price in a base list. */
export async function insertOffer(
  sql: Sql,
  { vendorId, price, minimum = "1", multiple, stock }: Listed,
): Promise<string> {
  const [productId, variantId, offerId, listId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  counted += 1;
  const number = `No ${counted}`;
  await sql`insert into products (id, marketplace_id, status, created_by) values (${productId}, 'office', 'active', 'x')`;
  await sql`insert into variants (id, product_id, marketplace_id, base_unit) values (${variantId}, ${productId}, 'office', 'C62')`;
  await sql`insert into price_lists (id, marketplace_id, vendor_id, name, currency, valid_from)
    values (${listId}, 'office', ${vendorId}, ${listId}, 'EUR', '2020-01-01')`;
  await sql`insert into offers (id, marketplace_id, vendor_id, variant_id, vendor_part_no, vendor_part_no_key, status,
      order_unit, min_quantity, multiple, base_list_id, valid_from, created_by)
    values (${offerId}, 'office', ${vendorId}, ${variantId}, ${number}, ${`no${counted}`}, 'active', 'C62', ${six(minimum)},
      ${multiple === undefined ? null : six(multiple)}, ${listId}, '2020-01-01', 'x')`;
  await sql`insert into prices (list_id, offer_id, unit, price, valid_from) values (${listId}, ${offerId}, 'C62', ${six(price)}, '2020-01-01')`;
  if (stock !== undefined) await sql`insert into stock_levels (offer_id, on_hand) values (${offerId}, ${six(stock)})`;
  return offerId;
}
