import type { Connection } from "@kontor/db";
import { readPriceFacts } from "@kontor/db";
import type { createRepositories } from "@kontor/gateway";
import { pricedLines } from "@kontor/gateway";
import { buyerId, marketplaceId } from "./catalogue-prices-rows.ts";

export type LineWanted = { readonly offerId: string; readonly quantity: bigint };

/** From the database to rounded amounts; answers the ids of the price rows that were read. */
export async function reprice({ db }: Connection, lines: readonly LineWanted[]): Promise<readonly string[]> {
  const at = Date.now() * 1_000;
  const buyer = { companyId: buyerId, divisionId: null };
  const offerIds = [...new Set(lines.map(({ offerId }) => offerId))];
  const facts = await readPriceFacts(db, { marketplaceId, buyer, channelId: null, offerIds, at, now: at });
  if (facts === undefined) throw new Error("there is no such marketplace");
  const answers = pricedLines(facts, { lines, at, purpose: "cart" });
  const priced = answers.filter(({ resolution }) => resolution.outcome === "priced").length;
  if (priced !== lines.length) throw new Error(`${priced} of ${lines.length} lines have a price`);
  return facts.records.rows.map(({ id }) => id);
}

/** The least that any way of reading takes: the same rows by their keys, in as many statements. */
export async function fetchByKeys(
  { sql }: Connection,
  offerIds: readonly string[],
  rowIds: readonly string[],
): Promise<void> {
  const ask = (text: string, ids: readonly string[]) => sql.unsafe(text, [`{${ids.join(",")}}`], { prepare: true });
  await ask("select id, vendor_id, variant_id, order_unit from offers where id = any($1::uuid[])", offerIds);
  await ask("select id, list_id, offer_id, price from prices where id = any($1::uuid[])", rowIds);
}

const shopper = { kind: "member", userId: "shopper", companyId: buyerId, marketplaceId } as const;

/** Puts the offers into the shopper's cart. */
export async function fillCart({ sql }: Connection, offerIds: readonly string[]): Promise<void> {
  const [cart] = await sql<{ id: string }[]>`
    insert into carts (marketplace_id, company_id, user_id, currency)
    values (${marketplaceId}, ${buyerId}, ${shopper.userId}, 'EUR') returning id`;
  await sql`
    insert into cart_lines (cart_id, offer_id, quantity, unit, added_at)
    select ${cart?.id ?? ""}, unnest(${`{${offerIds.join(",")}}`}::uuid[]), 12000000, 'C62', now()`;
}

type Carts = ReturnType<typeof createRepositories>["carts"];

/** The cart as its page shows it: with names, stock, freight and totals per vendor. */
export async function readCartPage(carts: Carts, lines: number): Promise<void> {
  const page = await carts.read(shopper, { divisionId: null, at: Date.now() * 1_000 });
  const priced = page.ok ? page.value.lines.filter(({ price }) => price !== undefined).length : 0;
  if (priced !== lines) throw new Error(`${priced} of ${lines} lines of the page have a price`);
}
