import type { Actor, Micros } from "@kontor/kernel";
import { isUuid, limits } from "@kontor/kernel";
import type { BaseListRecord, LadderInput, PriceLadder, PriceRow, PriceRowQuery } from "@kontor/protocol";
import { and, asc, eq, getTableColumns, inArray, isNull, or, sql } from "drizzle-orm";
import type { Answered } from "../clearing/answered.ts";
import { answered, refused, wholly } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { oneOf } from "../repositories/filters.ts";
import type { Order } from "../repositories/keyset.ts";
import { isText, pageFrom } from "../repositories/keyset.ts";
import type { Listing, Query } from "../repositories/listing.ts";
import { allOf } from "../repositories/scope.ts";
import { offers } from "../schema/catalog-offers.ts";
import { priceLists, prices } from "../schema/catalog-prices.ts";
import { variants, variantUnits } from "../schema/catalog-products.ts";
import { keeperOf, keptBy, shownTo } from "./keepers.ts";
import type { LadderCheck } from "./ladder-check.ts";
import { ladderFault } from "./ladder-check.ts";
import type { WantedRung } from "./price-rungs.ts";
import { priceRowOf, rungKey, wantedRungs } from "./price-rungs.ts";

export type LadderKey = { readonly listId: string; readonly offerId: string };
export type LadderWrite = LadderKey & { readonly input: LadderInput; readonly now: Micros };
export type BaseListWrite = {
  readonly offerId: string;
  readonly expectedVersion: number;
  readonly listId: string | null;
  readonly now: Micros;
};

/** Rungs of offers in lists. What the actor may not see or change counts as missing. */
export type PriceLadderRepository = {
  /** By offer, then as in a ladder; undefined where the actor does not see the list. */
  readonly rows: (actor: Actor, listId: string, query: Query<PriceRowQuery>) => Promise<Listing<PriceRow> | undefined>;
  readonly find: (actor: Actor, key: LadderKey) => Promise<PriceLadder | undefined>;
  /** All rungs at once or none. A vendor prices his own offers, the marketplace's lists any. `price_ladder_rises` where more would cost more apiece. */
  readonly put: (actor: Actor, write: LadderWrite) => Promise<Answered<PriceLadder>>;
  /** The list of the offer's public prices; null: it has none. */
  readonly setBaseList: (actor: Actor, write: BaseListWrite) => Promise<Answered<BaseListRecord>>;
};

const byOffer: Order = {
  name: "offer",
  by: prices.offerId,
  id: prices.id,
  direction: "asc",
  accepts: (value): value is string => isText(value) && isUuid(value),
  acceptsId: isUuid,
};

export function createPriceLadderRepository(db: Database, check: LadderCheck): PriceLadderRepository {
  const isShown = async (actor: Actor, listId: string): Promise<boolean> => {
    const [list] = await db
      .select({ id: priceLists.id })
      .from(priceLists)
      .where(allOf(shownTo(actor, priceLists), eq(priceLists.id, listId)));
    return list !== undefined;
  };

  return {
    async rows(actor, listId, { offerId, ...page }) {
      if (!(await isShown(actor, listId))) return undefined;
      return await pageFrom(page, {
        order: byOffer,
        rows: ({ after, orderBy, limit }) =>
          db
            .select()
            .from(prices)
            .where(allOf(eq(prices.listId, listId), oneOf(prices.offerId, offerId), after))
            .orderBy(...orderBy)
            .limit(limit),
        positionOf: ({ offerId: offer, id }) => [offer, id],
        entryOf: priceRowOf,
      });
    },

    find: async (actor, key) => ((await isShown(actor, key.listId)) ? await ladderIn(db, key) : undefined),

    put: (actor, write) => wholly(db, (tx) => putIn(tx, { actor, ...write }, check)),

    setBaseList: (actor, write) => wholly(db, (tx) => setBaseIn(tx, { actor, ...write }, check)),
  };
}

async function ladderIn(db: Database, { listId, offerId }: LadderKey): Promise<PriceLadder> {
  const rows = await db
    .select()
    .from(prices)
    .where(and(eq(prices.listId, listId), eq(prices.offerId, offerId)))
    .orderBy(asc(prices.unit), asc(prices.validFrom), asc(prices.minQuantity));
  return { rows: rows.map(priceRowOf) };
}

type Putting = LadderWrite & { readonly actor: Actor };

