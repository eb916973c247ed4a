import type { ExchangePersonCommandInput } from "@kontor/protocol";
import { newId } from "@kontor/sdk";
import { useCallback, useState } from "react";
import { useMarketplace } from "../app/marketplace.ts";
import { useKontor } from "../app/session-provider.tsx";
import { useLive } from "../live/live-provider.tsx";
import type { Flight, FlightWays } from "./order-flight.ts";
import { fly } from "./order-flight.ts";

const clock: FlightWays["clock"] = {
  now: () => performance.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

export type Fly = (
  order: { readonly command: ExchangePersonCommandInput; readonly key?: string },
  tell?: (flight: Flight) => void,
) => Promise<Flight>;

/** Sends commands of the exchange: over the live connection, and asked for over HTTP when it does not answer. */
export function useFly(): Fly {
  const kontor = useKontor();
  const live = useLive();
  return useCallback(
    ({ command, key = newId() }, tell = () => {}) => {
      const ways: FlightWays = {
        live: (one, how) => live.client.command(one, how),
        http: (one, how) => kontor.command(one, how),
        clock,
        serverNow: () => live.client.serverNow(),
      };
      return fly(ways, { command, key }, tell);
    },
    [kontor, live],
  );
}

/** Ids of orders whose cancellation is under way, and what was refused last. */
export function useCancelling() {
  const send = useFly();
  const [cancelling, setCancelling] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<Flight | null>(null);
  const cancel = async (instrumentId: string, orderId: string): Promise<void> => {
    setCancelling((ids) => new Set([...ids, orderId]));
    const flight = await send({ command: { type: "cancel_order", instrumentId, orderId } });
    setRefused(flight.state === "accepted" ? null : flight);
    setCancelling((ids) => new Set([...ids].filter((id) => id !== orderId)));
  };
  const cancelAll = async (instrumentId: string): Promise<void> => {
    const flight = await send({ command: { type: "cancel_orders", instrumentId } });
    setRefused(flight.state === "accepted" ? null : flight);
  };
  return { cancelling, refused, cancel, cancelAll };
}

/** Takes back every order of the company in every market of the marketplace. */
export function useCancelEverything() {
  const kontor = useKontor();
  const marketplaceId = useMarketplace()?.marketplaceId;
  const send = useFly();
  const [isUnderWay, setUnderWay] = useState(false);
  const cancelEverything = async (): Promise<void> => {
    if (marketplaceId === undefined) return;
    setUnderWay(true);
    try {
      const markets = await kontor.instruments.list(marketplaceId, { state: "listed" }).all();
      await Promise.all(markets.map(({ instrumentId }) => send({ command: { type: "cancel_orders", instrumentId } })));
    } finally {
      setUnderWay(false);
    }
  };
  return { cancelEverything, isUnderWay };
}
