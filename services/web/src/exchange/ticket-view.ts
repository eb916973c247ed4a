import type { Decimal, InstrumentTerms, MarketPhase, OwnAccountView } from "@kontor/protocol";
import type { BookLevel } from "@kontor/sdk";
import type { Confirmation } from "./confirm-level.ts";
import { confirmationOf, medianOf } from "./confirm-level.ts";
import type { Grid } from "./instrument-grid.ts";
import { priceOf, priceText, quantityOf } from "./instrument-grid.ts";
import type { CreditAfter, Outlook, PlannedOrder } from "./outlook.ts";
import { creditAfter, crossedOwn, outlookOf } from "./outlook.ts";
import { phaseRules } from "./phases.ts";
import type { MarketFacts, PriceRange } from "./price-limits.ts";
import { entryRange, protectedPrice, tradingRange } from "./price-limits.ts";
import type { TicketDraft, TicketFault } from "./ticket.ts";
import { ticketFaults } from "./ticket.ts";

export type TicketContext = {
  readonly grid: Grid;
  readonly terms: InstrumentTerms;
  readonly phase: MarketPhase;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly facts: MarketFacts;
  readonly dayVolume: Decimal | undefined;
  readonly account: OwnAccountView | null;
};

export type TicketWarning =
  | { readonly code: "through_band"; readonly price: Decimal }
  | { readonly code: "self_cross"; readonly name: string; readonly price: Decimal }
  | { readonly code: "large_of_day" | "stop_fires_now" };

/** Everything that the ticket shows about a draft besides its fields. */
export type TicketView = {
  readonly faults: readonly TicketFault[];
  readonly protectedLimit: Decimal;
  /** Null while fields are wrong. */
  readonly plan: null | {
    readonly outlook: Outlook;
    readonly credit: CreditAfter | null;
    readonly warnings: readonly TicketWarning[];
    readonly confirmation: Confirmation;
  };
};

export function ticketView(draft: TicketDraft, context: TicketContext): TicketView {
  const { grid, terms, facts } = context;
  const opposite = draft.side === "buy" ? context.asks : context.bids;
  const edge = protectedPrice(grid, terms, { side: draft.side, best: opposite[0]?.price, facts });
  const faults = ticketFaults(draft, { grid, terms, range: entryRange(grid, terms) });
  const protectedLimit = priceText(grid, edge);
  const order = faults.length > 0 ? null : plannedOrder(draft, grid, edge);
  return { faults, protectedLimit, plan: order && planOf(draft, order, context) };
}

function planOf(draft: TicketDraft, order: PlannedOrder, context: TicketContext): NonNullable<TicketView["plan"]> {
  const { grid, terms, account } = context;
  const waits = isStop(draft) || phaseRules[context.phase].isCall;
  const opposite = draft.side === "buy" ? context.asks : context.bids;
  const outlook = outlookOf(grid, order, { opposite: waits ? [] : opposite, fees: terms.fees });
  return {
    outlook,
    credit: account && creditAfter(grid, order, { own: account, terms }),
    warnings: warningsOf(draft, order, context),
    confirmation: confirmationOf({
      price: draft.kind === "market" ? (priceOf(grid, outlook.worst) ?? order.limit) : order.limit,
      reference: priceOf(grid, context.facts.last) ?? priceOf(grid, context.facts.reference),
      quantity: order.quantity,
      medianQuantity: usualQuantity(grid, account),
      levelsEmptied: outlook.levelsEmptied,
      range: daringRange(order, context),
    }),
  };
}

function plannedOrder(draft: TicketDraft, grid: Grid, edge: bigint): PlannedOrder | null {
  const limits = { limit: draft.price, iceberg: draft.price, stop_limit: draft.price, stop: draft.stopPrice } as const;
  const limit = draft.kind === "market" ? edge : priceOf(grid, limits[draft.kind]);
  const quantity = quantityOf(grid, draft.quantity);
  if (limit === null || quantity === null) return null;
  return { side: draft.side, limit, quantity, rests: draft.tif !== "ioc" && draft.tif !== "fok" };
}

function warningsOf(draft: TicketDraft, order: PlannedOrder, context: TicketContext): readonly TicketWarning[] {
  const { grid, terms, facts, account, dayVolume } = context;
  const warnings: TicketWarning[] = [];
  const { low, high } = tradingRange(grid, terms, facts);
  if (order.limit < low) warnings.push({ code: "through_band", price: priceText(grid, low) });
  if (order.limit > high) warnings.push({ code: "through_band", price: priceText(grid, high) });
  const crossed = account && !isStop(draft) && crossedOwn(grid, order, account.orders);
  if (crossed) warnings.push({ code: "self_cross", ...crossed });
  const volume = quantityOf(grid, dayVolume);
  if (volume !== null && volume > 0n && order.quantity * 20n > volume) warnings.push({ code: "large_of_day" });
  const [last, stop] = [priceOf(grid, facts.last), priceOf(grid, draft.stopPrice)];
  const fires = last !== null && stop !== null && (draft.side === "buy" ? last >= stop : last <= stop);
  if (isStop(draft) && fires) warnings.push({ code: "stop_fires_now" });
  return warnings;
}

/** Beyond the bands towards the other side nothing is sent; away from it an order only waits. */
function daringRange(order: PlannedOrder, { grid, terms, facts }: TicketContext): PriceRange {
  const [trading, entry] = [tradingRange(grid, terms, facts), entryRange(grid, terms)];
  return order.side === "buy" ? { low: entry.low, high: trading.high } : { low: trading.low, high: entry.high };
}

function usualQuantity(grid: Grid, account: OwnAccountView | null): bigint | null {
  const sizes = Object.values(account?.orders ?? {}).flatMap(({ quantity }) => quantityOf(grid, quantity) ?? []);
  return medianOf(sizes);
}

function isStop({ kind }: TicketDraft): boolean {
  return kind === "stop" || kind === "stop_limit";
}
