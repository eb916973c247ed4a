import type { CandleInterval, CandleRecord } from "@kontor/protocol";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useKontor } from "../app/session-provider.tsx";
import { useStream } from "../live/use-stream.ts";
import type { Candle } from "./candles.ts";
import { joinedCandles } from "./candles.ts";

const candlesRead = 200;

/** Candles of before as they were read, and the newest as the stream tells them, oldest first. */
export function useCandles(instrumentId: string, interval: CandleInterval) {
  const kontor = useKontor();
  const { view } = useStream(`candles:${instrumentId}`);
  const read = useQuery({
    queryKey: ["candles", instrumentId, interval],
    staleTime: 60_000,
    queryFn: async (): Promise<readonly CandleRecord[]> =>
      requireValue(await kontor.instruments.candles(instrumentId, interval, { limit: candlesRead }).page()).data,
  });
  const live = view?.candles[interval];
  const candles = useMemo<readonly Candle[]>(() => joinedCandles(read.data ?? [], live ?? {}), [read.data, live]);
  return { candles, isPending: read.isPending, error: read.error, refetch: read.refetch };
}
