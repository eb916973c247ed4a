import type { DecimalFault } from "@kontor/kernel";
import { formatDecimal, parseDecimal } from "@kontor/kernel";
import type { TenderRejection } from "@kontor/protocol";
import type { Admissible } from "./limits.ts";
import { brokenLimit, nearestPrice } from "./limits.ts";
import type { LiveAuction, Objection, Offer } from "./live-state.ts";
import { isTaken } from "./standings.ts";
import { amountOf } from "./steps.ts";
import { mayTellBound, mayTellPassing } from "./visibility.ts";

export type WrittenOffer = { readonly companyId: string; readonly text: string; readonly pointer: string };

/** The price in minor units, or the first reason why this company may not offer it now. */
export function judgeOffer(auction: LiveAuction, written: WrittenOffer): bigint | TenderRejection {
  const { companyId, text } = written;
  const price = parseDecimal(text, auction.rules.priceScale);
  if (typeof price !== "bigint") return unreadable(auction, written, price);
  const offer = { companyId, price };
  if (price <= 0n) return refusal(auction, offer, { code: "non_positive", limit: 0n, pointer: written.pointer });
  const broken = brokenLimit(auction.rules.limits, price) ?? auction.format.objectionTo(auction, offer);
  return broken === null ? price : refusal(auction, offer, { ...broken, pointer: written.pointer });
}

function unreadable(auction: LiveAuction, { companyId, text, pointer }: WrittenOffer, fault: DecimalFault) {
  if (fault === "malformed") return { code: "bad_format", pointer } as const;
  const { priceScale } = auction.rules;
  const price = amountOf(text, priceScale);
  return { code: "bad_scale", pointer, scale: priceScale, ...nearestTo(auction, { companyId, price }) } as const;
}

type Refused = Objection & { readonly pointer: string };

/** The limit that was crossed and the nearest price that would pass, as far as the visibility lets them be told. */
function refusal(auction: LiveAuction, offer: Offer, { code, limit, rule, pointer }: Refused): TenderRejection {
  const told = limit !== undefined && (!relativeCodes.has(code) || mayTellBound(auction));
  return {
    code,
    pointer,
    ...(rule === undefined ? {} : { rule }),
    ...(told ? { limit: formatDecimal(limit, auction.rules.priceScale) } : {}),
    ...nearestTo(auction, offer),
  };
}

/** Bounds that may follow a rival's price; all others are the lot's own or the bidder's. */
const relativeCodes: ReadonlySet<string> = new Set(["not_better_than_reference", "step_too_small", "step_too_large"]);

function nearestTo(auction: LiveAuction, { companyId, price }: Offer): { nearest?: string } {
  if (!mayTellPassing(auction)) return {};
  const nearest = nearestPrice(admissibleFor(auction, companyId), price);
  return nearest === null ? {} : { nearest: formatDecimal(nearest, auction.rules.priceScale) };
}

/** What a company (null: a newcomer) may offer now. */
export function admissibleFor(auction: LiveAuction, companyId: string | null): Admissible {
  const { rules, format, book } = auction;
  return {
    limits: rules.limits,
    windows: format.windowsFor(auction, companyId),
    isTaken: rules.tiesAllowed ? null : (price) => isTaken(book, companyId, price),
  };
}
