import type { JsonObject } from "@kontor/kernel";
import { partIdOf } from "@kontor/kernel";
import type { TenderCommand, TenderEvent } from "@kontor/protocol";

type EventOf<Type extends TenderEvent["type"]> = Extract<TenderEvent, { type: Type }>;

function find<Type extends TenderEvent["type"]>(events: readonly TenderEvent[], type: Type): EventOf<Type> | undefined {
  return events.find((event): event is EventOf<Type> => event.type === type);
}

/** Members that only some events have, by their name; the first event that has it gives it. */
function pick(events: readonly TenderEvent[], names: readonly string[]): JsonObject {
  const found: Record<string, string | number | boolean> = {};
  for (const event of events) {
    for (const name of names) {
      const member: unknown = (event as Readonly<Record<string, unknown>>)[name];
      if (name in found || (typeof member !== "string" && typeof member !== "number" && typeof member !== "boolean"))
        continue;
      found[name] = member;
    }
  }
  return found;
}

/** The bidder's own bid; no more of its standing than the lot's visibility shows him. */
function bidReply(events: readonly TenderEvent[]): JsonObject {
  const bid = find(events, "bid_accepted") ?? find(events, "proxy_changed");
  if (bid === undefined) return {};
  const { bidId, rank, leader, companyId, visibility = "sealed", maximum } = bid;
  const open = visibility === "full" || visibility === "lead";
  const price = bid.type === "bid_accepted" ? bid.price : bid.leader.price;
  const extended = find(events, "lot_extended");
  return {
    bidId,
    ...(maximum === undefined ? { price } : { maximum }),
    ...(maximum !== undefined && open ? { price } : {}),
    ...(open || visibility === "rank" ? { rank } : {}),
    ...(visibility === "sealed" ? {} : { leading: leader === undefined || leader.companyId === companyId }),
    ...(extended === undefined ? {} : { endsAt: extended.endsAt }),
  };
}

function awardReply(events: readonly TenderEvent[], names: readonly string[]): JsonObject {
  const next = find(events, "award_proposed");
  return { ...pick(events.slice(0, 1), names), ...(next === undefined ? {} : { nextAwardId: next.awardId }) };
}

/**
 * What the sender of an accepted command is told besides its place in the journal: ids made, versions, new dates.
 * A function of the entry alone, and free of anything the sender could not see in his own view.
 */
export function reply(command: TenderCommand, events: readonly TenderEvent[]): JsonObject {
  switch (command.type) {
    case "create_tender": {
      const { tenderId, terms } = command;
      return { tenderId, version: 1, lotIds: terms.lots.map((_, index) => partIdOf(tenderId, index + 1)) };
    }
    case "revise_tender":
    case "publish_tender":
    case "amend_tender":
      return pick(events, ["tenderId", "version"]);
    case "cancel_tender":
      return { tenderId: command.tenderId };
    case "request_admission": {
      const state = find(events, "supplier_admitted") === undefined ? "requested" : "admitted";
      return { tenderId: command.tenderId, state };
    }
    case "invite_supplier":
    case "admit_supplier":
    case "refuse_supplier":
    case "exclude_supplier":
      return { tenderId: command.tenderId, companyId: command.companyId };
    case "ask_question":
    case "answer_question":
      return pick(events, ["questionId"]);
    case "advance_time":
    case "report_outage":
      return {};
    default:
      return lotReply(command, events);
  }
}

type LotCommand = Extract<TenderCommand, { lotId: string }>;

function lotReply(command: LotCommand, events: readonly TenderEvent[]): JsonObject {
  const { lotId } = command;
  switch (command.type) {
    case "submit_bid":
    case "set_proxy":
    case "buy_now":
      return { lotId, ...bidReply(events) };
    case "submit_initial_price":
      return { lotId, ...pick(events, ["price"]) };
    case "evaluate_price":
    case "disqualify_price":
      return { lotId, ...pick(events, ["companyId", "evaluatedPrice"]) };
    case "void_bid":
      return { lotId, bidId: command.bidId };
    case "extend_lot":
    case "resume_lot":
    case "replan_lot":
      return { lotId, ...pick(events.slice(0, 1), ["opensAt", "endsAt"]) };
    case "pause_lot":
      return { lotId, ...pick(events, ["remainingMs"]) };
    case "propose_award":
    case "accept_below_reserve":
      return { lotId, ...pick(events, ["awardId", "companyId", "price", "rank"]) };
    case "accept_award":
      return { lotId, ...pick(events, ["awardId", "standstillEndsAt", "contractId"]) };
    case "reject_award":
    case "cancel_award":
      return { lotId, ...awardReply(events, ["awardId"]) };
    case "refuse_award":
      return { lotId, awardId: command.awardId };
    case "sign_contract":
      return { lotId, ...pick(events, ["contractId", "complete"]) };
    case "withdraw_initial_price":
    case "cancel_lot":
    case "abort_lot":
      return { lotId };
  }
}
