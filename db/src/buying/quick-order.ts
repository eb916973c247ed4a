import type { QuickOrderInput, QuickOrderLine, QuickOrderRecord } from "@kontor/protocol";
import { sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import type { BuyingEngine } from "./buying-engine.ts";
import { addToCart } from "./cart-additions.ts";
import { millionthsIn } from "./number-texts.ts";
import type { CartKey } from "./open-cart.ts";
import { cartLinesMax, changeCart, linesOf } from "./open-cart.ts";

type Choice = NonNullable<QuickOrderLine["choices"]>[number];
type Pasted = {
  readonly row: number;
  readonly text: string;
  readonly number: string;
  readonly quantity: string | null;
};

/**
 * Pasted lines into the cart. A number that stands for one offer alone, be it a vendor's, a GTIN or the buyer's own, is
 * added; every other line is told with the reason, and none is lost.
 */
export async function quickOrder(
  db: Database,
  engine: BuyingEngine,
  { key, input }: { readonly key: CartKey; readonly input: QuickOrderInput },
): Promise<Answered<QuickOrderRecord>> {
  const pasted = linesIn(input.text);
  const told: QuickOrderLine[] = [];
  const cart = await changeCart(db, engine, {
    key,
    async work(tx, { id }) {
      const found = await offersOfNumbers(tx, key, pasted);
      const touched = new Set<string>();
      let held = (await linesOf(tx, id)).length;
      for (const { row, text, number, quantity } of pasted) {
        const choices = found.get(keyOf(number)) ?? [];
        const tell = (outcome: QuickOrderLine["outcome"]): void => {
          told.push({ row, text, outcome, ...(outcome === "ambiguous" ? { choices } : {}) });
        };
        const [choice] = choices;
        if (quantity === null) tell("unreadable");
        else if (choice === undefined) tell("unknown");
        else if (choices.length > 1) tell("ambiguous");
        else if (held >= cartLinesMax) tell("cart_full");
        else {
          const line = { offerId: choice.offerId, quantity, ...(input.deliverOn && { deliverOn: input.deliverOn }) };
          const added = await addToCart(tx, { key, cartId: id, line });
          tell(added.ok ? "added" : "not_available");
          if (!added.ok) continue;
          for (const lineId of added.value.touched) {
            held += touched.has(lineId) ? 0 : 1;
            touched.add(lineId);
          }
        }
      }
      return answered({ touched: [...touched] });
    },
  });
  return cart.ok ? answered({ lines: told, cart: cart.value }) : cart;
}

/** A number and a quantity, parted by a tab, a semicolon, or the last blank; a comma may be the decimal mark. */
function linesIn(text: string): readonly Pasted[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parts = /^\s*(\S.*?)\s*(?:[\t;]|\s)\s*(\d+(?:[.,]\d+)?)\s*$/.exec(line);
    const [, number = line.trim(), amount = ""] = parts ?? [];
    const quantity = amount.replace(",", ".").replace(/^0+(?=\d)/, "");
    const exact = parts === null ? null : millionthsIn(quantity);
    return [{ row: index + 1, text: line, number, quantity: exact !== null && exact > 0n ? quantity : null }];
  });
}

/** As part numbers are compared: without case, blanks and signs. */
const keyOf = (number: string): string => number.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");

/** The active offers that each number may mean, the buyer's own numbers first of all: where one of them fits, no other counts. */
async function offersOfNumbers(
  db: Database,
  { marketplaceId, companyId }: CartKey,
  pasted: readonly Pasted[],
): Promise<ReadonlyMap<string, Choice[]>> {
  const keys = [...new Set(pasted.map(({ number }) => keyOf(number)))].filter((key) => key !== "");
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
