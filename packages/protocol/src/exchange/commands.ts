import { z } from "zod";
import { CompanyId, Decimal, Instant, MarketplaceId, PositiveDecimal, Reason, Uuid } from "../primitives.ts";
import type { AdvanceTime, ReportOutage } from "../tender/commands.ts";
import {
  AuctionPurpose,
  InstrumentTerms,
  MarketPhase,
  PriceBands,
  SelfTradeMode,
  Timetable,
} from "./instrument-terms.ts";

export const InstrumentId = Uuid.meta({ description: "Instrument id, UUID." });
/** `<instrument id>-o12` and `-t7`. */
export const OrderId = z.string().regex(/^[0-9a-f-]{36}-o[1-9]\d{0,9}$/);
export const TradeId = z.string().regex(/^[0-9a-f-]{36}-t[1-9]\d{0,9}$/);

const instrument = { instrumentId: InstrumentId };
const reason = { reason: Reason.min(1) };
const side = z.enum(["buy", "sell"]);
const Session = z.int().min(1).max(2_147_483_647);

/** What an order says besides where and how much; SPEC.md of the engine tells what goes together. */
const orderTerms = {
  side,
  kind: z.enum(["limit", "market", "stop", "stop_limit", "trailing", "pegged"]).default("limit"),
  price: PositiveDecimal.optional().meta({ description: "The limit; of a pegged order the cap." }),
  quantity: PositiveDecimal,
  tif: z.enum(["gtc", "gtd", "day", "ioc", "fok", "auction", "at_open", "at_close"]).default("gtc"),
  expiresAt: Instant.optional(),
  stopPrice: PositiveDecimal.optional(),
  trail: z
    .union([
      z.strictObject({ unit: z.literal("price"), distance: PositiveDecimal, step: PositiveDecimal }),
      z.strictObject({ unit: z.literal("bps"), distance: z.int().min(1).max(10_000), step: PositiveDecimal }),
    ])
    .optional(),
  peg: z.strictObject({ reference: z.enum(["primary", "market", "mid"]), offset: Decimal.default("0") }).optional(),
  display: PositiveDecimal.optional(),
  minimum: PositiveDecimal.optional(),
  allOrNone: z.boolean().default(false),
  postOnly: z.enum(["reject", "reprice"]).optional(),
  selfTrade: SelfTradeMode.optional(),
  link: z.int().min(1).max(2_147_483_647).optional().meta({ description: "Orders of one link cancel each other." }),
  session: Session.optional().meta({
    description: "Names the connection whose end is meant; the client's own number.",
  }),
  cancelOnDisconnect: z.boolean().default(false).meta({
    description: "Cancelled when the live connection over which it was sent ends; needs `session`.",
  }),
};

/** Commands of people on an instrument; each is a route and a live command. */
export const exchangeCommands = {
  // The operator's.
  draft_instrument: z.strictObject({
    type: z.literal("draft_instrument"),
    marketplaceId: MarketplaceId,
    ...instrument,
    terms: InstrumentTerms,
  }),
  /** A draft's terms are replaced whole. */
  revise_instrument: z.strictObject({
    type: z.literal("revise_instrument"),
    ...instrument,
    expectedVersion: z.int().min(1),
    terms: InstrumentTerms,
  }),
  /** The draft becomes an instrument that trades by its timetable; its terms are fixed. */
  list_instrument: z.strictObject({
    type: z.literal("list_instrument"),
    ...instrument,
    expectedVersion: z.int().min(1),
  }),
  /** No trading any more; what rests is cancelled. */
  delist_instrument: z.strictObject({ type: z.literal("delist_instrument"), ...instrument, ...reason }),
  set_timetable: z.strictObject({
    type: z.literal("set_timetable"),
    ...instrument,
    timetable: Timetable.nullable(),
    ...reason,
  }),
  set_phase: z.strictObject({
    type: z.literal("set_phase"),
    ...instrument,
    phase: MarketPhase,
    purpose: AuctionPurpose.optional(),
    ...reason,
  }),
  uncross_auction: z.strictObject({
    type: z.literal("uncross_auction"),
    ...instrument,
    next: MarketPhase.optional(),
    final: z.boolean().default(false),
  }),
  set_bands: z.strictObject({ type: z.literal("set_bands"), ...instrument, bands: PriceBands, ...reason }),
  set_reference: z.strictObject({
    type: z.literal("set_reference"),
    ...instrument,
    price: PositiveDecimal,
    ...reason,
  }),
  block_trader: z.strictObject({ type: z.literal("block_trader"), ...instrument, companyId: CompanyId, ...reason }),
  unblock_trader: z.strictObject({ type: z.literal("unblock_trader"), ...instrument, companyId: CompanyId, ...reason }),
  bust_trade: z.strictObject({ type: z.literal("bust_trade"), ...instrument, tradeId: TradeId, ...reason }),
  correct_trade: z.strictObject({
    type: z.literal("correct_trade"),
    ...instrument,
    tradeId: TradeId,
    price: PositiveDecimal,
    ...reason,
  }),
  // The traders'.
  submit_order: z.strictObject({ type: z.literal("submit_order"), ...instrument, ...orderTerms }),
  amend_order: z.strictObject({
    type: z.literal("amend_order"),
    ...instrument,
    orderId: OrderId,
    price: PositiveDecimal.optional(),
    quantity: PositiveDecimal.optional().meta({ description: "The new total, with what has been filled." }),
    display: PositiveDecimal.optional(),
    stopPrice: PositiveDecimal.optional(),
  }),
  replace_order: z.strictObject({
    type: z.literal("replace_order"),
    ...instrument,
    orderId: OrderId,
    price: PositiveDecimal.optional(),
    quantity: PositiveDecimal,
  }),
  cancel_order: z.strictObject({ type: z.literal("cancel_order"), ...instrument, orderId: OrderId }),
  /** The company's own that fit all of what is given. */
  cancel_orders: z.strictObject({
    type: z.literal("cancel_orders"),
    ...instrument,
    side: side.optional(),
    session: Session.optional(),
    onDisconnect: z.literal(true).optional().meta({ description: "Only those that a disconnect cancels." }),
  }),
} as const;

/** Commands of the services themselves; no route and no live message leads to them. */
export const exchangeHostCommands = {
  /** Into the company's trading account, or out of it where negative; the ledger holds the counterpart. */
  allocate_assets: z.strictObject({
    type: z.literal("allocate_assets"),
    ...instrument,
    companyId: CompanyId,
    money: Decimal,
    goods: Decimal,
  }),
} as const;

export type ExchangeCommandType = keyof typeof exchangeCommands;
export type ExchangeCommandOf<Type extends ExchangeCommandType> = z.output<(typeof exchangeCommands)[Type]>;
export type ExchangePersonCommand = { [Type in ExchangeCommandType]: ExchangeCommandOf<Type> }[ExchangeCommandType];
export type ExchangePersonCommandInput = {
  [Type in ExchangeCommandType]: z.input<(typeof exchangeCommands)[Type]>;
}[ExchangeCommandType];
export type AllocateAssets = z.output<typeof exchangeHostCommands.allocate_assets>;
export type ExchangeCommand = ExchangePersonCommand | AllocateAssets | AdvanceTime | ReportOutage;
