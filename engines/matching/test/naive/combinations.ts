import type { TimeInForce } from "../../src/commands.ts";
import type { NaiveOrder } from "./naive-state.ts";
import { isForAuction, isStop } from "./naive-state.ts";

const lasting: readonly TimeInForce[] = ["gtc", "gtd", "day"];
const immediate: readonly TimeInForce[] = ["ioc", "fok"];
const forAuctions: readonly TimeInForce[] = ["auction", "at_open", "at_close"];

/** The first member that does not go with the others, in the order of SPEC.md; null when all do. */
export function combinationOffender(order: NaiveOrder): string | null {
  const { kind, tif } = order;
  const lasts = lasting.includes(tif);
  const hasLimit = kind === "limit" || kind === "stop_limit";
  if (hasLimit ? order.price === undefined : kind !== "pegged" && order.price !== undefined) return "price";
  if (isStop(order) !== (order.stopPrice !== undefined)) return "stopPrice";
  if ((kind === "trailing") !== (order.trail !== undefined)) return "trail";
  if (order.trail !== undefined && (order.trail.step < 1 || order.trail.distance < 0)) return "trail";
  if ((kind === "pegged") !== (order.peg !== undefined)) return "peg";
  if ((tif === "gtd") !== (order.expiresAt !== undefined)) return "expiresAt";
  if (!takes(order)) return "tif";
  if (order.display !== undefined && !(hasLimit && (lasts || isForAuction(order)))) return "display";
  if (order.minimum !== undefined && !((kind === "limit" || kind === "market") && tif === "ioc")) return "minimum";
  if (order.allOrNone && !(kind === "limit" && lasts && order.display === undefined)) return "allOrNone";
  if (order.postOnly !== undefined && !(kind === "limit" && lasts && !order.allOrNone)) return "postOnly";
  const isImmediate = (kind === "limit" || kind === "market") && immediate.includes(tif);
  if (order.link !== undefined && isImmediate) return "link";
  return null;
}

/** Whether the kind of the order takes its time in force. */
function takes({ kind, tif }: NaiveOrder): boolean {
  switch (kind) {
    case "limit":
      return true;
    case "market":
      return tif === "gtc" || immediate.includes(tif) || forAuctions.includes(tif);
    case "stop":
    case "stop_limit":
    case "trailing":
      return lasting.includes(tif) || immediate.includes(tif);
    case "pegged":
      return lasting.includes(tif);
  }
}

/**
 * The same for an amended order, whose unchanged members are not looked at again: a fired stop is a market order or a
 * limit with the time in force that it had as a stop.
 */
export function amendmentOffender(order: NaiveOrder): string | null {
  const hasLimit = order.kind === "limit" || order.kind === "stop_limit";
  if (order.price !== undefined && !hasLimit && order.kind !== "pegged") return "price";
  if (order.stopPrice !== undefined && !isStop(order)) return "stopPrice";
  const lasts = lasting.includes(order.tif) || isForAuction(order);
  if (order.display !== undefined && !(hasLimit && lasts)) return "display";
  return order.allOrNone && order.display !== undefined ? "display" : null;
}
