import type { LotRow } from "@kontor/db";
import { microsOfInstant } from "@kontor/kernel";
import type { Leader, TenderEvent } from "@kontor/protocol";
import type { Fact, Projection } from "./records.ts";

/** What the live part does to its lot: clock, best price, close. */
export const projectLiveLots: Projection = ({ lots }, { event, seq, at }) => {
  const changes = changesBy(event, at);
  if (changes !== null && "lotId" in event) lots.change(event.lotId, seq, changes);
};

type Changes = (lot: LotRow) => Partial<LotRow>;

function changesBy(event: TenderEvent, at: Fact["at"]): Changes | null {
  switch (event.type) {
    case "lot_opened": {
      const { opensAt, endsAt } = event;
      return (lot) => ({
        phase: "open",
        opensAt: microsOfInstant(opensAt) ?? lot.opensAt,
        endsAt: endsAt === null ? null : microsOfInstant(endsAt),
        reason: null,
      });
    }
    case "bid_accepted": {
      const { companyId, bidId, price, leader = { companyId, bidId, price } } = event;
      return (lot) => ({ ...leadBy(leader), bidCount: lot.bidCount + 1 });
    }
    case "proxy_changed":
      return (lot) => ({ ...leadBy(event.leader), bidCount: lot.bidCount + 1 });
    case "bid_voided":
      return (lot) => ({ ...leadBy(event.leader), bidCount: lot.bidCount - 1 });
    case "lot_extended": {
      const counted = event.cause === "first_bid" ? 0 : 1;
      return (lot) => ({ endsAt: microsOfInstant(event.endsAt), extensions: lot.extensions + counted });
    }
    case "lot_paused":
      return () => ({ phase: "paused", reason: event.reason });
    case "lot_resumed":
      return (lot) => ({
        phase: "open",
        endsAt: event.endsAt === null ? lot.endsAt : microsOfInstant(event.endsAt),
        reason: null,
      });
    case "lot_aborted":
      return () => ({ phase: "aborted", reason: event.reason, bidCount: 0, extensions: 0, ...leadBy(undefined) });
    default:
      return changesByEnd(event, at);
  }
}

function changesByEnd(event: TenderEvent, at: Fact["at"]): Changes | null {
  switch (event.type) {
    case "lot_closed": {
      const { leader, bids } = event;
      return (lot) => ({ ...leadBy(leader), phase: "closed", closedAt: at, endsAt: endOf(lot, at), bidCount: bids });
    }
    case "below_reserve_accepted":
      return () => ({ phase: "closed" });
    default:
      return null;
  }
}

function leadBy(leader: Leader | undefined) {
  return { bestPrice: leader?.price ?? null, leaderCompanyId: leader?.companyId ?? null };
}

/** A random end is known now; any other may have been worked off late, or come early by a purchase. */
function endOf({ endsAt, terms }: LotRow, at: number): number {
  return terms.rules.softClose.variant === "random_end" ? at : Math.min(endsAt ?? at, at);
}
