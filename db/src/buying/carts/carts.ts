import type { Actor, Micros } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import type { CartFilled, CartLineChange, CartLineInput, CartRecord, QuickOrderRecord } from "@kontor/protocol";
import { problemOf } from "@kontor/protocol";
import { and, eq, sql } from "drizzle-orm";
import type { Answered } from "../../clearing/answered.ts";
import { answered, refused } from "../../clearing/answered.ts";
import type { Database } from "../../connect.ts";
import { cartLines } from "../../schema/catalog-buying.ts";
import { requireCostCenters } from "../budgets/cost-centers.ts";
import type { BuyingEngine } from "../buying-engine.ts";
import { millionthsIn } from "../number-texts.ts";
import { ownCompanyOf } from "../orders/own-company.ts";
import { addToCart } from "./cart-additions.ts";
import type { CartKey } from "./open-cart.ts";
import { changeCart, readCart } from "./open-cart.ts";
import type { QuickOrder } from "./quick-order.ts";
import { quickOrder } from "./quick-order.ts";

/** Which of one's own open carts, and when. */
export type CartAt = { readonly divisionId: string | null; readonly at: Micros };

/** Carts of the actor himself. Every answer is the cart, priced as of `at`. */
export type CartRepository = {
  readonly read: (actor: Actor, cart: CartAt) => Promise<Answered<CartRecord>>;
  readonly add: (actor: Actor, cart: CartAt, line: CartLineInput) => Promise<Answered<CartRecord>>;
  readonly change: (
    actor: Actor,
    cart: CartAt,
    change: { readonly lineId: string; readonly change: CartLineChange },
  ) => Promise<Answered<CartRecord>>;
  readonly remove: (actor: Actor, cart: CartAt, lineId: string) => Promise<Answered<CartRecord>>;
  /** Lines that cannot be added are told; the others are in the cart. */
  readonly fill: (actor: Actor, cart: CartAt, lines: readonly CartLineInput[]) => Promise<Answered<CartFilled>>;
  readonly quickOrder: (actor: Actor, cart: CartAt, order: QuickOrder) => Promise<Answered<QuickOrderRecord>>;
};

export function createCartRepository(db: Database, engine: BuyingEngine): CartRepository {
  const keyOf = (actor: Actor, { divisionId, at }: CartAt): CartKey | undefined => {
    const own = ownCompanyOf(actor);
    return own && { ...own, divisionId, at };
  };
  const nobody = Promise.resolve(refused("not_found"));

  return {
    read(actor, cart) {
      const key = keyOf(actor, cart);
      return key === undefined ? nobody : readCart(db, engine, key);
    },

    add(actor, cart, line) {
      const key = keyOf(actor, cart);
      if (key === undefined) return nobody;
      return changeCart(db, engine, { key, work: (tx, open) => addToCart(tx, { key, cartId: open.id, line }) });
    },

    change(actor, cart, { lineId, change }) {
      const key = keyOf(actor, cart);
      if (key === undefined) return nobody;
      return changeCart(db, engine, { key, work: (tx, { id }) => changeLine(tx, { key, cartId: id, lineId, change }) });
    },

    remove(actor, cart, lineId) {
      const key = keyOf(actor, cart);
      if (key === undefined) return nobody;
      return changeCart(db, engine, {
        key,
        async work(tx, { id }) {
          const gone = await tx
            .delete(cartLines)
            .where(and(eq(cartLines.id, lineId), eq(cartLines.cartId, id)))
            .returning();
          return gone.length === 0 ? refused("cart_line_unknown", { lineId }) : answered({ touched: [] });
        },
      });
    },

    async fill(actor, cart, lines) {
      const key = keyOf(actor, cart);
      if (key === undefined) return nobody;
      const left: CartFilled["left"] = [];
      const filled = await changeCart(db, engine, {
        key,
        async work(tx, { id }) {
          const touched: string[] = [];
          for (const line of lines) {
            const added = await addToCart(tx, { key, cartId: id, line });
            if (added.ok) touched.push(...added.value.touched);
            else left.push({ offerId: line.offerId, problem: problemOf(added.code, added.data) });
          }
          return answered({ touched });
        },
      });
      return filled.ok ? answered({ cart: filled.value, left }) : filled;
    },

    quickOrder(actor, cart, order) {
      const key = keyOf(actor, cart);
      return key === undefined ? nobody : quickOrder(db, engine, { key, order });
    },
  };
}

type Changing = {
  readonly key: CartKey;
  readonly cartId: string;
  readonly lineId: string;
  readonly change: CartLineChange;
};

async function changeLine(tx: Database, { key, cartId, lineId, change }: Changing) {
  const here = and(eq(cartLines.id, lineId), eq(cartLines.cartId, cartId));
  const [line] = await tx.select().from(cartLines).where(here);
  if (line === undefined) return refused("cart_line_unknown", { lineId });
  const quantity = change.quantity === undefined ? line.quantity : millionthsIn(change.quantity);
  if (quantity === null || quantity > limits.ledgerAmountMax)
    return refused("quantity_unreadable", { pointer: "/quantity" });
  const deliverOn = change.deliverOn === undefined ? line.deliverOn : change.deliverOn;
  const costCenterId = change.costCenterId === undefined ? line.costCenterId : change.costCenterId;
  const centers = await requireCostCenters(tx, key, [costCenterId]);
  if (!centers.ok) return centers;
  // Another line may have the offer, unit and day that this one gets: they become one.
  const twin = sql`${cartLines.cartId} = ${cartId}::uuid and ${cartLines.offerId} = ${line.offerId}::uuid
    and ${cartLines.unit} = ${line.unit} and ${cartLines.deliverOn} is not distinct from ${deliverOn}::date
    and ${cartLines.id} <> ${lineId}::uuid`;
  const merged = await tx.delete(cartLines).where(twin).returning();
  const total = merged.reduce((sum, one) => sum + one.quantity, quantity);
  await tx.update(cartLines).set({ quantity: total, deliverOn, costCenterId }).where(here);
  return answered({ touched: [lineId] });
}
