import type { BookEvent } from "../src/index.ts";
import type { Names } from "./script-lines.ts";

/** An event in the words of a script; null for what scripts leave out. */
export function told(event: BookEvent, { orders, accounts }: Names): string | null {
  const name = (order: number): string => orders.nameOf(order);
  switch (event.type) {
    case "accepted":
    case "replaced":
      return null;
    case "rejected":
    case "cancel_rejected":
    case "amend_rejected":
      return `${event.type} ${name(event.order)} ${refusal(event)}`;
    case "command_rejected":
      return `${event.type} ${refusal(event)}`;
    case "trade":
      return `trade ${name(event.maker)} ${name(event.taker)} ${event.quantity} @${event.price}`;
    case "prevented":
    case "transferred":
      return `${event.type} ${name(event.maker)} ${name(event.taker)} ${event.quantity} @${event.price}`;
    case "reduced":
      return `reduced ${name(event.order)} ${event.quantity}`;
    case "cancelled":
      return `cancelled ${name(event.order)} ${event.quantity} ${event.reason}`;
    case "amended":
      return `amended ${name(event.order)} ${event.keptPriority ? "kept" : "lost"}`;
    case "trailed":
      return `trailed ${name(event.order)} ${event.stopPrice}`;
    case "refilled":
      return `refilled ${name(event.order)} ${event.shown}`;
    case "repriced":
      return `repriced ${name(event.order)} @${event.price}`;
    case "triggered":
    case "parked":
    case "unparked":
      return `${event.type} ${name(event.order)}`;
    case "fill":
      return `fill ${name(event.order)} ${event.quantity} @${event.price}`;
    case "blocked":
    case "unblocked":
    case "allocated":
      return `${event.type} ${accounts.nameOf(event.account)}`;
    default:
      return toldOfBook(event);
  }
}

type OfBook = Extract<
  BookEvent,
  {
    type:
      | "mass_cancelled"
      | "phase"
      | "indicative"
      | "auction"
      | "extended"
      | "bands_changed"
      | "reference_changed"
      | "busted"
      | "corrected";
  }
>;

function toldOfBook(event: OfBook): string {
  switch (event.type) {
    case "mass_cancelled":
      return `mass_cancelled ${event.count}`;
    case "phase":
      return ["phase", event.phase, event.purpose, event.reason, event.resumesAt]
        .filter((word) => word !== undefined)
        .join(" ");
    case "indicative":
    case "auction": {
      const surplus = event.surplusSide === null ? "" : ` ${event.surplusSide} ${event.surplus}`;
      return `${event.type} ${event.quantity} @${event.price ?? "none"}${surplus}`;
    }
    case "extended":
      return `extended ${event.reason} @${event.indicative ?? "none"}`;
    case "bands_changed":
      return "bands_changed";
    case "reference_changed":
      return `reference_changed @${event.price}`;
    case "busted":
      return `busted ${event.trade} ${event.quantity} @${event.price}`;
    case "corrected":
      return `corrected ${event.trade} for ${event.replaces} @${event.price}`;
  }
}

function refusal({ code, limit, field }: { code: string; limit?: number; field?: string }): string {
  return [code, limit, field].filter((word) => word !== undefined).join(" ");
}
