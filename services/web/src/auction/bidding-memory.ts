import type { Bidding, Flight } from "./bid-flight.ts";

/** Where a browser keeps what a reload must not lose: draft, bid under way, last accepted bid. */
export type TextStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const version = 1;

function placeOf(lotId: string, userId: string): string {
  return `kontor.bid.${userId}.${lotId}`;
}

export function keepBidding(store: TextStore, who: { lotId: string; userId: string }, bidding: Bidding): void {
  try {
    store.setItem(placeOf(who.lotId, who.userId), JSON.stringify({ version, ...bidding }));
  } catch {
    // A full or forbidden store costs the memory of a reload, never the bid.
  }
}

/** What was kept for this lot and user; null when there is nothing, or nothing of this form. */
export function keptBidding(store: TextStore, who: { lotId: string; userId: string }): Bidding | null {
  try {
    const text = store.getItem(placeOf(who.lotId, who.userId));
    const kept: unknown = text === null ? null : JSON.parse(text);
    if (!isRecord(kept) || kept["version"] !== version) return null;
    const { draft, flight, lastAccepted } = kept;
    if (!isRecord(draft) || typeof draft["text"] !== "string" || typeof draft["key"] !== "string") return null;
    return {
      draft: { text: draft["text"], key: draft["key"] },
      flight: flightIn(flight),
      lastAccepted: flightIn(lastAccepted),
    };
  } catch {
    return null;
  }
}

function flightIn(value: unknown): Flight | null {
  if (!isRecord(value) || !isRecord(value["answer"]) || typeof value["answer"]["kind"] !== "string") return null;
  const texts = [value["key"], value["price"], value["validUntil"]];
  if (!texts.every((text) => typeof text === "string") || typeof value["sentAt"] !== "number") return null;
  return value as unknown as Flight;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
