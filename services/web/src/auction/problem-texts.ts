import type { Problem } from "@kontor/protocol";
import { msOf } from "./room-state.ts";
import type { RoomText, TextValue } from "./room-text.ts";

/** Codes with words of their own; what they need of the problem beside it. */
const known: Readonly<Record<string, readonly string[]>> = {
  above_ceiling: ["limit"],
  below_floor: ["limit"],
  below_opening: ["limit"],
  not_on_grid: ["limit", "nearest"],
  not_better_than_own: ["nearest"],
  not_better_than_reference: ["nearest"],
  step_too_small: ["nearest"],
  step_too_large: ["nearest"],
  tie_forbidden: ["nearest"],
  bad_scale: ["nearest"],
  auction_closed: ["lateByMs", "endedAt"],
  auction_not_open: ["opensAt"],
  auction_paused: [],
  already_leading: [],
  bad_format: [],
  non_positive: [],
  not_admitted: [],
  bidder_excluded: [],
  own_lot: [],
  initial_price_missing: [],
  wrong_stage: [],
  tender_finished: [],
  limit_reached: [],
  command_stale: [],
  unauthenticated: [],
  forbidden: [],
};

/** Refusals that may be measured from a price which the rules hide. */
const hidesPrice: ReadonlySet<string> = new Set([
  "not_better_than_reference",
  "step_too_small",
  "step_too_large",
  "tie_forbidden",
]);

/**
 * What happened, what is true now and what to do, for a bid that was refused. Where the server names no figure (for it
 * would tell a hidden price) the text without one is taken.
 */
export function problemText(problem: Problem): RoomText {
  const names = known[problem.code];
  if (names === undefined) return { id: "auction.problem.other", values: { code: problem.code } };
  const values: Record<string, TextValue> = {};
  for (const name of names) {
    const value = textValueOf(name, problem[name]);
    if (value === null)
      return { id: hidesPrice.has(problem.code) ? "auction.problem.hidden" : "auction.problem.plain" };
    values[name] = value;
  }
  return { id: `auction.problem.${problem.code}`, values };
}

function textValueOf(name: string, member: unknown): TextValue | null {
  if (name === "lateByMs") return typeof member === "number" ? { durationMs: member } : null;
  if (typeof member !== "string") return null;
  if (name !== "endedAt" && name !== "opensAt") return { money: member };
  const atMs = msOf(member);
  return atMs === null ? null : { atMs, precise: name === "endedAt" };
}

/** The price the server offers instead; null where it names none. */
export function nearestIn(problem: Problem): string | null {
  const { nearest } = problem;
  return typeof nearest === "string" ? nearest : null;
}
