import type { BidStatus } from "./bid-flight.ts";
import type { ConnectionLevel } from "./connection-state.ts";
import type { RoomState } from "./room-state.ts";
import type { RoomText } from "./room-text.ts";

/** What of the room is told to those who do not look at it. */
export type Told = {
  readonly room: RoomState;
  /** Decimal; null where it is not shown. */
  readonly required: string | null;
  readonly best: string | null;
  readonly status: BidStatus;
  readonly connection: ConnectionLevel;
  /** The last bid was refused with this. */
  readonly refusal: RoomText | null;
};

export type RoomNotice = { readonly topic: string; readonly texts: readonly RoomText[]; readonly urgent: boolean };

/** Being outbid is told at once when no more than this is left. */
const lastMinuteMs = 60_000;

/** What changed between two looks, newest state only: the announcer keeps one text per topic. */
export function noticesOf(before: Told, after: Told): readonly RoomNotice[] {
  const notices: RoomNotice[] = [];
  const { room } = after;
  if (room.stage !== before.room.stage) {
    notices.push({ topic: "stage", texts: [{ id: `auction.stage.${room.stage}` }], urgent: room.stage === "paused" });
  }
  if (room.extensions > before.room.extensions && room.clock.at !== null) {
    const text: RoomText = { id: "auction.told.extended", values: { at: { atMs: room.clock.at } } };
    notices.push({ topic: "end", texts: [text], urgent: false });
  }
  if (lostLead(before, after)) {
    const urgent = (room.clock.remainingMs ?? Number.POSITIVE_INFINITY) <= lastMinuteMs;
    notices.push({ topic: "standing", texts: standingTexts(after), urgent });
  } else if (after.best !== before.best || !sameHero(before.room, room)) {
    notices.push({ topic: "standing", texts: standingTexts(after), urgent: false });
  }
  if (after.status === "rejected" && before.status !== "rejected" && after.refusal !== null) {
    notices.push({ topic: "bid", texts: [after.refusal], urgent: true });
  }
  if (isLost(after.connection) && !isLost(before.connection)) {
    notices.push({ topic: "connection", texts: [{ id: "auction.told.connection_lost" }], urgent: true });
  }
  return notices;
}

/** One's own state on demand, and after a change: "Rank 3 of 7. Required 412.50. 1 minute 20 seconds left." */
export function standingTexts({ room, required }: Told): readonly RoomText[] {
  const texts = [heroText(room)];
  if (required !== null) texts.push({ id: "auction.told.required", values: { price: { money: required } } });
  return texts;
}

export function clockTexts({ clock }: RoomState): readonly RoomText[] {
  if (clock.remainingMs === null || (clock.kind !== "closes_in" && clock.kind !== "starts_in")) return [];
  return [{ id: `auction.told.${clock.kind}`, values: { left: { durationMs: clock.remainingMs } } }];
}

export function heroText({ hero }: RoomState): RoomText {
  if (hero.kind === "rank") {
    return hero.of === null
      ? { id: "auction.hero.rank", values: { rank: hero.rank } }
      : { id: "auction.hero.rank_of", values: { rank: hero.rank, of: hero.of } };
  }
  return { id: hero.kind === "no_award" ? `auction.hero.no_award.${hero.outcome}` : `auction.hero.${hero.kind}` };
}

/** Own state went from leading to not leading: the one change that deserves a sound and a shake. */
export function lostLead(before: Told, after: Told): boolean {
  const kinds = new Set(["rank", "not_leading", "tied"]);
  return before.room.hero.kind === "leading" && kinds.has(after.room.hero.kind);
}

function sameHero(a: RoomState, b: RoomState): boolean {
  return JSON.stringify(a.hero) === JSON.stringify(b.hero);
}

function isLost(level: ConnectionLevel): boolean {
  return level === "lost" || level === "down";
}
