import type { InstrumentRecord, MarketPhase } from "@kontor/protocol";
import type { LocalBook } from "@kontor/sdk";
import { requireValue } from "@kontor/sdk";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useKontor, useSession } from "../app/session-provider.tsx";
import { useLive } from "../live/live-provider.tsx";
import { useStream } from "../live/use-stream.ts";
import type { Grid } from "./instrument-grid.ts";
import { gridOf } from "./instrument-grid.ts";

/** One instrument as all parts of its screen see it. */
export type Market = {
  readonly record: InstrumentRecord;
  readonly instrumentId: string;
  readonly grid: Grid;
  /** As the stream says, until then as it was read. */
  readonly phase: MarketPhase;
  readonly book: LocalBook | null;
};

export function useInstrument(instrumentId: string) {
  const kontor = useKontor();
  const { company } = useSession();
  return useQuery({
    queryKey: ["instrument", company, instrumentId],
    staleTime: 60_000,
    queryFn: async () => requireValue(await kontor.instruments.read(instrumentId)),
  });
}

/** The market of an instrument that was read. */
export function useMarket(record: InstrumentRecord): Market {
  const { instrumentId, terms } = record;
  const grid = useMemo(() => gridOf(terms), [terms]);
  const { view } = useStream(`status:${instrumentId}`);
  const book = useBook(instrumentId);
  const phase = view?.phase ?? record.phase;
  return useMemo(() => ({ record, instrumentId, grid, phase, book }), [record, instrumentId, grid, phase, book]);
}

/** The company's own part: orders, fills, money and goods; null until it is known, and for who does not trade. */
export function useAccount(instrumentId: string) {
  return useStream(`account:${instrumentId}`).own ?? null;
}

/** The book is read by whoever draws, at his own pace: its changes alone draw nothing. */
function useBook(instrumentId: string): LocalBook | null {
  const live = useLive();
  const [book, setBook] = useState<LocalBook | null>(null);
  useEffect(() => {
    const followed = live.client.followBook(`book:${instrumentId}`);
    setBook(followed);
    return () => followed.close();
  }, [live, instrumentId]);
  return book;
}
