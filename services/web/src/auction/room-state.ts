import { microsOfInstant } from "@kontor/kernel";
import type { LotView, OwnLotView } from "@kontor/protocol";
import type { ConnectionLevel } from "./connection-state.ts";

/** As what somebody is in the room. */
export type Audience = "public" | "participant" | "bidder" | "owner";

export type RoomSource = {
  readonly view: LotView;
  readonly own: OwnLotView | undefined;
  readonly audience: Audience;
  /** The server's time, UTC milliseconds. */
  readonly nowMs: number;
  readonly connection: ConnectionLevel;
  /** False where the person's role does not bid for his company. */
  readonly mayBid: boolean;
};

export type Stage = "planned" | "scheduled" | "lobby" | "open" | "paused" | "closing" | "deciding" | "ended";

/** The largest words of the page. Nothing in it is inferred: rank, lead and result are there once the server says so. */
export type Hero =
  | { readonly kind: "watching" }
  | { readonly kind: "not_started" }
  | { readonly kind: "no_bid" }
  | { readonly kind: "leading"; readonly rank: number | null }
  | { readonly kind: "tied" }
  | { readonly kind: "rank"; readonly rank: number; readonly of: number | null }
  | { readonly kind: "not_leading" }
  | { readonly kind: "bid_stands" }
  | { readonly kind: "waiting" }
  | { readonly kind: "chosen" }
  | { readonly kind: "won" }
  | { readonly kind: "lost" }
  | { readonly kind: "no_award"; readonly outcome: string };

export type ClockKind =
  | "none"
  | "starts_in"
  | "closes_in"
  | "unseen_end"
  | "first_bid"
  | "frozen"
  | "confirming"
  | "ended";

export type ClockState = {
  readonly kind: ClockKind;
  /** UTC milliseconds of the date that counts; null where there is none. */
  readonly at: number | null;
  readonly remainingMs: number | null;
};

export type FormReason =
  | "observer"
  | "not_admitted"
  | "no_permission"
  | "not_started"
  | "paused"
  | "closing"
  | "ended"
  | "session_ended";

export type FormState =
  | { readonly kind: "enabled"; readonly steps: boolean }
  | { readonly kind: "disabled"; readonly reason: FormReason }
  | { readonly kind: "hidden"; readonly reason: FormReason };

export type RoomState = {
  readonly stage: Stage;
  readonly hero: Hero;
  readonly clock: ClockState;
  readonly form: FormState;
  readonly extensions: number;
};

/** Bidders come in this long before the opening. */
const lobbyMs = 15 * 60_000;

export function roomStateOf(source: RoomSource): RoomState {
  const stage = stageOf(source);
  return {
    stage,
    hero: heroOf(source, stage),
    clock: clockOf(source, stage),
    form: formOf(source, stage),
    extensions: source.view.extensions,
  };
}

/** UTC milliseconds of the server's instant; null when there is none. */
export function msOf(instant: string | undefined): number | null {
  const micros = instant === undefined ? null : microsOfInstant(instant);
  return micros === null ? null : micros / 1000;
}

function stageOf({ view, nowMs }: RoomSource): Stage {
  const opensAt = msOf(view.opensAt);
  const endsAt = msOf(view.endsAt);
  switch (view.phase) {
    case "planned":
      return "planned";
    case "scheduled":
      return opensAt !== null && opensAt - nowMs <= lobbyMs ? "lobby" : "scheduled";
    case "open":
      // The end has come by the clock, but a late bid may have moved it: the server's word is awaited.
      return endsAt !== null && nowMs >= endsAt ? "closing" : "open";
    case "paused":
      return "paused";
    case "closed":
    case "evaluation":
    case "award_pending":
      return "deciding";
    default:
      return "ended";
  }
}

function clockOf({ view, nowMs }: RoomSource, stage: Stage): ClockState {
  const opensAt = msOf(view.opensAt);
  const endsAt = msOf(view.endsAt);
  const none: ClockState = { kind: "none", at: null, remainingMs: null };
  switch (stage) {
    case "planned":
      return none;
    case "scheduled":
    case "lobby":
      return opensAt === null ? none : { kind: "starts_in", at: opensAt, remainingMs: Math.max(0, opensAt - nowMs) };
    case "open":
      if (endsAt !== null) return { kind: "closes_in", at: endsAt, remainingMs: Math.max(0, endsAt - nowMs) };
      return { kind: view.bidCount === 0 ? "first_bid" : "unseen_end", at: null, remainingMs: null };
    case "paused":
      return { kind: "frozen", at: null, remainingMs: view.remainingMs ?? null };
    case "closing":
      return { kind: "confirming", at: endsAt, remainingMs: 0 };
    default:
      return endsAt === null ? none : { kind: "ended", at: endsAt, remainingMs: 0 };
  }
}

function formOf({ own, audience, connection, mayBid }: RoomSource, stage: Stage): FormState {
  if (audience !== "bidder" || own === undefined) {
    return { kind: "hidden", reason: audience === "participant" ? "not_admitted" : "observer" };
  }
  if (stage === "deciding" || stage === "ended") return { kind: "hidden", reason: "ended" };
  if (stage === "planned" || stage === "scheduled" || stage === "lobby") {
    return { kind: "hidden", reason: "not_started" };
  }
  if (!own.admitted) return { kind: "disabled", reason: "not_admitted" };
  if (!mayBid) return { kind: "disabled", reason: "no_permission" };
  if (stage === "paused") return { kind: "disabled", reason: "paused" };
  if (stage === "closing") return { kind: "disabled", reason: "closing" };
  return { kind: "enabled", steps: connection === "fresh" };
}

function heroOf({ view, own, audience }: RoomSource, stage: Stage): Hero {
  if (stage === "ended" || view.result !== undefined) return resultHero(view, own);
  if (stage === "deciding") return own?.award?.status === "pending" ? { kind: "chosen" } : { kind: "waiting" };
  if (audience !== "bidder" || own === undefined) return { kind: "watching" };
  if (stage === "planned" || stage === "scheduled" || stage === "lobby") return { kind: "not_started" };
  return standingHero(view, own);
}

function standingHero(view: LotView, own: OwnLotView): Hero {
  const rank = own.rank ?? null;
  const of = view.bidderCount ?? null;
  switch (own.standing) {
    case "leading":
      return { kind: "leading", rank };
    case "tied":
      return { kind: "tied" };
    case "behind":
      return rank === null ? { kind: "not_leading" } : { kind: "rank", rank, of };
    case "none":
      return { kind: "no_bid" };
    default:
      // A sealed lot says nothing of where one stands, only that one's bid is there.
      return own.bidCount > 0 ? { kind: "bid_stands" } : { kind: "no_bid" };
  }
}

function resultHero({ result, phase }: LotView, own: OwnLotView | undefined): Hero {
  if (own?.award?.status === "accepted" || own?.contract !== undefined) return { kind: "won" };
  if (own?.award?.status === "pending") return { kind: "chosen" };
  if (result === undefined) {
    return phase === "cancelled" || phase === "aborted" ? { kind: "no_award", outcome: phase } : { kind: "waiting" };
  }
  if (result.outcome !== "sold") return { kind: "no_award", outcome: result.outcome };
  if (own === undefined) return { kind: "watching" };
  if (result.winnerCompanyId === undefined) return { kind: "waiting" };
  return result.winnerCompanyId === own.companyId ? { kind: "won" } : { kind: "lost" };
}