/** One writer of an offer's prices at a time, in whatever list: two ladders may be sound alone and rise together. */
async function putIn(tx: Database, putting: Putting, check: LadderCheck): Promise<Answered<PriceLadder>> {
  const { actor, listId, offerId, input, now } = putting;
  const keeper = keeperOf(actor);
  if (keeper === undefined) return refused("not_found");
  const [list] = await tx
    .select({ timeZone: priceLists.timeZone })
    .from(priceLists)
    .where(allOf(keptBy(keeper, priceLists), eq(priceLists.id, listId)))
    .for("share");
  if (list === undefined) return refused("not_found");
  const { marketplaceId, vendorId } = keeper;
  const own = and(
    eq(offers.id, offerId),
    eq(offers.marketplaceId, marketplaceId),
    vendorId === null ? undefined : eq(offers.vendorId, vendorId),
  );
  const [offer] = await tx.select({ variantId: offers.variantId }).from(offers).where(own).for("no key update");
  if (offer === undefined) return refused("not_found");
  const units = await unitsOf(tx, offer.variantId);
  const wanted = wantedRungs(input, { timeZone: list.timeZone, units });
  if (!wanted.ok) return wanted;
  await writeRungs(tx, putting, wanted.value);
  const ladder = await ladderIn(tx, putting);
  const { rungsPerLadderMax } = limits;
  if (ladder.rows.length > rungsPerLadderMax) return refused("rungs_too_many", { limit: rungsPerLadderMax });
  return (await ladderFault(tx, { actor, offerId, listId, now }, check)) ?? answered(ladder);
}

async function unitsOf(tx: Database, variantId: string): Promise<ReadonlySet<string>> {
  const [variant] = await tx.select({ unit: variants.baseUnit }).from(variants).where(eq(variants.id, variantId));
  const others = await tx
    .select({ unit: variantUnits.unit })
    .from(variantUnits)
    .where(eq(variantUnits.variantId, variantId));
  return new Set([...(variant === undefined ? [] : [variant.unit]), ...others.map(({ unit }) => unit)]);
}

/** Rows that stay as they are are not touched: they keep when they came to be. */
async function writeRungs(
  tx: Database,
  { listId, offerId, input }: LadderKey & { input: LadderInput },
  wanted: readonly WantedRung[],
) {
  const stored = await tx
    .select(getTableColumns(prices))
    .from(prices)
    .where(and(eq(prices.listId, listId), eq(prices.offerId, offerId)));
  const kept = new Map(wanted.flatMap((rung) => (rung.price === null ? [] : [[rungKey(rung), rung] as const])));
  const told = new Set(wanted.map(rungKey));
  const gone = stored.filter((row) => {
    const key = rungKey(row);
    return !kept.has(key) && (told.has(key) || input.mode === "replace");
  });
  if (gone.length > 0) {
    await tx.delete(prices).where(
      inArray(
        prices.id,
        gone.map(({ id }) => id),
      ),
    );
  }
  const rows = [...kept.values()].map(({ price, ...rung }) => ({ listId, offerId, ...rung, price: price ?? 0n }));
  if (rows.length === 0) return;
  await tx
    .insert(prices)
    .values(rows)
    .onConflictDoUpdate({
      target: [prices.offerId, prices.listId, prices.unit, prices.minQuantity, prices.validFrom],
      set: {
        price: sql`excluded.price`,
        priceBaseQuantity: sql`excluded.price_base_quantity`,
        validUntil: sql`excluded.valid_until`,
      },
    });
}

type Basing = BaseListWrite & { readonly actor: Actor };

async function setBaseIn(tx: Database, basing: Basing, check: LadderCheck): Promise<Answered<BaseListRecord>> {
  const { actor, offerId, expectedVersion, listId, now } = basing;
  const keeper = keeperOf(actor);
  if (keeper === undefined || keeper.vendorId === null) return refused("not_found");
  const { marketplaceId, vendorId } = keeper;
  const own = and(eq(offers.id, offerId), eq(offers.marketplaceId, marketplaceId), eq(offers.vendorId, vendorId));
  const [offer] = await tx.select({ version: offers.version }).from(offers).where(own).for("no key update");
  if (offer === undefined) return refused("not_found");
  if (offer.version !== expectedVersion) return refused("precondition_failed", { actualVersion: offer.version });
  if (listId !== null) {
    const [list] = await tx
      .select({ id: priceLists.id })
      .from(priceLists)
      .where(
        and(
          eq(priceLists.id, listId),
          eq(priceLists.marketplaceId, marketplaceId),
          or(isNull(priceLists.vendorId), eq(priceLists.vendorId, vendorId)),
        ),
      );
    if (list === undefined) return refused("price_list_unknown", { pointer: "/listId" });
  }
  const version = expectedVersion + 1;
  await tx.update(offers).set({ baseListId: listId, version, updatedAt: sql`now()` }).where(own);
  const fault = await ladderFault(tx, { actor, offerId, listId: null, now }, check);
  return fault ?? answered({ offerId, listId, version });
}
