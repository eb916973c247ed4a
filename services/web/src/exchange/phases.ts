import type { AuctionView, MarketPhase, StatusView } from "@kontor/protocol";

export type TimeInForce = "gtc" | "day" | "ioc" | "fok" | "auction";
export type OrderKind = "limit" | "market" | "iceberg" | "stop" | "stop_limit";

/** What one may do in a phase, and what of the book there is to see. */
export type PhaseRules = {
  /** Orders stand against each other and trade together at its end. */
  readonly isCall: boolean;
  readonly showsLadder: boolean;
  readonly kinds: readonly OrderKind[];
  readonly canAmend: boolean;
};

const all: readonly OrderKind[] = ["limit", "market", "iceberg", "stop", "stop_limit"];
const none: PhaseRules = { isCall: false, showsLadder: true, kinds: [], canAmend: false };
const call: PhaseRules = {
  isCall: true,
  showsLadder: false,
  kinds: ["limit", "iceberg", "stop", "stop_limit"],
  canAmend: true,
};

/** By the engine's table of phases. Cancelling is possible in all of them. */
export const phaseRules: Readonly<Record<MarketPhase, PhaseRules>> = {
  closed: none,
  pre_open: call,
  auction: call,
  continuous: { isCall: false, showsLadder: true, kinds: all, canAmend: true },
  closing_cross: { isCall: false, showsLadder: true, kinds: ["limit", "iceberg"], canAmend: true },
  halt: { isCall: false, showsLadder: true, kinds: ["stop", "stop_limit"], canAmend: false },
  cancel_only: none,
};

/** Times in force that fit both the kind and the phase; the first is what is proposed. */
export function timesInForce(kind: OrderKind, phase: MarketPhase): readonly TimeInForce[] {
  if (kind === "market") return ["ioc", "fok"];
  if (kind !== "limit") return ["gtc", "day"];
  return phaseRules[phase].isCall ? ["gtc", "day", "auction"] : ["gtc", "day", "ioc", "fok"];
}

export type NextPhase = { readonly phase: MarketPhase; readonly remainingMs: number; readonly at: string };

/** What comes next by itself; null where nothing is planned. At zero it is due, and the server has not said so yet. */
export function nextPhase(status: Pick<StatusView, "next">, serverNowMs: number): NextPhase | null {
  if (status.next === undefined) return null;
  const { phase, at } = status.next;
  return { phase, at, remainingMs: Math.max(0, Date.parse(at) - serverNowMs) };
}

export type CallOutlook =
  /** Nothing would trade as things stand. */
  | { readonly kind: "no_price" }
  | {
      readonly kind: "price";
      readonly price: string;
      readonly quantity: string;
      readonly imbalance: { readonly side: "buy" | "sell"; readonly quantity: string } | null;
    };

/** What a call that runs would trade if it ended now, as the server says; null outside a call. */
export function callOutlook(view: AuctionView): CallOutlook | null {
  if (!phaseRules[view.phase].isCall) return null;
  if (view.price === undefined || view.quantity === undefined) return { kind: "no_price" };
  const { surplus, surplusSide } = view;
  const imbalance =
    surplus === undefined || surplusSide === undefined ? null : { side: surplusSide, quantity: surplus };
  return { kind: "price", price: view.price, quantity: view.quantity, imbalance };
}
