import type { Actor } from "@kontor/kernel";
import type { StockInput, StockRecord } from "@kontor/protocol";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { instantOf } from "../repositories/record-members.ts";
import { inMarketplace, ofCompanyOrStaff } from "../repositories/scope.ts";
import { offers, stockLevels } from "../schema/catalog-offers.ts";
import { millionthsOf, millionthsText } from "./millionths.ts";
import { lockedOffer } from "./offer-writes.ts";

export type StockKey = { readonly offerId: string; readonly place: string };

/** What vendors have of their offers; for the vendor and the marketplace's staff. */
export type StockRepository = {
  readonly list: (actor: Actor, offerId: string) => Promise<readonly StockRecord[] | undefined>;
  /** `expectedVersion` 0: there must be none in this place yet. */
  readonly save: (
    actor: Actor,
    key: StockKey & { readonly expectedVersion: number },
    stock: StockInput,
  ) => Promise<Answered<StockRecord>>;
};

export function createStockRepository(db: Database): StockRepository {
  return {
    async list(actor, offerId) {
      const [offer] = await db
        .select({ id: offers.id })
        .from(offers)
        .where(
          and(
            inMarketplace(actor, offers.marketplaceId),
            ofCompanyOrStaff(actor, offers.vendorId),
            eq(offers.id, offerId),
          ),
        );
      if (offer === undefined) return undefined;
      const rows = await db
        .select()
        .from(stockLevels)
        .where(eq(stockLevels.offerId, offerId))
        .orderBy(asc(stockLevels.place));
      return rows.map(stockRecordOf);
    },

    save: (actor, { offerId, place, expectedVersion }, stock) =>
      wholly(db, async (tx) => {
        if (actor.kind !== "member") return refused("not_found");
        const offer = await lockedOffer(tx, { actor, offerId });
        if (!offer.ok) return offer;
        const here = and(eq(stockLevels.offerId, offerId), eq(stockLevels.place, place));
        const [stored] = await tx.select().from(stockLevels).where(here).for("update");
        if ((stored?.version ?? 0) !== expectedVersion) {
          if (stored === undefined) return refused("not_found");
          return refused("precondition_failed", { actualVersion: stored.version });
        }
        const amounts = { onHand: millionthsOf(stock.onHand), backorderMax: millionthsOf(stock.backorderMax) };
        const reserved = stored?.reserved ?? 0n;
        if (reserved > amounts.onHand + amounts.backorderMax) {
          return refused("stock_promised", { reserved: millionthsText(reserved) });
        }
        const next = { ...amounts, version: expectedVersion + 1, updatedAt: sql`now()` };
        const [row] =
          stored === undefined
            ? await tx
                .insert(stockLevels)
                .values({ ...amounts, offerId, place })
                .returning()
            : await tx.update(stockLevels).set(next).where(here).returning();
        return row === undefined ? refused("conflict") : answered(stockRecordOf(row));
      }),
  };
}

function stockRecordOf(row: typeof stockLevels.$inferSelect): StockRecord {
  const { offerId, place, onHand, reserved, backorderMax, updatedAt, version } = row;
  const left = onHand - reserved;
  return {
    offerId,
    place,
    onHand: millionthsText(onHand),
    reserved: millionthsText(reserved),
    backorderMax: millionthsText(backorderMax),
    available: millionthsText(left > 0n ? left : 0n),
    updatedAt: instantOf(updatedAt),
    version,
  };
}
