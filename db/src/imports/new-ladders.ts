import { sql } from "drizzle-orm";
import type { LadderCheck } from "../catalog/ladder-check.ts";
import type { ListRow } from "../catalog/price-list-records.ts";
import { listColumns, listOf } from "../catalog/price-list-records.ts";
import type { PriceListFacts, PriceOffer, PriceRowFacts } from "../catalog/price-shapes.ts";
import { periodOf } from "../catalog/sql-values.ts";
import type { Refused } from "../clearing/answered.ts";
import { refused } from "../clearing/answered.ts";
import type { Database } from "../connect.ts";
import { runPrepared } from "../prepared.ts";
import type { BatchWrites, NewProduct, PutRung } from "./batch-writes.ts";
import type { HeldImport } from "./import-work.ts";

/*
 * A new offer has no prices but those that its row tells, and belongs to no base list. Where the list that they go into
 * stands alone, neither derived from another nor another from it, the offer's ladder is judged as it was told: reading back
 * what has just been written is most of what judging costs.
 */

export type NewLadders = {
  /** Offers that are judged here; others are by what is stored of them. */
  readonly judged: ReadonlySet<string>;
  readonly faults: ReadonlyMap<string, Refused>;
};

type Question = Pick<BatchWrites, "products" | "offers" | "rungs" | "now">;

export async function newLadders(
  tx: Database,
  { marketplaceId, priceListId }: HeldImport,
  { writes, check }: { readonly writes: Question; readonly check: LadderCheck },
): Promise<NewLadders> {
  const faults = new Map<string, Refused>();
  const list = priceListId === null ? null : await listAlone(tx, { marketplaceId, listId: priceListId });
  if (list === null) return { judged: new Set(), faults };
  const offers = newOffers(writes);
  const rungsOf = Map.groupBy(writes.rungs, ({ offerId }) => offerId);
  for (const offer of offers) {
    const rows = (rungsOf.get(offer.id) ?? []).map((rung, place) =>
      rowOf(rung, { id: String(place), listId: list.id }),
    );
    const records = { offers: [offer], lists: [list], rows, assignments: [], promotions: [] };
    const rejection = check({ listId: list.id, offerId: offer.id, records, from: writes.now });
    if (rejection === null) continue;
    const { code, ...data } = rejection;
    faults.set(offer.id, refused(code, data));
  }
  return { judged: new Set(offers.map(({ id }) => id)), faults };
}

/** The list, where its prices are nobody else's business. */
async function listAlone(
  tx: Database,
  { marketplaceId, listId }: { readonly marketplaceId: string; readonly listId: string },
): Promise<PriceListFacts | null> {
  const [row] = await runPrepared<ListRow & { readonly isAlone: boolean }>(
    tx,
    sql`select ${listColumns}, not l.is_derived and not exists (select 1 from price_lists d
        where d.marketplace_id = ${marketplaceId} and d.derived_from = l.id) as "isAlone"
      from price_lists l where l.id = ${listId}::uuid`,
  );
  return row?.isAlone === true ? listOf(row) : null;
}

/** Of products that were not merged into others, whose units are as they were told. */
function newOffers({ products, offers }: Question): readonly PriceOffer[] {
  const productOf = new Map(products.map((product) => [product.variantId, product]));
  return offers.flatMap(({ row }) => {
    const product = productOf.get(row.variantId);
    return product === undefined ? [] : [offerOf(row, product)];
  });
}

function offerOf({ id, vendorId }: BatchWrites["offers"][number]["row"], { measures }: NewProduct): PriceOffer {
  const others = new Map(
    measures.units.map(({ unit, num, den, decimals, sold }) => [unit, { ratio: { num, den }, decimals, sold }]),
  );
  return {
    ...{
      id,
      vendorId,
      active: true,
      vendorActive: true,
      baseListId: null,
      brandId: null,
      classIds: [],
      mixGroup: null,
    },
    units: { base: measures.baseUnit, others },
  };
}

function rowOf(rung: PutRung, key: Pick<PriceRowFacts, "id" | "listId">): PriceRowFacts {
  const { offerId, unit, priceBaseQuantity, minQuantity, price, validFrom, validUntil } = rung;
  return { ...key, offerId, unit, priceBaseQuantity, minQuantity, price, period: periodOf(validFrom, validUntil) };
}
