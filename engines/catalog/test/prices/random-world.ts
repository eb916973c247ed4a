import type { Random } from "@kontor/testkit";
import type { Period } from "../../src/prices/period.ts";
import type {
  AssignmentTarget,
  BandScope,
  ListAssignment,
  PricedOffer,
  PriceList,
  PriceRecords,
  PriceRow,
} from "../../src/prices/price-book.ts";
import type { LockedPrice, PriceQuestion } from "../../src/prices/price-question.ts";
import type { Promotion } from "../../src/promotions/promotion.ts";
import type { VariantUnit } from "../../src/quantities/units.ts";

const million = 1_000_000n;
const offerIds = ["o1", "o2", "o3"] as const;
const unitCodes = ["C62", "PK", "CT", "KGM"] as const;
const groups = ["g1", "g2", "g3"] as const;
const agreementIds = ["a1", "a2", "a3"] as const;
const bounds = [10, 20, 30] as const;

/** A small world in which everything meets everything: few values, so that ties and near misses are frequent. */
export function randomRecords(random: Random): PriceRecords {
  const lists = Array.from({ length: 3 + random.below(8) }, (_, index) => randomList(random, index));
  return {
    offers: offerIds.map((id) => randomOffer(random, id)),
    lists,
    assignments: lists.flatMap(({ id }) => randomAssignments(random, id)),
    rows: lists.flatMap(({ id }) => randomRows(random, id)),
    promotions: Array.from({ length: random.below(5) }, (_, index) => randomPromotion(random, index)),
  };
}

function period(random: Random): Period {
  const from = random.chance(60) ? null : random.pick(bounds);
  const to = random.chance(70) ? null : random.pick(bounds);
  return { from, to };
}

function randomOffer(random: Random, id: string): PricedOffer {
  const units = new Map<string, VariantUnit>();
  const base = random.pick(["C62", "C62", "C62", "KGM"]);
  for (const code of unitCodes) {
    if (code === base || random.chance(20)) continue;
    const ratio = { num: BigInt(1 + random.below(12)), den: BigInt(random.pick([1, 1, 3, 7])) };
    units.set(code, { ratio, decimals: 3, sold: true });
  }
  return {
    id,
    vendorId: random.chance(80) ? "v1" : "v2",
    active: random.chance(96),
    vendorActive: random.chance(96),
    baseListId: random.chance(85) ? `l${random.below(4)}` : null,
    brandId: random.chance(50) ? "b1" : null,
    classIds: random.pick([[], ["c1"], ["c1", "c2"]]),
    mixGroup: random.pick([null, "m1", "m1"]),
    units: { base, others: units },
  };
}

function randomList(random: Random, index: number): PriceList {
  const scope = (): BandScope =>
    random.pick<BandScope>([
      { kind: "all" },
      { kind: "all" },
      { kind: "class", classId: random.pick(["c1", "c2"]) },
      { kind: "brand", brandId: "b1" },
    ]);
  const band = () => ({
    scope: scope(),
    minQuantity: BigInt(random.below(12)) * million,
    percent: BigInt(random.below(60) - 45) * 10_000n + BigInt(random.below(3)) * 3_333n,
  });
  const adjustment = {
    baseListId: random.chance(50) ? null : `l${random.below(4)}`,
    bands: Array.from({ length: 1 + random.below(4) }, band),
  };
  return {
    id: `l${index}`,
    vendorId: random.pick([null, "v1", "v1", "v2"]),
    currency: random.chance(95) ? "EUR" : "USD",
    priceMode: random.chance(60) ? "net" : "gross",
    period: period(random),
    exclusive: random.chance(12),
    stacking: random.pick(["none", "promotions"]),
    tierScope: random.pick(["line", "line", "offer", "mix_group"]),
    adjustment: random.chance(50) ? adjustment : null,
  };
}

const targets: readonly (readonly [AssignmentTarget, string])[] = [
  ...agreementIds.map((id) => ["agreement", id] as const),
  ...groups.map((id) => ["customer_group", id] as const),
  ["marketplace", "market"],
  ["channel", "web"],
  ["country", "DE"],
];

function randomAssignments(random: Random, listId: string): ListAssignment[] {
  return Array.from({ length: 1 + random.below(4) }, () => {
    const [target, targetId] = targets[random.below(targets.length)] ?? ["marketplace", "market"];
    return { listId, target, targetId, priority: random.below(3) };
  });
}

function randomRows(random: Random, listId: string): PriceRow[] {
  return offerIds.flatMap((offerId) => {
    if (random.chance(50)) return [];
    return Array.from({ length: 1 + random.below(4) }, (_, index) => ({
      id: `${listId}-${offerId}-${index}`,
      listId,
      offerId,
      unit: random.pick(["C62", "C62", ...unitCodes]),
      priceBaseQuantity: BigInt(random.pick([1, 1, 1, 10])) * million,
      minQuantity: BigInt(random.below(8)) * million,
      price: BigInt(10 + random.below(5)) * (million / 10n) + BigInt(random.pick([0, 0, 894_041, 5])),
      period: period(random),
    }));
  });
}

function randomPromotion(random: Random, index: number): Promotion {
  return {
    id: `p${index}`,
    condition: random.pick<Promotion["condition"]>([
      { kind: "seasonal" },
      { kind: "loyalty", minLevel: random.below(3) },
      { kind: "functional", tradeFunction: "installer" },
      { kind: "quantity", minQuantity: BigInt(random.below(10)) * million },
    ]),
    effect: random.chance(60)
      ? { kind: "percent", percent: BigInt(random.pick([50_000, 100_000, 333_333, 1_200_000])) }
      : { kind: "amount", amount: BigInt(random.below(900_000)), currency: random.chance(90) ? "EUR" : "USD" },
    bearer: { kind: "vendor" },
    scope: {
      vendorId: random.pick([null, "v1", "v2"]),
      brandId: random.chance(80) ? null : "b1",
      classId: random.chance(80) ? null : "c1",
      offerIds: random.chance(80) ? null : new Set(["o1"]),
    },
    period: period(random),
    stackGroup: random.below(3),
    priority: random.below(2),
  };
}

export function randomQuestion(random: Random): PriceQuestion {
  const ordered = () => ({
    offerId: random.pick(offerIds),
    quantity: BigInt(1 + random.below(9_000)) * 1_000n,
    unit: random.pick(unitCodes),
  });
  const locked: LockedPrice = {
    source: "quote",
    reference: "q1",
    currency: "EUR",
    unitPrice: 3n * million,
    priceMode: "net",
    basis: { priceBaseQuantity: million, unit: "C62", ratio: { num: 1n, den: 1n } },
  };
  const chain = agreementIds.filter(() => random.chance(40));
  return {
    ...ordered(),
    taxPercent: random.pick([0n, 190_000n, 210_000n]),
    others: Array.from({ length: random.below(4) }, ordered),
    locked: random.chance(2) ? locked : null,
    buyer: {
      agreements: chain.map((agreementId) => ({ agreementId, version: 1 })),
      customerGroups: new Set(groups.filter(() => random.chance(40))),
      channelId: random.pick([null, "web"]),
      country: random.pick([null, "DE", "FR"]),
      marketplaceId: "market",
      currency: "EUR",
      at: random.pick([9, 10, 19, 20, 29, 30, 31]),
      purpose: random.pick(["display", "cart", "quote"]),
      rounding: random.pick(["half_up", "half_even"]),
      tradeFunctions: new Set(random.chance(50) ? ["installer"] : []),
      loyaltyLevel: random.below(3),
    },
  };
}
