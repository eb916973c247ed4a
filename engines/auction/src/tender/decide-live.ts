import type { Micros } from "@kontor/kernel";
import { accept, instantOfMicros, microsOfInstant, reject } from "@kontor/kernel";
import type { TenderEvent, TenderRejection } from "@kontor/protocol";
import type { LiveAuction } from "../live/live-auction.ts";
import { decideLive, notRunning } from "../live/live-auction.ts";
import { admittedOnly, ownerOrOperator, running, underWay } from "./access.ts";
import { afterClose } from "./awards.ts";
import type { LotCall, Refusal, TenderDecision } from "./call.ts";
import { extendTogether } from "./event-scope.ts";
import { overrunOf, tooLate } from "./horizon.ts";
import { plansBehind } from "./schedule.ts";
import type { Lot } from "./state.ts";

type BidCall = LotCall<"submit_bid" | "set_proxy" | "buy_now">;
type StewardCall = LotCall<"pause_lot" | "resume_lot" | "extend_lot" | "void_bid">;

/** The auction to hand the command to; it judges itself whether it is open, paused or closed. */
function auctionOf(lot: Lot): LiveAuction | TenderRejection {
  if (lot.auction !== null && lot.phase !== "cancelled") return lot.auction;
  if (lot.phase !== "scheduled") return { code: "wrong_stage", stage: lot.phase };
  return { code: "auction_not_open", ...(lot.opensAt === null ? {} : { opensAt: instantOfMicros(lot.opensAt) }) };
}

function hasEnded(auction: LiveAuction | TenderRejection, at: Micros): boolean {
  return !("code" in auction) && notRunning(auction, at)?.code === "auction_closed";
}

/** Admitted to the tender and, once the lot is open, one of its bidders. */
function bidderOnly(call: BidCall): Refusal {
  const { lot, actor } = call;
  const refusal = admittedOnly(call);
  if (refusal !== null || lot.aliases === null || lot.aliases.has(actor.companyId ?? "")) return refusal;
  return priceMissing(call) === null ? { code: "not_admitted" } : null;
}

/** The ticket to the live part, where the procedure asks for one. */
function priceMissing({ tender, lot, actor }: BidCall): Refusal {
  const { initialPrices } = tender.terms.procedure;
  const missing = initialPrices === "required" && lot.opensAt !== null && !lot.prices.has(actor.companyId ?? "");
  return missing ? { code: "initial_price_missing" } : null;
}

export function bid(call: BidCall): TenderDecision {
  const { tender, lot, at } = call;
  const auction = auctionOf(lot);
  // A bid on an auction that is over learns how late it was, although the tender may have ended with it.
  const refusal = bidderOnly(call) ?? (hasEnded(auction, at) ? null : running(tender));
  if (refusal !== null) return reject(refusal);
  if ("code" in auction && auction.code === "wrong_stage") return reject(auction);
  const missing = priceMissing(call);
  if (missing !== null) return reject(missing);
  return "code" in auction ? reject(auction) : hand(call, auction);
}

/** Commands of the owner or the operator on a running auction. */
export function steward(call: StewardCall): TenderDecision {
  const { tender, lot, command } = call;
  const stranger = ownerOrOperator(call);
  if (stranger !== null) return reject(stranger);
  if (command.type === "void_bid" && lot.auction === null) return reject({ code: "bid_not_found" });
  const refusal = underWay(tender);
  if (refusal !== null) return reject(refusal);
  const auction = auctionOf(lot);
  if ("code" in auction) return reject(auction);
  const decision = hand(call, auction);
  const late = decision.kind === "accepted" ? extensionTooLate(call) : null;
  return late === null ? decision : reject(late);
}

/** The lot itself, and in a serial schedule all behind it, must find room after the end that the owner sets. */
function extensionTooLate({ tender, lot, command, at }: StewardCall): Refusal {
  if (command.type !== "extend_lot") return null;
  const endsAt = microsOfInstant(command.endsAt);
  if (endsAt === null) return null;
  const plans = [{ lot, opensAt: lot.opensAt ?? at, endsAt }, ...plansBehind(tender, lot, endsAt)];
  const after = lot.auction?.clock.ends ?? at;
  return tooLate({ pointer: "/endsAt", wished: endsAt, overrun: overrunOf(tender.terms, plans), after });
}

function hand(call: BidCall | StewardCall, auction: LiveAuction): TenderDecision {
  const { tender, lot, actor, at, command } = call;
  const by = { companyId: actor.companyId ?? "", userId: actor.userId, at };
  const decision = decideLive(auction, command, by);
  if (decision.kind === "rejected") return decision;
  const events: TenderEvent[] = [...decision.events, ...extendTogether(tender, lot, decision.events)];
  const closed = decision.events.find((event) => event.type === "lot_closed");
  if (closed?.type === "lot_closed") events.push(...afterClose(tender, lot, closed));
  return accept(...events);
}
