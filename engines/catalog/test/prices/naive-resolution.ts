import type {
  PercentBand,
  PricedOffer,
  PriceList,
  PriceMode,
  PriceRecords,
  PriceRow,
  TierScope,
} from "../../src/prices/price-book.ts";
import type { PriceQuestion } from "../../src/prices/price-question.ts";
import type { Fraction } from "./naive-numbers.ts";
import { less, nearest, number, over, plus, same, times } from "./naive-numbers.ts";
import { naivePromotions } from "./naive-promotions.ts";

/**
 * The rules for a price once more, as slowly and plainly as they read: every list is looked at for every question.
 * Shares nothing with the engine but the types of the records.
 */
export type NaiveAnswer = {
  readonly price: bigint | null;
  readonly listId: string | null;
  readonly rowId: string | null;
  readonly percent: bigint | null;
  readonly mode: PriceMode | null;
  readonly promotions: readonly string[];
  /** `level distance list verdict`, sorted. */
  readonly trace: readonly string[];
};

type World = { readonly records: PriceRecords; readonly question: PriceQuestion; readonly offer: PricedOffer };
type Found = {
  readonly list: PriceList;
  readonly row: PriceRow;
  readonly price: bigint;
  readonly mode: PriceMode;
  readonly percent: bigint | null;
};
type Place = { readonly level: string; readonly distance: number; readonly list: PriceList; readonly priority: number };

export function naiveResolve(question: PriceQuestion, records: PriceRecords): NaiveAnswer {
  const nobody = { listId: null, rowId: null, percent: null, mode: null, promotions: [] };
  if (question.locked !== null) {
    const { unitPrice, priceMode, source } = question.locked;
    return { ...nobody, price: unitPrice, mode: priceMode, trace: [`${source} 0 - chosen`] };
  }
  const offer = records.offers.find(({ id }) => id === question.offerId);
  if (offer === undefined) return { ...nobody, price: null, trace: [] };
  const world = { records, question, offer };
  const trace: string[] = [];
  let winner: Found | null = null;
  let stopped = false;
  for (const level of levelsOf(world)) {
    const wasFound: boolean = winner !== null;
    let levelFound = false;
    for (const priority of [...new Set(level.map((place) => place.priority))].sort((a, b) => b - a)) {
      const peers = level.filter((place) => place.priority === priority);
      const note = (place: Place, verdict: string): void => {
        trace.push(`${place.level} ${place.distance} ${place.list.id} ${verdict}`);
      };
      if (wasFound || levelFound || stopped) {
        for (const place of peers) note(place, skipped(wasFound, levelFound));
        continue;
      }
      const said = peers.map((place) => ({ place, answer: askOne(place.list, world) }));
      const best = said
        .map(({ answer }) => answer)
        .filter((answer) => typeof answer !== "string")
        .reduce<Found | null>((first, found) => (first === null || beats(found, first, world) ? found : first), null);
      for (const { place, answer } of said) {
        if (typeof answer === "string") note(place, answer);
        else note(place, answer === best ? "chosen" : "outranked");
      }
      if (best !== null) [winner, levelFound] = [best, true];
      else if (said.some(({ place, answer }) => place.list.exclusive && !isFiltered(answer))) stopped = true;
    }
  }
  trace.sort();
  if (winner === null) return { ...nobody, price: null, trace };
  const { list, row, price, percent, mode } = winner;
  const promoted = list.stacking === "none" ? { price, ids: [] } : naivePromotions({ ...world, row, price });
  return { price: promoted.price, listId: list.id, rowId: row.id, percent, mode, promotions: promoted.ids, trace };
}

function skipped(wasFound: boolean, levelFound: boolean): string {
  if (wasFound) return "lower_level";
  return levelFound ? "outranked" : "behind_exclusive";
}

function isFiltered(answer: Found | string): boolean {
  return ["vendor_inactive", "offer_inactive", "currency_differs", "not_in_period"].includes(answer as string);
}

