import type { Clock } from "@kontor/kernel";
import { msOfMicros } from "@kontor/kernel";
import type { LotView } from "@kontor/protocol";
import type { LiveClient } from "@kontor/sdk";
import { newsLine } from "../demo/show-lines.ts";
import { dayAndTime } from "../lot/lines.ts";
import { lotNews } from "../lot/lot-news.ts";

/** Prints what the owner sees of the lot, as it happens, under the record's own times. */
export function tellReplay(
  live: LiveClient,
  lotId: string,
  {
    clock,
    nameOf,
    say,
  }: {
    readonly clock: Clock;
    readonly nameOf: (alias: string) => string;
    readonly say: (line: string) => void;
  },
): void {
  let known: LotView | null = null;
  live.subscribe(`lot:${lotId}`, {
    onChange: (view) => {
      const context = { view, nameOf, nowMs: msOfMicros(clock.now()), written: dayAndTime };
      for (const news of lotNews(known, view)) say(newsLine(news, context));
      known = view;
    },
  });
}
