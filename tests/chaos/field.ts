import type { KontorOptions } from "@kontor/sdk";
import { createKontor } from "@kontor/sdk";
import type { Random } from "@kontor/testkit";
import { biddingIn } from "./bidding.ts";
import type { Channel } from "./desk.ts";
import { Desk } from "./desk.ts";
import type { Trader } from "./market.ts";
import { clientOf, openAuctions, openMarket } from "./market.ts";
import type { ServerProcess } from "./server-process.ts";
import type { TradingFloor } from "./trading-floor.ts";
import { openFloor } from "./trading-floor.ts";
import { Watcher } from "./watcher.ts";

/** What got lost on the way, so that a run can show that its kills were felt. */
export type Wear = {
  /** HTTP requests that nobody answered, or with "ask again". */
  requestsUnanswered: number;
  /** Live connections that broke. */
  linksLost: number;
};

/** Everybody who bids, trades and watches on one installation. */
export type Field = {
  readonly crowd: readonly Desk[];
  readonly floor: TradingFloor;
  readonly watcher: Watcher;
  readonly wear: Wear;
  /** Resolves with the answer that makes it so many, counted from now. @throws the signal's reason, or for silence */
  readonly answers: (count: number, signal: AbortSignal) => Promise<void>;
  readonly answersSoFar: () => number;
  /** Resolves when it is over and every command that anybody sent has its answer. */
  readonly run: () => Promise<void>;
  /** Nobody sends anything new; who waits for an answer goes on asking. */
  readonly end: () => void;
  readonly close: () => void;
};

const bidders = 16;
const tenders = 3;
const lotsPerTender = 3;
const lanes: Readonly<Record<Channel, number>> = { socket: 2, http: 1 };
const silenceMaxMs = 90_000;
/** A client that comes back as fast as the server does. */
const retry = { firstDelayMs: 50, delayMaxMs: 500, attemptsMax: 100, deadlineMs: 20_000 };

export async function openField(server: ServerProcess, random: Random): Promise<Field> {
  const market = await openMarket(server.ready);
  const [buyer] = await market.traders({ count: 1, name: "Buyer", side: "buyer", roles: ["buyer"] });
  const traders = await market.traders({ count: bidders, name: "Supplier", side: "supplier", roles: ["seller"] });
  if (buyer === undefined) throw new Error("there is no buyer");
  const { url } = server;
  const order = { url, marketplaceId: market.marketplaceId, buyer, bidders: traders, lots: lotsPerTender };
  const opened = await Promise.all(Array.from({ length: tenders }, () => openAuctions(order)));
  const lotIds = opened.flat();
  const listeners = new Set<() => void>();
  const wear: Wear = { requestsUnanswered: 0, linksLost: 0 };
  let [over, count] = [false, 0];
  const onAnswer = (): void => {
    count += 1;
    for (const listener of [...listeners]) listener();
  };
  const isOver = (): boolean => over;
  const clientFor = ({ apiKey }: Trader) =>
    createKontor({ baseUrl: url, credentials: { apiKey }, retry, fetch: countingFetch(wear) });
  const openLane = biddingIn(lotIds);
  const crowd = traders.map((trader) => {
    const client = clientFor(trader);
    const { companyId } = trader;
    return new Desk({ companyId, client, openLane, lanes, random: random.fork(), isOver, onAnswer });
  });
  const floor = await openFloor({ url, market, random: random.fork(), clientFor, isOver, onAnswer });
  const desks = [...crowd, ...floor.dealers.map(({ desk }) => desk)];
  for (const { live } of desks) {
    live.onState((state) => {
      if (state === "waiting") wear.linksLost += 1;
    });
  }
  const watcher = new Watcher(clientOf(url, buyer), lotIds);
  return {
    crowd,
    floor,
    watcher,
    wear,
    answers: (wanted, signal) => heard(listeners, wanted, signal),
    answersSoFar: () => count,
    async run() {
      await Promise.all([floor.run(), ...crowd.map((desk) => desk.run())]);
    },
    end() {
      over = true;
    },
    close() {
      over = true;
      watcher.close();
      floor.close();
      for (const desk of crowd) desk.close();
    },
  };
}

function countingFetch(wear: Wear): NonNullable<KontorOptions["fetch"]> {
  return async (url, init) => {
    try {
      const response = await fetch(url, init);
      if (response.status >= 500) wear.requestsUnanswered += 1;
      return response;
    } catch (error) {
      wear.requestsUnanswered += 1;
      throw error;
    }
  };
}

function heard(listeners: Set<() => void>, count: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (count === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    let left = count;
    const settle = (action: () => void): void => {
      clearTimeout(timer);
      listeners.delete(hear);
      signal.removeEventListener("abort", stop);
      action();
    };
    const hear = (): void => {
      left -= 1;
      if (left <= 0) settle(resolve);
    };
    const stop = (): void => settle(() => reject(signal.reason));
    const silent = (): void => settle(() => reject(new Error(`fewer than ${count} answers in ${silenceMaxMs} ms`)));
    const timer = setTimeout(silent, silenceMaxMs);
    listeners.add(hear);
    signal.addEventListener("abort", stop);
  });
}
