import type { BookEvent } from "../events.ts";

/** An event's type in the ring is its place here; the last two are no facts of their own and close each group. */
export const eventTypes = [
  "accepted",
  "rejected",
  "cancel_rejected",
  "amend_rejected",
  "command_rejected",
  "trade",
  "prevented",
  "transferred",
  "reduced",
  "cancelled",
  "amended",
  "replaced",
  "triggered",
  "trailed",
  "refilled",
  "repriced",
  "parked",
  "unparked",
  "mass_cancelled",
  "blocked",
  "unblocked",
  "phase",
  "indicative",
  "auction",
  "fill",
  "extended",
  "bands_changed",
  "reference_changed",
  "busted",
  "corrected",
  "allocated",
  "level",
  "end",
] as const satisfies (BookEvent["type"] | "level" | "end")[];

export const ACCEPTED = 0;
export const REJECTED = 1;
export const CANCEL_REJECTED = 2;
export const AMEND_REJECTED = 3;
export const COMMAND_REJECTED = 4;
export const TRADE = 5;
export const PREVENTED_TRADE = 6;
export const TRANSFERRED = 7;
export const REDUCED = 8;
export const CANCELLED = 9;
export const AMENDED = 10;
export const REPLACED = 11;
export const TRIGGERED = 12;
export const TRAILED = 13;
export const REFILLED = 14;
export const REPRICED = 15;
export const PARKED_EVENT = 16;
export const UNPARKED = 17;
export const MASS_CANCELLED = 18;
export const BLOCKED = 19;
export const UNBLOCKED = 20;
export const PHASE_CHANGED = 21;
export const INDICATIVE = 22;
export const AUCTION_HELD = 23;
export const FILL = 24;
export const EXTENDED = 25;
export const BANDS_CHANGED = 26;
export const REFERENCE_CHANGED = 27;
export const BUSTED = 28;
export const CORRECTED = 29;
export const ALLOCATED = 30;
export const LEVEL = 31;
export const END = 32;
