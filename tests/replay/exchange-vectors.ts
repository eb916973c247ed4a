import type { BookConfig, BookEvent, Command, NewOrder, Phase } from "@kontor/matching";

/* The shapes of the recorded vectors, and what they are in the words of the book. */

type Op = "new" | "cancel" | "amend" | "mass_cancel" | "phase" | "uncross" | "indicative" | "time" | "bust";

export type VectorCommand = {
  readonly op: Op;
  readonly id?: string;
  readonly acct?: string;
  readonly side?: NewOrder["side"];
  readonly type?: NewOrder["kind"];
  readonly price?: number;
  readonly qty?: number;
  readonly tif?: string;
  readonly expire?: number;
  readonly stopPrice?: number;
  readonly display?: number;
  readonly minQty?: number;
  readonly aon?: boolean;
  readonly postOnly?: "reject" | "reprice";
  readonly stp?: NonNullable<NewOrder["selfTrade"]>;
  readonly oco?: string;
  readonly peg?: { readonly ref: "primary" | "market" | "mid"; readonly offset: number };
  readonly phase?: Phase;
  readonly t?: number;
  readonly trade?: number;
};

export type VectorEvent = Readonly<Record<string, unknown>> & { readonly e: string };
type Level = { readonly price: number; readonly qty: number; readonly orders: readonly string[] };
type Balances = {
  readonly cash: number;
  readonly goods: number;
  readonly cashHeld: number;
  readonly goodsHeld: number;
};

export type Vector = {
  readonly id: string;
  readonly title: string;
  readonly config: {
    readonly last?: number;
    readonly reference?: number;
    readonly phase?: Phase;
    readonly stp?: NonNullable<BookConfig["selfTrade"]>;
    readonly marketProtection?: number;
    readonly entryBand?: readonly [number, number];
    readonly dynamicBand?: number;
    readonly staticBand?: number;
    readonly auctionCollar?: number;
    readonly maxExtensions?: number;
    readonly marketOrderExtension?: boolean;
    readonly fees?: { readonly makerBps: number; readonly takerBps: number };
    readonly accounts?: Readonly<Record<string, { readonly cash?: number; readonly goods?: number }>>;
  };
  readonly steps: readonly { readonly in: VectorCommand; readonly out: readonly VectorEvent[] }[];
  readonly book: { readonly bids: readonly Level[]; readonly asks: readonly Level[] };
  readonly balances?: Readonly<Record<string, Balances>>;
};

/** Names as numbers, in the order in which they come up. */
export class Numbered {
  private readonly names: string[] = [];

  numberOf(name: string): number {
    const known = this.names.indexOf(name);
    return known < 0 ? this.names.push(name) : known + 1;
  }

  nameOf(number: number): string {
    return this.names[number - 1] ?? `#${number}`;
  }
}

const given = <Member extends string, Value>(
  member: Member,
  value: Value | undefined,
): Partial<Record<Member, Value>> => (value === undefined ? {} : ({ [member]: value } as Record<Member, Value>));

export function configOf({ config }: Vector): BookConfig {
  const { last, reference, phase, stp, marketProtection, entryBand, dynamicBand, staticBand, fees } = config;
  const around = (ticks: number): { up: number; down: number } => ({ up: ticks, down: ticks });
  const bands = {
    ...(entryBand && { entry: { low: entryBand[0], high: entryBand[1] } }),
    ...(dynamicBand && { dynamic: around(dynamicBand) }),
    ...(staticBand && { static: around(staticBand) }),
  };
  return {
    minPrice: 1,
    maxPrice: 100_000,
    tickValue: 1,
    maxQuantity: 1_000_000_000,
    bands,
    ...given("last", last),
    ...given("reference", reference),
    ...given("phase", phase),
    ...given("selfTrade", stp),
    ...given("marketProtection", marketProtection),
    ...given("auctionCollar", config.auctionCollar),
    ...given("maxExtensions", config.maxExtensions),
    ...given("marketOrderExtension", config.marketOrderExtension),
    ...(fees && { fees: { ...fees, auctionBps: 0, minimum: 0 } }),
  };
}

