import type { CancelReason } from "@kontor/protocol";
import type { AuctionPurpose, Phase, Side } from "./commands.ts";
import type { RejectionCode } from "./rejections.ts";

/** A refusal with the value that would have been allowed, where there is one. */
export type Rejection = {
  readonly code: RejectionCode;
  readonly limit?: number;
  /** The member of the command that it is about. */
  readonly field?: string;
};

/** The price of a call as it would be, or was. */
type Determined<Type extends string> = {
  readonly type: Type;
  readonly price: number | null;
  readonly quantity: number;
  readonly surplus: number;
  readonly surplusSide: Side | null;
  /** The number under which the auction's fills can be busted; only where there are any. */
  readonly trade?: number;
};

/** One fact. All events of one command belong together; SPEC.md gives their order. */
export type BookEvent =
  | { readonly type: "accepted"; readonly order: number }
  | ({ readonly type: "rejected"; readonly order: number } & Rejection)
  | ({ readonly type: "cancel_rejected"; readonly order: number } & Rejection)
  | ({ readonly type: "amend_rejected"; readonly order: number } & Rejection)
  | ({ readonly type: "command_rejected" } & Rejection)
  | {
      readonly type: "trade";
      readonly trade: number;
      readonly maker: number;
      readonly taker: number;
      readonly takerSide: Side;
      readonly price: number;
      readonly quantity: number;
      readonly makerLeaves: number;
      readonly takerLeaves: number;
      readonly makerFee: number;
      readonly takerFee: number;
    }
  | {
      readonly type: "prevented";
      readonly maker: number;
      readonly taker: number;
      readonly price: number;
      readonly quantity: number;
    }
  | {
      readonly type: "transferred";
      readonly maker: number;
      readonly taker: number;
      readonly price: number;
      readonly quantity: number;
    }
  | { readonly type: "reduced"; readonly order: number; readonly quantity: number; readonly reason: "self_trade" }
  | { readonly type: "cancelled"; readonly order: number; readonly quantity: number; readonly reason: CancelReason }
  | { readonly type: "amended"; readonly order: number; readonly keptPriority: boolean }
  | { readonly type: "replaced"; readonly order: number; readonly newOrder: number }
  | { readonly type: "triggered"; readonly order: number }
  | { readonly type: "trailed"; readonly order: number; readonly stopPrice: number }
  | { readonly type: "refilled"; readonly order: number; readonly shown: number }
  | { readonly type: "repriced"; readonly order: number; readonly price: number }
  | { readonly type: "parked"; readonly order: number }
  | { readonly type: "unparked"; readonly order: number }
  | { readonly type: "mass_cancelled"; readonly count: number }
  | { readonly type: "blocked"; readonly account: number }
  | { readonly type: "unblocked"; readonly account: number }
  | {
      readonly type: "phase";
      readonly phase: Phase;
      readonly purpose?: AuctionPurpose;
      readonly reason?: "volatility" | "circuit_breaker";
      /** Microseconds since 1970: until when a circuit breaker asks to wait. */
      readonly resumesAt?: number;
    }
  | Determined<"indicative">
  | Determined<"auction">
  | {
      readonly type: "fill";
      readonly order: number;
      readonly price: number;
      readonly quantity: number;
      readonly leaves: number;
      readonly fee: number;
    }
  | {
      readonly type: "extended";
      readonly reason: "price" | "wide_price" | "market_orders";
      readonly indicative: number | null;
    }
  | { readonly type: "bands_changed" }
  | { readonly type: "reference_changed"; readonly price: number }
  | { readonly type: "busted"; readonly trade: number; readonly price: number; readonly quantity: number }
  | { readonly type: "corrected"; readonly trade: number; readonly replaces: number; readonly price: number }
  | { readonly type: "allocated"; readonly account: number; readonly cash: number; readonly goods: number };