function levelsOf({ records, question, offer }: World): Place[][] {
  const { buyer } = question;
  const level = (name: string, distance: number, isTarget: (kind: string, id: string) => boolean): Place[] =>
    records.lists
      .filter((list) => list.vendorId === null || list.vendorId === offer.vendorId)
      .flatMap((list) => {
        const ours = records.assignments.filter(
          ({ listId, target, targetId }) => listId === list.id && isTarget(target, targetId),
        );
        const priority = ours.reduce((high, each) => Math.max(high, each.priority), Number.NEGATIVE_INFINITY);
        return ours.length === 0 ? [] : [{ level: name, distance, list, priority }];
      });
  const agreements = buyer.agreements.map(({ agreementId }, distance) =>
    level("agreement", distance, (kind, id) => kind === "agreement" && id === agreementId),
  );
  const groups = level("customer_group", 0, (kind, id) => kind === "customer_group" && buyer.customerGroups.has(id));
  const places = level(
    "marketplace",
    0,
    (kind, id) =>
      (kind === "marketplace" && id === buyer.marketplaceId) ||
      (kind === "channel" && id === buyer.channelId) ||
      (kind === "country" && id === buyer.country),
  );
  const base = records.lists.filter(({ id }) => id === offer.baseListId);
  return [...agreements, groups, places, base.map((list) => ({ level: "base", distance: 0, list, priority: 0 }))];
}

function isIn({ from, to }: PriceList["period"], at: number): boolean {
  return (from ?? Number.NEGATIVE_INFINITY) <= at && at < (to ?? Number.POSITIVE_INFINITY);
}

function askOne(list: PriceList, world: World): Found | string {
  const { offer, question } = world;
  if (!offer.vendorActive) return "vendor_inactive";
  if (!offer.active) return "offer_inactive";
  if (list.currency !== question.buyer.currency) return "currency_differs";
  if (!isIn(list.period, question.buyer.at)) return "not_in_period";
  const own = fromRows(list, world);
  if (typeof own !== "string") return own;
  const derived = list.adjustment === null ? "no_row" : fromPercent(list, world);
  const answer = typeof derived === "string" && own !== "no_row" ? own : derived;
  return answer === "no_row" && list.exclusive ? "exclusive_without_row" : answer;
}

/** How many `to` one `from` is, over the base unit. */
function factor({ units }: PricedOffer, from: string, to: string): Fraction | null {
  if (from === to) return [1n, 1n];
  const inBase = (unit: string): Fraction | null => {
    if (unit === units.base) return [1n, 1n];
    const entry = units.others.get(unit);
    return entry === undefined ? null : [entry.ratio.num, entry.ratio.den];
  };
  const [a, b] = [inBase(from), inBase(to)];
  return a === null || b === null ? null : over(a, b);
}

function counted(world: World, unit: string, scope: TierScope): Fraction | null {
  const { question, offer, records } = world;
  const own = factor(offer, question.unit, unit);
  if (own === null) return null;
  let sum = times(number(question.quantity), own);
  for (const other of question.others) {
    const otherOffer = records.offers.find(({ id }) => id === other.offerId);
    const isSame = other.offerId === offer.id;
    const isMixed =
      scope === "mix_group" &&
      otherOffer !== undefined &&
      offer.mixGroup !== null &&
      otherOffer.mixGroup === offer.mixGroup &&
      otherOffer.vendorId === offer.vendorId &&
      otherOffer.units.base === offer.units.base;
    if (scope === "line" || otherOffer === undefined || (!isSame && !isMixed)) continue;
    const base = offer.units.base;
    const [there, back] = [factor(otherOffer, other.unit, base), factor(offer, base, unit)];
    const direct = isSame ? factor(offer, other.unit, unit) : null;
    const ratio = direct ?? (there === null || back === null ? null : times(there, back));
    if (ratio !== null) sum = plus(sum, times(number(other.quantity), ratio));
  }
  return sum;
}

