import type { GoneRung, ImportedList, ImportRow, KnownOffer, PutRung } from "@kontor/db";
import type { Micros } from "@kontor/kernel";
import { limits } from "@kontor/kernel";
import { endIn, millionthsOf, startIn } from "./offer-terms.ts";
import type { RowFaults } from "./row-faults.ts";

export type RungPlan = { readonly put: readonly PutRung[]; readonly gone: readonly GoneRung[] };
type StoredRung = KnownOffer["rungs"][number];
type Pricing = {
  readonly offerId: string;
  readonly unit: string;
  readonly stored: readonly StoredRung[];
  readonly list: ImportedList | null;
  readonly faults: RowFaults;
};

const none: RungPlan = { put: [], gone: [] };
const one = 1_000_000n;
/** A rung without a start is valid from the beginning of the calendar on. */
const beginning: Micros = 0;

/** What of a ladder changes by a row; rungs that it does not tell stay, unless it says all there are. */
export function rungPlanOf(row: ImportRow, pricing: Pricing): RungPlan {
  const { offerId, stored, list, faults } = pricing;
  const { prices = [], partNumber } = row;
  const replaces = row.mode === "replace" || row.replacesPrices === true;
  if (prices.length === 0 && !(replaces && row.prices !== undefined)) return none;
  if (list === null) {
    faults.add("price_list_missing", "price", { hint: "Name the price list when the import is started." });
    return none;
  }
  const told = new Map<string, PutRung | null>();
  for (const rung of prices) {
    const wanted = wantedOf(rung, { ...pricing, list, partNumber });
    if (wanted === null) return none;
    told.set(wanted.key, wanted.rung);
  }
  const storedOf = new Map(stored.map((rung) => [keyOf(rung), rung]));
  const put = [...told].flatMap(([key, rung]) => {
    const before = storedOf.get(key);
    return rung === null || (before !== undefined && isSame(before, rung)) ? [] : [rung];
  });
  const gone = stored.flatMap((rung) => {
    const isTold = told.get(keyOf(rung));
    const goes = isTold === null || (isTold === undefined && replaces);
    return goes ? [{ id: rung.id, offerId, partNumber }] : [];
  });
  if (stored.length + put.length - gone.length > limits.rungsPerLadderMax) {
    faults.addKnown("rungs_too_many", "price", { limit: limits.rungsPerLadderMax });
  }
  return { put, gone };
}

const keyOf = ({ unit, minQuantity, validFrom }: Pick<StoredRung, "unit" | "minQuantity" | "validFrom">): string =>
  `${unit} ${minQuantity} ${validFrom}`;

const isSame = (before: StoredRung, rung: PutRung): boolean =>
  before.price === rung.price &&
  before.priceBaseQuantity === rung.priceBaseQuantity &&
  before.validUntil === rung.validUntil;

type Told = NonNullable<ImportRow["prices"]>[number];
type Wanting = Pricing & { readonly list: ImportedList; readonly partNumber: string };

/** Null where it cannot be kept; a rung of null goes. */
function wantedOf(told: Told, wanting: Wanting): { readonly key: string; readonly rung: PutRung | null } | null {
  const { list, faults, unit, offerId, stored, partNumber } = wanting;
  if (told.currency !== list.currency) {
    const hint = `The list ${list.name} has prices in ${list.currency}.`;
    faults.add("currency_not_of_list", "currency", { value: told.currency, hint });
    return null;
  }
  const validFrom = told.validFrom === undefined ? beginning : startIn(list.timeZone, told.validFrom);
  const validUntil = told.validUntil === undefined ? null : endIn(list.timeZone, told.validUntil);
  if (validFrom === null || (validUntil !== null && validUntil <= validFrom)) {
    faults.add("price_period_wrong", "price", { value: told.validUntil ?? "", hint: "Write a period that lasts." });
    return null;
  }
  const key = { unit, minQuantity: millionthsOf(told.minQuantity), validFrom };
  if (told.amount === null) return { key: keyOf(key), rung: null };
  const before = stored.find((rung) => keyOf(rung) === keyOf(key));
  const priceBaseQuantity =
    told.baseQuantity === undefined ? before?.priceBaseQuantity : millionthsOf(told.baseQuantity);
  const price = millionthsOf(told.amount);
  const rung = { ...key, offerId, partNumber, price, priceBaseQuantity: priceBaseQuantity ?? one, validUntil };
  return { key: keyOf(key), rung };
}
