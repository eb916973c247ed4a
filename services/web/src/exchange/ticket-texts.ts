import type { Problem } from "@kontor/protocol";
import type { Text } from "../i18n/use-text.ts";
import type { ConfirmReason } from "./confirm-level.ts";
import type { Numbers } from "./numbers.ts";
import type { TicketFault } from "./ticket.ts";
import type { TicketWarning } from "./ticket-view.ts";

export function faultText(t: Text, numbers: Numbers, fault: TicketFault): string {
  const isPrice = fault.field === "price" || fault.field === "stopPrice";
  const written = isPrice ? numbers.price : numbers.quantity;
  if (!("above" in fault) && !("limit" in fault)) return t(`exchange.fault.${fault.wrong}`);
  if ("limit" in fault) {
    return t(`exchange.fault.${fault.wrong}`, { limit: written(fault.limit) });
  }
  const above = written(fault.above);
  if (fault.below === null) return t("exchange.fault.off_step_least", { above });
  return t("exchange.fault.off_step", { below: written(fault.below), above });
}

export function warningText(t: Text, numbers: Numbers, warning: TicketWarning): string {
  switch (warning.code) {
    case "through_band":
      return t("exchange.warning.through_band", { price: numbers.price(warning.price) });
    case "self_cross":
      return t("exchange.warning.self_cross", { name: warning.name, price: numbers.price(warning.price) });
    default:
      return t(`exchange.warning.${warning.code}`);
  }
}

export function reasonTexts(t: Text, reasons: readonly ConfirmReason[], distanceBps: number | null): string {
  const percent = ((distanceBps ?? 0) / 100).toFixed(2);
  return reasons.map((reason) => t(`exchange.reason.${reason}`, { percent })).join(" ");
}

/** Refusals that have a text of their own; others are told by the server's title. */
const told = new Set([
  "price_outside_band",
  "price_out_of_range",
  "insufficient_funds",
  "insufficient_goods",
  "phase_closed_to_orders",
  "tif_not_allowed_in_phase",
  "account_blocked",
  "order_rate_exceeded",
  "unknown_order",
  "command_stale",
  "forbidden",
]);

export function refusalText(t: Text, problem: Problem): string {
  const limit = problem["limit"];
  const values = { limit: typeof limit === "string" || typeof limit === "number" ? String(limit) : "" };
  return told.has(problem.code)
    ? t(`exchange.refused.${problem.code}`, values)
    : t("exchange.refused.other", { title: problem.title });
}