function fromRows(list: PriceList, world: World): Found | string {
  const { records, question, offer } = world;
  const rows = records.rows.filter(({ listId, offerId }) => listId === list.id && offerId === offer.id);
  if (rows.length === 0) return "no_row";
  const current = rows.filter(({ period }) => isIn(period, question.buyer.at));
  if (current.length === 0) return "row_not_in_period";
  const usable = current.filter(({ unit }) => factor(offer, question.unit, unit) !== null);
  if (usable.length === 0) return "unit_not_convertible";
  const reached = usable.filter((row) => {
    const quantity = counted(world, row.unit, list.tierScope);
    return quantity !== null && !less(quantity, number(row.minQuantity));
  });
  if (reached.length === 0) return "below_lowest_rung";
  const tops = reached.filter(
    (row) => !reached.some((other) => other.unit === row.unit && other.minQuantity > row.minQuantity),
  );
  const ordered = tops.filter(({ unit }) => unit === question.unit);
  const base = tops.filter(({ unit }) => unit === offer.units.base);
  const preferred = [ordered, base, tops].find(({ length }) => length > 0) ?? [];
  const found = preferred.map((row) => ({ list, row, price: row.price, mode: list.priceMode, percent: null }));
  return found.reduce((first, each) => (beats(each, first, world) ? each : first));
}

function fromPercent(list: PriceList, world: World): Found | string {
  const { offer, records, question } = world;
  const { adjustment } = list;
  if (adjustment === null) return "no_row";
  const fits = ({ scope }: PercentBand): boolean => {
    if (scope.kind === "all") return true;
    return scope.kind === "brand" ? offer.brandId === scope.brandId : offer.classIds.some((id) => id === scope.classId);
  };
  const bands = adjustment.bands.filter(fits);
  if (bands.length === 0) return "no_row";
  const base = records.lists.find(({ id }) => id === (adjustment.baseListId ?? offer.baseListId));
  if (base === undefined || base.currency !== question.buyer.currency) return "base_list_without_price";
  if (!isIn(base.period, question.buyer.at)) return "base_list_without_price";
  if (base.vendorId !== null && base.vendorId !== offer.vendorId) return "base_list_without_price";
  const found = fromRows(base, world);
  if (typeof found === "string") return "base_list_without_price";
  const quantity = counted(world, offer.units.base, list.tierScope);
  if (quantity === null) return "unit_not_convertible";
  const reached = bands.filter(({ minQuantity }) => !less(quantity, number(minQuantity)));
  const narrow = ["class", "brand", "all"].map((kind) => reached.filter(({ scope }) => scope.kind === kind));
  const candidates = narrow.find(({ length }) => length > 0) ?? [];
  const highest = candidates.filter((band) => !candidates.some((other) => other.minQuantity > band.minQuantity));
  const [percent] = highest.map((band) => band.percent).sort((a, b) => Number(a - b));
  if (percent === undefined) return "below_lowest_band";
  const raw = found.price * (1_000_000n + percent);
  const price = raw < 0n ? 0n : nearest([raw, 1_000_000n], question.buyer.rounding);
  return { list, row: found.row, price, mode: base.priceMode, percent };
}

function costOf({ row, price, mode }: Found, { offer, question }: World): Fraction {
  const perOrdered = times([price, row.priceBaseQuantity], factor(offer, question.unit, row.unit) ?? [1n, 1n]);
  return mode === "net" ? perOrdered : times(perOrdered, [1_000_000n, 1_000_000n + question.taxPercent]);
}

/** Row before percent, cheaper, later start, then ids. */
function beats(a: Found, b: Found, world: World): boolean {
  if ((a.percent === null) !== (b.percent === null)) return a.percent === null;
  const [costA, costB] = [costOf(a, world), costOf(b, world)];
  if (!same(costA, costB)) return less(costA, costB);
  const start = ({ list, row }: Found): number =>
    Math.max(list.period.from ?? Number.NEGATIVE_INFINITY, row.period.from ?? Number.NEGATIVE_INFINITY);
  if (start(a) !== start(b)) return start(a) > start(b);
  return a.list.id === b.list.id ? a.row.id < b.row.id : a.list.id < b.list.id;
}
