import type { Decimal, ExchangePersonCommandInput, InstrumentTerms, MarketPhase } from "@kontor/protocol";
import type { Side } from "./book-rows.ts";
import type { Grid, Neighbours } from "./instrument-grid.ts";
import {
  priceNeighbours,
  priceOf,
  priceText,
  quantityNeighbours,
  quantityOf,
  quantityText,
} from "./instrument-grid.ts";
import type { OrderKind, TimeInForce } from "./phases.ts";
import { phaseRules, timesInForce } from "./phases.ts";
import type { PriceRange } from "./price-limits.ts";

/** What stands in the ticket; amounts are decimal text as the parser left them, empty where nothing was entered. */
export type TicketDraft = {
  readonly side: Side;
  readonly kind: OrderKind;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly stopPrice: Decimal;
  readonly display: Decimal;
  readonly tif: TimeInForce;
};

export const emptyDraft: TicketDraft = {
  side: "buy",
  kind: "limit",
  price: "",
  quantity: "",
  stopPrice: "",
  display: "",
  tif: "gtc",
};

export type TicketField = "price" | "quantity" | "stopPrice" | "display";

/** One wrong field, with the values that would have done. */
export type TicketFault =
  | { readonly field: TicketField; readonly wrong: "missing" | "not_a_number" }
  | { readonly field: TicketField; readonly wrong: "off_step"; readonly below: Decimal | null; readonly above: Decimal }
  | { readonly field: TicketField; readonly wrong: "too_low" | "too_high"; readonly limit: Decimal };

/** Which fields an order of the kind has. */
export const ticketFields: Readonly<Record<OrderKind, readonly TicketField[]>> = {
  limit: ["price", "quantity"],
  market: ["quantity"],
  iceberg: ["price", "quantity", "display"],
  stop: ["stopPrice", "quantity"],
  stop_limit: ["stopPrice", "price", "quantity"],
};

/** Kinds that the phase and the instrument take: a stop becomes a market order, which needs the venue's protection. */
export function orderKinds(terms: Pick<InstrumentTerms, "marketProtection">, phase: MarketPhase): readonly OrderKind[] {
  return phaseRules[phase].kinds.filter((kind) => kind !== "stop" || terms.marketProtection !== undefined);
}

/** The draft with another member; a time in force that no longer fits becomes the one proposed. */
export function edited(draft: TicketDraft, change: Partial<TicketDraft>, phase: MarketPhase): TicketDraft {
  const next = { ...draft, ...change };
  const [proposed = "gtc", ...others] = timesInForce(next.kind, phase);
  const fits = next.tif === proposed || others.includes(next.tif);
  return fits && next.kind === draft.kind ? next : { ...next, tif: proposed };
}

type TicketTerms = Pick<InstrumentTerms, "minQuantity" | "maxQuantity" | "minDisplay" | "quantityStep">;

/** Everything wrong with the fields, at most one fault each. */
export function ticketFaults(
  draft: TicketDraft,
  { grid, terms, range }: { readonly grid: Grid; readonly terms: TicketTerms; readonly range: PriceRange },
): readonly TicketFault[] {
  const least = quantityOf(grid, terms.minQuantity) ?? grid.step;
  const most = quantityOf(grid, terms.maxQuantity) ?? grid.step;
  const quantity = quantityOf(grid, draft.quantity);
  const checks: Record<TicketField, () => TicketFault | null> = {
    price: () => priceFault(grid, { field: "price", text: draft.price, range }),
    stopPrice: () => priceFault(grid, { field: "stopPrice", text: draft.stopPrice, range }),
    quantity: () => quantityFault(grid, { field: "quantity", text: draft.quantity, least, most }),
    display: () =>
      quantityFault(grid, {
        field: "display",
        text: draft.display,
        least: quantityOf(grid, terms.minDisplay) ?? grid.step,
        most: quantity ?? most,
      }),
  };
  return ticketFields[draft.kind].flatMap((field) => checks[field]() ?? []);
}

/** The command of a draft without faults. A protected market order is a limit at the price that was shown. */
export function orderCommand(
  draft: TicketDraft,
  { instrumentId, protectedLimit }: { readonly instrumentId: string; readonly protectedLimit: Decimal },
): Extract<ExchangePersonCommandInput, { type: "submit_order" }> {
  const { side, quantity, tif, price, stopPrice, display } = draft;
  const order = { type: "submit_order", instrumentId, side, quantity, tif } as const;
  switch (draft.kind) {
    case "limit":
      return { ...order, kind: "limit", price };
    case "market":
      return { ...order, kind: "limit", price: protectedLimit };
    case "iceberg":
      return { ...order, kind: "limit", price, display };
    case "stop":
      return { ...order, kind: "stop", stopPrice };
    case "stop_limit":
      return { ...order, kind: "stop_limit", stopPrice, price };
  }
}

function priceFault(
  grid: Grid,
  { field, text, range }: { readonly field: TicketField; readonly text: Decimal; readonly range: PriceRange },
): TicketFault | null {
  if (text === "") return { field, wrong: "missing" };
  const price = priceOf(grid, text) ?? flooredPieces(text, grid.priceScale);
  if (price === null) return { field, wrong: "not_a_number" };
  if (price < range.low) return { field, wrong: "too_low", limit: priceText(grid, range.low) };
  if (price > range.high) return { field, wrong: "too_high", limit: priceText(grid, range.high) };
  const off = priceOf(grid, text) === null ? finer(price, tickOf(grid, price)) : priceNeighbours(grid, price);
  return off && offStep(field, off, (pieces) => priceText(grid, pieces));
}

function quantityFault(
  grid: Grid,
  one: { readonly field: TicketField; readonly text: Decimal; readonly least: bigint; readonly most: bigint },
): TicketFault | null {
  const { field, text, least, most } = one;
  if (text === "") return { field, wrong: "missing" };
  const exact = quantityOf(grid, text);
  const quantity = exact ?? flooredPieces(text, grid.quantityScale);
  if (quantity === null) return { field, wrong: "not_a_number" };
  const off = exact === null ? finer(quantity, grid.step) : quantityNeighbours(grid, quantity);
  if (quantity < least && off === null) return { field, wrong: "too_low", limit: quantityText(grid, least) };
  if (quantity > most) return { field, wrong: "too_high", limit: quantityText(grid, most) };
  return off && offStep(field, off, (pieces) => quantityText(grid, pieces));
}

function offStep(field: TicketField, { below, above }: Neighbours, text: (pieces: bigint) => Decimal): TicketFault {
  return { field, wrong: "off_step", below: below <= 0n ? null : text(below), above: text(above) };
}

function tickOf(grid: Grid, price: bigint): bigint {
  const at = priceNeighbours(grid, price);
  return at === null ? (grid.ticks.findLast(({ from }) => from <= price)?.step ?? 1n) : at.above - at.below;
}

/** Of a value that has digits beyond the pieces: it is off the grid even where its whole pieces are on it. */
function finer(pieces: bigint, step: bigint): Neighbours {
  const below = pieces - (pieces % step);
  return { below, above: below + step };
}

/** Whole pieces of a decimal that is finer than they are; null for what is no amount. */
function flooredPieces(text: Decimal, scale: number): bigint | null {
  const match = /^(\d{1,18})\.(\d{1,18})$/.exec(text);
  if (match === null) return null;
  const [, whole = "", fraction = ""] = match;
  return BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
}
