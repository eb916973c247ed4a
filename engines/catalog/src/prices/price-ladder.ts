import type { Micros } from "@kontor/kernel";
import { ceilDivide, instantOfMicros } from "@kontor/kernel";
import type { CatalogRejection } from "@kontor/protocol";
import { priceText, quantityText } from "../quantities/exact-text.ts";
import type { Ratio } from "../quantities/ratio.ts";
import { compare } from "../quantities/ratio.ts";
import { ratioBetween } from "../quantities/units.ts";
import type { Candidate } from "./candidate.ts";
import { netPerOrderedUnit } from "./candidate.ts";
import { inquiryOf } from "./effective-quantity.ts";
import { indexPriceBook } from "./index-price-book.ts";
import { isFor } from "./percent-price.ts";
import { contains } from "./period.ts";
import type { PriceBook, PricedOffer, PriceList, PriceRecords, PriceRow } from "./price-book.ts";
import type { BuyerContext } from "./price-question.ts";
import { listPrice } from "./search-lists.ts";

/** A ladder is judged from `from` on: what was, was. `book` holds the records as they would be after the change. */
export type LadderQuestion = {
  readonly offerId: string;
  readonly book: PriceBook;
  readonly from: Micros;
  readonly taxPercent: bigint;
};

/**
 * Whether more of an offer ever costs more apiece by one list: by its rows, by what it derives, and below its lowest
 * rung by the offer's base list, unless the list is exclusive. The first rise is told; null when there is none.
 */
export function checkLadder(listId: string, question: LadderQuestion): CatalogRejection | null {
  const ladder = ladderOf(listId, question);
  if (ladder === null) return null;
  for (const at of instantsOf(ladder, question.from)) {
    for (const unit of new Set(ladder.rows.map((row) => row.unit))) {
      const rise = riseIn(ladder, unit, { ...question, at });
      if (rise !== null) return rise;
    }
  }
  return null;
}

/** The same by records as they are stored. Prices of rungs are compared as they stand: net with net, gross with gross. */
export function checkStoredLadder({ listId, offerId, records, from }: StoredLadder): CatalogRejection | null {
  return checkLadder(listId, { offerId, book: indexPriceBook(records), from, taxPercent: 0n });
}

export type StoredLadder = Pick<LadderQuestion, "offerId" | "from"> & {
  readonly listId: string;
  readonly records: PriceRecords;
};

/** The same for every list that has rows of the offer or derives its price, in the order of their ids. */
export function checkOfferLadders(question: LadderQuestion): CatalogRejection | null {
  const { book, offerId } = question;
  const offer = book.offers.get(offerId);
  const withRows = book.rows.get(offerId);
  const ids = [...book.lists.values()]
    .filter(({ id, adjustment, vendorId }) => {
      if (withRows?.has(id) === true) return true;
      const fits = offer !== undefined && (vendorId === null || vendorId === offer.vendorId);
      return fits && (adjustment?.bands.some(({ scope }) => isFor(scope, offer)) ?? false);
    })
    .map(({ id }) => id)
    .sort();
  for (const id of ids) {
    const rejection = checkLadder(id, question);
    if (rejection !== null) return rejection;
  }
  return null;
}

/** A list, what stands behind it, and the rows of both. */
type Ladder = {
  readonly offer: PricedOffer;
  readonly list: PriceList;
  readonly behind: PriceList | null;
  readonly rows: readonly PriceRow[];
};

function ladderOf(listId: string, { offerId, book }: LadderQuestion): Ladder | null {
  const [offer, list] = [book.offers.get(offerId), book.lists.get(listId)];
  if (offer === undefined || list === undefined) return null;
  const rowsOf = (id: string): readonly PriceRow[] => book.rows.get(offerId)?.get(id) ?? [];
  const ownBase = book.lists.get(offer.baseListId ?? "");
  const behind = list.exclusive || ownBase?.id === listId ? null : (ownBase ?? null);
  const derivesFrom = list.adjustment?.baseListId ?? (list.adjustment === null ? null : offer.baseListId);
  const ids = new Set([listId, behind?.id ?? listId, derivesFrom ?? listId]);
  return { offer, list, behind, rows: [...ids].flatMap(rowsOf) };
}

/** The instants at which something may change: between two of them every ladder stays as it is. */
function instantsOf({ list, behind, rows }: Ladder, from: Micros): readonly Micros[] {
  const periods = [list, ...(behind === null ? [] : [behind]), ...rows].map(({ period }) => period);
  const ends = periods.flatMap((period) => [period.from, period.to]).filter((at) => at !== null && at > from);
  return [...new Set([from, ...ends.filter((at) => at !== null)])].sort((a, b) => a - b);
}

type Moment = LadderQuestion & { readonly at: Micros };

function riseIn(ladder: Ladder, unit: string, moment: Moment): CatalogRejection | null {
  let before: Candidate | null = null;
  for (const quantity of rungsOf(ladder, unit)) {
    const candidate = candidateAt(ladder, { quantity, unit }, moment);
    if (candidate !== null && before !== null) {
      const [cost, costBefore] = [candidate, before].map((each) => netPerOrderedUnit(each, moment.taxPercent));
      if (cost !== undefined && costBefore !== undefined && compare(cost, costBefore) > 0) {
        return riseOf(ladder.list, { quantity, unit, at: moment.at, cost, costBefore });
      }
    }
    before = candidate;
  }
  return null;
}

/** Every quantity of `unit` at which another rung or band begins, ascending. */
function rungsOf({ offer, list, rows }: Ladder, unit: string): readonly bigint[] {
  const rungs = new Set<bigint>();
  const addRung = (minQuantity: bigint, from: string): void => {
    const ratio = ratioBetween(offer.units, from, unit);
    if (ratio !== null) rungs.add(ceilDivide(minQuantity * ratio.num, ratio.den));
  };
  for (const row of rows) addRung(row.minQuantity, row.unit);
  for (const band of list.adjustment?.bands ?? []) addRung(band.minQuantity, offer.units.base);
  return [...rungs].sort((a, b) => compare({ num: a, den: 1n }, { num: b, den: 1n }));
}

type At = { readonly quantity: bigint; readonly unit: string };

function candidateAt({ offer, list, behind }: Ladder, { quantity, unit }: At, moment: Moment): Candidate | null {
  const { book, at, taxPercent } = moment;
  const buyer: BuyerContext = {
    agreements: [],
    customerGroups: new Set(),
    channelId: null,
    country: null,
    marketplaceId: "",
    currency: list.currency,
    at,
    purpose: "display",
    rounding: "half_up",
    tradeFunctions: new Set(),
    loyaltyLevel: 0,
  };
  const question = { offerId: offer.id, quantity, unit, buyer, taxPercent, others: [], locked: null };
  const inquiry = inquiryOf(question, offer, book);
  for (const each of behind === null ? [list] : [list, behind]) {
    if (each.currency !== list.currency || !contains(each.period, at)) continue;
    const answer = listPrice(each, inquiry);
    if (answer.kind === "candidate") return answer.candidate;
  }
  return null;
}

type Rise = At & { readonly at: Micros; readonly cost: Ratio; readonly costBefore: Ratio };

function riseOf({ id: listId, currency }: PriceList, { quantity, unit, at, cost, costBefore }: Rise): CatalogRejection {
  const text = ({ num, den }: Ratio): string => priceText((num * 1_000_000n) / den);
  return {
    code: "price_ladder_rises",
    listId,
    unit,
    currency,
    quantity: quantityText(quantity),
    before: text(costBefore),
    after: text(cost),
    at: instantOfMicros(at),
  };
}