export type Names = {
  readonly orders: Numbered;
  readonly accounts: Numbered;
  readonly links: Numbered;
  /** The account that sent each order. */
  readonly owners: Map<string, string>;
};

/** The command at a time; a cancel or amend comes from the account that sent the order. */
export function commandOf(step: VectorCommand, names: Names, at: number): Command {
  const owner = step.acct ?? names.owners.get(step.id ?? "") ?? "nobody";
  const account = names.accounts.numberOf(owner);
  const order = names.orders.numberOf(step.id ?? "none");
  switch (step.op) {
    case "new":
      names.owners.set(step.id ?? "", owner);
      return { type: "new", at, ...newOrderOf(step, names), order, account };
    case "cancel":
      return { type: "cancel", at, order, account };
    case "amend":
      return { type: "amend", at, order, account, ...given("price", step.price), ...given("quantity", step.qty) };
    case "mass_cancel":
      return { type: "mass_cancel", at, account, ...given("side", step.side) };
    case "phase":
      return { type: "phase", at, phase: step.phase ?? "continuous" };
    case "bust":
      return { type: "bust", at, trade: step.trade ?? 0 };
    case "time":
      return { type: "clock", at };
    default:
      return { type: step.op, at };
  }
}

function newOrderOf(step: VectorCommand, { links }: Names): Omit<NewOrder, "order" | "account"> {
  const tif = step.tif?.toLowerCase() as NewOrder["tif"];
  return {
    side: step.side ?? "buy",
    kind: step.type ?? "limit",
    quantity: step.qty ?? 0,
    ...given("price", step.price),
    ...given("tif", tif),
    ...given("expiresAt", step.expire),
    ...given("stopPrice", step.stopPrice),
    ...given("display", step.display),
    ...given("minimum", step.minQty),
    ...given("allOrNone", step.aon),
    ...given("postOnly", step.postOnly),
    ...given("selfTrade", step.stp),
    ...(step.oco !== undefined && { link: links.numberOf(step.oco) }),
    ...(step.peg && { peg: { reference: step.peg.ref, offset: step.peg.offset } }),
  };
}

/** What the vectors call otherwise. */
const reasons: Readonly<Record<string, string>> = {
  self_trade: "stp",
  linked: "oco",
  duplicate_order: "duplicate_id",
};
const reasonOf = (reason: string): string => reasons[reason] ?? reason;

/** An event as the vectors tell it; null where they have none of the kind. */
export function vectorEventOf(event: BookEvent, { orders }: Names): VectorEvent | null {
  const { type: e } = event;
  switch (event.type) {
    case "trade": {
      const { price, quantity: qty } = event;
      return { e, maker: orders.nameOf(event.maker), taker: orders.nameOf(event.taker), price, qty };
    }
    case "cancelled":
    case "reduced":
      return { e, id: orders.nameOf(event.order), qty: event.quantity, reason: reasonOf(event.reason) };
    case "rejected":
    case "cancel_rejected":
    case "amend_rejected":
      return { e, id: orders.nameOf(event.order), reason: reasonOf(event.code) };
    case "amended":
    case "triggered":
    case "parked":
      return { e, id: orders.nameOf(event.order) };
    case "repriced":
      return { e, id: orders.nameOf(event.order), price: event.price };
    case "phase":
      return { e, phase: event.phase, ...given("reason", event.reason) };
    case "auction":
    case "indicative":
      return { e, price: event.price, qty: event.quantity, surplus: event.surplus, surplusSide: event.surplusSide };
    case "fill":
      return { e, id: orders.nameOf(event.order), price: event.price, qty: event.quantity };
    case "extended":
      return { e, reason: event.reason, indicative: event.indicative };
    case "busted":
      return { e };
    default:
      return null;
  }
}
