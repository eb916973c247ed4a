import type { LotView, Visibility } from "@kontor/protocol";
import { formatOf } from "../live/formats.ts";
import { priceText } from "./awards.ts";
import { isLive } from "./schedule.ts";
import type { Lot } from "./state.ts";
import type { LotPart } from "./view-cache.ts";

type LotResult = NonNullable<LotView["result"]>;

/** What the lot's format and rules let bidders see; a sealed lot shows nothing before its result. */
export function visibilityOf({ terms }: Lot): Visibility {
  const { format, visibility } = terms.rules;
  return format === "sealed" ? "sealed" : (formatOf(format).fixed.visibility ?? visibility);
}

/** The result has been declared: an award was accepted at some time, or the lot found no winner. */
export function isRevealed(lot: Lot): boolean {
  return lot.unsuccessful !== null || lot.awards.some(({ standstillEndsAt }) => standstillEndsAt !== null);
}

/** The owner may connect bids and companies once nobody can bid any more. */
export function namesShown(lot: Lot): boolean {
  return isLive(lot) ? lot.closedAt !== null || lot.ended || lot.awards.length > 0 : lot.pricesOpened !== null;
}

function mayTellPrice(lot: Lot, part: LotPart): boolean {
  const visibility = visibilityOf(lot);
  if (part === "owner") return true;
  return visibility === "full" || (part === "participant" && (visibility === "lead" || visibility === "sealed"));
}

export function aliasText(number: number): string {
  return `Bidder #${number}`;
}

/** How the lot ended for an audience; null while its award is open. The winner is named to everybody. */
export function resultFor(lot: Lot, part: LotPart): LotResult | null {
  if (lot.phase === "cancelled") return { outcome: "cancelled" };
  if (lot.unsuccessful === "no_bids" || lot.unsuccessful === "reserve_unmet") return { outcome: lot.unsuccessful };
  if (lot.unsuccessful !== null) return { outcome: "unsuccessful" };
  const award = lot.awards.find(({ status }) => status === "accepted");
  if (award === undefined) return null;
  const alias = lot.aliases?.get(award.companyId);
  return {
    outcome: "sold",
    ...(mayTellPrice(lot, part) ? { price: priceText(lot, award.price) } : {}),
    winnerCompanyId: award.companyId,
    ...(alias === undefined ? {} : { winnerAlias: aliasText(alias) }),
  };
}
