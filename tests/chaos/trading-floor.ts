import type { Kontor } from "@kontor/sdk";
import type { Random } from "@kontor/testkit";
import type { Clerk } from "./clerk.ts";
import { dealingIn } from "./dealing.ts";
import type { DeskOptions } from "./desk.ts";
import { Desk } from "./desk.ts";
import { clerkOf, deposited, fund, openInstrument } from "./instruments.ts";
import type { Market, Trader } from "./market.ts";
import type { Movement } from "./moving.ts";
import { allocate, move } from "./moving.ts";

/** A company that trades on the exchange and moves money and receipts in and out of it. */
export type Dealer = { readonly trader: Trader; readonly client: Kontor; readonly clerk: Clerk; readonly desk: Desk };

/** Everybody who trades two instruments: one of which needs everything allocated, the other nothing. */
export type TradingFloor = {
  readonly market: Market;
  readonly held: string;
  readonly onTrust: string;
  readonly dealers: readonly Dealer[];
  readonly movements: readonly Movement[];
  /** Ends when it is over and everything asked for has its answer. */
  readonly run: () => Promise<void>;
  readonly close: () => void;
};

export type FloorOrder = Pick<DeskOptions, "isOver" | "onAnswer"> & {
  readonly url: string;
  readonly market: Market;
  readonly random: Random;
  readonly clientFor: (trader: Trader) => Kontor;
};

const dealerCount = 6;
/** Whoever moves assets while all goes on; the others have allocated once. */
const movers = 2;
const lanes = { socket: 2, http: 1 } as const;
/** A market that was closed by an outage comes back while the next kill is still ahead. */
const terms = {
  reopening: { cancelOnlyMs: 100, callMs: 1_000 },
  volatilityCall: { lengthMs: 1_000 },
  fees: { makerBps: 1, takerBps: 3, auctionBps: 2, minimum: "0.05" },
};

export async function openFloor(floorOrder: FloorOrder): Promise<TradingFloor> {
  const { url, market, random, clientFor, isOver, onAnswer } = floorOrder;
  const order = { count: dealerCount, name: "Dealer", side: "both", roles: ["buyer", "seller", "finance"] } as const;
  const traders = await market.traders(order);
  const assets = await fund(market, url, traders);
  const { instrumentId: held } = await openInstrument(market, { ...terms, holds: "allocated" });
  const { instrumentId: onTrust } = await openInstrument(market, terms);
  const movements: Movement[] = [];
  const closing = new AbortController();
  const dealers = traders.map((trader): Dealer => {
    const client = clientFor(trader);
    const openLane = dealingIn([held, held, onTrust]);
    const { companyId } = trader;
    const desk = new Desk({ companyId, client, openLane, lanes, random: random.fork(), isOver, onAnswer });
    for (const instrumentId of [held, onTrust]) {
      desk.live.subscribe(`account:${instrumentId}`);
      desk.live.subscribe(`book-full:${instrumentId}`);
    }
    return { trader, client, clerk: clerkOf(url, trader, closing.signal), desk };
  });
  const mover = ({ trader: { companyId }, clerk }: Dealer) => ({ companyId, clerk, instrumentId: held, assets });
  const half = { direction: "in", money: deposited.money / 2, goods: deposited.goods / 2 } as const;
  await Promise.all(dealers.map((dealer) => allocate(mover(dealer), half, movements)));
  return {
    ...{ market, held, onTrust, dealers, movements },
    async run() {
      const moving = dealers.slice(0, movers).map((dealer) => {
        return move({ ...mover(dealer), random: random.fork(), isOver }, movements);
      });
      await Promise.all([...moving, ...dealers.map(({ desk }) => desk.run())]);
    },
    close() {
      closing.abort(new Error("the floor is closed"));
      for (const { desk } of dealers) desk.close();
    },
  };
}
