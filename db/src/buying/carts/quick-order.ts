import type { QuickOrderLine, QuickOrderRecord } from "@kontor/protocol";
import { sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { addToCart } from "./cart-additions.ts";
import type { CartKey } from "./open-cart.ts";
import { cartLinesMax, changeCart, linesOf } from "./open-cart.ts";

type Choice = NonNullable<QuickOrderLine["choices"]>[number];

/** What a line wants, or why it cannot be read. `row` counts from 1 as the text or the file does; `unit` is a code. */
export type QuickOrderWish = { readonly row: number; readonly text: string } & (
  | { readonly partNumber: string; readonly quantity: string; readonly unit?: string }
  | { readonly code: string; readonly hint: string }
);
export type QuickOrder = { readonly wishes: readonly QuickOrderWish[]; readonly deliverOn?: string | undefined };

/**
 * Lines of a paste or a file into the cart. A number that stands for one offer alone, be it a vendor's, a GTIN or the
 * buyer's own, is added; every other line is told with the reason, and none is lost.
 */
export async function quickOrder(
  db: Database,
  engine: BuyingEngine,
  { key, order }: { readonly key: CartKey; readonly order: QuickOrder },
): Promise<Answered<QuickOrderRecord>> {
  const told: QuickOrderLine[] = [];
  const cart = await changeCart(db, engine, {
    key,
    async work(tx, { id }) {
      const numbers = order.wishes.flatMap((wish) => ("code" in wish ? [] : [wish.partNumber]));
      const found = await offersOfNumbers(tx, key, numbers);
      const held = new Set((await linesOf(tx, id)).map((line) => line.id));
      const touched = new Set<string>();
      for (const wish of order.wishes) {
        const choices = "code" in wish ? [] : (found.get(keyOf(wish.partNumber)) ?? []);
        const { touched: lineIds = [], ...line } = await fill(tx, wish, {
          adding: { key, cartId: id, deliverOn: order.deliverOn },
          choices,
          isFull: held.size >= cartLinesMax,
        });
        for (const lineId of lineIds) {
          held.add(lineId);
          touched.add(lineId);
        }
        told.push({ row: wish.row, text: wish.text, ...line });
      }
      return answered({ touched: [...touched] });
    },
  });
  if (!cart.ok) return cart;
  const faults = new Map(cart.value.lines.map((line) => [line.lineId, line.faults]));
  const lines = told.map((line) => {
    const own = faults.get(line.lineId ?? "") ?? [];
    return own.length === 0 ? line : { ...line, faults: own };
  });
  return answered({ lines, cart: cart.value });
}

type Filling = {
  readonly adding: { readonly key: CartKey; readonly cartId: string; readonly deliverOn: string | undefined };
  readonly choices: readonly Choice[];
  readonly isFull: boolean;
};
type Filled = Omit<QuickOrderLine, "row" | "text"> & { readonly touched?: readonly string[] };

/** Puts one line into the cart, or says why not. */
async function fill(tx: Database, wish: QuickOrderWish, { adding, choices, isFull }: Filling): Promise<Filled> {
  if ("code" in wish) return { outcome: "unreadable", reason: { code: wish.code, hint: wish.hint } };
  const [choice] = choices;
  if (choice === undefined) return { outcome: "unknown" };
  if (choices.length > 1) return { outcome: "ambiguous", choices: [...choices] };
  if (isFull) return { outcome: "cart_full" };
  const { key, cartId, deliverOn } = adding;
  const { quantity, unit } = wish;
  const line = { offerId: choice.offerId, quantity, ...(unit && { unit }), ...(deliverOn && { deliverOn }) };
  const added = await addToCart(tx, { key, cartId, line });
  if (!added.ok) return { outcome: "not_available" };
  const { touched } = added.value;
  return { outcome: "added", touched, ...(touched[0] !== undefined && { lineId: touched[0] }) };
}

/** As part numbers are compared: without case, blanks and signs. */
const keyOf = (number: string): string => number.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** The active offers that each number may mean, the buyer's own numbers first of all: where one of them fits, no other counts. */
async function offersOfNumbers(
  db: Database,
  { marketplaceId, companyId }: CartKey,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Choice[]>> {
  const keys = [...new Set(numbers.map(keyOf))].filter((key) => key !== "");
  const rows = await db.execute<Choice & { readonly key: string } & Record<string, unknown>>(sql`
    with asked as (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as key),
    hits as (
      select a.key, o.id, 1 as rank from asked a join buyer_part_numbers b on b.company_id = ${companyId}
        and b.marketplace_id = ${marketplaceId} and b.part_no_key = a.key join offers o on o.variant_id = b.variant_id
      union all select a.key, o.id, 2 from asked a
        join offers o on o.marketplace_id = ${marketplaceId} and o.vendor_part_no_key = a.key
      union all select a.key, o.id, 2 from asked a
        join variant_gtins g on g.marketplace_id = ${marketplaceId} and a.key ~ '^[0-9]{8,14}$'
          and g.gtin = lpad(a.key, 14, '0') join offers o on o.variant_id = g.variant_id)
    select distinct h.key, h.rank, o.id as "offerId", o.vendor_id as "vendorId", o.vendor_part_no as "vendorPartNo",
      coalesce((select t.name from product_texts t join variants v on v.product_id = t.product_id
        where v.id = o.variant_id order by t.language <> 'en', t.language limit 1), o.vendor_part_no) as name
    from hits h join offers o on o.id = h.id
    where o.marketplace_id = ${marketplaceId} and o.status = 'active' and o.vendor_id <> ${companyId}
      and h.rank = (select min(n.rank) from hits n where n.key = h.key)
    order by h.key, o.id`);
  const found = new Map<string, Choice[]>();
  for (const { key, offerId, vendorId, vendorPartNo, name } of rows) {
    const known = found.get(key) ?? [];
    found.set(key, [...known, { offerId, vendorId, vendorPartNo, name }]);
  }
  return found;
}
