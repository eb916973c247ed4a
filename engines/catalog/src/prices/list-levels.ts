import { compareTexts } from "./candidate.ts";
import type { AssignmentTarget, PriceBook, PricedOffer, PriceList } from "./price-book.ts";
import { assignmentKey } from "./price-book.ts";
import type { BuyerContext } from "./price-question.ts";
import type { PriceLevel } from "./resolution.ts";

/** A list as one level has it. */
export type LeveledList = {
  readonly list: PriceList;
  readonly level: PriceLevel;
  readonly distance: number;
  readonly target: string;
  readonly priority: number;
};

/** Lists in the order in which they are asked: higher priority first, then by id. */
export type ListLevel = readonly LeveledList[];

type Target = readonly [kind: AssignmentTarget, id: string];

/**
 * The lists that one buyer has for one vendor's offers: each agreement from the nearest, customer groups, then channel,
 * country and marketplace together. A list that comes twice into one level counts with its higher priority.
 */
export function listLevelsOf(buyer: BuyerContext, vendorId: string, book: PriceBook): readonly ListLevel[] {
  const search = { book, vendorId };
  const byAgreement = buyer.agreements.map(({ agreementId }, distance) =>
    levelOf([["agreement", agreementId]], search, { level: "agreement", distance }),
  );
  const groups = [...buyer.customerGroups].map((id): Target => ["customer_group", id]);
  const places: Target[] = [["marketplace", buyer.marketplaceId]];
  if (buyer.channelId !== null) places.push(["channel", buyer.channelId]);
  if (buyer.country !== null) places.push(["country", buyer.country]);
  return [
    ...byAgreement,
    levelOf(groups, search, { level: "customer_group", distance: 0 }),
    levelOf(places, search, { level: "marketplace", distance: 0 }),
  ];
}

/** The last level: the offer's own base list. */
export function baseLevelOf(offer: PricedOffer, book: PriceBook): ListLevel {
  const list = book.lists.get(offer.baseListId ?? "");
  return list === undefined ? [] : [{ list, level: "base", distance: 0, target: offer.id, priority: 0 }];
}

type Search = { readonly book: PriceBook; readonly vendorId: string };

function levelOf(
  targets: readonly Target[],
  { book, vendorId }: Search,
  place: Pick<LeveledList, "level" | "distance">,
): ListLevel {
  const found = new Map<string, LeveledList>();
  for (const [target, targetId] of targets) {
    for (const owner of [vendorId, null]) {
      for (const { listId, priority } of book.assignments.get(assignmentKey(target, targetId, owner)) ?? []) {
        const list = book.lists.get(listId);
        const leveled = list === undefined ? undefined : { ...place, list, target: targetId, priority };
        const known = found.get(listId);
        if (leveled !== undefined && (known === undefined || compareLeveled(leveled, known) < 0)) {
          found.set(listId, leveled);
        }
      }
    }
  }
  return [...found.values()].sort(compareLeveled);
}

function compareLeveled(a: LeveledList, b: LeveledList): number {
  return b.priority - a.priority || compareTexts(a.list.id, b.list.id) || compareTexts(a.target, b.target);
}
