import { accept, reject } from "@kontor/kernel";
import type { TenderEvent, TenderRejection } from "@kontor/protocol";
import { admittedOnly, ownerOnly, running, underWay } from "./access.ts";
import { priceText, unsuccessful } from "./awards.ts";
import type { LotCall, Refusal, TenderDecision } from "./call.ts";
import { submissionsOpen } from "./deadlines.ts";
import { limitRefusal, parsePrice } from "./initial-price-limits.ts";
import { candidates } from "./order.ts";
import type { InitialPrice } from "./state.ts";

/** Whether prices may be handed in for this lot now, apart from the deadline. */
function takesPrices({ tender, lot }: LotCall): Refusal {
  const taken =
    tender.terms.procedure.initialPrices !== "none" && (lot.phase === "planned" || lot.phase === "scheduled");
  return taken ? null : { code: "wrong_stage", stage: lot.phase };
}

export function submitInitialPrice(call: LotCall<"submit_initial_price">): TenderDecision {
  const { tender, lot, actor, at, command } = call;
  const refusal = admittedOnly(call) ?? running(tender) ?? submissionsOpen(tender, at) ?? takesPrices(call);
  if (refusal !== null || actor.companyId === null) return reject(refusal ?? { code: "not_admitted" });
  const { rules } = lot.terms;
  const price = parsePrice(command.price, rules.priceScale);
  if (typeof price !== "bigint") return reject(price);
  const outside = limitRefusal(rules, tender.terms.direction, price);
  if (outside !== null) return reject(outside);
  return accept<TenderEvent>({
    type: "initial_price_submitted",
    tenderId: tender.tenderId,
    lotId: lot.lotId,
    companyId: actor.companyId,
    userId: actor.userId,
    price: priceText(lot, price),
  });
}

export function withdrawInitialPrice(call: LotCall<"withdraw_initial_price">): TenderDecision {
  const { tender, lot, actor, at } = call;
  const refusal = admittedOnly(call) ?? running(tender) ?? submissionsOpen(tender, at) ?? takesPrices(call);
  if (refusal !== null || actor.companyId === null) return reject(refusal ?? { code: "not_admitted" });
  const { companyId } = actor;
  if (!lot.prices.has(companyId)) return reject({ code: "initial_price_missing" });
  return accept<TenderEvent>({
    type: "initial_price_withdrawn",
    tenderId: tender.tenderId,
    lotId: lot.lotId,
    companyId,
  });
}

type EvaluationCall = LotCall<"evaluate_price" | "disqualify_price">;

/**
 * The opened price that the owner speaks of, or why there is none. Before the opening even he may not learn which
 * company has handed in, so only the stage is told then.
 */
function openedPrice(call: EvaluationCall): InitialPrice | TenderRejection {
  const { tender, lot, command } = call;
  const stranger = ownerOnly(call);
  if (stranger !== null) return stranger;
  if (!tender.suppliers.has(command.companyId)) return { code: "supplier_not_found" };
  const price = lot.prices.get(command.companyId);
  if (lot.pricesOpened !== null && price === undefined) return { code: "bid_not_found" };
  const refusal = underWay(tender);
  if (refusal !== null) return refusal;
  if (lot.phase !== "evaluation" || price === undefined) return { code: "wrong_stage", stage: lot.phase };
  return price.disqualified === null ? price : { code: "bid_already_voided" };
}

export function evaluatePrice(call: LotCall<"evaluate_price">): TenderDecision {
  const { tender, lot, command } = call;
  const price = openedPrice(call);
  if ("code" in price) return reject(price);
  const { companyId, note, evaluatedPrice } = command;
  return accept<TenderEvent>({
    type: "price_evaluated",
    tenderId: tender.tenderId,
    lotId: lot.lotId,
    companyId,
    evaluatedPrice,
    note,
  });
}

export function disqualifyPrice(call: LotCall<"disqualify_price">): TenderDecision {
  const { tender, lot, command } = call;
  const price = openedPrice(call);
  if ("code" in price) return reject(price);
  const { companyId, reason } = command;
  const { tenderId } = tender;
  const disqualified: TenderEvent = { type: "price_disqualified", tenderId, lotId: lot.lotId, companyId, reason };
  const left = candidates(tender, lot, companyId).length > 0;
  return left ? accept(disqualified) : accept(disqualified, unsuccessful(tender, lot, "all_rejected"));
}
