import type { Micros } from "@kontor/kernel";
import type { CartRecord } from "@kontor/protocol";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused, wholly } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { cartLines, carts } from "../../schema/catalog-buying.ts";
import { marketplaces } from "../../schema/marketplaces.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import type { OwnCompany } from "../orders/own-company.ts";
import { divisionsAbove } from "../orders/own-company.ts";
import { vendorDrafts } from "../orders/vendor-draft.ts";
import { cartRecordOf, looksSame } from "./cart-records.ts";
import type { LineToPrice, PricedCartLine, PricedLines } from "./priced-lines.ts";
import { priceLines } from "./priced-lines.ts";
import { seenPriceOf, seenRowOf } from "./seen-price.ts";

/** Whose open cart, at what time it is looked at. */
export type CartKey = OwnCompany & { readonly divisionId: string | null; readonly at: Micros };

export type OpenCart = typeof carts.$inferSelect;

/** Lines that one cart takes. */
export const cartLinesMax = 500;

const isOpen = ({ userId, companyId, marketplaceId, divisionId }: CartKey) =>
  and(
    eq(carts.userId, userId),
    eq(carts.companyId, companyId),
    eq(carts.marketplaceId, marketplaceId),
    divisionId === null ? isNull(carts.divisionId) : eq(carts.divisionId, divisionId),
    eq(carts.state, "open"),
  );

/** Statements with a name are prepared once per connection; which name it is does not matter. */
const kept = "kept";

async function findCart(db: Database, key: CartKey): Promise<OpenCart | undefined> {
  const [cart] = await db.select().from(carts).where(isOpen(key)).prepare(kept).execute();
  return cart;
}

/** The cart for its owner alone until the transaction ends; made where there is none. */
export async function lockCart(tx: Database, key: CartKey): Promise<OpenCart | undefined> {
  const { userId, companyId, marketplaceId, divisionId } = key;
  const [known] = await tx.select().from(carts).where(isOpen(key)).for("update");
  if (known !== undefined) return known;
  const [market] = await tx.select().from(marketplaces).where(eq(marketplaces.id, marketplaceId));
  if (market === undefined) return undefined;
  await tx
    .insert(carts)
    .values({ userId, companyId, marketplaceId, divisionId, currency: market.currency, version: 0 })
    .onConflictDoNothing();
  const [made] = await tx.select().from(carts).where(isOpen(key)).for("update");
  return made;
}

/** In the order in which they came. */
export async function linesOf(db: Database, cartId: string): Promise<readonly LineToPrice[]> {
  const rows = await db
    .select()
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
    .orderBy(asc(cartLines.addedAt), asc(cartLines.id))
    .prepare(kept)
    .execute();
  return rows.map(({ id, offerId, quantity, unit, deliverOn, costCenterId, seen }) => {
    return { id, offerId, quantity, unit, deliverOn, costCenterId, seen: seen === null ? null : seenPriceOf(seen) };
  });
}

export async function readCart(db: Database, engine: BuyingEngine, key: CartKey): Promise<Answered<CartRecord>> {
  const above = await divisionsAbove(db, key);
  if (!above.ok) return above;
  const cart = await findCart(db, key);
  if (cart === undefined) return answered(cartRecordOf({ ...key, version: 0, lines: [] }, undefined, []));
  const lines = await linesOf(db, cart.id);
  return answered(
    await recordOf(db, engine, { cart, lines, priced: await priceLines(db, engine, { party: key, lines }) }),
  );
}

type Read = {
  readonly cart: OpenCart;
  readonly lines: readonly LineToPrice[];
  readonly priced: PricedLines | undefined;
};

async function recordOf(db: Database, engine: BuyingEngine, { cart, lines, priced }: Read): Promise<CartRecord> {
  return cartRecordOf({ ...cart, lines }, priced, priced === undefined ? [] : await vendorDrafts(db, engine, priced));
}

/** What a change of a cart did: the lines whose prices the buyer looks at anew. */
export type CartWork = (tx: Database, cart: OpenCart) => Promise<Answered<{ readonly touched: readonly string[] }>>;

/**
 * Changes the cart and answers with it. Prices that move because of the change are seen with it; one that had changed
 * before still waits for consent.
 */
export function changeCart(
  db: Database,
  engine: BuyingEngine,
  { key, work }: { readonly key: CartKey; readonly work: CartWork },
): Promise<Answered<CartRecord>> {
  return wholly(db, async (tx) => {
    const above = await divisionsAbove(tx, key);
    if (!above.ok) return above;
    const cart = await lockCart(tx, key);
    if (cart === undefined) return refused("not_found");
    const before = await priceLines(tx, engine, { party: key, lines: await linesOf(tx, cart.id) });
    const done = await work(tx, cart);
    if (!done.ok) return done;
    const lines = await linesOf(tx, cart.id);
    if (lines.length > cartLinesMax) return refused("cart_too_large", { max: cartLinesMax });
    const priced = await priceLines(tx, engine, { party: key, lines });
    const seenNow = newlySeen(before, priced, done.value.touched).map(({ id, resolution }) => {
      return { id, seen: resolution.outcome === "priced" ? seenRowOf(resolution) : null };
    });
    await tx.execute(sql`update cart_lines l set seen = v.seen
      from jsonb_to_recordset(${JSON.stringify(seenNow)}::jsonb) as v(id uuid, seen jsonb) where l.id = v.id`);
    const [changed] = await tx
      .update(carts)
      .set({ version: sql`${carts.version} + 1`, updatedAt: sql`now()` })
      .where(eq(carts.id, cart.id))
      .returning();
    const again = await linesOf(tx, cart.id);
    const seenLines = withSeen(priced, again);
    return answered(await recordOf(tx, engine, { cart: changed ?? cart, lines: again, priced: seenLines }));
  });
}

function newlySeen(before: PricedLines | undefined, after: PricedLines | undefined, touched: readonly string[]) {
  const known = new Map(before?.lines.map((line) => [line.id, line]));
  return (after?.lines ?? []).filter((line: PricedCartLine) => {
    const was = known.get(line.id);
    return was === undefined || touched.includes(line.id) || looksSame(was.seen, was.resolution);
  });
}

function withSeen(priced: PricedLines | undefined, lines: readonly LineToPrice[]): PricedLines | undefined {
  if (priced === undefined) return undefined;
  const seen = new Map(lines.map((line) => [line.id, line.seen]));
  return { ...priced, lines: priced.lines.map((line) => ({ ...line, seen: seen.get(line.id) ?? null })) };
}
