import type { Rejection } from "../events.ts";
import type { Core } from "../store/core.ts";
import { isCall, NOW } from "../store/core.ts";
import {
  AUCTION_ONLY,
  CANCEL_ONLY,
  CLOSED,
  CLOSING_CROSS,
  CONTINUOUS,
  FOK,
  HALT,
  IOC,
  LIMIT,
  MARKET,
  PEGGED,
} from "../wire/codes.ts";
import { M_EXPIRES } from "../wire/record.ts";
import { ALL_OR_NONE, POST_MASK } from "../wire/traits.ts";
import { checkBook } from "./book-checks.ts";
import { offendingMember } from "./combinations.ts";
import type { Intent } from "./intent.ts";
import { checkNumbers } from "./number-checks.ts";

/** Why a new order, or one in the place of another, is refused: the first reason by precedence, or none. */
export function checkOrder(core: Core, intent: Intent): Rejection | undefined {
  if (core.ids.has(intent.number)) return { code: "duplicate_order" };
  const refused = checkStanding(core, intent);
  if (refused !== undefined) return refused;
  const field = offendingMember(intent);
  if (field !== undefined) return { code: "combination_not_allowed", field };
  return checkPhase(core, intent) ?? checkExpiry(core, intent) ?? checkContent(core, intent);
}

/** Whether the account and the phase let any order in. */
export function checkStanding(core: Core, intent: Intent): Rejection | undefined {
  if (core.blocked.get(intent.account) !== 0) return { code: "account_blocked" };
  return isClosedTo(core.phase, intent) ? { code: "phase_closed_to_orders" } : undefined;
}

/** Numbers first, then what stands in the book, then what the account has. */
export function checkContent(core: Core, intent: Intent): Rejection | undefined {
  return checkNumbers(core, intent) ?? checkBook(core, intent);
}

function isClosedTo(phase: number, intent: Intent): boolean {
  if (phase === CLOSED || phase === CANCEL_ONLY) return true;
  const { kind, tif, traits, isStop } = intent;
  if (phase === CLOSING_CROSS) return isStop || kind === PEGGED;
  if (phase !== HALT) return false;
  const isOrdinary = (kind === LIMIT || kind === MARKET) && tif < AUCTION_ONLY;
  const isRare = (traits & (POST_MASK | ALL_OR_NONE)) !== 0;
  return intent.subject !== 0 || isOrdinary || isRare || kind === PEGGED;
}

/** What the phase does not take of an order that it would take otherwise. */
export function checkPhase(core: Core, { kind, tif, traits }: Intent): Rejection | undefined {
  const atOnce = (kind === LIMIT || kind === MARKET) && (tif === IOC || tif === FOK);
  if (isCall(core.phase) && atOnce) return { code: "tif_not_allowed_in_phase", field: "tif" };
  if (core.phase === CONTINUOUS) return undefined;
  if ((traits & POST_MASK) !== 0) return { code: "post_only_not_allowed_in_phase", field: "postOnly" };
  if ((traits & ALL_OR_NONE) !== 0) return { code: "all_or_none_not_allowed_in_phase", field: "allOrNone" };
  return undefined;
}

function checkExpiry(core: Core, intent: Intent): Rejection | undefined {
  const now = core.clock[NOW] as number;
  if ((intent.members & M_EXPIRES) === 0 || intent.expiresAt > now) return undefined;
  return { code: "expiry_passed", limit: now + 1, field: "expiresAt" };
}
