import { microsOfInstant } from "@kontor/kernel";
import type { TenderEvent } from "@kontor/protocol";
import { extendTo } from "../live/live-auction.ts";
import type { Lot, Tender } from "./state.ts";

/** Soft close of scope `event`: an extension of one lot moves the end of all other open lots of that scope. */
export function extendTogether(tender: Tender, lot: Lot, events: readonly TenderEvent[]): TenderEvent[] {
  if (lot.terms.rules.softClose.scope !== "event") return [];
  const extended = events.find((event) => event.type === "lot_extended" && event.cause === "soft_close");
  const endsAt = extended?.type === "lot_extended" ? microsOfInstant(extended.endsAt) : null;
  if (endsAt === null) return [];
  return [...tender.liveLots.values()]
    .filter((other) => other !== lot && other.phase === "open" && other.terms.rules.softClose.scope === "event")
    .flatMap((other) => (other.auction === null ? [] : extendTo(other.auction, endsAt, "soft_close")));
}
