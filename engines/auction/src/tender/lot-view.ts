import type { JsonObject } from "@kontor/kernel";
import { instantOfMicros } from "@kontor/kernel";
import type { LotView } from "@kontor/protocol";
import type { ContractView } from "./award-views.ts";
import { awardView, contractView } from "./award-views.ts";
import { priceText } from "./awards.ts";
import { instantMember } from "./json-parts.ts";
import { aliasText, namesShown, resultFor, visibilityOf } from "./lot-result.ts";
import type { InitialPrice, Lot, Tender } from "./state.ts";
import type { LotPart } from "./view-cache.ts";
import { remember } from "./view-cache.ts";

/** What does not move with every bid, as far as an audience may see it. */
function fixedPart(tender: Tender, lot: Lot, part: LotPart): JsonObject {
  const { terms, lotId, number, opensAt, reason } = lot;
  const { format, currency, priceScale, startPrice } = terms.rules;
  const result = resultFor(lot, part);
  const view: Partial<LotView> = {
    lotId,
    tenderId: tender.tenderId,
    number,
    title: terms.title,
    direction: tender.terms.direction,
    format,
    visibility: visibilityOf(lot),
    currency,
    priceScale,
    ...instantMember("opensAt", opensAt),
    extensions: 0,
    ...(startPrice === null ? {} : { startPrice }),
    ...(result === null ? {} : { result }),
    ...(reason === null ? {} : { reason }),
    ...(part === "owner" ? ownerPart(tender, lot) : {}),
  };
  return view as JsonObject;
}

type Standings = NonNullable<LotView["standings"]>;
type OwnerPart = Pick<Partial<LotView>, "initialPrices" | "awards"> & { readonly contract?: ContractView };

function ownerPart(tender: Tender, lot: Lot): OwnerPart {
  const { awards, contract, prices } = lot;
  return {
    ...(namesShown(lot) && lot.pricesOpened !== null && prices.size > 0 ? { initialPrices: initialPrices(lot) } : {}),
    ...(awards.length === 0 ? {} : { awards: awardsView(lot) }),
    ...(contract === null ? {} : { contract: contractView(lot, contract, tender.ownerCompanyId) }),
  };
}

function awardsView(lot: Lot): NonNullable<LotView["awards"]> {
  return Object.fromEntries(lot.awards.map((award) => [award.awardId, awardView(lot, award)]));
}

function initialPrices(lot: Lot): NonNullable<LotView["initialPrices"]> {
  return Object.fromEntries([...lot.prices.values()].map((price) => [price.companyId, initialPrice(lot, price)]));
}

function initialPrice(
  lot: Lot,
  { price, at, evaluated, disqualified }: InitialPrice,
): NonNullable<LotView["initialPrices"]>[string] {
  return {
    price: priceText(lot, price),
    at: instantOfMicros(at),
    ...(evaluated === null ? {} : { evaluatedPrice: evaluated }),
    ...(disqualified === null ? {} : { disqualified }),
  };
}

/** The owner's standings with the companies behind the aliases. */
function named(lot: Lot, standings: Standings): Standings {
  const companies = new Map([...(lot.aliases ?? [])].map(([companyId, alias]) => [aliasText(alias), companyId]));
  return Object.fromEntries(
    Object.entries(standings).map(([alias, standing]) => {
      const companyId = companies.get(alias);
      return [alias, companyId === undefined ? standing : { ...standing, companyId }];
    }),
  );
}

/** The live part laid over the fixed one; the tender has the last word about the phase. */
function wholePart(lot: Lot, fixed: JsonObject, { part, live }: { part: LotPart; live: Partial<LotView> }): JsonObject {
  const { standings } = live;
  const shown =
    part === "owner" && standings !== undefined && namesShown(lot) ? { standings: named(lot, standings) } : {};
  return { ...fixed, ...(live as JsonObject), ...(shown as JsonObject), phase: lot.phase };
}

const none: Partial<LotView> = {};

/** One audience's view of a lot; the same object as long as nothing it shows has changed. */
export function lotView(
  tender: Tender,
  lot: Lot,
  { part, live = none }: { part: LotPart; live?: Partial<LotView> | undefined },
): JsonObject {
  const { cache } = lot;
  const fixed = remember(cache.fixed[part], [cache.revision], () => fixedPart(tender, lot, part));
  cache.fixed[part] = fixed;
  const whole = remember(cache.whole[part], [fixed.value, live], () => wholePart(lot, fixed.value, { part, live }));
  cache.whole[part] = whole;
  return whole.value;
}
