import { z } from "zod";
import { Decimal, Instant } from "../primitives.ts";
import { InstrumentId, OrderId } from "./commands.ts";
import { MarketPhase } from "./instrument-terms.ts";

/*
 * Why an order stands where it stands and has not traded more, with the numbers of the rules that decided it.
 */

const Queue = z.object({ orders: z.int(), quantity: Decimal.meta({ description: "As far as it is shown." }) });

export const QueueAheadView = z
  .object({ atPrice: Queue, better: Queue.meta({ description: "At better prices of the same side." }) })
  .meta({ id: "QueueAhead" });

/** Of the call that stands, as if it ended now, or of the last one that the order took part in. */
export const AuctionExplanationView = z
  .object({
    state: z.enum(["standing", "ended"]),
    at: Instant.optional(),
    price: Decimal.optional(),
    quantity: Decimal,
    surplus: Decimal.meta({
      description: "Above zero what buyers, below zero what sellers would not get, or did not.",
    }),
    rule: z
      .enum(["none", "market_only", "volume", "surplus", "buy_pressure", "sell_pressure", "interval", "reference"])
      .meta({ description: "Which rule left one price." }),
    marketBuy: Decimal,
    marketSell: Decimal,
    candidates: z
      .array(z.object({ price: Decimal, buy: Decimal, sell: Decimal, executable: Decimal, surplus: Decimal }))
      .optional()
      .meta({ description: "Prices next to the one chosen, lowest first; while the call stands for staff alone." }),
  })
  .meta({ id: "AuctionExplanation" });

export const OrderExplanationView = z
  .object({
    instrumentId: InstrumentId,
    orderId: OrderId,
    state: z.enum(["resting", "dormant", "parked"]),
    parkedFor: z.enum(["no_peg_price", "its_auction", "band", "link_in_call"]).optional(),
    aheadAtEntry: QueueAheadView.optional().meta({
      description: "What was shown ahead when it came to rest; not told in a call.",
    }),
    aheadNow: QueueAheadView.optional(),
    traded: Decimal,
    prevented: Decimal.meta({ description: "Kept from trading with orders of its own company." }),
    leaves: Decimal,
    hindrance: z
      .discriminatedUnion("reason", [
        z.object({ reason: z.literal("phase"), phase: MarketPhase }),
        z.object({ reason: z.literal("beyond_limit"), limit: Decimal, opposite: Decimal }),
        z.object({ reason: z.literal("all_or_none_too_large"), leaves: Decimal }),
        z.object({ reason: z.enum(["no_opposite", "own_orders", "waiting"]) }),
      ])
      .meta({ description: "`waiting`: none of the others; it waits for its turn or its trigger." }),
    auction: AuctionExplanationView.optional(),
  })
  .meta({ id: "OrderExplanation" });

export type QueueAheadView = z.infer<typeof QueueAheadView>;
export type AuctionExplanationView = z.infer<typeof AuctionExplanationView>;
export type OrderExplanationView = z.infer<typeof OrderExplanationView>;
